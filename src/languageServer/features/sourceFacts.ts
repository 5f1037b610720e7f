/** How a Python source is run, for all one can see in it. */
import type { SourceFacts } from '../../base/uploadPlace';
import type { Analysis, ModulePlace } from '../analysis/analyze';
import { childrenOf } from '../analysis/children';
import type { Block, Expression, Statement } from '../syntax/ast';

export function sourceFacts(
  text: string,
  statements: Block,
  analysis: Analysis | null,
  place: ModulePlace,
  test: readonly string[] | null,
): SourceFacts {
  const inPackage = place.isPackage || place.name.includes('.');
  const defined = new Set(
    statements.flatMap(({ statement }) => (statement.kind === 'function' ? [statement.name] : [])),
  );
  return {
    runs:
      /(^|\.)__main__$/.test(place.name) ||
      sendsAtTopLevel(analysis) ||
      runs(statements, { text, base: 0, defined, inPackage }),
    needsPackage: inPackage && importsFromOwn(statements, place),
    module: place.name,
    isPackage: place.isPackage,
    test,
  };
}

function sendsAtTopLevel(analysis: Analysis | null): boolean {
  return analysis?.sites.some(({ call }) => call.scope.kind === 'module') ?? false;
}

interface Around {
  readonly text: string;
  /** Where the unit begins in the text. */
  readonly base: number;
  readonly defined: ReadonlySet<string>;
  /** A module of a package registers and configures things when it is imported; that alone is no program. */
  readonly inPackage: boolean;
}

function runs(block: Block, around: Around): boolean {
  return block.some(({ offset, statement }) => statementRuns(statement, { ...around, base: around.base + offset }));
}

function statementRuns(statement: Statement, around: Around): boolean {
  switch (statement.kind) {
    case 'compound': {
      const heads = statement.heads.map(({ start, end }) => around.text.slice(around.base + start, around.base + end));
      if (heads.some((head) => /\b__name__\s*==|==\s*__name__\b/.test(head))) return true;
      if (heads.some((head) => /\bTYPE_CHECKING\b/.test(head))) return false;
      return runs(statement.body, around);
    }
    case 'for':
    case 'with':
      return !around.inPackage || runs(statement.body, around);
    case 'expression':
      return !around.inPackage && statement.values.some(calls);
    case 'assignment':
      return !around.inPackage && statement.value !== null && callsOne(statement.value, around.defined);
    default:
      return false;
  }
}

function calls(expression: Expression): boolean {
  return expression.kind === 'call' || (expression.kind !== 'lambda' && childrenOf(expression).some(calls));
}

/** Whether it calls a function of this source: `status = main()`. */
function callsOne(expression: Expression, defined: ReadonlySet<string>): boolean {
  if (expression.kind === 'call' && expression.callee.kind === 'name' && defined.has(expression.callee.id)) return true;
  return expression.kind !== 'lambda' && childrenOf(expression).some((child) => callsOne(child, defined));
}

/** `from . import x`, or `from package import x` in that package: run by its path, it would not find them. */
function importsFromOwn(block: Block, place: ModulePlace): boolean {
  const [top] = place.name.split('.');
  return block.some(({ statement }) => {
    if (statement.kind === 'import') {
      if (statement.from) return statement.from.level > 0 || statement.from.module.split('.')[0] === top;
      return statement.names.some(({ path }) => path.split('.')[0] === top);
    }
    return 'body' in statement && importsFromOwn(statement.body, place);
  });
}
