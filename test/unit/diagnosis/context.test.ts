import assert from 'node:assert/strict';
import { attempt, brokenUpload, ERRORS, exchange, failure, request, urlError } from '../../support/exchanges';
import { contextOf } from '../../support/rules';

describe('Context', () => {
  it('takes the operation’s own error before what became of it', () => {
    const context = contextOf(brokenUpload(ERRORS.reset, { raised: urlError(ERRORS.brokenPipe) }));
    assert.equal(context.rootError, ERRORS.reset);
    assert.deepEqual(
      context.errors.map(({ type }) => type),
      ['ConnectionResetError', 'URLError', 'BrokenPipeError'],
    );
    assert.equal(contextOf(exchange({ raised: urlError(ERRORS.timeout) })).rootError?.type, 'TimeoutError');
  });

  it('tells a cut from an end that the program chose', () => {
    assert.equal(contextOf(brokenUpload(ERRORS.sslEof)).wasCut, true);
    assert.equal(contextOf(exchange({ raised: [ERRORS.remoteDisconnected], peerEnd: 'fin' })).wasCut, true);
    assert.equal(contextOf(exchange({ peerEnd: 'fin' })).wasCut, false);
    assert.equal(contextOf(brokenUpload(ERRORS.timeout)).wasCut, false);
  });

  it('tells of a connection that does not go where the program asked to', () => {
    const intended = { method: 'GET', url: 'https://example.org/x', function: 'urllib.request.OpenerDirector.open' };
    const refused = { failure: failure('connect', ERRORS.refused), intended };
    const proxied = contextOf(attempt({ ...refused, host: '127.0.0.1', port: 3128 }));
    assert.match(proxied.detour ?? '', /asked for example\.org; .*proxy/);
    assert.equal(contextOf(attempt({ ...refused, host: 'example.org', port: 443 })).detour, null);
    assert.equal(contextOf(attempt({ ...refused, intended: null })).detour, null);
    assert.equal(contextOf(exchange({ intended })).detour, null, 'the request itself tells');
  });

  it('knows the phase and the kind of a failure', () => {
    const context = contextOf(attempt({ failure: failure('connect', ERRORS.refused) }));
    assert.ok(context.failedIn('connect') && context.failedIn('connect', 'refused'));
    assert.equal(context.failedIn('connect', 'timeout'), null);
    assert.equal(context.failedIn('tls'), null);
  });

  it('computes the size of a request where it was announced', () => {
    assert.equal(contextOf(exchange()).requestSize, 1200);
    assert.equal(contextOf(exchange({ request: request({ bodyAnnounced: null }) })).requestSize, 200);
    assert.equal(contextOf(exchange({ request: request({ chunked: true }) })).requestSize, null);
    assert.equal(contextOf(attempt({})).requestSize, null);
  });

  it('weighs what the program felt', () => {
    assert.equal(contextOf(brokenUpload(ERRORS.reset)).severity, 'error');
    assert.equal(contextOf(brokenUpload(ERRORS.reset, { raised: null })).severity, 'warning');
    assert.equal(contextOf(brokenUpload(ERRORS.reset, { raised: null, intended: null })).severity, 'error');
  });
});
