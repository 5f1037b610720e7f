/** Places where the check of the server's certificate is switched off. */
import { t } from '../../base/l10n';
import type { Analysis } from '../analysis/analyze';
import { argumentAt } from '../analysis/arguments';
import { type CallSymbol, dottedName, type Scope } from '../analysis/symbols';
import { classAt, functionAt, memberOf } from '../library/catalog';
import type { CallHints } from '../library/facts';
import type { Argument, Call, Expression } from '../syntax/ast';
import { removeArgument } from './edits';
import type { Hint, HintFix } from './hint';

const message = () =>
  t('The certificate of the server is not checked here: anyone on the way can read and change what is sent.');
const fixTitle = () => t('Check the certificate');

export function certificateChecksOff(analysis: Analysis, source: string): Hint[] {
  return [...offByArgument(analysis, source), ...unverifiedContexts(analysis), ...offByAssignment(analysis)];
}

/** `verify=False` and its kin, in calls and in constructors. */
function offByArgument({ symbols, resolver }: Analysis, source: string): Hint[] {
  return symbols.calls.flatMap((call) => {
    // most calls have no such argument: no need to ask what they call
    if (!call.node.args.some(({ keyword }) => keyword !== null && keyword !== '*' && keyword !== '**')) return [];
    for (const value of resolver.evaluate(call.node.callee, call.scope)) {
      let hints: CallHints | undefined;
      if (value.kind === 'path') hints = functionAt(value.path)?.fact ?? classAt(value.path)?.fact.construct;
      else if (value.kind === 'method') hints = memberOf(value.type, value.name)?.call;
      const argument = hints?.verify ? argumentAt(call.node, hints.verify.place) : null;
      if (!argument || !hints?.verify?.off.includes(written(argument.value))) continue;
      return [hintAt(call.base, argument, [{ title: fixTitle(), ...removeArgument(call, source, argument) }])];
    }
    return [];
  });
}

/** `ssl._create_unverified_context()`, also where it takes the place of the standard one. */
function unverifiedContexts({ symbols, resolver }: Analysis): Hint[] {
  const isUnverified = (expression: Expression, scope: Scope) =>
    resolver
      .evaluate(expression, scope)
      .some((value) => value.kind === 'path' && value.path === 'ssl._create_unverified_context');
  const fix = (base: number, callee: Expression): HintFix[] => {
    const name = dottedName(callee);
    if (name === null || !name.endsWith('._create_unverified_context')) return [];
    const start = base + callee.end - '_create_unverified_context'.length;
    return [{ title: fixTitle(), replace: { start, end: base + callee.end }, by: 'create_default_context' }];
  };
  const calls = (symbols.callsByName.get('_create_unverified_context') ?? [])
    .filter(({ node, scope }) => isUnverified(node.callee, scope))
    .map(({ node, base }) => hintAt(base, node, fix(base, node.callee)));
  const assigned = symbols.attributeAssignments
    .filter(({ target, value, scope }) => target.kind === 'attribute' && isUnverified(value, scope))
    .map(({ value, base }) => hintAt(base, value, fix(base, value)));
  return [...calls, ...assigned];
}

/** `context.verify_mode = ssl.CERT_NONE` of a client's context, and `session.verify = False`. */
function offByAssignment({ symbols, resolver }: Analysis): Hint[] {
  return symbols.attributeAssignments.flatMap(({ target, value, scope, base }) => {
    if (target.kind !== 'attribute') return [];
    const of = () => resolver.evaluate(target.object, scope);
    if (target.name === 'verify' && written(value) === 'False') {
      const isSession = of().some((each) => each.kind === 'instance' && each.type === 'requests.Session');
      return isSession ? [hintAt(base, value, [{ title: fixTitle(), replace: shifted(base, value), by: 'True' }])] : [];
    }
    const name = dottedName(value);
    if (target.name !== 'verify_mode' || !name || !/(?:^|\.)CERT_NONE$/.test(name)) return [];
    const made = creationOf(target.object, scope, symbols.calls);
    if (!made || !isClientContext(made)) return [];
    const start = base + value.end - 'CERT_NONE'.length;
    return [
      hintAt(base, value, [{ title: fixTitle(), replace: { start, end: base + value.end }, by: 'CERT_REQUIRED' }]),
    ];
  });
}

/** The one call that made what a name stands for, when that can be told. */
function creationOf(object: Expression, scope: Scope, calls: readonly CallSymbol[]): Call | null {
  const name = dottedName(object);
  if (name === null) return null;
  for (let current: Scope | null = scope; current; current = current.parent) {
    const bindings = current.bindings.get(name);
    if (!bindings) continue;
    const [only] = bindings;
    if (bindings.length !== 1 || only?.kind !== 'value' || only.value.kind !== 'call') return null;
    const { value } = only;
    return calls.some(({ node }) => node === value) ? value : null;
  }
  return null;
}

/** A context that checks by default and is made for a client: a server's own need not check. */
function isClientContext(made: Call): boolean {
  const name = dottedName(made.callee)?.split('.').at(-1);
  if (name === 'create_urllib3_context') return true;
  const [first] = made.args;
  const purpose = first ? (dottedName(first.value) ?? '') : '';
  if (name === 'create_default_context')
    return !purpose.endsWith('CLIENT_AUTH') && (!first || first.keyword !== null || purpose.endsWith('SERVER_AUTH'));
  return name === 'SSLContext' && purpose.endsWith('PROTOCOL_TLS_CLIENT');
}

function written(value: Expression): string {
  if (value.kind === 'constant') return value.text;
  if (value.kind === 'text') return value.value ?? '';
  return dottedName(value) ?? '';
}

function shifted(base: number, { start, end }: { start: number; end: number }) {
  return { start: base + start, end: base + end };
}

function hintAt(base: number, at: Argument | Expression, fixes: readonly HintFix[]): Hint {
  return { kind: 'certificateChecksOff', message: message(), ...shifted(base, at), fixes };
}
