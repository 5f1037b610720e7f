import assert from 'node:assert/strict';
import { asFields, count, flag, list, number, text, texts, word } from '../../../src/wire/fields';

describe('fields of JSON records', () => {
  const fields = asFields(
    JSON.parse('{"t":"x","n":1.5,"c":3,"neg":-1,"big":1e300,"b":false,"l":["a",1,"b"],"w":"two","nul":null}'),
  );

  it('gives what has the type asked for', () => {
    assert.equal(text(fields, 't'), 'x');
    assert.equal(number(fields, 'n'), 1.5);
    assert.equal(count(fields, 'c'), 3);
    assert.equal(flag(fields, 'b'), false);
    assert.deepEqual(texts(fields, 'l'), ['a', 'b']);
    assert.equal(word(fields, 'w', ['one', 'two'], null), 'two');
  });

  it('takes anything else for not known', () => {
    assert.equal(text(fields, 'n'), null);
    assert.equal(number(fields, 't'), null);
    assert.deepEqual(
      ['n', 'neg', 'big', 'nul', 'absent'].map((name) => count(fields, name)),
      [null, null, null, null, null],
    );
    assert.equal(count(fields, 'neg', 7), 7);
    assert.equal(flag(fields, 'c'), null);
    assert.deepEqual(list(fields, 't'), []);
    assert.equal(word(fields, 't', ['one'], 'other'), 'other');
    assert.deepEqual(asFields([1]), {});
    assert.deepEqual(asFields(null), {});
  });
});
