import assert from 'node:assert/strict';
import { diagnose } from '../../../../src/diagnosis/diagnose';
import { readTimedOut } from '../../../../src/diagnosis/rules/readTimedOut';
import { brokenUpload, counters, ERRORS, exchange, failure, response, socket } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('read-timed-out', () => {
  const waited = failure('receive', ERRORS.timeout, { duration: 1.001e9 });
  const silent = { response: null, received: 0, failure: waited, raised: [ERRORS.timeout] as const };

  it('tells waiting for a reply from a reply that stopped', () => {
    const none = fires(readTimedOut, exchange(silent));
    assert.match(none.title, /did not answer; the program waited 1\.0 s/);
    assert.match(none.summary, /handed over whole/);
    const half = fires(
      readTimedOut,
      exchange({ ...silent, received: 200, response: response(200, 'OK', { complete: false }) }),
    );
    assert.match(half.title, /stopped in the middle of its reply/);
    assert.match(half.summary, /200 B of the reply/);
  });

  it('says so when the reply came too late, and lets no other rule say that it had been there', () => {
    const nothing = counters({ moment: 'failed', at: waited.at + 1, unread: 0 });
    const found = { at: 2, moment: 'closing', outcome: 'recovered', reason: null, bytes: 150, alert: null } as const;
    for (const status of [200, 503]) {
      const late = exchange({
        ...silent,
        received: 150,
        response: response(status, 'Late', { readByProgram: false }),
        socket: socket({ lastWords: [found], counters: [counters(), nothing] }),
      });
      const [finding] = diagnose(late);
      assert.equal(finding?.id, 'read-timed-out');
      assert.match(finding?.title ?? '', /did not answer/);
      assert.match(finding?.summary ?? '', new RegExp(`The reply, ${status} Late, came only after that`));
    }
  });

  it('knows how each library sets the limit', () => {
    assert.match(adviceText(fires(readTimedOut, exchange(silent, 'requests'))), /timeout=\(5, 60\)/);
    assert.match(adviceText(fires(readTimedOut, exchange(silent, 'aiohttp'))), /ClientTimeout\(sock_read/);
    assert.match(adviceText(fires(readTimedOut, exchange({ ...silent, intended: null }, 'socket'))), /settimeout/);
  });

  it('knows socket.timeout of older Pythons', () => {
    fires(readTimedOut, exchange({ ...silent, failure: failure('receive', ERRORS.oldTimeout) }));
  });

  it('stays silent for other waits and for success', () => {
    staysSilent(readTimedOut, exchange());
    staysSilent(readTimedOut, brokenUpload(ERRORS.timeout));
    staysSilent(readTimedOut, exchange({ ...silent, failure: failure('receive', ERRORS.kernelTimeout) }));
  });
});
