import assert from 'node:assert/strict';
import { FACT_NAMES, nearest } from '../../../src/messages/conditionNames';
import { ConditionError, type ConditionTree, parseCondition } from '../../../src/messages/conditions';

const tree = (text: string): ConditionTree => parseCondition(text);

function mistake(text: string, names = FACT_NAMES): { text: string; message: string; marked: string; column: number } {
  try {
    parseCondition(text, names);
  } catch (error) {
    assert.ok(error instanceof ConditionError, String(error));
    return {
      text,
      message: error.message,
      marked: text.slice(error.at, error.at + error.size),
      column: error.column,
    };
  }
  throw new assert.AssertionError({ message: `no mistake was found in: ${text}` });
}

describe('a condition', () => {
  it('compares a name with a value', () => {
    assert.deepEqual(tree('status == 413'), { op: '==', left: { name: 'status' }, right: { value: 413 } });
    assert.deepEqual(tree("host != 'localhost'"), { op: '!=', left: { name: 'host' }, right: { value: 'localhost' } });
    assert.deepEqual(tree('443 != port'), { op: '!=', left: { value: 443 }, right: { name: 'port' } });
    assert.deepEqual(tree('acked < sent'), { op: '<', left: { name: 'acked' }, right: { name: 'sent' } });
  });

  it('understands units of bytes and time', () => {
    const right = (text: string) => (tree(text) as { right?: unknown }).right;
    assert.deepEqual(right('sent > 5MB'), { value: 5_000_000 });
    assert.deepEqual(right('sent > 64KiB'), { value: 65_536 });
    assert.deepEqual(right('acked <= 1.5kb'), { value: 1500 });
    assert.deepEqual(right('sent >= 12_444_474'), { value: 12_444_474 });
    assert.deepEqual(right('elapsed > 500ms'), { value: 0.5 });
    assert.deepEqual(right('elapsed > 2min'), { value: 120 });
    assert.deepEqual(right('elapsed > 3'), { value: 3 });
  });

  it('binds "not" before "and" before "or", as Python does', () => {
    const a = tree('port == 1');
    const b = tree('port == 2');
    const c = tree('port == 3');
    assert.deepEqual(tree('port == 1 or port == 2 and not port == 3'), {
      op: 'or',
      of: [a, { op: 'and', of: [b, { op: 'not', of: c }] }],
    });
    assert.deepEqual(tree('(port == 1 or port == 2) and port == 3'), { op: 'and', of: [{ op: 'or', of: [a, b] }, c] });
    assert.deepEqual(tree('((port == 1))'), a);
  });

  it('chains comparisons', () => {
    assert.deepEqual(tree('400 <= status < 500'), {
      op: 'and',
      of: [
        { op: '<=', left: { value: 400 }, right: { name: 'status' } },
        { op: '<', left: { name: 'status' }, right: { value: 500 } },
      ],
    });
  });

  it('looks into lists and texts', () => {
    const list = { list: ['PUT', 'POST'] };
    assert.deepEqual(tree('method in ("PUT", "POST")'), { op: 'in', left: { name: 'method' }, right: list });
    assert.deepEqual(tree('method not in ["PUT", "POST"]'), { op: 'not in', left: { name: 'method' }, right: list });
    assert.deepEqual(tree('"upload" in path'), { op: 'in', left: { value: 'upload' }, right: { name: 'path' } });
    assert.deepEqual(tree('status in (413,)'), { op: 'in', left: { name: 'status' }, right: { list: [413] } });
    assert.deepEqual(tree('status in (413)'), {
      op: 'in',
      left: { name: 'status' },
      right: { list: [413] },
    });
  });

  it('knows beginnings, ends and patterns of texts', () => {
    const of = (op: string, value: string) => ({ op, left: { name: 'path' }, right: { value } });
    assert.deepEqual(tree('path.startswith("/api")'), of('startswith', '/api'));
    assert.deepEqual(tree('path.endswith(".json")'), of('endswith', '.json'));
    assert.deepEqual(tree('path matches "/api/*/upload"'), of('matches', '/api/*/upload'));
    const both = { op: 'or', of: [of('startswith', '/a'), of('startswith', '/b')] };
    assert.deepEqual(tree('path.startswith(("/a", "/b"))'), both);
    assert.deepEqual(tree('not path.startswith("/api")'), { op: 'not', of: of('startswith', '/api') });
  });

  it('names exceptions with and without quotes', () => {
    const equal = (value: string) => ({ op: '==', left: { name: 'exception' }, right: { value } });
    assert.deepEqual(tree('exception == BrokenPipeError'), equal('BrokenPipeError'));
    assert.deepEqual(tree('exception == ssl.SSLError'), equal('ssl.SSLError'));
    assert.deepEqual(tree('exception == "socket.timeout"'), equal('socket.timeout'));
    assert.deepEqual(tree('exception in (TimeoutError, "ssl.SSLError")'), {
      op: 'in',
      left: { name: 'exception' },
      right: { list: ['TimeoutError', 'ssl.SSLError'] },
    });
  });

  it('asks whether something is known', () => {
    assert.deepEqual(tree('status is None'), { op: 'unknown', left: { name: 'status' } });
    assert.deepEqual(tree('status is not None'), { op: 'known', left: { name: 'status' } });
  });

  it('keeps what a backslash protects in a text', () => {
    assert.deepEqual(tree(String.raw`path == "a\"b\\c"`), {
      op: '==',
      left: { name: 'path' },
      right: { value: 'a"b\\c' },
    });
  });
});

