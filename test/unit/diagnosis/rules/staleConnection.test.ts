import assert from 'node:assert/strict';
import { staleConnection } from '../../../../src/diagnosis/rules/staleConnection';
import { ERRORS, exchange, failure, io, request, response, socket } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

const stream = (...operations: ReturnType<typeof io>[]) => ({
  direction: 'up' as const,
  layer: 'wire' as const,
  operations,
  bytes: { length: 0, stored: [], read: async () => new Uint8Array() },
  receivedByProgram: [],
});

describe('stale-connection', () => {
  const reused = {
    index: 3,
    beganAt: 70e9,
    response: null,
    received: 0,
    peerEnd: 'reset' as const,
    socket: socket({ streams: [stream(io(1e9), io(4e9, 1e9), io(70e9))] }),
    failure: failure('receive', ERRORS.reset),
    raised: [ERRORS.reset] as const,
  };

  it('knows the race, whichever call notices it', () => {
    const finding = fires(staleConnection, exchange(reused));
    assert.match(finding.title, /had closed the kept-alive connection/);
    assert.match(finding.summary, /request 4 on one connection, after it had been idle for 65\.0 s/);
    fires(staleConnection, exchange({ ...reused, failure: failure('send', ERRORS.brokenPipe) }));
    fires(staleConnection, exchange({ ...reused, failure: null, raised: [ERRORS.remoteDisconnected], peerEnd: 'fin' }));
  });

  it('advises to retry only what may be retried', () => {
    assert.match(adviceText(fires(staleConnection, exchange(reused))), /POST is not idempotent/);
    const get = exchange({ ...reused, request: request({ method: 'GET' }) }, 'requests');
    assert.match(adviceText(fires(staleConnection, get)), /max_retries=Retry/);
  });

  it('stays silent on a fresh connection, and when a reply began', () => {
    staysSilent(staleConnection, exchange({ ...reused, index: 0 }));
    staysSilent(staleConnection, exchange({ ...reused, response: response(200, 'OK') }));
    staysSilent(staleConnection, exchange({ ...reused, failure: failure('receive', ERRORS.timeout), peerEnd: 'open' }));
  });
});
