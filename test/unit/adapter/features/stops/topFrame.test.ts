import assert from 'node:assert/strict';
import { topFrame } from '../../../../../src/adapter/features/stops/topFrame';
import { scriptedAsk } from './support';

describe('the frame on top', () => {
  it('is asked for once', async () => {
    const { ask, asked } = scriptedAsk({ stackTrace: () => ({ stackFrames: [{ id: 7 }] }) });
    const stop = { threadId: 4, told: null, topFrame: null, topSource: null };
    assert.equal(await topFrame(ask, stop), 7);
    assert.equal(await topFrame(ask, stop), 7);
    assert.deepEqual(asked, [['stackTrace', { threadId: 4, startFrame: 0, levels: 1 }]]);
  });

  it('is not known of a thread that has gone on', async () => {
    const { ask } = scriptedAsk({ stackTrace: () => new Error('no such thread') });
    assert.equal(await topFrame(ask, { threadId: 4, told: null, topFrame: null, topSource: null }), null);
  });
});
