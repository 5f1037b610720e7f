import assert from 'node:assert/strict';
import { formOf } from '../../../webviews/wire/bodyText';

const form = (body: string | Buffer, type: string | null = null, truncated = false) =>
  formOf(Buffer.from(body), type, truncated);

describe('formOf', () => {
  it('knows JSON by how it looks, and sets it out', () => {
    assert.deepEqual(form('{"a":[1]}'), { kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}' });
  });

  it('falls back to text where JSON is none, or not whole', () => {
    assert.equal(form('{"a":').kind, 'text');
    assert.equal(form('{"a":1}', 'application/json', true).kind, 'text');
  });

  it('takes forms apart', () => {
    assert.deepEqual(form('a=1&b=x+y', 'application/x-www-form-urlencoded'), {
      kind: 'form',
      fields: [
        ['a', '1'],
        ['b', 'x y'],
      ],
    });
  });

  it('knows rasters by their first bytes, whatever the server says, and nothing else as an image', () => {
    assert.deepEqual(form(Buffer.from('89504e470d0a1a0a00', 'hex'), 'text/html'), { kind: 'image', type: 'image/png' });
    assert.equal(form('<svg/>', 'image/svg+xml').kind, 'text');
    assert.equal(form(Buffer.from('89504e470d0a1a0a00', 'hex'), null, true).kind, 'bytes', 'half a picture is none');
  });

  it('reads the declared encoding, and survives one that does not exist', () => {
    assert.deepEqual(form(Buffer.from('caf\xe9', 'latin1'), 'text/plain; charset=iso-8859-1'), {
      kind: 'text',
      text: 'café',
    });
    assert.equal(form('plain', 'text/plain; charset=no-such-thing').kind, 'text');
  });

  it('leaves bytes that are no text as bytes', () => {
    assert.equal(form(Buffer.from([1, 0, 2, 3])).kind, 'bytes');
    assert.equal(form(Buffer.alloc(200, 0xff)).kind, 'bytes');
  });
});
