import assert from 'node:assert/strict';
import { exported } from '../../../support/har';
import { writeManyExchanges } from '../../../support/manyExchanges';
import { usePanelCase } from '../../../support/panelCase';
import { useTempFolder } from '../../../support/tempFolder';

/** Types and times of the blocks of a file; fails where one does not end where it says. */
function blocks(file: Buffer): { type: number; time: bigint; text: string }[] {
  const found = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    assert.equal(file.readUInt32LE(at + length - 4), length);
    const time = (BigInt(file.readUInt32LE(at + 12)) << 32n) | BigInt(file.readUInt32LE(at + 16));
    found.push({ type: file.readUInt32LE(at), time, text: file.toString('utf8', at, at + length) });
    at += length;
  }
  return found;
}

describe('a pcapng file', () => {
  const temp = useTempFolder();
  const refused = usePanelCase();

  it('says what it is, names hosts, and hides secrets unless told otherwise', async () => {
    const { folder } = refused.current.conversation;
    const { bytes, summary } = await exported(folder.path, 'pcapng');
    assert.equal(summary.exchanges, 1);
    const [section, device, names, ...packets] = blocks(bytes);
    assert.deepEqual([section?.type, device?.type, names?.type], [0x0a0d0d0a, 1, 4]);
    assert.match(section?.text ?? '', /No packet of this file was captured/);
    assert.match(names?.text ?? '', /example\.org/);
    assert.ok(packets.every(({ type }) => type === 6));
    assert.match(bytes.toString('latin1'), /Finding: The server refused[\s\S]*Reply 413 never read by the program/);
    assert.doesNotMatch(bytes.toString('latin1'), /s3cr3t|dXNlcjpwYXNz|hunter2/);
    assert.match((await exported(folder.path, 'pcapng', { revealed: true })).bytes.toString('latin1'), /hunter2/);
  });

  it('has the packets of many connections in the order of time, and of those only that are wanted', async () => {
    writeManyExchanges(temp.path, 1000);
    const { bytes } = await exported(temp.path, 'pcapng');
    const times = blocks(bytes)
      .filter(({ type }) => type === 6)
      .map(({ time }) => time);
    assert.equal(times.length, 10 * (3 + 1) + 2 * 1000);
    assert.ok(times.every((time, index) => index === 0 || time >= (times[index - 1] as bigint)));
    const none = await exported(temp.path, 'pcapng', { wants: () => false });
    assert.equal(blocks(none.bytes).filter(({ type }) => type === 6).length, 0);
  });
});
