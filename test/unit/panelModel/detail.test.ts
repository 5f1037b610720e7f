import assert from 'node:assert/strict';
import { detailOf, operationAtOf } from '../../../src/panelModel/detail';
import { BODY_SIZE, HEAD, REPLY, usePanelCase } from '../../support/panelCase';

describe('the detail of an exchange', () => {
  const refused = usePanelCase();

  it('holds every part, and no secret', async () => {
    const detail = await detailOf(refused.current.exchange, refused.current.masked);
    assert.equal(detail.finding?.id, 'refused-early');
    assert.equal(detail.up?.end, HEAD.length + BODY_SIZE);
    assert.equal(detail.down?.end, REPLY.length);
    assert.equal(detail.reply?.status, 413);
    assert.ok(detail.facts.length > 0 && detail.nodes.length > 0 && detail.errors.length > 0);
    const text = JSON.stringify(detail) + Buffer.from(detail.reply?.body?.data ?? '', 'base64').toString('latin1');
    for (const secret of ['s3cr3t', 'dXNlcjpwYXNz', 'hunter2']) assert.ok(!text.includes(secret), secret);
  });

  it('holds no bodies', async () => {
    const detail = await detailOf(refused.current.exchange, refused.current.masked);
    assert.ok(JSON.stringify(detail).length < 20_000);
  });

  it('finds the call that moved a byte', () => {
    const { exchange, masked } = refused.current;
    const body = operationAtOf(exchange, 'up', HEAD.length, masked);
    assert.deepEqual([body?.operation, body?.span.start, body?.error], ['sendall', HEAD.length, 'BrokenPipeError(32)']);
    assert.equal(body?.thread, 'MainThread');
    assert.equal(operationAtOf(exchange, 'down', 0, masked)?.operation, 'last words');
    assert.equal(operationAtOf(exchange, 'up', HEAD.length + BODY_SIZE, masked), null);
  });
});
