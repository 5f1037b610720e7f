/** Python source whose comments say which calls send data, and what the analysis says of it. */
import assert from 'node:assert/strict';
import { type Analysis, analyze, type ModulePlace } from '../../../../src/languageServer/analysis/analyze';
import type { HintKind } from '../../../../src/languageServer/hints/hint';
import { hintsFor } from '../../../../src/languageServer/hints/hints';
import type { Block } from '../../../../src/languageServer/syntax/ast';
import { loadGrammar } from '../../../../src/languageServer/syntax/grammar';
import { PythonSource } from '../../../../src/languageServer/syntax/pythonSource';
import { grammarFiles } from './grammarFiles';

export const grammar = await loadGrammar(grammarFiles);

export function statementsOf(text: string): Block {
  const source = new PythonSource(grammar);
  source.parse(text);
  const statements = source.statements(text);
  source.dispose();
  return statements;
}

export function analysisOf(text: string, place: ModulePlace | null = null): Analysis {
  return analyze(statementsOf(text), place);
}

/**
 * Checks that exactly the lines that end in `#> LIBRARY NAME` have such a call, several parted by `; `. A call through a
 * function of the source is written `#> LIBRARY NAME via FUNCTION`.
 */
export function assertSends(text: string, place: ModulePlace | null = null): void {
  const expected = text.split('\n').flatMap((line, index) => {
    const said = /#> (.*)$/.exec(line)?.[1];
    return said ? said.split('; ').map((call) => `${index + 1}: ${call.trim()}`) : [];
  });
  const actual = analysisOf(text, place).sites.map(({ call, library, name, through }) => {
    const line = lineAt(text, call.base + call.node.start);
    return `${line}: ${library} ${name ?? '?'}${through ? ` via ${through.name}` : ''}`;
  });
  assert.deepEqual(actual.sort(), expected.sort());
}

/** Checks that exactly the lines that end in `#! KIND` have such a hint. */
export function assertHints(text: string, kind: HintKind): void {
  const expected = text.split('\n').flatMap((line, index) => (line.includes('#!') ? [index + 1] : []));
  const actual = hintsOf(text, kind).map(({ start }) => lineAt(text, start));
  assert.deepEqual(actual, expected, `lines with ${kind}`);
}

export function hintsOf(text: string, kind: HintKind) {
  return hintsFor(analysisOf(text), text, new Set([kind]));
}

/** The source after the first quick fix of its only hint. */
export function fixed(text: string, kind: HintKind): string {
  const hints = hintsOf(text, kind);
  assert.equal(hints.length, 1, `one hint of ${kind} in ${text}`);
  const fix = hints[0]?.fixes[0];
  assert.ok(fix, `a fix for ${kind} in ${text}`);
  return text.slice(0, fix.replace.start) + fix.by + text.slice(fix.replace.end);
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
