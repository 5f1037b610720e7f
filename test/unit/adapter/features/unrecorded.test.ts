import assert from 'node:assert/strict';
import { inheritedRecording, noRecording } from '../../../../src/adapter/features/unrecorded';
import { recordingSink } from '../support';

describe('a session without a capture of its own', () => {
  it('is silent when that is as asked for', async () => {
    const sink = recordingSink();
    const recording = noRecording(null);
    recording.begin(sink);
    await recording.finish(0);
    assert.deepEqual(sink.sent, []);
    assert.equal(recording.probeEntry, null);
    assert.deepEqual(recording.childConfiguration({}).wire, { enabled: false });
  });

  it('says why, once, when it is not', async () => {
    const sink = recordingSink();
    const recording = noRecording('The disk is full.');
    recording.begin(sink);
    assert.deepEqual(sink.sent, [
      ['important', "Framewire: nothing of this session's network side is recorded. The disk is full."],
      ['framewireCapture', { folder: null, problem: 'The disk is full.' }],
    ]);
    await assert.rejects(recording.answer({ seq: 1, type: 'request', command: 'framewireReport' }), /The disk is full/);
  });

  it("writes a child's into the parent's capture and leaves the report to the parent", async () => {
    const sink = recordingSink();
    const recording = inheritedRecording({ enabled: true, captureFolder: '/parent' });
    assert.match(recording.probeEntry ?? '', /\/parent/);
    recording.begin(sink);
    await recording.finish(0);
    assert.deepEqual(sink.sent, []);
    assert.deepEqual(recording.childConfiguration({}).wire, { enabled: true, captureFolder: '/parent' });
    await assert.rejects(recording.answer({ seq: 1, type: 'request', command: 'framewireReport' }), /parent's session/);
  });

  it('does not record a child whose parent does not', () => {
    for (const wire of [undefined, {}, { enabled: false, captureFolder: '/parent' }]) {
      assert.equal(inheritedRecording(wire).probeEntry, null);
    }
    assert.throws(() => inheritedRecording({ captureFolder: 5 }), /wire\.captureFolder must be a string/);
  });
});
