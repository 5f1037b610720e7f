import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { countBytes } from '../../../src/decode/counts';
import type { Counters, ErrorChain, IoOperation, Socket, TlsHandshake } from '../../../src/wire/model';
import { operation, stream } from '../../support/bytes';

const broken = [{ type: 'BrokenPipeError', bases: ['OSError'] }] as unknown as ErrorChain;
const HEAD = 195;
const TOTAL = 12_444_474;

function counters(
  moment: Counters['moment'],
  at: number,
  accepted: number | null,
  acknowledged: number | null,
): Counters {
  return {
    at,
    moment,
    state: 'CLOSE',
    accepted,
    acknowledged,
    received: 0,
    unread: 0,
    retransmits: 0,
    rttMicroseconds: 1,
    lastDataReceivedMs: 0,
  };
}

function socket(fields: Partial<Socket> = {}): Socket {
  const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' } as TlsHandshake;
  return { connects: [{}], counters: [], tls, streams: [], ...fields } as unknown as Socket;
}

/** A head that was taken and a body that was not, at times 100 and 200. */
function failedUpload(layer: 'wire' | 'tls', fields: Partial<IoOperation> = {}) {
  return stream(
    [
      operation({ range: new ByteRange(0, HEAD), at: 100, layer }),
      operation({ range: new ByteRange(HEAD, TOTAL), at: 200, layer, error: broken, ...fields }),
    ],
    { layer },
  );
}
const all = new ByteRange(0, TOTAL);
const told = ({ value, derived, atLeast }: { value: number | null; derived: boolean; atLeast: boolean }) =>
  `${value}${derived ? ' derived' : ''}${atLeast ? ' at least' : ''}`;

describe('byte counts over plain TCP', () => {
  it("are the kernel's own after a failed sendall", () => {
    const counted = countBytes(
      socket({ counters: [counters('failed', 210, 524_288, 65_731)] }),
      failedUpload('wire'),
      all,
    );
    assert.deepEqual([counted.bytes.handed, counted.bytes.accepted, counted.bytes.acknowledged].map(told), [
      '12444474',
      '524288',
      '65731',
    ]);
    assert.deepEqual(counted.wireBytes.accepted, counted.bytes.accepted);
  });

  it('leave out what earlier exchanges of the connection had', () => {
    const up = stream([
      operation({ range: new ByteRange(0, 1000), at: 50 }),
      operation({ range: new ByteRange(1000, 9000), at: 200, error: broken }),
    ]);
    const counted = countBytes(
      socket({ counters: [counters('failed', 210, 3000, 900)] }),
      up,
      new ByteRange(1000, 9000),
    );
    assert.deepEqual([counted.bytes.accepted, counted.bytes.acknowledged].map(told), ['2000', '0']);
  });

  it('are the sum of the results when every call came back', () => {
    const up = stream([
      operation({ range: new ByteRange(0, 100), at: 10 }),
      operation({ range: new ByteRange(100, 150), at: 20, op: 'send', handed: 400 }),
      operation({ range: new ByteRange(150, 500), at: 30, op: 'send' }),
    ]);
    const counted = countBytes(socket({ counters: [counters('closing', 99, 500, 500)] }), up, new ByteRange(0, 500));
    assert.deepEqual([counted.bytes.handed, counted.bytes.accepted, counted.bytes.acknowledged].map(told), [
      '500',
      '500',
      '500',
    ]);
  });

  it('know that a single system call that failed took nothing', () => {
    const counted = countBytes(socket(), failedUpload('wire', { op: 'send' }), all);
    assert.deepEqual(told(counted.bytes.accepted), '195');
  });

  it('are not known when nobody tells', () => {
    const counted = countBytes(socket(), failedUpload('wire'), all);
    assert.deepEqual([counted.bytes.accepted, counted.bytes.acknowledged].map(told), ['null', 'null']);
    const found = countBytes(
      socket({ connects: [], counters: [counters('failed', 210, 9, 9)] }),
      failedUpload('wire'),
      all,
    );
    assert.deepEqual([found.bytes.accepted, found.bytes.acknowledged].map(told), ['null', 'null']);
    const old = countBytes(socket({ counters: [counters('connected', 5, 0, 0)] }), failedUpload('wire'), all);
    assert.deepEqual([old.bytes.accepted, old.bytes.acknowledged].map(told), ['null', 'null']);
  });

  it('are nothing when nothing was handed over', () => {
    const { bytes, wireBytes } = countBytes(socket(), null, new ByteRange(7, 7));
    const found = [bytes.handed, bytes.accepted, bytes.acknowledged, wireBytes.accepted, wireBytes.acknowledged];
    assert.deepEqual(found.map(told), ['0', '0', '0', '0', '0']);
  });

  it('are lower bounds while bytes are still under way', () => {
    const up = stream([operation({ range: new ByteRange(0, 500), at: 10 })]);
    const reply = countBytes(socket({ counters: [counters('reply', 99, 500, 300)] }), up, new ByteRange(0, 500));
    assert.equal(told(reply.bytes.acknowledged), '300 at least');
    const closing = countBytes(socket({ counters: [counters('closing', 99, 500, 300)] }), up, new ByteRange(0, 500));
    assert.equal(told(closing.bytes.acknowledged), '300');
  });

  it('take a call that has not come back from the counters, too', () => {
    const up = stream([operation({ range: new ByteRange(0, 500), at: 10, pending: true, result: null })]);
    const counted = countBytes(socket({ counters: [counters('sampled', 50, 200, 100)] }), up, new ByteRange(0, 500));
    assert.deepEqual([counted.bytes.handed, counted.bytes.accepted].map(told), ['500', '200']);
  });
});

