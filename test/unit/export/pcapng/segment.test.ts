import assert from 'node:assert/strict';
import { addressBytes, ipPacket } from '../../../../src/export/pcapng/segment';

/** The sum over what a checksum covers, the checksum included, has all bits set. */
function holds(bytes: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}

describe('a TCP segment in its IP packet', () => {
  const four = { address: Uint8Array.from([127, 0, 0, 1]), port: 4000 };
  const six = { address: addressBytes('::1') as Uint8Array, port: 443 };
  const segment = { sequence: 0xffffffff, acknowledgment: 7, flags: {}, payload: Buffer.from('odd'), length: 3 };

  it('has checksums that hold, over IPv4 and IPv6', () => {
    const { bytes, length } = ipPacket({ ...segment, from: four, to: { ...four, port: 80 } });
    assert.deepEqual([bytes.length, length], [43, 43]);
    assert.ok(holds(bytes.subarray(0, 20)));
    const pseudo = Buffer.concat([bytes.subarray(12, 20), Buffer.from([0, 6, 0, 23]), bytes.subarray(20)]);
    assert.ok(holds(pseudo));
    const v6 = ipPacket({ ...segment, from: six, to: six }).bytes;
    assert.equal(v6.length, 63);
    assert.ok(holds(Buffer.concat([v6.subarray(8, 40), Buffer.from([0, 0, 0, 23, 0, 0, 0, 6]), v6.subarray(40)])));
  });

  it('tells the length of a payload that is not there', () => {
    const { bytes, length } = ipPacket({ ...segment, from: four, to: four, length: 1000 });
    assert.deepEqual([bytes.length, length, Buffer.from(bytes).readUInt16BE(2)], [43, 1040, 1040]);
  });

  it('reads addresses, and nothing else', () => {
    const hex = (text: string) => {
      const bytes = addressBytes(text);
      return bytes && Buffer.from(bytes).toString('hex');
    };
    assert.equal(hex('192.0.2.7'), 'c0000207');
    assert.equal(hex('fe80::1%eth0'), 'fe800000000000000000000000000001');
    assert.equal(hex('::ffff:127.0.0.1'), '00000000000000000000ffff7f000001');
    assert.equal(hex('1:2:3:4:5:6:7:8'), '00010002000300040005000600070008');
    for (const text of ['', '/run/a.sock', '1.2.3', '300.1.1.1', '1::2::3', ':::', '12345::', '::1.2.3']) {
      assert.equal(addressBytes(text), null, text);
    }
  });
});
