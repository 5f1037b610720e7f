import assert from 'node:assert/strict';
import { hostAndPort, leadsTo, parseAuthority, parseUrl, requestUrl } from '../../../src/decode/target';

const host = (value: string) => [{ name: 'Host', value }];
const nothing = {
  request: null,
  tunnel: null,
  intended: null,
  serverName: null,
  connectHost: null,
  peer: null,
  resolved: null,
};

describe('whom a request is for', () => {
  it('is read from authorities and URLs', () => {
    assert.deepEqual(parseAuthority('localhost:8444'), { host: 'localhost', port: 8444 });
    assert.deepEqual(parseAuthority('[::1]:80'), { host: '::1', port: 80 });
    assert.deepEqual(parseAuthority('user:pass@example.org'), { host: 'example.org', port: null });
    assert.deepEqual(parseUrl('HTTPS://example.org:1/x?y'), { scheme: 'https', host: 'example.org', port: 1 });
    for (const text of ['', 'a b', '::1', 'host:port', 'x:123456']) assert.equal(parseAuthority(text), null, text);
    for (const text of [null, '/path', 'mailto:x@y', 'http://']) assert.equal(parseUrl(text), null, String(text));
  });

  it('makes the URL of a request', () => {
    const fallback = { host: '::1', port: 8080 };
    assert.equal(requestUrl('http', 'GET', '/a?b', host('h:81'), null), 'http://h:81/a?b');
    assert.equal(requestUrl('https', 'GET', '/', [], fallback), 'https://[::1]:8080/');
    assert.equal(requestUrl('https', 'GET', '/', [], { host: 'h', port: 443 }), 'https://h/');
    assert.equal(requestUrl('http', 'OPTIONS', '*', host('h'), null), 'http://h');
    assert.equal(requestUrl('http', 'GET', 'http://other/x', host('proxy'), null), 'http://other/x');
    assert.equal(requestUrl('http', 'CONNECT', 'h:443', host('h:443'), null), 'h:443');
    assert.equal(requestUrl('http', 'GET', '/x', [], null), 'http://unknown/x');
  });

  it('takes the best of what is known', () => {
    const peer = { address: '10.0.0.1', port: 3128 };
    const named = (known: object) => hostAndPort({ ...nothing, ...known });
    assert.deepEqual(named({ request: { url: 'http://h:81/', method: 'GET', target: '/' }, peer }), {
      host: 'h',
      port: 81,
    });
    assert.deepEqual(named({ request: { url: 'h:443', method: 'CONNECT', target: 'h:443' }, peer }), {
      host: 'h',
      port: 443,
    });
    assert.deepEqual(named({ intended: { method: null, url: 'https://h/', function: 'f' } }), { host: 'h', port: 443 });
    assert.deepEqual(named({ serverName: 's', connectHost: 'c', peer }), { host: 's', port: 3128 });
    assert.deepEqual(named({ resolved: { host: 'r', port: '80' } }), { host: 'r', port: 80 });
    assert.deepEqual(named({ resolved: { host: 'r', port: 'https' } }), { host: 'r', port: null });
    assert.deepEqual(named({ peer }), { host: '10.0.0.1', port: 3128 });
    const proxied = { url: 'http://h/x', method: 'GET', target: 'http://h/x' };
    assert.deepEqual(named({ request: proxied, connectHost: 'proxy', peer }), { host: 'h', port: 80 });
    const tunnelled = { url: 'https://h/x', method: 'GET', target: '/x' };
    const tunnel = { host: 'h', port: 8443 };
    assert.deepEqual(named({ request: tunnelled, tunnel, connectHost: 'proxy', peer }), { host: 'h', port: 8443 });
    assert.deepEqual(named({}), { host: null, port: null });
    const wanted = { method: null, url: 'https://h/', function: 'f' };
    assert.deepEqual(named({ intended: wanted, connectHost: 'proxy', peer }), { host: 'proxy', port: 3128 });
    assert.deepEqual(named({ intended: wanted, connectHost: 'h', peer }), { host: 'h', port: 3128 });
    const reached = { address: '10.0.0.1', port: 443 };
    assert.deepEqual(named({ intended: wanted, connectHost: 'H.', peer: reached }), { host: 'h', port: 443 });
    assert.deepEqual(named({ intended: wanted, peer: reached }), { host: 'h', port: 443 }, 'no name was looked up');
    const resolved = { host: 'proxy', port: '3128' };
    assert.deepEqual(named({ intended: wanted, resolved }), { host: 'proxy', port: 3128 });
  });

  it('leads to a URL under any way to write its host', () => {
    const url = { scheme: 'http', host: 'b\u00fccher.example', port: null };
    assert.equal(leadsTo(url, 'xn--bcher-kva.example', 80), true);
    assert.equal(leadsTo(url, 'xn--bcher-kva.example', 81), false);
    assert.equal(leadsTo({ scheme: 'https', host: '::1', port: 444 }, '::1', 444), true);
    assert.equal(leadsTo(url, null, null), true);
    assert.equal(leadsTo({ scheme: 'http', host: 'h', port: null }, 'me:pw@h', 80), true);
  });
});
