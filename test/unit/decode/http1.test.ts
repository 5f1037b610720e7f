import assert from 'node:assert/strict';
import { type Http1Event, Http1Parser, MAX_HEAD } from '../../../src/decode/http1';
import { random } from '../../support/random';

/** Feeds a stream as it grows, `step` bytes at a time; bodies that the parser skips are not fed. */
function parse(
  kind: 'request' | 'response',
  text: string,
  { step = text.length, methods = [] as string[], orderly = true, resume = true } = {},
): Http1Event[] {
  const stream = Buffer.from(text, 'latin1');
  let answered = 0;
  const parser = new Http1Parser(kind, { methodAnswered: () => methods[answered++] ?? null });
  const events: Http1Event[] = [];
  for (let length = Math.min(step, stream.length); ; length = Math.min(length + step, stream.length)) {
    for (;;) {
      events.push(...parser.known(length));
      const at = parser.wanted;
      if (at === null || at >= length) break;
      events.push(...parser.feed(stream.subarray(at, length)));
    }
    if (resume) events.push(...parser.resume(true));
    if (length === stream.length && (parser.wanted === null || parser.wanted >= length)) break;
  }
  events.push(...parser.finish(stream.length, orderly));
  return events;
}

/** Events in a line each: "GET / HTTP/1.1 [0, 10) length", "end [10, 15)", "problem 15 …". */
function told(events: readonly Http1Event[]): string[] {
  return events.map((event) => {
    if (event.type === 'head') {
      const { startLine, range, framing, complete } = event.head;
      return `${startLine} ${range} ${framing.kind}${complete ? '' : ' cut'}${event.problem ? ` (${event.problem})` : ''}`;
    }
    if (event.type === 'end') return `end ${event.body}${event.complete ? '' : ' cut'}`;
    return `problem ${event.at} ${event.message}`;
  });
}

const POST = 'POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n3\r\n!!!\r\n0\r\nTrailer: t\r\n\r\n';

