import assert from 'node:assert/strict';
import { CaptureExchanges } from '../../../../src/extension/exchanges/captureExchanges';
import type { ExchangeSummary } from '../../../../src/messages/dap';

const FRAME = { file: '/home/user/upload.py', line: 12, function: 'send', own: true };
const FINDING = { id: 'refused-early', title: 'The server refused it.', severity: 'error', advice: [] } as const;

function summary(id: string, given: Partial<ExchangeSummary> = {}): ExchangeSummary {
  return {
    id,
    pid: 1,
    method: 'POST',
    url: 'http://localhost/',
    host: 'localhost',
    port: 80,
    status: null,
    reason: null,
    readByProgram: null,
    bytes: {
      announced: null,
      handed: null,
      accepted: null,
      acknowledged: null,
      received: 0,
      whole: null,
      derived: [],
      atLeast: [],
    },
    began: 0,
    duration: null,
    error: null,
    initiator: null,
    stack: null,
    unreadReply: false,
    finding: null,
    live: true,
    ...given,
  };
}

describe('the exchanges of a session', () => {
  const session = { id: 's', name: 'upload.py' };

  it('keeps the last that was told of each, with its frames', () => {
    const capture = new CaptureExchanges('/capture', session);
    capture.update({ exchanges: [summary('a', { stack: 0 }), summary('b')], stacks: [[FRAME]] });
    const changed = capture.update({ exchanges: [summary('a', { stack: 0, status: 413 })], stacks: [[{ ...FRAME }]] });
    assert.deepEqual(
      capture.exchanges.map(({ id, status, frames }) => [id, status, frames]),
      [
        ['a', 413, [FRAME]],
        ['b', null, []],
      ],
    );
    assert.equal(capture.get('a'), changed[0]);
  });

  it('shares stacks that are told again', () => {
    const capture = new CaptureExchanges('/capture', session);
    capture.update({ exchanges: [summary('a', { stack: 0 })], stacks: [[FRAME]] });
    capture.update({ exchanges: [summary('b', { stack: 0 })], stacks: [[{ ...FRAME }]] });
    assert.equal(capture.get('a')?.frames, capture.get('b')?.frames);
  });

  it('gives up the oldest that nothing is to be said about when there are too many', () => {
    const capture = new CaptureExchanges('/capture', session, 10);
    capture.update({ exchanges: [summary('failed', { finding: FINDING })], stacks: [] });
    for (let index = 0; index < 12; index += 1) capture.update({ exchanges: [summary(`${index}`)], stacks: [] });
    assert.deepEqual(
      capture.exchanges.map(({ id }) => id),
      ['failed', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
    );
    assert.equal(capture.dropped, 3);
  });
});
