import assert from 'node:assert/strict';
import type { ErrorChain } from '../../../src/wire/model';
import { SightingLog } from '../../../src/wire/sightingLog';
import { errorInfo } from '../../support/exchanges';

const chain = (type: string): ErrorChain => [errorInfo(type)];
const seen = (type: string) => ({ chain: chain(type), at: 1, thread: 1, scope: 0, where: 'send', socket: 3 });

describe('the log of exceptions seen', () => {
  it('goes on from where one was', () => {
    const log = new SightingLog();
    log.operation(seen('BrokenPipeError'), () => []);
    const { end } = log;
    log.library('call', { ...seen('URLError'), stack: [] });
    log.uncaught(chain('SystemError'), 5, 2);
    assert.deepEqual(
      log.since(end).map(({ chain: [{ type }], kind, socket, where }) => [type, kind, socket, where]),
      [
        ['URLError', 'call', 0, 'send'],
        ['SystemError', 'uncaught', 0, null],
      ],
    );
    assert.equal(log.since(0).length, 3);
  });

  it('keeps the latest, and resolves no stack for what only would have blocked', () => {
    const log = new SightingLog();
    log.operation(seen('BlockingIOError'), () => assert.fail('resolved'));
    assert.equal(log.end, 0);
    for (let count = 0; count < 5000; count += 1) log.operation({ ...seen('OSError'), at: count }, () => []);
    assert.equal(log.end, 5000);
    const kept = log.since(0);
    assert.ok(kept.length >= 1000 && kept.length < 2000);
    assert.equal(kept.at(-1)?.at, 4999);
    assert.deepEqual(
      log.since(4998).map(({ at }) => at),
      [4998, 4999],
    );
  });
});
