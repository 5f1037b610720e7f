import assert from 'node:assert/strict';
import { connectTimedOut } from '../../../../src/diagnosis/rules/connectTimedOut';
import { attempt, connect, ERRORS, exchange, failure, urlError } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('connect-timed-out', () => {
  const failed = (error: (typeof ERRORS)[keyof typeof ERRORS], timeout: number | null) =>
    attempt({
      connects: [connect({ result: 'failed', timeout, error: [error] })],
      failure: failure('connect', error, { duration: 3.02e9 }),
      raised: urlError(error),
    });

  it("tells the program's own limit from the system's", () => {
    const own = fires(connectTimedOut, failed(ERRORS.timeout, 3));
    assert.match(own.title, /api\.example:8080 did not answer .* within 3\.0 s/);
    assert.match(own.summary, /own limit of 3 s/);
    assert.match(adviceText(own), /urlopen\(request, timeout=/);
    const system = fires(connectTimedOut, failed(ERRORS.kernelTimeout, null));
    assert.match(system.summary, /system gave up/);
    assert.doesNotMatch(adviceText(system), /timeout=/);
  });

  it('knows socket.timeout of older Pythons', () => {
    fires(connectTimedOut, failed(ERRORS.oldTimeout, 3));
  });

  it('stays silent when the connection stood', () => {
    staysSilent(connectTimedOut, exchange({ response: null, failure: failure('receive', ERRORS.timeout) }));
    staysSilent(connectTimedOut, failed(ERRORS.refused, 3));
  });
});
