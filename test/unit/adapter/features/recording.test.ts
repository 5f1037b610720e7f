import assert from 'node:assert/strict';
import { CaptureRecording } from '../../../../src/adapter/features/recording';
import type { Json } from '../../../../src/adapter/proxy/message';
import type { CaptureEnd } from '../../../../src/launch/captureFolder';
import { requests } from '../../../../src/messages/dap';
import type { Conversation } from '../../../support/conversation';
import { recordingSink } from '../support';
import { refused, uploading } from './conversations';

function recordingOf(conversation: Conversation, finish: (end: CaptureEnd) => Promise<void> = async () => undefined) {
  const capture = { folder: conversation.folder.path, finish };
  const recording = new CaptureRecording(capture, 'start()', null, { streamBudget: 5 });
  const ask = (command: string, given: Json = {}) =>
    recording.answer({ seq: 1, type: 'request', command, arguments: given });
  return { recording, ask, sink: recordingSink() };
}

describe('the recording of a session', () => {
  it('tells where, follows, and reports at the end', async () => {
    const ends: CaptureEnd[] = [];
    const conversation = uploading();
    const { recording, sink } = recordingOf(conversation, async (end) => void ends.push(end));
    const followed = sink.next('framewireExchanges');
    recording.begin(sink);
    assert.deepEqual(sink.sent, [['framewireCapture', { folder: conversation.folder.path, problem: null }]]);
    assert.equal((await followed).exchanges[0].method, 'POST');
    refused(conversation);
    await recording.finish(1);
    assert.deepEqual(ends, [{ exitCode: 1, signal: null }]);
    assert.deepEqual(
      sink.sent.slice(-5).map(([name]) => name),
      ['framewireExchanges', 'framewireSockets', 'framewireExceptions', 'important', 'framewireFindings'],
    );
    conversation.folder.remove();
  });

  it('answers for the capture, at its present state, during and after the session', async () => {
    const conversation = uploading();
    const { recording, ask, sink } = recordingOf(conversation);
    recording.begin(sink);
    const before = await ask('framewireReport');
    assert.equal(requests.framewireReport.body.check(before, 'body'), null);
    refused(conversation);
    await recording.finish(1);
    const after = await ask('framewireReport');
    assert.doesNotMatch(String(before.text), /413/);
    assert.match(String(after.text), /413/);
    assert.doesNotMatch(JSON.stringify(after), /hush/);
    assert.match(JSON.stringify(await ask('framewireReport', { reveal: true })), /Bearer hush/);
    conversation.folder.remove();
  });

  it('refuses what it does not understand', async () => {
    const conversation = uploading();
    const { recording, ask, sink } = recordingOf(conversation);
    await assert.rejects(ask('framewireReport'), /not started/);
    recording.begin(sink);
    await assert.rejects(ask('framewireReport', { reveal: 'yes' }), /arguments\.reveal must be true or false/);
    await assert.rejects(ask('framewireReadBytes', { exchange: 'x' }), /arguments\.direction is missing/);
    await assert.rejects(ask('framewireOther'), /no request "framewireOther"/);
    await recording.finish(null);
    conversation.folder.remove();
  });

  it('says what it could not do, and never fails the session', async () => {
    const conversation = uploading();
    const { recording, sink } = recordingOf(conversation, () => Promise.reject(new Error('ENOSPC: no space left')));
    conversation.folder.remove();
    recording.begin(sink);
    await recording.finish(0);
    const said = sink.sent.map(([, body]) => JSON.stringify(body)).join('\n');
    assert.match(said, /could not be noted.*ENOSPC/);
    assert.match(said, /cannot be read/);
  });

  it('only completes the capture of a program that was never started', async () => {
    const ends: CaptureEnd[] = [];
    const conversation = uploading();
    const { recording } = recordingOf(conversation, async (end) => void ends.push(end));
    await recording.finish(null);
    assert.deepEqual(ends, [{ exitCode: null, signal: null }]);
    conversation.folder.remove();
  });

  it('sends children into the same capture', () => {
    const conversation = uploading();
    const { recording } = recordingOf(conversation);
    assert.deepEqual(recording.childConfiguration({ type: 'debugpy' }), {
      type: 'framewire',
      wire: { enabled: true, streamBudget: 5, captureFolder: conversation.folder.path },
    });
    conversation.folder.remove();
  });
});
