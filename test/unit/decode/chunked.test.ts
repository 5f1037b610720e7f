import assert from 'node:assert/strict';
import { ByteQueue } from '../../../src/base/byteQueue';
import { ChunkParser } from '../../../src/decode/chunked';

function decode(text: string): { data: string; last: string } {
  const queue = new ByteQueue();
  queue.push(Buffer.from(text, 'latin1'));
  const parser = new ChunkParser();
  let data = '';
  for (;;) {
    const step = parser.next(queue);
    if (step.kind !== 'data') return { data, last: step.kind === 'problem' ? step.message : step.kind };
    data += Buffer.from(queue.take(step.length)).toString('latin1');
  }
}

describe('the chunked coding', () => {
  it('is undone, extensions and trailers passed over', () => {
    const text = '4;name="a\\"b"\r\nWiki\r\n00005 \r\npedia\r\n0;last\r\nX-Sum: 1\r\nY: 2\r\n\r\n';
    assert.deepEqual(decode(text), { data: 'Wikipedia', last: 'end' });
  });

  it('tolerates bare line feeds', () => {
    assert.deepEqual(decode('3\nabc\n0\n\n'), { data: 'abc', last: 'end' });
  });

  it('waits for what is missing', () => {
    assert.deepEqual(decode('3\r\nabc\r\n0\r\n'), { data: 'abc', last: 'more' });
    assert.deepEqual(decode('3\r\nabc\r\n1'), { data: 'abc', last: 'more' });
  });

  it('gives up on nonsense', () => {
    assert.match(decode('zz\r\n').last, /no number/);
    assert.match(decode('-1\r\n').last, /no number/);
    assert.match(decode('ffffffffffffffffff\r\n').last, /no number/);
    assert.match(decode('1\r\nabc\r\n').last, /longer than its size/);
    assert.match(decode(`1;${'x'.repeat(20_000)}`).last, /without end/);
    assert.match(decode(`0\r\n${'A: b\r\n'.repeat(20_000)}`).last, /trailers of absurd length/);
  });
});
