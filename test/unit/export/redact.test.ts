import assert from 'node:assert/strict';
import { MASK, redact, reveal } from '../../../src/export/redact';

const SECRET = 'hunter2secret';

describe('redact', () => {
  it('masks the values of headers that hold secrets, and keeps the scheme', () => {
    const value = (name: string, text: string) => redact.header({ name, value: text }).value;
    assert.equal(value('Authorization', `Bearer ${SECRET}`), `Bearer ${MASK}`);
    assert.equal(value('Proxy-Authorization', `Basic ${SECRET}==`), `Basic ${MASK}`);
    assert.equal(value('authorization', SECRET), MASK);
    for (const name of [
      'Cookie',
      'Set-Cookie',
      'X-Api-Key',
      'X-Auth-Token',
      'X-Amz-Security-Token',
      'x-csrf-token',
      'Api-Key',
    ]) {
      assert.equal(value(name, `a=${SECRET}`), MASK, name);
    }
    assert.equal(
      value('Location', `https://u:${SECRET}@h/?token=${SECRET}&page=2`),
      `https://u:${MASK}@h/?token=${MASK}&page=2`,
    );
  });

  it('leaves other headers as they are', () => {
    for (const [name, value] of [
      ['Content-Type', 'multipart/form-data; boundary=x'],
      ['Server', 'nginx/1.22.1'],
      ['Content-Length', '12444474'],
      ['ETag', '"abc"'],
    ] as const) {
      assert.equal(redact.header({ name, value }).value, value);
    }
  });

  it('masks user information and parameters of URLs', () => {
    assert.equal(redact.url(`https://user:${SECRET}@host:8080/a?b=1`), `https://user:${MASK}@host:8080/a?b=1`);
    assert.equal(redact.url(`https://${SECRET}@host/`), `https://${MASK}@host/`);
    for (const name of [
      'token',
      'access_token',
      'api_key',
      'apikey',
      'sig',
      'X-Amz-Signature',
      'client_secret',
      'pass%77ord',
      'auth',
    ]) {
      const masked = redact.url(`https://host/path?a=1&${name}=${SECRET}&z=2`);
      assert.equal(masked, `https://host/path?a=1&${name}=${MASK}&z=2`);
    }
    assert.equal(redact.url('https://host/token/x?page=2&q=author'), 'https://host/token/x?page=2&q=author');
    assert.equal(redact.url('not a url'), 'not a url');
  });

  it('masks secrets among the arguments of a command', () => {
    const masked = redact.argv([
      'upload.py',
      '--password',
      SECRET,
      `--token=${SECRET}`,
      '-u',
      `me:${SECRET}`,
      `API_KEY=${SECRET}`,
      `https://me:${SECRET}@host/?sig=${SECRET}`,
      '--verbose',
      'demo.cast',
    ]);
    assert.doesNotMatch(masked.join(' '), /hunter2/);
    assert.deepEqual([masked[0], masked[8], masked[9]], ['upload.py', '--verbose', 'demo.cast']);
    assert.equal(masked[5], `me:${MASK}`);
  });

  it('masks secrets in a program given as text', () => {
    const program = `urlopen(Request("http://h/?token=${SECRET}", headers={"Authorization": "Bearer ${SECRET}", 'X-Api-Key': '${SECRET}'}))`;
    const [, masked] = redact.argv(['-c', program]);
    assert.doesNotMatch(masked ?? '', /hunter2/);
    assert.match(masked ?? '', /urlopen\(Request\("http:\/\/h\//);
  });

  it('masks secrets in messages and bodies', () => {
    for (const text of [
      `{"access_token": "${SECRET}", "ok": true}`,
      `password=${SECRET}&user=me`,
      `Authorization: Bearer ${SECRET}`,
      `failed for https://me:${SECRET}@host/`,
      `'secret': '${SECRET}'`,
      `api-key : ${SECRET}`,
      `The name me:${SECRET}@host was not found.`,
      `me:${SECRET}@127.0.0.1`,
    ]) {
      assert.doesNotMatch(redact.text(text), /hunter2/, text);
    }
    const plain = "[Errno 32] Broken pipe; HTTPConnectionPool(host='127.0.0.1', port=8080): Max retries exceeded";
    assert.equal(redact.text(plain), plain);
    for (const text of ['written to me@host at 10:30, see bob@host', 'localhost:8080 and [::1]:443']) {
      assert.equal(redact.text(text), text);
    }
    assert.equal(redact.text('The server asks for: Basic realm="api".'), 'The server asks for: Basic realm="api".');
  });

  it('takes time in proportion to the text, whatever is in it', () => {
    const began = process.cpuUsage();
    for (const text of [
      '"'.repeat(50_000),
      `token="${'\\'.repeat(50_000)}`,
      'a://'.repeat(20_000),
      'token'.repeat(20_000),
      '?a'.repeat(40_000),
      'a:'.repeat(40_000),
    ]) {
      redact.url(redact.text(text));
    }
    // the processor's time, which a busy machine does not make longer
    const { user } = process.cpuUsage(began);
    assert.ok(user < 3e6, `${user} µs`);
  });
});

describe('reveal', () => {
  it('leaves everything', () => {
    const header = { name: 'Cookie', value: SECRET };
    assert.equal(reveal.header(header), header);
    assert.equal(reveal.text(SECRET) + reveal.url(SECRET) + reveal.argv([SECRET]), SECRET.repeat(3));
  });
});
