import assert from 'node:assert/strict';
import {
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '../../../../src/export/pcapng/blocks';

describe('blocks of a pcapng file', () => {
  it('tell their length at both ends, in multiples of four', () => {
    const packet = {
      interfaceId: 0,
      at: 1n,
      bytes: Buffer.from('abcde'),
      length: 9,
      outbound: true,
      comments: ['é', ''],
    };
    const names = [[Uint8Array.from([1, 2, 3, 4]), 'a.example'] as const];
    for (const block of [
      sectionHeader('Framewire', ['one', 'two']),
      interfaceDescription('python'),
      nameResolution(names),
      enhancedPacket(packet),
    ]) {
      assert.equal(block.length % 4, 0);
      assert.equal(block.readUInt32LE(4), block.length);
      assert.equal(block.readUInt32LE(block.length - 4), block.length);
    }
  });

  it('hold time in nanoseconds, both lengths, and comments', () => {
    const at = 1_800_000_000_123_456_789n;
    const block = enhancedPacket({
      interfaceId: 3,
      at,
      bytes: Buffer.from('abc'),
      length: 7,
      outbound: false,
      comments: ['hi'],
    });
    assert.deepEqual([block.readUInt32LE(0), block.readUInt32LE(8)], [6, 3]);
    assert.equal((BigInt(block.readUInt32LE(12)) << 32n) | BigInt(block.readUInt32LE(16)), at);
    assert.deepEqual([block.readUInt32LE(20), block.readUInt32LE(24)], [3, 7]);
    assert.equal(block.toString('latin1', 28, 31), 'abc');
    assert.deepEqual([block.readUInt16LE(32), block.readUInt16LE(34), block.toString('utf8', 36, 38)], [1, 2, 'hi']);
  });
});
