/**
 * The conditions of wire breakpoints: a small part of Python's expressions over a few names, checked when typed.
 *
 *     method == "POST" and sent > 5MB
 *     400 <= status < 500 and not path.startswith("/health")
 *     host matches "*.example.com" and exception in (TimeoutError, ssl.SSLError)
 *
 * Comparisons ==, !=, <, <=, >, >= (chained as in Python), `in` and `not in` a list or a text, `matches` a pattern (`*`
 * any run of characters, `?` one), `.startswith(…)`, `.endswith(…)`, `is None` and `is not None` (not known, known),
 * joined by `and`, `or`, `not` and parentheses. What is not known at a moment makes a comparison unknown, and a
 * condition that is not true does not hold.
 *
 * The tree that comes of it is evaluated in the program under test, by conditions.py of the probe.
 */
import { commonKind, compare, exampleFor, kindOfValue, mistake, type Place, type Term } from './conditionKinds';
import { FACT_NAMES, FACTS, type FactName, isFactName, type Kind, nearest } from './conditionNames';
import { ConditionError, isUnit, type Token, tokens } from './conditionTokens';
import type { Comparator, ConditionTree } from './conditionTree';

export { ConditionError } from './conditionTokens';
export type { ConditionTree } from './conditionTree';

const LONGEST = 2000;
const DEEPEST = 32;
const WORDS = ['and', 'or', 'not', 'in', 'is', 'matches', 'None'];

/**
 * @param names those that can be known where the condition is asked; all, unless told
 * @throws ConditionError for anything that would not work or never hold
 */
export function parseCondition(text: string, names: readonly FactName[] = FACT_NAMES): ConditionTree {
  if (text.length > LONGEST) {
    throw new ConditionError(`A condition has at most ${LONGEST} characters.`, LONGEST, text.length - LONGEST);
  }
  return new Parser(tokens(text), names).whole();
}

