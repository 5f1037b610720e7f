import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { IoFlag, type IoRecord } from '../../../src/wire/format';
import type { ErrorChain } from '../../../src/wire/model';
import { StreamModel } from '../../../src/wire/streamModel';

const fileText = 'abcdefghijklmnopqrstuvwxyz';
const readFile = async (at: number, length: number) => Buffer.from(fileText).subarray(at, at + length);
const base: IoRecord = {
  socket: 1,
  thread: 1,
  stack: 1,
  scope: 0,
  error: 0,
  op: 2,
  layer: 0,
  flags: 0,
  duration: 10,
  handed: 0,
  result: 0,
  offset: 0,
  payload: 0,
  payloadAt: 0,
};
const wouldBlock = [{ type: 'BlockingIOError', bases: [] }] as unknown as ErrorChain;
const broken = [{ type: 'BrokenPipeError', bases: [] }] as unknown as ErrorChain;
const textOf = async (stream: StreamModel) =>
  Buffer.from(await stream.bytes.read(new ByteRange(0, stream.bytes.length))).toString();

describe('StreamModel', () => {
  const up = () => new StreamModel('up', 'wire', readFile);
  const down = () => new StreamModel('down', 'wire', readFile);
  const recv = { ...base, op: 17 };

  it('knows whether its operations stand in order', () => {
    const send = (offset: number, size: number) => ({ ...base, offset, handed: size, result: size });
    const read = (thread: number, size: number, flags = 0) => ({ ...recv, thread, flags, handed: 90, result: size });
    const [plain, again, together] = [up(), up(), down()];
    for (const offset of [0, 10, 10, 25]) plain.add(send(offset, offset === 10 ? 0 : 10), offset, null);
    for (const offset of [0, 10, 5]) again.add(send(offset, 10), offset, null);
    together.add(read(1, -1, IoFlag.begin), 1, null);
    together.add(read(2, -1, IoFlag.begin), 2, null);
    assert.equal(together.inOrder, true);
    together.add(read(1, 20), 3, null);
    assert.deepEqual([plain.inOrder, again.inOrder, together.inOrder], [true, false, false]);
  });

  it('knows whether the peer has ended it', () => {
    const stream = down();
    stream.add({ ...recv, handed: 90, result: 4 }, 1, null);
    stream.add({ ...recv, offset: 4, handed: 90, result: 0 }, 2, wouldBlock);
    assert.equal(stream.ended, false);
    stream.add({ ...recv, offset: 4, handed: 90, result: 0 }, 3, null);
    assert.equal(stream.ended, true);
  });

  it('joins the two records of a large send', async () => {
    const stream = up();
    stream.add({ ...base, flags: IoFlag.begin, handed: 10, result: -1, payload: 10 }, 100, null);
    assert.deepEqual([stream.operations[0]?.pending, stream.bytes.length], [true, 10]);
    stream.add({ ...base, handed: 10, result: 10 }, 150, null);
    assert.equal(stream.operations.length, 1);
    assert.deepEqual([stream.operations[0]?.pending, stream.operations[0]?.duration], [false, 60]);
    assert.equal(await textOf(stream), 'abcdefghij');
  });

  it('keeps apart what two threads have begun', () => {
    const stream = up();
    stream.add({ ...base, flags: IoFlag.begin, handed: 10, result: -1 }, 100, null);
    stream.add({ ...base, thread: 2, flags: IoFlag.begin, handed: 5, offset: 10, result: -1 }, 110, null);
    stream.add({ ...base, handed: 10, result: 10 }, 150, null);
    assert.deepEqual(
      stream.operations.map(({ thread, pending }) => [thread, pending]),
      [
        [1, false],
        [2, true],
      ],
    );
  });

  it('has what is handed over again once, and the later bytes', async () => {
    const stream = up();
    stream.add({ ...base, op: 1, handed: 10, result: 4, payload: 10 }, 1, null);
    stream.add({ ...base, op: 1, handed: 6, result: 6, offset: 4, payload: 6, payloadAt: 20 }, 2, null);
    assert.equal(stream.bytes.length, 10);
    assert.equal(await textOf(stream), 'abcduvwxyz');
  });

  it('forgets the rest of a large send that took only a part', async () => {
    const stream = up();
    stream.add({ ...base, flags: IoFlag.begin, handed: 10, result: -1, payload: 10 }, 1, null);
    stream.add({ ...base, handed: 10, result: 4 }, 2, null);
    assert.equal(stream.bytes.length, 4);
    assert.equal(await textOf(stream), 'abcd');
  });

  it('leaves out calls that only said "would block"', async () => {
    const stream = up();
    stream.add({ ...base, handed: 10, result: -1, payload: 10 }, 1, wouldBlock);
    stream.add({ ...base, flags: IoFlag.begin, handed: 10, result: -1, payload: 10 }, 2, null);
    stream.add({ ...base, handed: 10, result: -1 }, 3, wouldBlock);
    assert.deepEqual([stream.operations.length, stream.bytes.length, await textOf(stream)], [0, 0, '']);
  });

  it('keeps all of what a failed send was given', () => {
    const stream = up();
    stream.add({ ...base, handed: 10, result: -1, payload: 10 }, 1, broken);
    assert.equal(stream.bytes.length, 10);
    assert.equal(stream.operations[0]?.error, broken);
  });

  it('has bytes that the probe read early once, and knows when the program got them', async () => {
    const stream = down();
    const early = { ...recv, flags: IoFlag.lastWords, handed: 8, result: 8, payload: 8 };
    stream.add(early, 1, null);
    assert.deepEqual([stream.receivedByProgram, stream.bytes.length], [[], 8]);
    stream.add({ ...recv, flags: IoFlag.replayed, handed: 4, result: 4 }, 2, null);
    stream.add({ ...recv, handed: 8, result: 8, offset: 4, payload: 8, payloadAt: 4 }, 3, null);
    assert.deepEqual(stream.receivedByProgram.map(String), ['[0, 12)']);
    assert.equal(await textOf(stream), 'abcdefghijkl');
  });

  it('does not count a peek as received', () => {
    const stream = down();
    stream.add({ ...recv, flags: IoFlag.peek, handed: 8, result: 8, payload: 8 }, 1, null);
    assert.deepEqual(stream.receivedByProgram, []);
  });

  it('does not grow with the bytes sent', () => {
    const stream = up();
    const calls = 200_000;
    for (let index = 0; index < calls; index += 1) {
      stream.add({ ...base, handed: 1024, result: 1024, offset: index * 1024 }, index, null);
    }
    assert.ok(stream.operations.length <= 1024, `${stream.operations.length} operations`);
    assert.equal(
      stream.operations.reduce((sum, one) => sum + one.calls, 0),
      calls,
    );
    let end = 0;
    for (const { range, calls: joined, handed } of stream.operations) {
      assert.deepEqual([range.start, range.length, handed], [end, joined * 1024, joined * 1024]);
      end = range.end;
    }
  });

  it('keeps every operation that cannot be joined', () => {
    const stream = up();
    for (let index = 0; index < 5000; index += 1) {
      stream.add({ ...base, scope: index, handed: 1, result: 1, offset: index }, index, null);
    }
    assert.equal(stream.operations.length, 5000);
  });
});
