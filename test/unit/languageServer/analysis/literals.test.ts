import assert from 'node:assert/strict';
import { beginnings } from '../../../../src/languageServer/analysis/literals';
import { analysisOf, assertSends } from '../support/source';

describe('how a text begins', () => {
  const starts = (text: string) => {
    const call = analysisOf(text).symbols.calls.at(-1);
    const argument = call?.node.args[0];
    assert.ok(call && argument, text);
    return beginnings(argument.value, call.scope);
  };

  it('is known of literals and of what begins with one', () => {
    assert.deepEqual(starts("f('STOR a')"), ['STOR a']);
    assert.deepEqual(starts("f(f'STOR {a}')"), ['STOR ']);
    assert.deepEqual(starts("f('STOR ' + a)"), ['STOR ']);
    assert.deepEqual(starts("f('STOR %s' % a)"), ['STOR %s']);
    assert.deepEqual(starts("f('a' if b else 'c')"), ['a', 'c']);
  });

  it('is known of names and attributes that stand for one', () => {
    assert.deepEqual(starts("a = 'x'\nb = a\nf(b)"), ['x']);
    assert.deepEqual(starts("class A:\n    def g(self):\n        self.u = 'data:,'\n        f(self.u)"), ['data:,']);
  });

  it('is not known when it may be anything', () => {
    for (const text of [
      'f(a)',
      "a = 'x'\na = b\nf(a)",
      'f(f"{a}")',
      'def g(a):\n    f(a)',
      "f('x' if a else b)",
      'a = a\nf(a)',
    ]) {
      assert.equal(starts(text), null, text);
    }
  });

  it('tells addresses that lead to no network', () =>
    assertSends(`
from urllib.request import urlopen
address = 'file://' + path
urlopen(address)
urlopen('data:,')
urlopen('http://h')  #> urllib.request urllib.request.urlopen
urlopen(other)  #> urllib.request urllib.request.urlopen
`));
});
