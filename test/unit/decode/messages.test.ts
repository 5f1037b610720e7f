import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import type { Message } from '../../../src/decode/exchange';
import { MessageStream } from '../../../src/decode/messageStream';
import { bodySourceOf, isEarly, messageOf, responseOf, wasReadByProgram } from '../../../src/decode/messages';
import type { BodyRecord, ErrorChain, Stream } from '../../../src/wire/model';
import { operation, TextSource } from '../../support/bytes';

async function decoded(kind: 'request' | 'response', text: string) {
  const messages = new MessageStream(kind);
  await messages.update(new TextSource(text));
  const [first] = messages.messages;
  assert.ok(first);
  return first;
}
const POST = 'POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n';
const ops = (...sizes: number[]) => {
  let start = 0;
  return sizes.map((size, index) => {
    const range = ByteRange.ofLength(start, size);
    start += size;
    return operation({ range, at: index * 100 });
  });
};

describe('messages', () => {
  it('begin with the first operation that carried them and end with the last', async () => {
    const request = await decoded('request', `${POST}0123456789`);
    const carried = ops(POST.length, 10);
    const sent = messageOf(request, carried, true);
    assert.deepEqual([sent.beganAt, sent.endedAt, sent.bodyAnnounced, sent.complete], [0, 110, 10, true]);
    assert.equal(messageOf(request, carried, false).beganAt, 10); // what is received is there when the call returns
  });

  it('have no end while they are under way', async () => {
    const partial = messageOf(await decoded('request', `${POST}01234`), ops(POST.length, 5), true);
    assert.deepEqual([partial.endedAt, partial.complete, partial.bodyRange.length], [null, false, 5]);
    const whole = await decoded('request', `${POST}0123456789`);
    const pending = operation({ range: ByteRange.ofLength(0, POST.length + 10), pending: true, result: null });
    assert.equal(messageOf(whole, [pending], true).endedAt, null);
  });

  it('were read by the program if it was given the whole head', () => {
    const stream = { receivedByProgram: [new ByteRange(0, 50), new ByteRange(60, 90)] } as unknown as Stream;
    assert.equal(wasReadByProgram(stream, new ByteRange(10, 50)), true);
    assert.equal(wasReadByProgram(stream, new ByteRange(40, 61)), false);
  });

  it('are early replies while the request is not over', async () => {
    const request = await decoded('request', `${POST}0123456789`);
    const reply = (beganAt: number) => ({ beganAt }) as Message;
    const sends = ops(POST.length, 10);
    assert.equal(isEarly(reply(105), request, sends), true);
    assert.equal(isEarly(reply(200), request, sends), false);
    assert.equal(isEarly(reply(200), await decoded('request', POST), ops(POST.length)), true);
    const error = [{ type: 'BrokenPipeError' }] as unknown as ErrorChain;
    assert.equal(
      isEarly(reply(200), request, [...sends.slice(0, 1), operation({ range: new ByteRange(0, 5), error })]),
      true,
    );
    assert.equal(isEarly(reply(200), null, sends), false);
  });

  it('tell where a body came from', () => {
    const record = { at: 1, scope: 1, socket: 0, type: 'bytes', size: 5, storage: 'memory' } as const;
    const sources = [{ path: '/a', size: 3, position: 3 }];
    assert.deepEqual(bodySourceOf({ ...record, file: null, sources } as BodyRecord)?.files, [{ path: '/a', size: 3 }]);
    assert.deepEqual(bodySourceOf({ ...record, file: { path: '/b', size: 4 }, sources } as BodyRecord)?.files, [
      { path: '/b', size: 4 },
    ]);
    assert.equal(bodySourceOf(null), null);
  });

  it('make a response of status line, interim responses and facts', async () => {
    const reply = await decoded(
      'response',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Fine\r\nContent-Length: 0\r\n\r\n',
    );
    const facts = {
      readByProgram: true,
      early: false,
      arrivedBeforeFailure: null,
      arrival: null,
      bodyPreview: null,
      bodyPreviewTruncated: false,
    };
    const response = responseOf(reply, messageOf(reply, ops(90), false), facts);
    assert.deepEqual(
      [response.status, response.reason, response.interim.length, response.readByProgram],
      [200, 'Fine', 1, true],
    );
  });
});
