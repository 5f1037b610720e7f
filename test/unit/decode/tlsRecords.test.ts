import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import {
  beginsWithTls,
  isOnlyGreeting,
  plaintextWithin,
  recordOverhead,
  wireLength,
  wireLengthBefore,
} from '../../../src/decode/tlsRecords';
import type { TlsHandshake } from '../../../src/wire/model';
import { operation, stream, TextSource } from '../../support/bytes';

const handshake = (version: string | null, cipher: string | null) => ({ version, cipher }) as TlsHandshake;
const sends = (...sizes: number[]) => {
  let at = 0;
  return sizes.map((size) => {
    const range = ByteRange.ofLength(at, size);
    at += size;
    return operation({ range, layer: 'tls' });
  });
};

describe('TLS records', () => {
  it('add what their version and cipher say', () => {
    for (const [version, cipher, overhead] of [
      ['TLSv1.3', 'TLS_AES_256_GCM_SHA384', 22],
      ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256', 22],
      ['TLSv1.3', 'TLS_AES_128_CCM_8_SHA256', 14],
      ['TLSv1.2', 'ECDHE-RSA-AES256-GCM-SHA384', 29],
      ['TLSv1.2', 'ECDHE-RSA-CHACHA20-POLY1305', 21],
      ['TLSv1.2', 'ECDHE-RSA-AES256-SHA384', null],
      ['TLSv1.1', 'ECDHE-RSA-AES256-GCM-SHA384', null],
      [null, null, null],
    ] as const) {
      assert.equal(recordOverhead(handshake(version, cipher)), overhead, `${version} ${cipher}`);
    }
    assert.equal(recordOverhead(null), null);
  });

  it('carry 16,384 bytes at most', () => {
    assert.equal(wireLength(sends(195), 22), 217);
    assert.equal(wireLength(sends(16_384), 22), 16_406);
    assert.equal(wireLength(sends(16_385), 22), 16_385 + 44);
  });

  it('add up over the sends before an offset, also when asked again or further back', () => {
    const many = Array.from({ length: 100 }, () => 20_000);
    const up = stream(sends(...many), { layer: 'tls' });
    const each = 20_000 + 2 * 22;
    for (const [start, count] of [
      [20_000, 1],
      [60_000, 3],
      [59_999, 2],
      [60_000, 3],
      [2_000_000, 100],
      [0, 0],
      [9_000_000, 100],
    ] as const) {
      assert.equal(wireLengthBefore(up, start, 22), count * each, `before ${start}`);
    }
  });

  it('tell plaintext: 217 and four times 16,406 on the wire are 195 and four times 16,384', () => {
    const upload = sends(195, 12_444_474);
    assert.deepEqual(plaintextWithin(upload, 217 + 4 * 16_406, 22), { bytes: 195 + 4 * 16_384, exact: true });
    assert.deepEqual(plaintextWithin(upload, 217 + 3 * 16_406, 22), { bytes: 195 + 3 * 16_384, exact: true });
    assert.deepEqual(plaintextWithin(upload, 217 + 4 * 16_406 + 100, 22), { bytes: 195 + 4 * 16_384, exact: false });
    assert.deepEqual(plaintextWithin(upload, 216, 22), { bytes: 0, exact: false });
    assert.deepEqual(plaintextWithin(upload, 0, 22), { bytes: 0, exact: true });
    assert.deepEqual(plaintextWithin(sends(10), 9999, 22), { bytes: 10, exact: true });
  });

  it('give a lower bound within calls that were joined', () => {
    const joined = [operation({ range: new ByteRange(0, 10_000), layer: 'tls', calls: 10, tlsRecords: 10 })];
    assert.deepEqual(plaintextWithin(joined, 10_220, 22), { bytes: 10_000, exact: true });
    const half = plaintextWithin(joined, 5110, 22);
    assert.deepEqual([half.bytes <= 5000, half.bytes > 4800, half.exact], [true, true, false]);
  });
});

describe('TLS at the start of a stream', () => {
  it('is known by its first record', async () => {
    const begins = (text: string) => beginsWithTls(stream([], { bytes: new TextSource(text) }));
    assert.equal(await begins('\x16\x03\x01\x02\x00'), true);
    assert.equal(await begins('\x16\x02\x01'), false);
    assert.equal(await begins('\x17\x03\x03'), false, 'application data does not start it');
    assert.equal(await begins('\x16\x03'), false);
    assert.equal(await beginsWithTls(null), false);
    const unstored = new TextSource('\x16\x03\x01', []);
    assert.equal(await beginsWithTls(stream([], { bytes: unstored })), false, 'its bytes were not kept');
  });

  it('tell a connection that never got beyond its greeting', async () => {
    const record = (type: number, first: number, size = 4) =>
      String.fromCharCode(type, 3, 1, 0, size, first, ...Array(size - 1).fill(0));
    const is = (text: string) =>
      isOnlyGreeting(stream([operation({ range: new ByteRange(0, text.length) })], { bytes: new TextSource(text) }));
    const [hello, changeCipher, finished, data] = [
      record(22, 1, 200),
      record(20, 1, 1),
      record(22, 0x9c),
      record(23, 7),
    ];
    assert.equal(await is(hello), true);
    assert.equal(await is(hello + changeCipher + hello), true, 'asked for another key share');
    assert.equal(await is(hello.slice(0, 100)), true);
    assert.equal(await is(hello + changeCipher + finished), false);
    assert.equal(await is(hello + changeCipher + data), false);
    assert.equal(await is('GET / HTTP/1.1'), false);
    assert.equal(await is(''), false);
    assert.equal(await isOnlyGreeting(null), false);
  });
});
