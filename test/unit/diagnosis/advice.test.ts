import assert from 'node:assert/strict';
import {
  majorOf,
  readEarlyReply,
  statusAdvice,
  timeoutAdvice,
  trustAdvice,
  versionOf,
} from '../../../src/diagnosis/advice';
import { exchange, response, type STACKS } from '../../support/exchanges';
import { contextOf, type Versions } from '../../support/rules';

describe('advice', () => {
  const using = (client: keyof typeof STACKS, scheme: 'http' | 'https' = 'http', versions: Versions = {}) =>
    contextOf(exchange({ scheme, intended: null }, client), versions);
  const text = (advice: readonly { text: string; code: string | null }[]) =>
    advice.map((each) => `${each.text}\n${each.code}`).join('\n');

  it('on reading an early reply is true for each library and version', () => {
    assert.match(text(readEarlyReply(using('urllib'))), /it cannot wait for "100 Continue"/);
    assert.match(text(readEarlyReply(using('http.client'))), /getresponse\(\)/);
    assert.match(text(readEarlyReply(using('requests', 'http', { urllib3: '1.26.18' }))), /upgrade/);
    assert.match(text(readEarlyReply(using('requests', 'https', { urllib3: '1.26.18' }))), /not over TLS/);
    // urllib3 2 reads it on plain HTTP: there is nothing to advise
    assert.deepEqual(readEarlyReply(using('requests', 'http', { urllib3: '2.2.1' })), []);
    assert.match(
      text(readEarlyReply(using('requests', 'https', { urllib3: '2.2.1' }))),
      /urllib3 2\.2\.1 .*plain HTTP only/,
    );
    assert.match(text(readEarlyReply(using('aiohttp'))), /expect100=True/);
    assert.deepEqual(readEarlyReply(using('socket')), []);
  });

  it('on a status hands on what the server says', () => {
    const context = using('urllib');
    const headers = [{ name: 'WWW-Authenticate', value: 'Basic realm="api"' }];
    assert.match(text(statusAdvice(context, response(401, 'Unauthorized', { headers }))), /Basic realm="api"/);
    assert.match(
      text(statusAdvice(context, response(413, 'Too Large'))),
      /less than 1,000 B.*\n[\s\S]*client_max_body_size/,
    );
    const apache = [{ name: 'Server', value: 'Apache/2.4' }];
    assert.match(text(statusAdvice(context, response(413, 'Too Large', { headers: apache }))), /LimitRequestBody/);
    assert.doesNotMatch(text(statusAdvice(context, response(413, 'Too Large', { headers: [] }))), /nginx|Apache/);
  });

  it('has something to say for every error status', () => {
    for (let status = 400; status < 600; status += 1) {
      const advice = statusAdvice(using('urllib'), response(status, 'x'));
      assert.ok(advice.length > 0 && advice.every((each) => each.text.length > 10), String(status));
    }
  });

  it('on trust and on time limits names the knob of the library', () => {
    assert.equal(trustAdvice(using('requests')).code, 'REQUESTS_CA_BUNDLE=ca.pem');
    assert.equal(trustAdvice(using('urllib')).code, 'SSL_CERT_FILE=ca.pem');
    assert.match(timeoutAdvice(using('aiohttp'), 'connect').code ?? '', /sock_connect/);
    assert.match(timeoutAdvice(using('aiohttp'), 'read').code ?? '', /sock_read/);
    assert.match(timeoutAdvice(using('http.client'), 'read').code ?? '', /HTTPConnection/);
  });

  it('reads versions', () => {
    const { client } = using('requests', 'http', { urllib3: '1.26.18' });
    assert.equal(versionOf(client, 'urllib3'), '1.26.18');
    assert.equal(versionOf(client, 'httpx'), null);
    assert.equal(majorOf('1.26.18'), 1);
  });
});
