/** What can be compared with what in a condition. */
import { FACTS, type FactName, type Kind } from './conditionNames';
import { ConditionError } from './conditionTokens';
import type { Comparator, ConditionTree, Operand } from './conditionTree';

export interface Place {
  readonly at: number;
  readonly size: number;
}

/** An operand with what is needed to check it: its kind (null for a plain number) and its place. */
export interface Term extends Place {
  readonly operand: Operand;
  readonly kind: Kind | null;
}

const ORDERS: readonly Comparator[] = ['<', '<=', '>', '>='];

export const mistake = (message: string, { at, size }: Place) => new ConditionError(message, at, size);

/**
 * @param place of the operator
 * @throws ConditionError for a comparison that could never hold
 */
export function compare(left: Term, op: Comparator, right: Term, place: Place): ConditionTree {
  const fact = 'name' in left.operand ? left : 'name' in right.operand ? right : null;
  if (!fact) throw mistake('One side of a comparison is a name, such as status.', left);
  const other = fact === left ? right : left;
  const kind = fact.kind as Kind;
  const isList = 'list' in other.operand;
  const isPart = op === 'in' || op === 'not in';
  const name = 'name' in fact.operand ? fact.operand.name : 'host';
  if (isPart && fact === right) {
    if (kind !== 'text') throw mistake(`Only a text has parts, and ${name} is ${article(kind)}.`, right);
  } else if (isPart && !isList) {
    throw mistake(`A list is expected after "${op}", such as ${name} ${op} (${sample(kind)}, …).`, right);
  } else if (!isPart && isList) {
    throw mistake('A list can only stand after "in".', other);
  }
  if (ORDERS.includes(op) && (kind === 'text' || kind === 'class')) {
    throw mistake(`${name} is ${article(kind)}, which is neither more nor less. Use ==, in or matches.`, place);
  }
  const ofText = op === 'matches' || op === 'startswith' || op === 'endswith';
  if (ofText && fact !== left) throw mistake(`The name stands before "${op}".`, place);
  if (ofText && kind !== 'text' && kind !== 'class') {
    throw mistake(`"${op}" is for texts, and ${name} is ${article(kind)}.`, place);
  }
  checkKinds(name, kind, other);
  return { op, left: left.operand, right: right.operand };
}

function checkKinds(name: FactName, kind: Kind, other: Term): void {
  if (other.kind === kind) return;
  const { operand } = other;
  if ('name' in operand) {
    throw mistake(`${name} is ${article(kind)}, and ${operand.name} is ${article(other.kind as Kind)}.`, other);
  }
  const value = 'list' in operand ? operand.list[0] : operand.value;
  if (kind === 'class' && typeof value === 'string') return;
  if (kind === 'text' || kind === 'class') {
    const advice = other.kind === 'class' ? `Write "${value}" in quotes.` : `Write a text in quotes.`;
    throw mistake(`${name} is ${article(kind)}. ${advice}`, other);
  }
  if (typeof value === 'string') {
    const plain = /^\d+$/.test(value) ? ` Write ${value} without quotes.` : '';
    throw mistake(`${name} is ${article(kind)}.${plain}`, other);
  }
  if (other.kind !== null) {
    throw mistake(`${name} is ${article(kind)}, not ${article(other.kind)}.`, other);
  }
}

/** The kind of a list that holds values of these kinds; undefined when there can be none. Numbers may leave out units. */
export function commonKind(a: Kind | null, b: Kind | null): Kind | null | undefined {
  if (a === b) return a;
  const kinds = [a, b];
  if (kinds.includes('text') || kinds.includes('class')) {
    return kinds.includes('text') && kinds.includes('class') ? 'class' : undefined;
  }
  return kinds.includes(null) ? (a ?? b) : undefined;
}

export function kindOfValue(operand: Operand): Kind | null {
  if ('name' in operand) return FACTS[operand.name].kind;
  return 'value' in operand && typeof operand.value === 'string' ? 'text' : null;
}

function article(kind: Kind): string {
  return {
    text: 'a text',
    number: 'a number',
    bytes: 'a count of bytes',
    seconds: 'a time in seconds',
    class: 'the class of an exception',
  }[kind];
}

function sample(kind: Kind): string {
  return { text: '"…"', number: '…', bytes: '5MB', seconds: '2s', class: 'OSError' }[kind];
}

export function exampleFor(name: FactName): string {
  return {
    host: 'host == "example.com"',
    port: 'port == 443',
    method: 'method == "POST"',
    path: 'path.startswith("/api")',
    status: 'status >= 500',
    sent: 'sent > 5MB',
    acked: 'acked < 1MB',
    elapsed: 'elapsed > 2s',
    exception: 'exception == TimeoutError',
  }[name];
}
