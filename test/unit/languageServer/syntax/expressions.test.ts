import assert from 'node:assert/strict';
import type { Expression, Lambda } from '../../../../src/languageServer/syntax/ast';
import { statementsOf } from '../support/source';

describe('expressions', () => {
  const read = (text: string): Expression => {
    const [placed] = statementsOf(`${text}\n`);
    assert.equal(placed?.statement.kind, 'expression', text);
    const value = placed.statement.kind === 'expression' ? placed.statement.values[0] : undefined;
    assert.ok(value, text);
    return value;
  };

  it('keep the arguments of calls apart', () => {
    const call = read('f(a, *b, k=c, **d)');
    assert.equal(call.kind, 'call');
    const keywords = call.kind === 'call' ? call.args.map(({ keyword }) => keyword) : [];
    assert.deepEqual(keywords, [null, '*', 'k', '**']);
  });

  it('say where they stand', () => {
    const text = 'x.y(1)';
    const call = read(text);
    assert.ok(call.kind === 'call' && call.callee.kind === 'attribute');
    assert.deepEqual([call.start, call.end, call.list.start], [0, text.length, 3]);
  });

  it('know the value of strings, or how they begin', () => {
    const text = (source: string) => {
      const found = read(source);
      return found.kind === 'text' ? [found.value, found.prefix] : found.kind;
    };
    assert.deepEqual(text(`'a'`), ['a', 'a']);
    assert.deepEqual(text(`'a' "b"`), ['ab', 'ab']);
    assert.deepEqual(text(`f'a{b}c'`), [null, 'a']);
    assert.deepEqual(text(`''`), ['', '']);
  });

  it('see through parentheses and await', () => {
    assert.equal(read('(((a)))').kind, 'name');
    assert.equal(read('(a, b)').kind, 'sequence');
    assert.equal(read('(await a)').kind, 'name');
  });

  it('know a choice from its condition', () => {
    const choice = read('a if b else c');
    assert.ok(choice.kind === 'choice');
    assert.deepEqual(
      choice.options.map((option) => (option.kind === 'name' ? option.id : '')),
      ['a', 'c'],
    );
    assert.equal(choice.condition?.kind, 'name');
  });

  it('know the parameters of a lambda', () => {
    const lambda = read('lambda a, b=1, *c, d, **e: a') as Lambda;
    assert.deepEqual(
      lambda.parameters.map(({ name, unpacks }) => `${unpacks ?? ''}${name}`),
      ['a', 'b', '*c', 'd', '**e'],
    );
  });
});