describe('Http1Parser', () => {
  it('reads requests one after the other', () => {
    assert.deepEqual(told(parse('request', `\r\n${POST}GET /b HTTP/1.1\r\n\r\n`)), [
      'POST /a HTTP/1.1 [2, 50) length',
      'end [50, 55)',
      'GET /b HTTP/1.1 [55, 74) none',
      'end [74, 74)',
    ]);
  });

  it('skips a body of known length without being fed it', () => {
    const head = 'PUT / HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n';
    const parser = new Http1Parser('request');
    assert.deepEqual(told(parser.feed(Buffer.from(head))), [`PUT / HTTP/1.1 [0, ${head.length}) length`]);
    assert.equal(parser.wanted, head.length + 1e12);
    assert.deepEqual(parser.known(head.length + 1e12 - 1), []);
    assert.equal(String(parser.openBody(head.length + 77)), `[${head.length}, ${head.length + 77})`);
    assert.deepEqual(told(parser.known(head.length + 1e12)), [`end [${head.length}, ${head.length + 1e12})`]);
    assert.equal(parser.openBody(2e12), null);
  });

  it('reads chunks, and needs no chunk data', () => {
    assert.deepEqual(told(parse('response', CHUNKED)), ['HTTP/1.1 200 OK [0, 47) chunked', 'end [47, 86)']);
    const parser = new Http1Parser('response');
    parser.feed(Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf00000\r\n'));
    assert.equal(parser.wanted, 55 + 0xf00000);
  });

  it('takes interim responses for messages of their own', () => {
    const events = parse(
      'response',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      {
        methods: ['POST'],
      },
    );
    assert.deepEqual(
      told(events).filter((line) => !line.startsWith('end')),
      [
        'HTTP/1.1 100 Continue [0, 25) none',
        'HTTP/1.1 103 Early Hints [25, 62) none',
        'HTTP/1.1 204 No Content [62, 89) none',
      ],
    );
  });

  it('asks what a response answers', () => {
    const two = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    assert.deepEqual(told(parse('response', two, { methods: ['HEAD', 'GET'] })), [
      'HTTP/1.1 200 OK [0, 38) none',
      'end [38, 38)',
      'HTTP/1.1 200 OK [38, 76) length',
      'end [76, 78)',
    ]);
  });

  it('ends a body without length with the stream, cut when the peer did not end it', () => {
    const text = 'HTTP/1.0 200 OK\r\n\r\nuntil the end';
    assert.deepEqual(told(parse('response', text)), ['HTTP/1.0 200 OK [0, 19) close', 'end [19, 32)']);
    assert.deepEqual(told(parse('response', text, { orderly: false })).at(-1), 'end [19, 32) cut');
  });

  it('leaves what follows an upgrade or a tunnel alone', () => {
    assert.deepEqual(
      told(parse('response', 'HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x05hello', { methods: ['GET'] })),
      ['HTTP/1.1 101 Switching Protocols [0, 36) none', 'end [36, 36)'],
    );
    assert.deepEqual(told(parse('response', 'HTTP/1.1 200 OK\r\n\r\n\x16\x03\x01', { methods: ['CONNECT'] })), [
      'HTTP/1.1 200 OK [0, 19) none',
      'end [19, 19)',
    ]);
    const held = 'CONNECT h:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n';
    assert.equal(told(parse('request', held, { resume: false })).length, 2);
    assert.equal(told(parse('request', held)).length, 4);
  });

  it('tells where a message is cut off', () => {
    assert.deepEqual(told(parse('request', POST.slice(0, -2))).at(-1), 'end [48, 51) cut');
    assert.deepEqual(told(parse('request', POST.slice(0, 30))), [
      'POST /a HTTP/1.1 [0, 30) none cut (the stream ends within the head)',
      'end [30, 30) cut',
    ]);
    assert.deepEqual(told(parse('request', 'POST /a HT')), ['problem 0 the stream ends within a start line']);
    assert.deepEqual(told(parse('response', CHUNKED.slice(0, 58))).at(-1), 'end [47, 58) cut');
    assert.deepEqual(told(parse('request', '')), []);
  });

  it('gives up on what is not HTTP, at once', () => {
    for (const text of [
      '\x16\x03\x01\x02\x00',
      '\x00\x00',
      'EHLO example.org\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]) {
      assert.deepEqual(told(parse('request', text)), ['problem 0 the bytes are not HTTP/1'], JSON.stringify(text));
    }
    assert.deepEqual(told(parse('request', `${POST}\x00garbage`)).at(-1), 'problem 53 the bytes are not HTTP/1');
  });

  it('gives up on absurd heads, and keeps what it has of them', () => {
    const many = parse('request', `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(10_100)}\r\n`);
    assert.match(told(many)[0] ?? '', /^GET \/ HTTP\/1\.1 .* cut \(a head of absurd size/);
    assert.match(told(many).at(-1) ?? '', /^problem/);
    const long = parse('request', `GET / HTTP/1.1\r\nA: ${'b'.repeat(300_000)}\r\n\r\n`, { step: 4096 });
    assert.match(told(long).at(-1) ?? '', /absurd size/);
    const line = `A: ${'b'.repeat(200_000)}\r\n`;
    const big = parse('request', `GET / HTTP/1.1\r\n${line.repeat(Math.ceil(MAX_HEAD / line.length) + 1)}\r\n`);
    assert.match(told(big).at(-1) ?? '', /absurd size/);
    assert.match(told(parse('request', 'G'.repeat(400_000), { step: 65_536 })).at(-1) ?? '', /absurd size/);
  });

  it('says that bytes were not stored when it would need them', () => {
    const parser = new Http1Parser('response');
    parser.feed(Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n'));
    parser.known(200);
    assert.match(told(parser.gap())[0] ?? '', /not stored/);
    assert.equal(parser.wanted, null);
    assert.deepEqual(parser.gap(), []);
  });

  const streams: [string, 'request' | 'response', string, string[]][] = [
    ['requests', 'request', `${POST}GET /b HTTP/1.1\r\nA: b\r\n c\r\n\r\n${POST}`, []],
    ['bare line feeds', 'request', 'GET /b HTTP/1.1\nA: b\n\nGET /c HTTP/1.0\n\n', []],
    [
      'responses',
      'response',
      `HTTP/1.1 100 C\r\n\r\n${CHUNKED}HTTP/1.1 304 N\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc`,
      ['POST', 'GET', 'GET'],
    ],
    ['garbage after a reply', 'response', `${CHUNKED}what is this\r\n`, ['GET']],
    ['a damaged chunk', 'response', CHUNKED.replace('3\r\n!', 'x\r\n!'), ['GET']],
  ];
  for (const [what, kind, text, methods] of streams) {
    it(`sees the same however ${what} arrive`, () => {
      const whole = told(parse(kind, text, { methods }));
      for (const step of [1, 2, 3, 7, 50])
        assert.deepEqual(told(parse(kind, text, { step, methods })), whole, `${step} bytes at a time`);
    });
  }

  it('comes to an end with any bytes at all', () => {
    const next = random(5);
    const pieces = [
      'GET / HTTP/1.1',
      'HTTP/1.1 200 OK',
      '\r\n',
      '\n',
      ': ',
      'Content-Length',
      '7',
      'Transfer-Encoding: chunked',
      'ff',
      '\x00',
      ' ',
    ];
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
      const kind = next(2) === 0 ? 'request' : 'response';
      const whole = told(parse(kind, text));
      assert.deepEqual(told(parse(kind, text, { step: 1 })), whole, JSON.stringify(text));
    }
  });
});
