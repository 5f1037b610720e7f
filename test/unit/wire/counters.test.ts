import assert from 'node:assert/strict';
import { countersSocket, parseCounters } from '../../../src/wire/counters';
import { readU64 } from '../../../src/wire/format';
import { countersRecord, record, type TcpInfo } from '../../support/captureWriter';

function parse(bytes: Buffer) {
  return parseCounters({ type: 0x42, at: readU64(bytes, 8), bytes, size: bytes.length, offset: 0 });
}
const linux = (info: TcpInfo, unread = -1) => parse(countersRecord(3, 'failed', 77, info, unread));

describe('counters', () => {
  it('reads the figures of an upload that was cut off, accepted = sent - resent + unsent', () => {
    const found = parse(
      countersRecord(
        3,
        'failed',
        77,
        {
          state: 7,
          sent: 100_000,
          resent: 50_000,
          unsent: 16_438,
          acked: 50_033,
          received: 348,
          lastDataReceived: 11,
          rtt: 42,
          retransmits: 2,
        },
        377,
      ),
    );
    assert.deepEqual(found, {
      at: 77,
      moment: 'failed',
      state: 'CLOSE',
      accepted: 66_438,
      acknowledged: 50_032, // the SYN is none of the program's bytes
      received: 348,
      unread: 377,
      retransmits: 2,
      rttMicroseconds: 42,
      lastDataReceivedMs: 11,
    });
  });

  it('names its socket', () => {
    const of = (bytes: Buffer) => countersSocket({ type: 0x42, at: 1, bytes, size: bytes.length, offset: 0 });
    assert.equal(of(countersRecord(3, 'failed', 77, {})), 3);
    assert.equal(of(record(0x42, 1, Buffer.alloc(11))), 0);
  });

  it('never acknowledges less than nothing or more than was accepted', () => {
    assert.equal(linux({ acked: 0 })?.acknowledged, 0);
    assert.equal(linux({ sent: 10, acked: 12 })?.acknowledged, 10); // SYN and FIN
  });

  it('does not know what an older kernel does not tell', () => {
    const older = linux({ sent: 10, acked: 11, received: 5, rtt: 9, length: 200 });
    assert.equal(older?.accepted, null);
    assert.equal(older?.acknowledged, 10);
    const oldest = linux({ rtt: 9, length: 104 });
    assert.deepEqual(
      [oldest?.acknowledged, oldest?.received, oldest?.rttMicroseconds, oldest?.state],
      [null, null, 9, 'ESTABLISHED'],
    );
    assert.equal(linux({ length: 0 })?.state, null);
  });

  it('reads what macOS tells for certain', () => {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(3, 0);
    head.writeUInt8(2, 4);
    head.writeUInt8(5, 5);
    const info = Buffer.alloc(112);
    info.writeUInt8(4, 0);
    info.writeBigUInt64LE(1500n, 64);
    info.writeBigUInt64LE(500n, 72);
    const mac = () => parse(record(0x42, 1, Buffer.concat([head, info])));
    assert.deepEqual([mac()?.state, mac()?.accepted, mac()?.acknowledged], ['ESTABLISHED', 1000, 1000]);
    info.writeUInt32LE(7, 32); // bytes still in the send buffer
    assert.equal(mac()?.accepted, null);
  });

  it('refuses records that are too short or of an unknown moment', () => {
    assert.equal(parse(record(0x42, 1, Buffer.alloc(11))), null);
    assert.equal(parse(record(0x42, 1, Buffer.alloc(300))), null);
  });
});
