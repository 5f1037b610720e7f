import assert from 'node:assert/strict';
import { argumentAt, carriesBody, unpacks } from '../../../../src/languageServer/analysis/arguments';
import type { Call } from '../../../../src/languageServer/syntax/ast';
import { analysisOf } from '../support/source';

describe('arguments', () => {
  const callOf = (text: string): Call => {
    const [call] = analysisOf(text).symbols.calls;
    assert.ok(call, text);
    return call.node;
  };
  const place = { keywords: ['data', 'json'], position: 1 };

  it('are found by keyword or by position', () => {
    const at = (text: string) => {
      const found = argumentAt(callOf(text), place);
      return found && text.slice(found.value.start, found.value.end);
    };
    assert.equal(at('f(a, b)'), 'b');
    assert.equal(at('f(a, json=c)'), 'c');
    assert.equal(at('f(a)'), null);
    assert.equal(at('f(*a, b)'), null);
    assert.equal(at('f(a, other=b)'), null);
  });

  it('may be unpacked', () => {
    assert.deepEqual(
      ['f(*a)', 'f(**a)', 'f(a)'].map((text) => unpacks(callOf(text))),
      [true, true, false],
    );
  });

  it('tell whether a body goes with a call', () => {
    const carries = (text: string) => carriesBody(callOf(text), place);
    assert.deepEqual(['f(a, b)', 'f(a, None)', 'f(a)', 'f(a, **k)'].map(carries), [true, false, false, null]);
    assert.equal(carriesBody(callOf('f()'), 'always'), true);
    assert.equal(carriesBody(callOf('f(a)'), 'never'), false);
  });
});
