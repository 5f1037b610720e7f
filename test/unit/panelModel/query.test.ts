import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/decode/exchange';
import { entryOf } from '../../../src/panelModel/entry';
import { parseQuery, parseSize } from '../../../src/panelModel/query';
import { Conversation } from '../../support/conversation';
import { usePanelCase } from '../../support/panelCase';

describe('the filter', () => {
  const refused = usePanelCase();
  const fine = usePanelCase(() => {
    const talk = new Conversation();
    talk.connect();
    talk.send('GET /fine HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    talk.close();
    talk.end();
    return talk;
  });
  const matches = (query: string, exchange: Exchange): boolean => {
    const parsed = parseQuery(query);
    assert.ok('matches' in parsed, 'problem' in parsed ? parsed.problem : '');
    return parsed.matches(entryOf(exchange));
  };

  for (const query of [
    'status:413',
    'status:>=400',
    'status:4xx',
    'has:unread-reply',
    'has:early-reply',
    'has:finding',
    'is:failed',
    'is:refused',
    'method:post',
    'host:example',
    'path:/upload',
    'initiator:upload.py:14',
    'error:BrokenPipe',
    'error:EPIPE',
    'larger-than:1k',
    'pid:100',
    'upload',
    'http://example.org/upload',
    '-method:GET status:413',
    '"upload"',
  ]) {
    it(`tells a refused upload by ${query}`, () => {
      assert.equal(matches(query, refused.current.exchange), true);
      const common = ['pid:100', 'larger-than:1k'].includes(query) ? query === 'pid:100' : false;
      assert.equal(matches(query, fine.current.exchange), common, 'and leaves out one that went well');
    });
  }

  it('lets everything through when it is empty', () => {
    assert.equal(matches('  ', fine.current.exchange), true);
  });

  it('tells what went well', () => {
    assert.equal(matches('is:ok', fine.current.exchange), true);
    assert.equal(matches('is:ok', refused.current.exchange), false);
    assert.equal(matches('slower-than:1h'.replace('1h', '10s'), fine.current.exchange), false);
    assert.equal(matches('slower-than:1us', fine.current.exchange), true);
  });

  for (const [query, problem] of [
    ['colour:red', /There is no filter "colour:"\. There are status/],
    ['status:many', /status: wants a number/],
    ['is:odd', /is: knows failed/],
    ['has:cheese', /has: knows unread-reply/],
    ['larger-than:huge', /larger-than: wants a size/],
    ['slower-than:soon', /slower-than: wants a time/],
  ] as const) {
    it(`says what is wrong with ${query}`, () => {
      const parsed = parseQuery(query);
      assert.match('problem' in parsed ? parsed.problem : '', problem);
    });
  }

  it('reads sizes', () => {
    assert.deepEqual(['500', '64k', '1.5M', '1GB', 'x', '1 light-year'].map(parseSize), [
      500,
      64_000,
      1.5e6,
      1e9,
      null,
      null,
    ]);
  });
});
