import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { MAX_READ, StoredBytes } from '../../../src/wire/byteStore';
import { SegmentTable } from '../../../src/wire/segmentTable';

function store(file: string) {
  const segments = new SegmentTable();
  const bytes = new StoredBytes(segments, async (at, length) => Buffer.from(file).subarray(at, at + length));
  const read = async (start: number, end: number) =>
    Buffer.from(await bytes.read(new ByteRange(start, end))).toString();
  return { segments, bytes, read };
}

describe('StoredBytes', () => {
  it('puts a range together from where its parts lie', async () => {
    const { segments, bytes, read } = store('..world..hello');
    segments.add(new ByteRange(5, 10), 2);
    segments.add(new ByteRange(0, 5), 9);
    bytes.extend(10);
    assert.equal(await read(0, 10), 'helloworld');
    assert.equal(await read(3, 7), 'lowo');
    assert.equal(bytes.length, 10);
  });

  it('ends at the first byte that is not stored', async () => {
    const { segments, bytes, read } = store('0123456789');
    segments.add(new ByteRange(0, 4), 0);
    segments.add(new ByteRange(6, 8), 6);
    bytes.extend(100);
    assert.equal(await read(2, 8), '23');
    assert.equal(await read(4, 8), '');
    assert.equal(await read(6, 100), '67');
    assert.deepEqual(bytes.stored.map(String), ['[0, 4)', '[6, 8)']);
  });

  it('ends where the file has become shorter', async () => {
    const { segments, read } = store('0123');
    segments.add(new ByteRange(0, 10), 0);
    segments.add(new ByteRange(10, 20), 0);
    assert.equal(await read(0, 20), '0123');
  });

  it('reads no more at once than it may', async () => {
    const asked: number[] = [];
    const segments = new SegmentTable();
    const bytes = new StoredBytes(segments, async (_, length) => {
      asked.push(length);
      return new Uint8Array(0);
    });
    segments.add(new ByteRange(0, MAX_READ * 4), 0);
    await bytes.read(new ByteRange(0, MAX_READ * 4));
    assert.deepEqual(asked, [MAX_READ]);
  });
});
