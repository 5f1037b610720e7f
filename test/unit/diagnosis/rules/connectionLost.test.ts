import assert from 'node:assert/strict';
import { connectionLost } from '../../../../src/diagnosis/rules/connectionLost';
import { brokenUpload, ERRORS, exchange, failure } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('connection-lost', () => {
  it("knows the system's own giving up, while sending and while waiting", () => {
    const sending = fires(connectionLost, brokenUpload(ERRORS.kernelTimeout, { peerEnd: 'unknown' }));
    assert.match(sending.title, /was lost/);
    assert.equal(sending.side, 'network');
    fires(
      connectionLost,
      exchange({ response: null, received: 0, failure: failure('receive', ERRORS.hostUnreachable) }),
    );
  });

  it("stays silent for the program's own limit and for connecting", () => {
    staysSilent(connectionLost, exchange({ failure: failure('receive', ERRORS.timeout) }));
    staysSilent(connectionLost, exchange({ failure: failure('connect', ERRORS.hostUnreachable) }));
  });
});
