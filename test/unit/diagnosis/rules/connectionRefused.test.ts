import assert from 'node:assert/strict';
import { connectionRefused } from '../../../../src/diagnosis/rules/connectionRefused';
import { attempt, connect, ERRORS, exchange, failure, urlError } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('connection-refused', () => {
  const refused = (...addresses: string[]) =>
    attempt({
      connects: addresses.map((address) => connect({ address, result: 'failed', error: [ERRORS.refused] })),
      failure: failure('connect', ERRORS.refused),
      raised: urlError(ERRORS.refused),
    });

  it('says where, and that nothing listens there', () => {
    const finding = fires(connectionRefused, refused('192.0.2.7'));
    assert.match(finding.title, /api\.example:8080.*refused/);
    assert.match(finding.summary, /at 192\.0\.2\.7:8080/);
    assert.equal(finding.side, 'server');
  });

  it('lists every address that was tried', () => {
    assert.match(
      fires(connectionRefused, refused('2001:db8::7', '192.0.2.7')).summary,
      /\[2001:db8::7\]:8080 and 192\.0\.2\.7:8080/,
    );
  });

  it('speaks of this machine only when it was asked for', () => {
    assert.match(adviceText(fires(connectionRefused, refused('127.0.0.1'))), /ss -ltnp[\s\S]*container/);
    assert.doesNotMatch(adviceText(fires(connectionRefused, refused('192.0.2.7'))), /ss -ltnp|container/);
  });

  it('stays silent for other ways not to connect', () => {
    staysSilent(connectionRefused, exchange());
    staysSilent(connectionRefused, attempt({ failure: failure('connect', ERRORS.timeout) }));
    staysSilent(connectionRefused, attempt({ failure: failure('connect', ERRORS.hostUnreachable) }));
  });
});
