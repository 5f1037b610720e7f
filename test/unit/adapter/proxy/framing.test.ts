import assert from 'node:assert/strict';
import {
  encodeMessage,
  type Framed,
  FramingError,
  MAX_BODY,
  MessageDecoder,
} from '../../../../src/adapter/proxy/framing';

const feed = (decoder: MessageDecoder, ...chunks: (string | Buffer)[]): Framed[] =>
  chunks.flatMap((chunk) => [...decoder.feed(Buffer.from(chunk as string))]);

describe('the framing of messages', () => {
  const messages = [{ a: 1 }, { text: 'grüße ☃ 𝄞', nested: { list: [null, true] } }, { lone: '\ud800' }];
  const bytes = Buffer.concat(messages.map(encodeMessage));
  const values = messages.map((value) => ({ value }));

  it('counts bytes and not characters', () => {
    assert.equal(encodeMessage({ a: 'ü' }).toString(), 'Content-Length: 10\r\n\r\n{"a":"ü"}');
  });

  it('gives back what went in, however it is cut', () => {
    for (let size = 1; size <= bytes.length; size += 1) {
      const decoder = new MessageDecoder();
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      assert.deepEqual(feed(decoder, ...chunks), values, `in chunks of ${size}`);
      assert.equal(decoder.idle, true);
    }
  });

  it('takes headers it does not know, in any case', () => {
    assert.deepEqual(feed(new MessageDecoder(), 'content-length:2\r\nContent-Type: application/json\r\n\r\n[]'), [
      { value: [] },
    ]);
  });

  it('reads on after a body that is no JSON', () => {
    const [broken, next] = feed(new MessageDecoder(), 'Content-Length: 3\r\n\r\n{a}', encodeMessage({ b: 2 }));
    assert.match(broken && 'problem' in broken ? broken.problem : '', /JSON/);
    assert.deepEqual(next, { value: { b: 2 } });
  });

  it('knows when the stream ends within a message', () => {
    const decoder = new MessageDecoder();
    feed(decoder, 'Content-Length: 10\r\n\r\n{');
    assert.equal(decoder.idle, false);
    const inHeader = new MessageDecoder();
    feed(inHeader, 'Content-');
    assert.equal(inHeader.idle, false);
  });

  for (const [what, text, message] of [
    ['no length', 'A: b\r\n\r\n', /without Content-Length/],
    ['no colon', 'Content-Length 3\r\n\r\n', /without a colon: "Content-Length 3"/],
    ['a negative length', 'Content-Length: -3\r\n\r\n', /not a Content-Length: "-3"/],
    ['a fractional length', 'Content-Length: 1.5\r\n\r\n', /not a Content-Length/],
    ['an empty body', 'Content-Length: 0\r\n\r\n', /without a body/],
    ['a body beyond the limit', `Content-Length: ${MAX_BODY + 1}\r\n\r\n`, /at most/],
    ['a header beyond the limit', 'x'.repeat(5000), /no end of the header within 4096 bytes/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => feed(new MessageDecoder(), text),
        (error) => error instanceof FramingError && message.test(error.message),
      );
      assert.throws(() => feed(new MessageDecoder(), ...text), FramingError, 'byte by byte');
    });
  }

  it('takes time in proportion to the size of a large message', () => {
    const large = encodeMessage({ text: 'x'.repeat(16 * 1024 * 1024) });
    const decoder = new MessageDecoder();
    const began = process.cpuUsage();
    let found = 0;
    for (let at = 0; at < large.length; at += 1024) found += [...decoder.feed(large.subarray(at, at + 1024))].length;
    assert.equal(found, 1);
    // joining every chunk to what came before would move 128 GiB
    // the processor's time, which a busy machine does not make longer
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < 5e6, `${user} + ${system} µs`);
  });
});
