import assert from 'node:assert/strict';
import { anonymous, searchQuery } from '../../../../src/extension/sidebar/searchQuery';
import { link, WRAPPED } from './exceptions';

describe('the search for an exception', () => {
  it('names the exception, its words and what lies beneath', () => {
    assert.equal(
      searchQuery(WRAPPED),
      'python urllib.error.URLError urlopen error [Errno 32] Broken pipe BrokenPipeError EPIPE',
    );
    assert.equal(searchQuery(WRAPPED, 1), 'python BrokenPipeError [Errno 32] Broken pipe EPIPE');
  });

  it('says nothing of this machine, its network or its secrets', () => {
    const told = [
      "HTTPConnectionPool(host='intranet.example.org', port=8443): Max retries exceeded with url: /api/v1/upload?x=1",
      'could not open /home/alice/work/secret plans/demo.cast or C:\\Users\\alice\\key.pem',
      'Cannot connect to host 10.1.2.3:443 or [fe80::1:2] or https://alice:pw@intranet.example.org/a',
      'mail to alice@example.org, token ghp_abcdefghijklmnopqrstuvwxyz0123 and token=•••',
      '<urllib3.connection.HTTPSConnection object at 0x7f1200aa>: Failed to establish a new connection',
    ].map(anonymous);
    for (const text of told) {
      assert.doesNotMatch(text, /alice|intranet|10\.1|fe80|ghp_|•|0x7f|8443|upload|secret|demo\.cast/, text);
    }
    assert.match(told[0] ?? '', /Max retries exceeded with url/);
    assert.match(told[4] ?? '', /Failed to establish a new connection/);
  });

  it('keeps the words that make an error findable', () => {
    const message = 'EOF occurred in violation of protocol (_ssl.c:2393)';
    assert.equal(anonymous(message), message);
    assert.match(anonymous('[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'), /CERTIFICATE_VERIFY_FAILED/);
  });

  it('is short, whatever the message', () => {
    const query = searchQuery([link('ValueError', { message: 'word '.repeat(10_000) })]);
    assert.ok(query.length <= 200 && query.endsWith('word'));
    for (const piece of ['/a', 'a.', ':', '/ ', '::1 ']) assert.ok(anonymous(piece.repeat(100_000)).length <= 400);
  });
});
