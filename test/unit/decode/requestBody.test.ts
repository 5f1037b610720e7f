import assert from 'node:assert/strict';
import { MessageStream } from '../../../src/decode/messageStream';
import { RequestParts } from '../../../src/decode/requestBody';
import type { BodyRecord } from '../../../src/wire/model';
import { stream, TextSource } from '../../support/bytes';

const PART = '--B\r\nContent-Disposition: form-data; name="f"\r\n\r\ncontent';
const head = (framing: string) =>
  `POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=B\r\n${framing}\r\n\r\n`;

async function partsOf(...texts: string[]) {
  const source = new TextSource(texts[0] ?? '');
  const messages = new MessageStream('request');
  let parts: RequestParts | null = null;
  let found: Awaited<ReturnType<RequestParts['parts']>> = [];
  for (const text of texts) {
    source.text = text;
    await messages.update(source);
    const [request] = messages.messages;
    assert.ok(request);
    parts ??= new RequestParts(request, stream([], { bytes: source }));
    found = await parts.parts(null);
  }
  return found.map(({ name, size, complete }) => [name, size, complete]);
}

describe("the parts of a request's body", () => {
  const length = head(`Content-Length: ${PART.length + 9}`);
  it('are found as the body comes in', async () => {
    const whole = `${length}${PART}\r\n--B--\r\n`;
    assert.deepEqual(await partsOf(`${length}${PART.slice(0, 20)}`, `${length}${PART}`), [['f', null, false]]);
    assert.deepEqual(await partsOf(`${length}${PART.slice(0, 20)}`, `${length}${PART}`, whole), [['f', 7, true]]);
  });

  it('are found in chunks', async () => {
    const body = `${PART}\r\n--B--\r\n`;
    const chunks = [body.slice(0, 30), body.slice(30)]
      .map((one) => `${one.length.toString(16)}\r\n${one}\r\n`)
      .join('');
    assert.deepEqual(await partsOf(`${head('Transfer-Encoding: chunked')}${chunks}0\r\n\r\n`), [['f', 7, true]]);
  });

  it('are none of a body of another type', async () => {
    assert.deepEqual(await partsOf('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc'), []);
  });

  it('get the size of the file they were made from', async () => {
    const announced = PART.length - 'content'.length + 5000 + '\r\n--B--\r\n'.length;
    const source = new TextSource(`${head(`Content-Length: ${announced}`)}${PART}`);
    const messages = new MessageStream('request');
    await messages.update(source);
    const [request] = messages.messages;
    assert.ok(request);
    const body = { file: null, sources: [{ path: '/a', size: 5000, position: 5000 }] } as unknown as BodyRecord;
    const [part] = await new RequestParts(request, stream([], { bytes: source })).parts(body);
    assert.deepEqual([part?.size, part?.sizeDerived], [5000, true]);
  });
});