describe('byte counts inside TLS', () => {
  const handshake = counters('handshake', 50, 597, 597);

  it('are derived from whole records on the wire', () => {
    const failed = counters('failed', 210, 66_438, 50_032);
    const counted = countBytes(socket({ counters: [handshake, failed] }), failedUpload('tls'), all);
    assert.deepEqual([counted.bytes.handed, counted.bytes.accepted, counted.bytes.acknowledged].map(told), [
      '12444474',
      '65731 derived',
      '49347 derived',
    ]);
    assert.deepEqual([counted.wireBytes.accepted, counted.wireBytes.acknowledged].map(told), ['65841', '49435']);
  });

  it('are lower bounds within a record', () => {
    const failed = counters('failed', 210, 66_538, 50_000);
    const counted = countBytes(socket({ counters: [handshake, failed] }), failedUpload('tls'), all);
    assert.deepEqual([counted.bytes.accepted, counted.bytes.acknowledged].map(told), [
      '65731 derived at least',
      '32963 derived at least',
    ]);
  });

  it("are not known without the handshake's counters, or with records of unknown size", () => {
    const failed = counters('failed', 210, 66_438, 50_032);
    for (const one of [
      socket({ counters: [failed] }),
      socket({
        counters: [handshake, failed],
        tls: { version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-SHA' } as TlsHandshake,
      }),
    ]) {
      const { bytes, wireBytes } = countBytes(one, failedUpload('tls'), all);
      const found = [bytes.accepted, bytes.acknowledged, wireBytes.accepted, wireBytes.acknowledged];
      assert.deepEqual(found.map(told), ['null', 'null', 'null', 'null']);
    }
  });

  it('are exact for what was taken whole', () => {
    const up = stream([operation({ range: new ByteRange(0, 40_000), at: 10, layer: 'tls' })], { layer: 'tls' });
    const closing = counters('closing', 99, 597 + 40_066, 597 + 40_066);
    const counted = countBytes(socket({ counters: [handshake, closing] }), up, new ByteRange(0, 40_000));
    assert.deepEqual([counted.bytes.accepted, counted.bytes.acknowledged, counted.wireBytes.accepted].map(told), [
      '40000',
      '40000 derived',
      '40066 derived',
    ]);
  });

  it('leave out the records of earlier exchanges', () => {
    const up = stream(
      [
        operation({ range: new ByteRange(0, 20_000), at: 10, layer: 'tls' }),
        operation({ range: new ByteRange(20_000, 99_000), at: 20, layer: 'tls', error: broken }),
      ],
      { layer: 'tls' },
    );
    const failed = counters('failed', 25, 597 + 20_044 + 16_406, 597 + 20_044);
    const counted = countBytes(socket({ counters: [handshake, failed] }), up, new ByteRange(20_000, 99_000));
    assert.deepEqual([counted.bytes.accepted, counted.bytes.acknowledged, counted.wireBytes.accepted].map(told), [
      '16384 derived',
      '0 derived',
      '16406 derived',
    ]);
  });

  describe('done in memory', () => {
    const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', dataOffset: 597 } as TlsHandshake;
    const range = new ByteRange(0, 40_000);
    const up = stream([operation({ range, at: 10, layer: 'tls', op: 'write' })], { layer: 'tls' });
    /** The ciphertext went out up to here, and then a send failed. */
    const sentUpTo = (end: number, fields: Partial<IoOperation> = {}) =>
      stream([
        operation({ range: new ByteRange(0, end), at: 5, op: 'send' }),
        operation({ range: new ByteRange(end, 41_000), at: 30, op: 'send', error: broken, ...fields }),
      ]);
    const count = (wire: ReturnType<typeof stream>, fields: Partial<Socket> = {}) => {
      const one = socket({ tls, streams: [wire, up], ...fields });
      const { bytes, wireBytes } = countBytes(one, up, range);
      return [bytes.handed, bytes.accepted, bytes.acknowledged, wireBytes.accepted].map(told);
    };

    it('take what the kernel took from the sends beneath, and not what TLS took', () => {
      const failed = counters('failed', 35, 597 + 16_406 + 500, 597 + 100);
      assert.deepEqual(count(sentUpTo(597 + 16_406), { counters: [failed] }), [
        '40000',
        '16384 derived',
        '0 derived at least',
        '16406 derived',
      ]);
      assert.deepEqual(count(sentUpTo(597 + 16_906)).slice(0, 2), ['40000', '16384 derived at least']);
      assert.equal(count(sentUpTo(300))[1], '0 derived', 'the handshake is no part of it');
    });

    it('are complete when all records went out, and what follows is of no account', () => {
      const closing = counters('closing', 99, 42_000, 42_000);
      const all = stream([operation({ range: new ByteRange(0, 42_000), at: 5, op: 'send' })]);
      assert.deepEqual(count(all, { counters: [closing] }), [
        '40000',
        '40000 derived',
        '40000 derived',
        `${40_000 + 3 * 22} derived`,
      ]);
    });

    it("need the kernel's word on a sendall that failed, and on what was acknowledged", () => {
      const sendall = sentUpTo(597, { op: 'sendall' });
      assert.deepEqual(count(sendall), ['40000', 'null', 'null', 'null']);
      const failed = counters('failed', 35, 597 + 2 * 16_406, 597);
      assert.deepEqual(count(sendall, { counters: [failed] }).slice(0, 2), ['40000', '32768 derived']);
      assert.deepEqual(count(sendall, { counters: [failed], connects: [] }).slice(1, 3), ['null', 'null']);
    });
  });
});
