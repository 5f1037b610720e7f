import assert from 'node:assert/strict';
import * as wording from '../../../src/diagnosis/wording';
import { attempt, exchange, resolve, response } from '../../support/exchanges';

describe('wording', () => {
  it('groups thousands and names the unit', () => {
    assert.equal(wording.bytes(12_444_474), '12,444,474 B');
    assert.equal(wording.grouped(0), '0');
  });

  it('gives times in the unit that reads best', () => {
    const cases: [number, string][] = [
      [0, '1 µs'],
      [850_000, '850 µs'],
      [1_500_000, '1.5 ms'],
      [11_000_000, '11 ms'],
      [3_000_000_000, '3.0 s'],
      [185_000_000_000, '3 min 5 s'],
    ];
    for (const [nanoseconds, text] of cases) assert.equal(wording.duration(nanoseconds), text);
  });

  it('rounds what is not known better', () => {
    assert.equal(wording.roughly(3_734_424), 'about 4 ms');
    assert.equal(wording.roughly(31_627_394), 'about 32 ms');
    assert.equal(wording.roughly(0), 'about 1 ms');
  });

  it('names a server in the words of the program', () => {
    assert.equal(wording.hostAndPort(exchange()), 'api.example:8080');
    assert.equal(wording.hostAndPort(exchange({ host: null, port: null })), '192.0.2.7:8080');
    assert.equal(
      wording.hostAndPort(
        attempt({ host: null, port: null, peer: null, connects: [], resolve: resolve({ host: 'a' }) }),
      ),
      'a',
    );
    assert.equal(wording.hostAndPort(attempt({ host: null, peer: null, connects: [], resolve: null })), 'the server');
    assert.equal(wording.endpoint('::1', 443), '[::1]:443');
  });

  it('lists', () => {
    assert.equal(wording.listed([]), '');
    assert.equal(wording.listed(['a']), 'a');
    assert.equal(wording.listed(['a', 'b', 'c'], 'or'), 'a, b or c');
  });

  it('finds headers whatever their case, and does without a reason phrase', () => {
    assert.equal(wording.header(response(200, 'OK'), 'server'), 'nginx/1.22.1');
    assert.equal(wording.header(response(200, 'OK'), 'date'), null);
    assert.equal(wording.statusLine(response(413, '')), '413');
  });

  it('writes abbreviations as such where it says whose side it is', () => {
    assert.deepEqual((['tls', 'dns', 'server'] as const).map(wording.sideName), ['TLS', 'DNS', 'server']);
  });

  it('fits a sentence into another', () => {
    assert.equal(wording.inSentence('The peer closed.'), 'the peer closed');
    assert.equal(wording.inSentence('TCP gave up.'), 'TCP gave up');
    assert.equal(wording.inSentence(''), '');
  });
});
