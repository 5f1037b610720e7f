import assert from 'node:assert/strict';
import { nameNotFound } from '../../../../src/diagnosis/rules/nameNotFound';
import { attempt, ERRORS, errorInfo, exchange, failure, process, resolve } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('name-not-found', () => {
  const failed = (errno: number, platform = 'linux', type = 'gaierror') => {
    const error = errorInfo(type, { module: 'socket', errno, message: `[Errno ${errno}] words of the system` });
    return attempt({
      process: { ...process, platform },
      peer: null,
      connects: [],
      socket: null,
      resolve: resolve({ addresses: [], error: [error] }),
      failure: failure('resolve', error),
      raised: [error],
    });
  };

  it('names the host that was asked for, and the resolver as the side', () => {
    const finding = fires(nameNotFound, failed(-2));
    assert.equal(finding.title, 'The name api.example was not found.');
    assert.equal(finding.side, 'dns');
    assert.equal(finding.severity, 'error');
    assert.ok(finding.evidence.some(({ kind }) => kind === 'resolve'));
  });

  it('sees user information that was taken for a part of the name', () => {
    const asked = { ...failed(-2), resolve: resolve({ host: 'me:pw@api.example', addresses: [] }) };
    const [advice, ...more] = fires(nameNotFound, asked).advice;
    assert.deepEqual(more, []);
    assert.match(`${advice?.text} ${advice?.code}`, /part of the host name.*Authorization/);
  });

  it('tells a name that is not there from a name server that is not, on every platform', () => {
    const cases: [number, string, RegExp][] = [
      [-2, 'linux', /was not found/],
      [-3, 'linux', /name server did not answer/],
      [-4, 'linux', /name server failed/],
      [-5, 'linux', /has no address/],
      [8, 'darwin', /was not found/],
      [2, 'darwin', /name server did not answer/],
      [11001, 'win32', /was not found/],
      [11002, 'win32', /name server did not answer/],
    ];
    for (const [errno, platform, title] of cases)
      assert.match(fires(nameNotFound, failed(errno, platform)).title, title);
  });

  it('stays silent when the name was found and something else failed', () => {
    staysSilent(nameNotFound, exchange());
    staysSilent(nameNotFound, attempt({ failure: failure('connect', ERRORS.refused) }));
  });
});
