import assert from 'node:assert/strict';
import { parseParameterised } from '../../../src/decode/headerParameters';

const parameters = (text: string) => Object.fromEntries(parseParameterised(text).parameters);

describe('header parameters', () => {
  it('are split, unquoted and named in lower case', () => {
    assert.deepEqual(parseParameterised('Form-Data; Name="a; b"; filename=plain.txt').value, 'form-data');
    assert.deepEqual(parameters('form-data; Name="a; b" ; filename=plain.txt'), {
      name: 'a; b',
      filename: 'plain.txt',
    });
    assert.deepEqual(parameters('x; a="say \\"hi\\""; b="C:\\temp\\x.txt"'), { a: 'say "hi"', b: 'C:\\temp\\x.txt' });
  });

  it('may be extended (RFC 5987), and then count before the plain ones', () => {
    assert.deepEqual(parameters('attachment; filename="EUR.txt"; filename*=UTF-8\'\'%e2%82%ac%20rates.txt'), {
      filename: '€ rates.txt',
    });
    assert.deepEqual(parameters("x; filename*=iso-8859-1'en'%A3%20rates"), { filename: '£ rates' });
  });

  it('may be continued (RFC 2231)', () => {
    assert.deepEqual(parameters('x; f*0="one "; f*1="two"'), { f: 'one two' });
    assert.deepEqual(parameters('x; f*1*=%20b; f*0*=UTF-8\'\'a; f*2=" c"'), { f: 'a b c' });
    assert.deepEqual(parameters('x; f*0=a; f*2=c'), { f: 'a' });
  });

  it('may be UTF-8 as it is sent by browsers', () => {
    assert.deepEqual(parameters(`x; n="${Buffer.from('Zürich.txt').toString('latin1')}"`), { n: 'Zürich.txt' });
    assert.deepEqual(parameters('x; n="Z\xfcrich"'), { n: 'Zürich' });
  });

  it('are read as far as they make sense', () => {
    assert.deepEqual(parameters('x; a="unfinished'), { a: 'unfinished' });
    assert.deepEqual(parameters('x; =1; ;; b'), {});
    assert.deepEqual(parameters('x; f*=%zz'), { f: '%zz' });
    assert.equal(parseParameterised(`x${'; a=b'.repeat(100_000)}`).parameters.get('a'), 'b');
  });
});
