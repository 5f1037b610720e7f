import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { redact, reveal } from '../../../src/export/redact';
import { type CurlCommand, curlOf } from '../../../src/panelModel/curl';
import { Conversation } from '../../support/conversation';
import { HEAD, readCase, usePanelCase } from '../../support/panelCase';

interface Sent {
  readonly head: string;
  readonly body?: string | Uint8Array;
  readonly files?: readonly { readonly path: string; readonly size: number }[];
}

async function commandFor({ head, body = '', files }: Sent, redactor = redact): Promise<CurlCommand> {
  const talk = new Conversation();
  const scope = talk.scope('http.client.HTTPConnection.request');
  talk.connect();
  if (files) {
    const sources = files.map((file) => ({ ...file, position: 0 }));
    talk.json('body', { scope, socket: talk.socketId, type: 'bytes', size: body.length, storage: 'memory', sources });
  }
  talk.send(`${head}\r\n\r\n`);
  if (body.length > 0) talk.send(body);
  talk.receive('HTTP/1.1 204 No Content\r\n\r\n');
  talk.end();
  const { exchange, dispose } = await readCase(talk);
  try {
    return await curlOf(exchange, redactor);
  } finally {
    dispose();
  }
}

/** What a shell makes of the command: the words that curl is given, and what it is given to read. */
function given(command: string): { words: string[]; input: string } {
  const curl = `curl() { printf '%s\\0' "$@"; printf '\\1'; cat; }`;
  const { stdout, status, stderr } = spawnSync('bash', ['-c', `${curl}\n${command}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert.equal(status, 0, String(stderr));
  const text = stdout.toString('latin1');
  const at = text.indexOf('\0\u0001');
  return { words: text.slice(0, at).split('\0'), input: text.slice(at + 2) };
}

const MULTIPART = 'POST /u HTTP/1.1\r\nHost: h:8080\r\nContent-Type: multipart/form-data; boundary=b';
const part = (disposition: string, value: string, more = '') =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${value}\r\n`;
const multipart = (...parts: string[]): { head: string; body: string } => {
  const body = `${parts.join('')}--b--\r\n`;
  return { head: `${MULTIPART}\r\nContent-Length: ${body.length}`, body };
};

describe('a request as cURL', () => {
  const refused = usePanelCase();

  it('masks secrets unless they are revealed, and says so', async () => {
    const masked = await curlOf(refused.current.exchange, redact);
    assert.match(masked.command, /'Authorization: Basic •••'/);
    assert.ok(!masked.command.includes('s3cr3t'), masked.command);
    assert.equal(masked.masked, true);
    const revealed = await curlOf(refused.current.exchange, reveal);
    assert.match(revealed.command, /token=s3cr3t.*Basic dXNlcjpwYXNz/);
    assert.equal(revealed.masked, false);
  });

  it('says when the body is not in the capture whole', async () => {
    assert.equal((await curlOf(refused.current.exchange, redact)).whole, false);
    assert.match(HEAD, /Content-Length: 300000/);
  });

  it('leaves out what curl makes itself and quotes for a shell', async () => {
    const { command, whole } = await commandFor({
      head: "PUT /it's HTTP/1.1\r\nHost: h:8080\r\nX-Odd: a\u0007b\r\nContent-Type: a/b\r\nContent-Length: 2",
      body: 'ok',
    });
    assert.equal(
      command,
      "curl --globoff --request PUT 'http://h:8080/it'\\''s' --header $'X-Odd: a\\x07b' --header 'Content-Type: a/b' --data-binary 'ok'",
    );
    assert.equal(whole, true);
  });

  it('has the content of a chunked body', async () => {
    const { command } = await commandFor({
      head: 'PUT /up HTTP/1.1\r\nHost: h:8080\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked',
      body: '3\r\none\r\n4\r\n two\r\n0\r\n\r\n',
    });
    assert.deepEqual(given(command).words.slice(-2), ['--data-binary', 'one two']);
  });

  it('has every byte of a body that no word of a shell can hold', async () => {
    const body = Buffer.from([...Array(256).keys()]);
    const { command } = await commandFor({
      head: 'POST /b HTTP/1.1\r\nHost: h:8080\r\nContent-Type: a/b\r\nContent-Length: 256',
      body,
    });
    const { words, input } = given(command);
    assert.deepEqual(words.slice(-2), ['--data-binary', '@-']);
    assert.equal(input, body.toString('latin1'));
  });

  it('keeps bytes that are no text, and a body that looks like the name of a file', async () => {
    const head = 'POST /b HTTP/1.1\r\nHost: h:8080\r\nContent-Type: a/b\r\nContent-Length: ';
    const odd = `é\r\n'\\%\u007f\u0001`;
    const { command } = await commandFor({ head: `${head}${Buffer.byteLength(odd)}`, body: odd });
    assert.equal(given(command).words.at(-1), Buffer.from(odd).toString('latin1'));
    const at = await commandFor({ head: `${head}5`, body: '@here' });
    assert.deepEqual(given(at.command).words.slice(-2), ['--data-raw', '@here']);
  });

  it('does not wait for the body of a reply to HEAD, and keeps GET with a body a GET', async () => {
    const head = await commandFor({ head: 'HEAD / HTTP/1.1\r\nHost: h:8080' });
    assert.deepEqual(given(head.command).words, ['--globoff', '--head', 'http://h:8080/']);
    const get = await commandFor({ head: 'GET / HTTP/1.1\r\nHost: h:8080\r\nContent-Length: 2', body: '{}' });
    assert.deepEqual(given(get.command).words.slice(1, 3), ['--request', 'GET']);
    assert.ok(given(get.command).words.includes('Content-Type:'), 'curl must not call it a form');
  });

  it('unpacks a reply that may be packed, and leaves the path as it is', async () => {
    const { command } = await commandFor({
      head: 'GET /a/../b?c=/../d HTTP/1.1\r\nHost: h:8080\r\nAccept-Encoding: gzip, deflate\r\nX-Empty:',
    });
    const { words } = given(command);
    assert.ok(words.includes('--compressed') && words.includes('--path-as-is') && words.includes('X-Empty;'), command);
  });

  it('names the file that a form was made of, and gives each other field its own value', async () => {
    const { command, masked } = await commandFor({
      ...multipart(
        part('name="note"', "it's 1"),
        part('name="password"', 'hunter2'),
        part('name="file"; filename="a;b.txt"', 'content', 'Content-Type: text/plain\r\n'),
      ),
      files: [{ path: '/home/user/a;b.txt', size: 7 }],
    });
    assert.deepEqual(given(command).words.slice(4), [
      ...['--form-string', "note=it's 1", '--form-string', 'password=***'],
      ...['--form', 'file=@"/home/user/a;b.txt";filename="a;b.txt";type=text/plain'],
    ]);
    assert.equal(masked, true);
  });

  it('has a form as it was sent when its files are not known', async () => {
    const form = multipart(part('name="token"', 'abc'), part('name="file"; filename="x"', '\0'));
    const { command } = await commandFor(form);
    assert.equal(given(command).input, form.body.replace('abc', '***'));
    assert.equal(given((await commandFor(form, reveal)).command).input, form.body);
  });

  it('says that there is none where there is no request', async () => {
    const talk = new Conversation();
    talk.connect('127.0.0.1', 80, { result: 'failed', error: null });
    talk.end();
    const { exchange, dispose } = await readCase(talk);
    try {
      await assert.rejects(curlOf(exchange, redact), /no HTTP request/);
    } finally {
      dispose();
    }
  });
});
