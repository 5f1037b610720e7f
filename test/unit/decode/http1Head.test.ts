import assert from 'node:assert/strict';
import {
  HeaderLines,
  headerList,
  headerValue,
  headerValues,
  parseRequestLine,
  parseStatusLine,
  requestFraming,
  responseFraming,
} from '../../../src/decode/http1Head';

function headers(...lines: string[]) {
  const collected = new HeaderLines();
  for (const line of lines) collected.add(line);
  return collected.headers;
}

describe('HTTP/1 heads', () => {
  it('know a request line', () => {
    assert.deepEqual(parseRequestLine('GET /a b HTTP/1.1'), { method: 'GET', target: '/a b', version: '1.1' });
    assert.deepEqual(parseRequestLine('M-SEARCH * HTTP/1.0'), { method: 'M-SEARCH', target: '*', version: '1.0' });
    for (const line of ['GET /', 'GET HTTP/1.1', 'EHLO example.org', 'PRI * HTTP/2.0', 'HTTP/1.1 200 OK', '']) {
      assert.equal(parseRequestLine(line), null, line);
    }
  });

  it('know a status line, with and without a reason', () => {
    assert.deepEqual(parseStatusLine('HTTP/1.1 413 Request Entity Too Large'), {
      version: '1.1',
      status: 413,
      reason: 'Request Entity Too Large',
    });
    assert.equal(parseStatusLine('HTTP/1.0 200')?.reason, '');
    for (const line of ['HTTP/1.1 20 OK', 'HTTP/2 200', 'ICY 200 OK', '220 mail ESMTP']) {
      assert.equal(parseStatusLine(line), null, line);
    }
  });

  it('fold lines, keep repeated headers apart and pass over what is no header', () => {
    const found = headers('X-A: one', '  two', '\tthree', 'no colon here', 'x-a:four', 'Y : 5');
    assert.deepEqual(found, [
      { name: 'X-A', value: 'one two three' },
      { name: 'x-a', value: 'four' },
      { name: 'Y', value: '5' },
    ]);
    assert.deepEqual(headerValues(found, 'x-a'), ['one two three', 'four']);
    assert.equal(headerValue(found, 'z'), null);
    assert.deepEqual(headerList(headers('A: X, ,y', 'a: Z'), 'a'), ['x', 'y', 'z']);
    assert.deepEqual(headers(' folded onto nothing'), []);
  });

  it('frame a request by its headers only', () => {
    assert.deepEqual(requestFraming(headers()).framing, { kind: 'none' });
    assert.deepEqual(requestFraming(headers('Content-Length: 12')).framing, { kind: 'length', length: 12 });
    assert.deepEqual(requestFraming(headers('Content-Length: 5, 5')).framing, { kind: 'length', length: 5 });
    assert.deepEqual(requestFraming(headers('Transfer-Encoding: gzip, chunked', 'Content-Length: 3')).framing, {
      kind: 'chunked',
    });
    for (const bad of ['-1', 'ten', '1e3', '12345678901234567', '5, 6', '0x10']) {
      const { framing, problem } = requestFraming(headers(`Content-Length: ${bad}`));
      assert.deepEqual([framing.kind, problem?.includes(bad)], ['close', true], bad);
    }
    assert.match(requestFraming(headers('Transfer-Encoding: gzip')).problem ?? '', /gzip/);
  });

  it('frame a response by what it answers', () => {
    const length = headers('Content-Length: 12');
    assert.equal(responseFraming(length, 200, 'GET').framing.kind, 'length');
    assert.equal(responseFraming([], 200, 'GET').framing.kind, 'close');
    for (const [status, method] of [
      [200, 'HEAD'],
      [204, 'GET'],
      [304, 'GET'],
      [100, 'POST'],
      [101, 'GET'],
      [200, 'CONNECT'],
    ] as const) {
      assert.equal(responseFraming(length, status, method).framing.kind, 'none', `${status} to ${method}`);
    }
    assert.equal(responseFraming(length, 407, 'CONNECT').framing.kind, 'length');
  });
});
