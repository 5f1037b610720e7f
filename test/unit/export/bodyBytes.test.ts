import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import type { MultipartPart } from '../../../src/decode/exchange';
import { isSecretPart, redactedBytes, textOf, withoutSecretParts } from '../../../src/export/bodyBytes';
import { redact, reveal } from '../../../src/export/redact';

describe('bytes of a body', () => {
  const part = (name: string, start: number, end: number, filename: string | null = null): MultipartPart => ({
    name,
    filename,
    contentType: null,
    size: end - start,
    sizeDerived: false,
    range: new ByteRange(start, end),
    complete: true,
  });

  it('lose their secrets, whatever the encoding, unless these are revealed', () => {
    const body = Buffer.concat([Buffer.from('{"password": "hunter2", "x": "'), Buffer.from([0xff, 0x00, 0xe9])]);
    const masked = Buffer.from(redactedBytes(body, redact));
    assert.ok(!masked.includes('hunter2') && masked.includes(Buffer.from([0xff, 0x00, 0xe9])));
    assert.equal(redactedBytes(body, reveal), body);
  });

  it('lose the secret fields of a form; files and other fields stay', () => {
    const body = Buffer.from('secret|public|content');
    const parts = [part('password', 0, 6), part('title', 7, 13), part('token', 14, 21, 'token.txt')];
    assert.equal(Buffer.from(withoutSecretParts(body, parts, redact)).toString(), '******|public|content');
    assert.equal(withoutSecretParts(body, parts, reveal), body);
    assert.deepEqual(
      parts.map((one) => isSecretPart(one, redact)),
      [true, false, false],
    );
  });

  it('are text when they are, also cut within a character', () => {
    const euro = Buffer.from('1 €');
    assert.equal(textOf(euro, null, false), '1 €');
    assert.equal(textOf(euro.subarray(0, 4), null, true), '1 ');
    assert.equal(textOf(euro.subarray(0, 4), null, false), null);
    assert.equal(textOf(Buffer.from([0x63, 0xe9]), 'ISO-8859-1', false), 'cé');
    assert.equal(textOf(Buffer.from([0x63, 0x00]), null, false), null);
    assert.equal(textOf(Buffer.from([0x89, 0x50]), null, false), null);
    assert.equal(textOf(Buffer.alloc(0), null, false), '');
  });
});