describe('a mistake in a condition', () => {
  const cases: readonly [text: string, marked: string, message: RegExp][] = [
    ['staus == 413', 'staus', /Do you mean status\?/],
    ['url == "/x"', 'url', /Do you mean path\?/],
    ['zebra == 1', 'zebra', /There are host, port/],
    ['status = 413', '=', /Write "=="/],
    ['status === 413', '===', /Write "=="/],
    ['status == 413 && port == 1', '&&', /Write "and"/],
    ['status == 413 || port == 1', '||', /Write "or"/],
    ['!(status == 413)', '!', /Write "not"/],
    ['path =~ "x"', '=~', /Write "matches"/],
    ['status == "413"', '"413"', /Write 413 without quotes/],
    ['host == 8080', '8080', /Write a text in quotes/],
    ['host == Example', 'Example', /Write "Example" in quotes/],
    ['status > 5MB', '5MB', /status is a number, not a count of bytes/],
    ['elapsed > 5MB', '5MB', /a time in seconds, not a count of bytes/],
    ['sent > 5parsecs', 'parsecs', /no unit. There are B, KB/],
    ['elapsed > 5 s', 's', /without a space: 5s/],
    ['host < "b"', '<', /neither more nor less/],
    ['status matches "4*"', 'matches', /is for texts/],
    ['status in 413', '413', /A list is expected after "in", such as status in/],
    ['status == (413, 414)', '(413, 414)', /only stand after "in"/],
    ['status in ()', '()', /The list is empty/],
    ['status in (413, "414")', '"414"', /of one kind/],
    ['"x" in status', 'status', /Only a text has parts/],
    ['status', 'status', /Nothing is compared here, such as status >= 500/],
    ['status and port == 1', 'status', /Nothing is compared/],
    ['status == ', '', /Something to compare with is missing/],
    ['(status == 413', '', /"\)" is missing/],
    ['status == 413)', ')', /not expected here/],
    ['status == 413 port == 1', 'port', /"and" or "or" is expected here, not port/],
    ['', '', /A condition is missing/],
    ['path.contains("x")', 'contains', /"x" in path/],
    ['path.startwith("x")', 'startwith', /Do you mean startswith/],
    ['path.startswith("x"', '', /"\)" is missing/],
    ['path == "x', '"x', /no closing "/],
    ['413 == 413', '413', /One side of a comparison is a name/],
    ['host == port', 'port', /host is a text, and port is a number/],
    ['status == None', 'None', /is None/],
    ['status is 413', '413', /Only None/],
    ['port == -1', '-', /never negative/],
    ['port @ 1', '@', /no meaning/],
    ['status == True', 'True', /not known/],
    ['status not 413', '413', /"in" is expected after "not"/],
  ];
  for (const [text, marked, message] of cases) {
    it(`is told with its place: ${text || '(empty)'}`, () => {
      const found = mistake(text);
      assert.equal(found.marked, marked, JSON.stringify(found));
      assert.match(found.message, message);
    });
  }

  it('has a column that counts from 1', () => {
    assert.equal(mistake('status >= 400 and staus == 413').column, 19);
  });

  it('is a name that can never be known at that breakpoint', () => {
    assert.match(
      mistake('status >= 500', ['host', 'port']).message,
      /"status" is never known here. There are host, port/,
    );
  });

  it('is an endless or a bottomless condition', () => {
    assert.match(mistake(`status == ${'1'.repeat(3000)}`).message, /at most 2000 characters/);
    assert.match(mistake(`${'('.repeat(100)}port == 1${')'.repeat(100)}`).message, /too deeply/);
    assert.match(mistake(`${'not '.repeat(100)}port == 1`).message, /too deeply/);
  });
});

describe('the nearest known word', () => {
  it('is found for slips of the finger and for words of other tools, and not for anything else', () => {
    const near = (word: string) => nearest(word, FACT_NAMES);
    assert.deepEqual(
      ['prot', 'metod', 'STATUS', 'elapse', 'exeption', 'statusCode', 'hostname', 'duration', 'banana', 'x'].map(near),
      ['port', 'method', 'status', 'elapsed', 'exception', 'status', 'host', 'elapsed', null, null],
    );
  });
});
