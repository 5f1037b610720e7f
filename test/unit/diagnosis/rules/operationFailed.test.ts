import assert from 'node:assert/strict';
import { operationFailed } from '../../../../src/diagnosis/rules/operationFailed';
import { attempt, brokenUpload, ERRORS, errorInfo, exchange, failure, response, tls } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('operation-failed', () => {
  const noBuffers = errorInfo('OSError', {
    errno: 105,
    errnoName: 'ENOBUFS',
    message: '[Errno 105] No buffer space available',
  });

  it('says what happened and guesses nothing', () => {
    const finding = fires(operationFailed, brokenUpload(noBuffers, { peerEnd: 'open' }));
    assert.equal(
      finding.title,
      'sendall on the connection to api.example:8080 failed: OSError: [Errno 105] No buffer space available.',
    );
  });

  it('says so when the bytes mean nothing to it', () => {
    const opaque = attempt({ intended: null, scheme: 'tcp', failure: failure('send', ERRORS.reset) });
    const finding = fires(operationFailed, opaque);
    assert.match(finding.summary, /not HTTP that could be read/);
    assert.equal(finding.severity, 'warning');
    assert.doesNotMatch(fires(operationFailed, brokenUpload(noBuffers)).summary, /not HTTP/);
  });

  it('stays silent inside TLS that nothing is known of, unless the library raised', () => {
    const unseen = attempt({ intended: null, scheme: 'tls', tls: null, failure: failure('receive', ERRORS.reset) });
    staysSilent(operationFailed, unseen);
    fires(operationFailed, { ...unseen, raised: [errorInfo('ReadError')] });
    fires(operationFailed, { ...unseen, tls: tls({ error: [noBuffers] }) });
  });

  it('stays silent for calls that only would have blocked, and when the reply was read all the same', () => {
    staysSilent(operationFailed, exchange({ failure: failure('receive', ERRORS.wouldBlock) }));
    staysSilent(operationFailed, exchange({ failure: failure('send', noBuffers), response: response(200, 'OK') }));
    staysSilent(operationFailed, exchange());
  });
});
