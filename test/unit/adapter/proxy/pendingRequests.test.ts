import assert from 'node:assert/strict';
import type { Request, Response } from '../../../../src/adapter/proxy/message';
import { PendingRequests } from '../../../../src/adapter/proxy/pendingRequests';

const request = (seq: number, command: string): Request => ({ seq, type: 'request', command });
const response = (to: number): Response => ({ seq: 1, type: 'response', request_seq: to, command: '', success: true });

describe('pending requests', () => {
  it('find the request that an answer belongs to, once', () => {
    const pending = new PendingRequests();
    pending.relayed(5, request(71, 'threads'));
    assert.equal(pending.has('stackTrace', 'threads'), true);
    assert.equal(pending.answer(response(5))?.seq, 71);
    assert.equal(pending.has('threads'), false);
    assert.equal(pending.answer(response(5)), null);
    assert.equal(pending.answer(response(99)), null);
  });

  it('settle our own requests and keep them apart', () => {
    const pending = new PendingRequests();
    const settled: Response[] = [];
    pending.own(3, (answer) => settled.push(answer));
    assert.equal(pending.isOwn(response(3)), true);
    assert.equal(pending.has(''), false);
    assert.equal(pending.answer(response(3)), null);
    assert.deepEqual(settled, [response(3)]);
    assert.equal(pending.isOwn(response(3)), false);
  });

  it('are all accounted for when the other side is gone', () => {
    const pending = new PendingRequests();
    const settled: Response[] = [];
    pending.relayed(1, request(10, 'threads'));
    pending.own(2, (answer) => settled.push(answer));
    pending.relayed(3, request(11, 'disconnect'));
    assert.deepEqual(
      pending.drain('gone').map(({ command }) => command),
      ['threads', 'disconnect'],
    );
    assert.deepEqual([settled[0]?.success, settled[0]?.message], [false, 'gone']);
    assert.deepEqual(pending.drain('gone'), []);
  });
});