class Parser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly list: readonly Token[],
    private readonly names: readonly FactName[],
  ) {}

  whole(): ConditionTree {
    if (this.peek().type === 'end') throw this.wrong('A condition is missing, such as status >= 400.');
    const tree = this.or();
    if (this.peek().type !== 'end') throw this.wrong(this.unexpected());
    return tree;
  }

  private peek(): Token {
    return this.list[this.index] as Token;
  }

  private wrong(message: string, { at, size }: Place = this.peek()): ConditionError {
    return mistake(message, { at, size });
  }

  /** Goes past a sign or word if it stands here. */
  private accept(...values: string[]): boolean {
    const token = this.peek();
    if ((token.type !== 'sign' && token.type !== 'word') || !values.includes(token.value)) return false;
    this.index++;
    return true;
  }

  private unexpected(): string {
    const token = this.peek();
    const before = this.list[this.index - 1];
    if (token.type === 'end') return 'The condition ends too early.';
    if (token.type === 'sign') return `"${token.value}" is not expected here.`;
    const text = token.type === 'word' ? token.value : 'a value';
    if (before?.type === 'number' && isUnit(text)) return `Write the unit without a space: ${before.value}${text}.`;
    return `A comparison (==, <, in, matches), "and" or "or" is expected here, not ${text}.`;
  }

  private nested<T>(body: () => T): T {
    if (++this.depth > DEEPEST) throw this.wrong('The condition is nested too deeply.');
    const result = body();
    this.depth--;
    return result;
  }

  private or(): ConditionTree {
    const parts = [this.and()];
    while (this.accept('or')) parts.push(this.and());
    return parts.length === 1 ? (parts[0] as ConditionTree) : { op: 'or', of: parts };
  }

  private and(): ConditionTree {
    const parts = [this.not()];
    while (this.accept('and')) parts.push(this.not());
    return parts.length === 1 ? (parts[0] as ConditionTree) : { op: 'and', of: parts };
  }

  private not(): ConditionTree {
    if (this.accept('not')) return this.nested(() => ({ op: 'not', of: this.not() }));
    if (this.opensGroup()) {
      this.index++;
      const inner = this.nested(() => this.or());
      if (!this.accept(')')) throw this.wrong(this.peek().type === 'end' ? 'A ")" is missing.' : this.unexpected());
      return inner;
    }
    return this.comparison();
  }

  /** Whether the parenthesis here holds a condition and not a list: after its end no comparison goes on. */
  private opensGroup(): boolean {
    if (!this.isSign(this.index, '(')) return false;
    let open = 0;
    for (let index = this.index; index < this.list.length; index++) {
      if (this.isSign(index, '(')) open++;
      if (this.isSign(index, ',') && open === 1) return false;
      if (this.isSign(index, ')') && --open === 0) {
        const after = this.list[index + 1] as Token;
        return after.type === 'end' || [')', 'and', 'or'].includes('value' in after ? String(after.value) : '');
      }
    }
    return true;
  }

  private isSign(index: number, value: string): boolean {
    const token = this.list[index];
    return token?.type === 'sign' && token.value === value;
  }

  private comparison(): ConditionTree {
    const called = this.methodCall();
    if (called) return called;
    let left = this.term();
    const parts: ConditionTree[] = [];
    for (;;) {
      const place = this.peek();
      const op = this.operator();
      if (op === null) break;
      if (op === 'is') {
        parts.push(this.knownness(left));
        break;
      }
      const right = this.term();
      parts.push(compare(left, op, right, place));
      left = right;
    }
    if (parts.length === 0) throw this.incomplete(left);
    return parts.length === 1 ? (parts[0] as ConditionTree) : { op: 'and', of: parts };
  }

  private incomplete(left: Term): ConditionError {
    if (this.peek().type !== 'end' && !this.isSign(this.index, ')')) {
      const token = this.peek();
      if (token.type !== 'word' || !['and', 'or'].includes(token.value)) return this.wrong(this.unexpected());
    }
    const example = 'name' in left.operand ? `, such as ${exampleFor(left.operand.name)}` : '';
    return this.wrong(`Nothing is compared here${example}.`, left);
  }

  private operator(): Comparator | 'is' | null {
    for (const sign of ['==', '!=', '<=', '>=', '<', '>'] as const) if (this.accept(sign)) return sign;
    if (this.accept('in')) return 'in';
    if (this.accept('matches')) return 'matches';
    if (this.accept('is')) return 'is';
    if (this.accept('not')) {
      if (this.accept('in')) return 'not in';
      throw this.wrong('"in" is expected after "not".');
    }
    return null;
  }

  /** `is None`, `is not None` */
  private knownness(left: Term): ConditionTree {
    const op = this.accept('not') ? 'known' : 'unknown';
    if (!this.accept('None')) throw this.wrong('Only None can stand after "is": it means not known.');
    if (!('name' in left.operand)) throw this.wrong('A name is expected before "is".', left);
    return { op, left: left.operand };
  }

  /** `path.startswith("/api")` */
  private methodCall(): ConditionTree | null {
    const token = this.peek();
    if (token.type !== 'word' || !token.value.includes('.') || !this.isSign(this.index + 1, '(')) return null;
    const dot = token.value.lastIndexOf('.');
    const method = token.value.slice(dot + 1);
    const place = { at: token.at + dot + 1, size: method.length };
    const left = this.name(token.value.slice(0, dot), { at: token.at, size: dot });
    if (method !== 'startswith' && method !== 'endswith') {
      const near = nearest(method, ['startswith', 'endswith']);
      const advice = near
        ? `Do you mean ${near}?`
        : 'There are startswith and endswith; "x" in path looks for a part, and matches for a pattern.';
      throw this.wrong(`There is no ${method}() here. ${advice}`, place);
    }
    this.index += 2;
    const right = this.isSign(this.index, '(') ? this.listOf(')') : this.term();
    if (!this.accept(')')) throw this.wrong('A ")" is missing.');
    const values = 'list' in right.operand ? right.operand.list : [right.operand];
    const parts = values.map((value) => {
      const operand = typeof value === 'object' ? value : { value };
      return compare(left, method, { ...right, operand, kind: kindOfValue(operand) }, place);
    });
    return parts.length === 1 ? (parts[0] as ConditionTree) : { op: 'or', of: parts };
  }

  private term(): Term {
    const token = this.peek();
    const { at, size } = token;
    if (token.type === 'number' || token.type === 'string') {
      this.index++;
      const kind = token.type === 'string' ? 'text' : token.unit;
      return { operand: { value: token.value }, kind, at, size };
    }
    if (this.isSign(this.index, '(')) return this.listOf(')');
    if (this.isSign(this.index, '[')) return this.listOf(']');
    if (token.type !== 'word' || WORDS.includes(token.value)) {
      if (token.type === 'word' && token.value === 'None') {
        throw this.wrong('Write "is None" or "is not None" to ask whether something is known.');
      }
      throw this.wrong(token.type === 'end' ? 'Something to compare with is missing.' : this.unexpected());
    }
    this.index++;
    return this.name(token.value, token);
  }

  private listOf(end: ')' | ']'): Term {
    const open = this.peek();
    this.index++;
    const values: (string | number)[] = [];
    let kind: Kind | null = null;
    while (!this.accept(end)) {
      const item = this.term();
      if (!('value' in item.operand)) throw this.wrong('A list holds texts and numbers only.', item);
      const common: Kind | null | undefined = values.length > 0 ? commonKind(kind, item.kind) : item.kind;
      if (common === undefined) throw this.wrong('The values of a list are of one kind.', item);
      kind = common;
      values.push(item.operand.value);
      if (!this.accept(',') && !this.isSign(this.index, end)) {
        throw this.wrong(this.peek().type === 'end' ? `A "${end}" is missing.` : 'A "," is expected between values.');
      }
    }
    const size = (this.list[this.index - 1] as Token).at + 1 - open.at;
    if (values.length === 0) throw this.wrong('The list is empty.', { at: open.at, size });
    return { operand: { list: values }, kind, at: open.at, size };
  }

  /** A fact, or the name of an exception class. */
  private name(word: string, { at, size }: Place): Term {
    if (isFactName(word)) {
      if (!this.names.includes(word)) {
        throw this.wrong(`"${word}" is never known here. There are ${this.names.join(', ')}.`, { at, size });
      }
      return { operand: { name: word }, kind: FACTS[word].kind, at, size };
    }
    // Classes begin with a capital, if not in their module.
    if (/(^|\.)[A-Z]\w*$/.test(word) && !/^(True|False)$/.test(word)) {
      return { operand: { value: word }, kind: 'class', at, size };
    }
    const near = nearest(word, this.names);
    const advice = near ? `Do you mean ${near}?` : `There are ${this.names.join(', ')}.`;
    throw this.wrong(`"${word}" is not known. ${advice}`, { at, size });
  }
}
