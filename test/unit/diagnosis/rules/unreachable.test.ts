import assert from 'node:assert/strict';
import { unreachable } from '../../../../src/diagnosis/rules/unreachable';
import { attempt, connect, ERRORS, exchange, failure, urlError } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('unreachable', () => {
  const failed = (error: (typeof ERRORS)[keyof typeof ERRORS], family = 'AF_INET') =>
    attempt({
      connects: [connect({ family, result: 'failed', error: [error] })],
      failure: failure('connect', error),
      raised: urlError(error),
    });

  it('tells a host from a whole network', () => {
    assert.match(fires(unreachable, failed(ERRORS.hostUnreachable)).title, /host .* cannot be reached/);
    const finding = fires(unreachable, failed(ERRORS.networkUnreachable));
    assert.match(finding.title, /no route .* network of api\.example/);
    assert.equal(finding.side, 'network');
  });

  it('suspects IPv6 when nothing else was tried', () => {
    assert.match(adviceText(fires(unreachable, failed(ERRORS.networkUnreachable, 'AF_INET6'))), /Only IPv6/);
    assert.doesNotMatch(adviceText(fires(unreachable, failed(ERRORS.networkUnreachable))), /IPv6/);
  });

  it('stays silent otherwise', () => {
    staysSilent(unreachable, exchange());
    staysSilent(unreachable, failed(ERRORS.refused));
  });
});
