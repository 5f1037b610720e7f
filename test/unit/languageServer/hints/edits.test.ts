import assert from 'node:assert/strict';
import { addArgument, type Replacement, removeArgument } from '../../../../src/languageServer/hints/edits';
import { analysisOf } from '../support/source';

describe('edits of calls', () => {
  const apply = (text: string, { replace, by }: Replacement) =>
    text.slice(0, replace.start) + by + text.slice(replace.end);
  const callOf = (text: string) => {
    const call = analysisOf(text).symbols.calls.at(-1);
    assert.ok(call, text);
    return call;
  };

  it('add an argument behind the last one', () => {
    for (const [before, after] of [
      ['f()', 'f(x=1)'],
      ['f(a)', 'f(a, x=1)'],
      ['f(a, )', 'f(a, x=1, )'],
      ['f(a, **k)', 'f(a, **k, x=1)'],
      ['y = [1]\nf(a)', 'y = [1]\nf(a, x=1)'],
    ] as const) {
      assert.equal(apply(before, addArgument(callOf(before), before, 'x=1')), after);
    }
  });

  it('take an argument out with one comma', () => {
    for (const [before, index, after] of [
      ['f(a)', 0, 'f()'],
      ['f(a, )', 0, 'f( )'],
      ['f(a, b)', 0, 'f(b)'],
      ['f(a, b)', 1, 'f(a)'],
      ['f(a, b, c)', 1, 'f(a, c)'],
    ] as const) {
      const call = callOf(before);
      const argument = call.node.args[index];
      assert.ok(argument);
      assert.equal(apply(before, removeArgument(call, before, argument)), after);
    }
  });
});
