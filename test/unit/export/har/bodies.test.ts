import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { contentOf, formDecoded, postDataOf } from '../../../../src/export/har/bodies';
import { redact, reveal } from '../../../../src/export/redact';
import { Conversation } from '../../../support/conversation';

/** One exchange with these bodies, and what a HAR entry says of them. */
async function bodies(
  request: { type: string; body: string | Uint8Array; head?: string; announced?: number },
  reply: { type: string; body: string | Uint8Array; head?: string; announced?: number },
  options = { redactor: redact, maxBody: 1000 },
) {
  const talk = new Conversation();
  talk.connect();
  const size = request.announced ?? Buffer.from(request.body).length;
  const head = (type: string, length: number, more = '') =>
    `Content-Type: ${type}\r\nContent-Length: ${length}\r\n${more}\r\n`;
  talk.send(`POST / HTTP/1.1\r\nHost: a\r\n${head(request.type, size, request.head)}`);
  talk.send(request.body);
  talk.receive(`HTTP/1.1 200 OK\r\n${head(reply.type, reply.announced ?? Buffer.from(reply.body).length, reply.head)}`);
  talk.receive(reply.body);
  talk.close();
  talk.end();
  const { CaptureReader } = await import('../../../../src/wire/reader');
  const { ExchangeBuilder } = await import('../../../support/exchangeBuilder');
  try {
    const [exchange] = await new ExchangeBuilder(await CaptureReader.open(talk.folder.path)).update();
    assert.ok(exchange);
    return { post: await postDataOf(exchange, options), content: await contentOf(exchange, options) };
  } finally {
    talk.folder.remove();
  }
}

const NOTHING = { type: 'text/plain', body: 'x' };

describe('bodies in a HAR entry', () => {
  it('are text with their codings undone and their secrets masked', async () => {
    const gzip = { type: 'application/json', head: 'Content-Encoding: gzip\r\n' };
    const text = '{"password": "hunter2", "ok": "yes, and yes, and yes, and yes, and yes"}';
    const { post, content } = await bodies({ type: 'text/plain', body: 'grüße' }, { ...gzip, body: gzipSync(text) });
    assert.deepEqual(post, { mimeType: 'text/plain', text: 'grüße' });
    assert.match(content.text ?? '', /"password": "\*\*\*", "ok": "yes/);
    assert.equal(content.size, text.length);
    assert.equal(content.compression, text.length - gzipSync(text).length);
  });

  it('are base64 when they are none', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const { post, content } = await bodies({ type: 'image/png', body: bytes }, { type: 'image/png', body: bytes });
    assert.deepEqual([content.text, content.encoding, content.size], [bytes.toString('base64'), 'base64', 4]);
    assert.deepEqual([post?.text, post?._encoding], [bytes.toString('base64'), 'base64']);
    assert.match(post?.comment ?? '', /Base64/);
  });

  it('say where they were cut', async () => {
    const long = 'y'.repeat(5000);
    const { post, content } = await bodies({ type: 'text/plain', body: long }, { type: 'text/plain', body: long });
    assert.deepEqual([post?.text.length, post?.comment], [1000, 'The first 1,000 B of 5,000 B are here.']);
    assert.deepEqual([content.text?.length, content.size], [1000, 5000]);
    assert.match(content.comment ?? '', /first 1,000 B of 5,000 B/);
    const broken = await bodies(
      { type: 'text/plain', body: 'half', announced: 8 },
      { type: 'text/plain', body: 'half', announced: 8 },
    );
    assert.equal(broken.post?.comment, 'The first 4 B of 8 B were recorded and are here.');
    assert.match(broken.content.comment ?? '', /not complete/);
  });

  it('list the fields of forms', async () => {
    const urlencoded = 'application/x-www-form-urlencoded';
    const { post } = await bodies({ type: urlencoded, body: 'a=1+2&token=s3cr3t&b=%C3%BC' }, NOTHING);
    assert.deepEqual(post?.params, [
      { name: 'a', value: '1 2' },
      { name: 'token', value: '***' },
      { name: 'b', value: 'ü' },
    ]);
    const field = (name: string, value: string, more = '') =>
      `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const form = `${field('title', 'demo')}${field('password', 'hunter2')}${field('f', 'x', '; filename="f.bin"')}--B--\r\n`;
    const request = { type: 'multipart/form-data; boundary=B', body: form };
    const masked = (await bodies(request, NOTHING)).post;
    assert.deepEqual(
      masked?.params?.map(({ name, value, fileName }) => [name, value, fileName]),
      [
        ['title', 'demo', undefined],
        ['password', '•••', undefined],
        ['f', undefined, 'f.bin'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(masked), /hunter2/);
    const open = (await bodies(request, NOTHING, { redactor: reveal, maxBody: 1000 })).post;
    assert.equal(open?.params?.[1]?.value, 'hunter2');
    assert.equal(open?.text, form);
  });

  it('decode what browsers encode, and leave what is broken', () => {
    assert.equal(formDecoded('a+b%26c'), 'a b&c');
    assert.equal(formDecoded('100%'), '100%');
  });
});
