import assert from 'node:assert/strict';
import type { ListOptions } from '../../../src/messages/panel';
import { type Entry, entryOf } from '../../../src/panelModel/entry';
import { groupOf, isHeading, type List, listOf } from '../../../src/panelModel/list';
import { Conversation } from '../../support/conversation';

const answer = (status: number, body: string) =>
  `HTTP/1.1 ${status} X\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('the list', () => {
  const talk = new Conversation();
  let entries: readonly Entry[] = [];
  before(async () => {
    talk.connect('127.0.0.1', 1);
    for (const [path, status, body] of [
      ['/b', 200, 'xxx'],
      ['/a', 404, 'x'],
    ] as const) {
      talk.send(`GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`);
      talk.receive(answer(status, body));
    }
    talk.connect('127.0.0.1', 2);
    talk.send('GET /c HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.end();
    entries = (await talk.exchanges()).map(entryOf);
  });
  after(() => talk.folder.remove());

  const list = (options: Partial<ListOptions> = {}): List =>
    listOf(entries, { query: '', order: { column: 'time', descending: false }, grouped: false, ...options });
  const paths = ({ items }: List) => items.map((item) => (isHeading(item) ? `(${item.exchanges})` : item.path));

  it('is in the order of time, either way', () => {
    assert.deepEqual(paths(list()), ['/b', '/a', '/c']);
    assert.deepEqual(paths(list({ order: { column: 'time', descending: true } })), ['/c', '/a', '/b']);
  });

  it('sorts by a column, what is not known last', () => {
    assert.deepEqual(paths(list({ order: { column: 'path', descending: false } })), ['/a', '/b', '/c']);
    assert.deepEqual(paths(list({ order: { column: 'status', descending: true } })), ['/a', '/b', '/c']);
    assert.deepEqual(paths(list({ order: { column: 'down', descending: true } }))[0], '/b');
  });

  it('has a heading for each connection', () => {
    assert.deepEqual(paths(list({ grouped: true })), ['(2)', '/b', '/a', '(1)', '/c']);
  });

  it('leaves out what is folded, and counts it all the same', () => {
    const [first, second] = list({ grouped: true }).items.filter(isHeading);
    assert.ok(first && second);
    assert.deepEqual([first.id, second.id], [groupOf(entries[0] as Entry), groupOf(entries[2] as Entry)]);
    const one = list({ grouped: true, folding: { all: false, except: [first.id, 'gone'] } });
    assert.deepEqual([paths(one), one.matching.length], [['(2)', '(1)', '/c'], 3]);
    const most = list({ grouped: true, folding: { all: true, except: [first.id] } });
    assert.deepEqual(paths(most), ['(2)', '/b', '/a', '(1)']);
    assert.deepEqual(
      most.items.filter(isHeading).map(({ folded }) => folded),
      [false, true],
    );
    assert.deepEqual(paths(list({ folding: { all: true, except: [] } })), ['/b', '/a', '/c'], 'without headings');
  });

  it('filters, and filters nothing when it does not understand', () => {
    const found = list({ query: 'status:404' });
    assert.deepEqual([paths(found), found.matching.length], [['/a'], 1]);
    const odd = list({ query: 'nonsense:1' });
    assert.equal(odd.matching.length, 3);
    assert.match(odd.problem ?? '', /There is no filter "nonsense:"/);
  });
});
