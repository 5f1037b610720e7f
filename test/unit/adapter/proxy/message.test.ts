import assert from 'node:assert/strict';
import { event, failure, messageProblem, output, success } from '../../../../src/adapter/proxy/message';

const request = { seq: 7, type: 'request', command: 'threads' } as const;

describe('messages', () => {
  it('are told from other values', () => {
    for (const good of [
      request,
      { ...request, arguments: {} },
      { ...request, arguments: null },
      { seq: 0, type: 'event', event: 'stopped' },
      { seq: 1, type: 'response', request_seq: 7, command: 'threads', success: true },
    ]) {
      assert.equal(messageProblem(good), null);
    }
    for (const [bad, problem] of [
      [null, /object/],
      [[], /object/],
      ['text', /object/],
      [{}, /"seq"/],
      [{ seq: '1' }, /"seq"/],
      [{ seq: 1 }, /"type"/],
      [{ seq: 1, type: 'request' }, /"command"/],
      [{ seq: 1, type: 'request', command: 'x', arguments: [] }, /"arguments"/],
      [{ seq: 1, type: 'response' }, /"request_seq"/],
      [{ seq: 1, type: 'event', event: 3 }, /"event"/],
    ] as const) {
      assert.match(messageProblem(bad) ?? '', problem);
    }
  });

  it('answer a request with success', () => {
    const { request_seq, command, success: fine, body } = success(request, { threads: [] });
    assert.deepEqual([request_seq, command, fine, body], [7, 'threads', true, { threads: [] }]);
  });

  it('answer a request with a failure whose text is shown as it is', () => {
    const answer = failure(request, 'no {braces} here', 2001);
    assert.deepEqual([answer.request_seq, answer.success, answer.message], [7, false, 'no {braces} here']);
    assert.deepEqual(answer.body, {
      error: { id: 2001, format: '{_text}', variables: { _text: 'no {braces} here' }, showUser: true },
    });
  });

  it('put text out in whole lines', () => {
    assert.deepEqual(output('console', 'a').body, { category: 'console', output: 'a\n' });
    assert.deepEqual(output('important', 'a\n').body, { category: 'important', output: 'a\n' });
    assert.equal(event('terminated').event, 'terminated');
  });
});
