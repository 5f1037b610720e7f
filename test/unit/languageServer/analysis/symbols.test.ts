import assert from 'node:assert/strict';
import { calledName, dottedName } from '../../../../src/languageServer/analysis/symbols';
import { analysisOf } from '../support/source';

describe('names', () => {
  const callOf = (text: string) => {
    const call = analysisOf(text).symbols.calls.at(-1);
    assert.ok(call, text);
    return call.node;
  };

  it('are dotted when nothing but names is in them', () => {
    assert.equal(dottedName(callOf('a.b.c()').callee), 'a.b.c');
    assert.equal(dottedName(callOf('a().c()').callee), null);
  });

  it('of what is called are the last ones', () => {
    assert.deepEqual(
      ['a()', 'a.b()', 'a[0].c()', 'a[0]()'].map((text) => calledName(callOf(text))),
      ['a', 'b', 'c', null],
    );
  });
});
