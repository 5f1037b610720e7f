/** Bodies for which a whole file is read into memory first. */
import { t } from '../../base/l10n';
import type { Analysis } from '../analysis/analyze';
import { argumentAt } from '../analysis/arguments';
import type { CallSymbol, Scope } from '../analysis/symbols';
import { classAt } from '../library/catalog';
import type { CallHints } from '../library/facts';
import type { Call, Expression } from '../syntax/ast';
import type { Hint, HintFix } from './hint';

const message = () => t('The whole file is read into memory before anything is sent.');

export function wholeFileBodies(analysis: Analysis): Hint[] {
  return withBodies(analysis).flatMap(({ call, hints }) => {
    const body = hints.body ? argumentAt(call.node, hints.body) : null;
    if (!body) return [];
    const read = readOf(body.value, call.scope);
    const opened = read ? openedBy(read, call.scope, analysis) : null;
    if (!read || !opened) return [];
    return [
      {
        kind: 'wholeFileInMemory',
        message: message(),
        start: call.base + body.start,
        end: call.base + body.end,
        fixes: hints.takesFile && body.value === read ? streamInstead(read, opened, call.base) : [],
      },
    ];
  });
}

/** Calls that take a body, and constructors of requests. */
function withBodies({ sites, symbols, resolver }: Analysis): { call: CallSymbol; hints: CallHints }[] {
  const direct = sites.filter(({ through }) => !through).map(({ direct, fact }) => ({ call: direct, hints: fact }));
  const requests = (symbols.callsByName.get('Request') ?? []).flatMap((call) =>
    resolver.evaluate(call.node.callee, call.scope).flatMap((value) => {
      const hints = value.kind === 'path' ? classAt(value.path)?.fact.construct : undefined;
      return hints ? [{ call, hints }] : [];
    }),
  );
  return [...direct, ...requests];
}

/** `f.read()` itself, or a local name that stands for nothing else. */
function readOf(value: Expression, scope: Scope): Call | null {
  if (isWholeRead(value)) return value;
  if (value.kind !== 'name' || scope.kind !== 'function') return null;
  const bindings = scope.bindings.get(value.id) ?? [];
  const [only] = bindings;
  const bound = bindings.length === 1 && only?.kind === 'value' && only.how === 'value' && only.path.length === 0;
  return bound && isWholeRead(only.value) ? only.value : null;
}

function isWholeRead(value: Expression): value is Call {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return false;
  const { name } = value.callee;
  return (name === 'read' && value.args.length === 0) || name === 'read_bytes';
}

interface Opened {
  /** The name that the open file has, null when it has none. */
  readonly name: string | null;
  readonly binary: boolean;
  /** Whether `with` keeps it open around the call. */
  readonly kept: boolean;
}

/** How the file that is read was opened; null when it may be something else than a file on disk. */
function openedBy(read: Call, scope: Scope, analysis: Analysis): Opened | null {
  if (read.callee.kind !== 'attribute') return null;
  const { object, name } = read.callee;
  if (name === 'read_bytes') {
    return isPath(object, scope, analysis) ? { name: null, binary: true, kept: false } : null;
  }
  if (object.kind === 'call') {
    return isOpen(object, scope, analysis) ? { name: null, binary: isBinary(object), kept: false } : null;
  }
  if (object.kind !== 'name') return null;
  for (let current: Scope | null = scope; current; current = current.parent) {
    const bindings = current.bindings.get(object.id);
    if (!bindings) continue;
    const opens = bindings.map((binding) =>
      binding.kind === 'value' && binding.value.kind === 'call' && isOpen(binding.value, binding.scope, analysis)
        ? { binary: isBinary(binding.value), kept: binding.how === 'entered' }
        : null,
    );
    if (!opens.every((open) => open !== null)) return null;
    return {
      name: object.id,
      binary: opens.every((open) => open?.binary === true),
      kept: opens.every((open) => open?.kept === true),
    };
  }
  return null;
}

function isOpen(call: Call, scope: Scope, { resolver }: Analysis): boolean {
  return resolver
    .evaluate(call.callee, scope)
    .some((value) => value.kind === 'path' && /^(?:builtins|io|codecs|gzip|bz2|lzma)\.open$/.test(value.path));
}

function isPath(object: Expression, scope: Scope, { resolver }: Analysis): boolean {
  if (object.kind !== 'call') return false;
  return resolver
    .evaluate(object.callee, scope)
    .some((value) => value.kind === 'path' && /^pathlib\.(?:Posix|Windows)?Path$/.test(value.path));
}

/** Opened for reading bytes, and on disk as they are sent. */
function isBinary(open: Call): boolean {
  const plain = open.callee.kind === 'name' && open.callee.id === 'open';
  const mode = argumentAt(open, { keywords: ['mode'], position: 1 });
  return plain && mode?.value.kind === 'text' && mode.value.value?.includes('b') === true;
}

/** The library reads the file piece by piece when it is handed over itself. */
function streamInstead(read: Call, { name, binary, kept }: Opened, base: number): HintFix[] {
  if (name === null || !binary || !kept) return [];
  return [
    {
      title: t('Hand over the open file, to be sent piece by piece'),
      replace: { start: base + read.start, end: base + read.end },
      by: name,
    },
  ];
}
