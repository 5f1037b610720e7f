import assert from 'node:assert/strict';
import { ByteRange } from '../../../../src/base/byteRange';
import { timingOf, wallTime } from '../../../../src/export/har/timings';
import { ERRORS, exchange, failure, request, response } from '../../../support/exchanges';

const MS = 1e6;

describe('the timings of a HAR entry', () => {
  const around = { resolve: null, connects: [], tls: null };

  it('follow one another, and what lies between counts as blocked', () => {
    const { time, timings } = timingOf(
      exchange({
        ...around,
        beganAt: 0,
        request: request({ beganAt: 5 * MS, endedAt: 15 * MS }),
        response: response(200, 'OK', { beganAt: 40 * MS, endedAt: 42 * MS, early: false }),
        endedAt: 42 * MS,
      }),
    );
    assert.deepEqual(timings, { blocked: 5, dns: -1, connect: -1, ssl: -1, send: 10, wait: 25, receive: 2 });
    assert.equal(time, 42);
  });

  it('count name and connection once, and TLS as a part of the connection', () => {
    const first = exchange({ request: request({ headRange: new ByteRange(0, 200) }) });
    const { dns, connect, ssl } = timingOf(first).timings;
    assert.ok(dns >= 0 && connect >= 0 && ssl === -1);
    const again = timingOf(exchange({ index: 1, request: request({ headRange: new ByteRange(300, 500) }) })).timings;
    assert.deepEqual([again.dns, again.connect, again.ssl], [-1, -1, -1]);
  });

  it('do not let an early reply be waited for', () => {
    const { timings } = timingOf(
      exchange({
        ...around,
        beganAt: 0,
        request: request({ beganAt: 0, endedAt: 10 * MS }),
        response: response(413, 'Too Large', { beganAt: 30 * MS, endedAt: 30 * MS, early: true }),
        endedAt: 30 * MS,
      }),
    );
    assert.deepEqual([timings.send, timings.wait, timings.receive, timings.blocked], [10, 0, 0, 20]);
  });

  it('leave open what a failure cut off', () => {
    const broken = failure('send', ERRORS.reset);
    const { timings } = timingOf(
      exchange({ ...around, response: null, request: request({ complete: false, endedAt: null }), failure: broken }),
    );
    assert.ok(timings.send >= 0);
    assert.deepEqual([timings.wait, timings.receive], [-1, -1]);
    const none = timingOf(exchange({ ...around, request: null, response: null, endedAt: null })).timings;
    assert.deepEqual(new Set(Object.values(none)), new Set([-1]));
  });

  it('begin at the wall clock, to the microsecond', () => {
    assert.equal(wallTime(exchange(), 1_234_567_890), '2027-01-15T08:00:01.234567Z');
  });
});
