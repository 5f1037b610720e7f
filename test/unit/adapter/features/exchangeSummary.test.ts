import assert from 'node:assert/strict';
import { batchOf } from '../../../../src/adapter/features/exchangeBatch';
import { summarizeExchange } from '../../../../src/adapter/features/exchangeSummary';
import { events } from '../../../../src/messages/dap';
import { CaptureReader } from '../../../../src/wire/reader';
import type { Conversation } from '../../../support/conversation';
import { ERRORS, Conversation as NewConversation } from '../../../support/conversation';
import { ExchangeBuilder } from '../../../support/exchangeBuilder';
import { HEAD, PROGRAM, refused, uploading } from './conversations';

async function summary(conversation: Conversation) {
  try {
    const [exchange] = await new ExchangeBuilder(await CaptureReader.open(conversation.folder.path)).update();
    assert.ok(exchange);
    const made = summarizeExchange(exchange);
    const { exchanges, stacks } = batchOf([{ ...exchange, summary: made }]);
    assert.equal(events.framewireExchanges.check({ folder: '', exchanges, stacks }, 'body'), null);
    return made;
  } finally {
    conversation.folder.remove();
  }
}

describe('the summary of an exchange', () => {
  it('tells what was asked, what came back, and who asked', async () => {
    const made = await summary(refused());
    assert.deepEqual([made.pid, made.method, made.status, made.readByProgram], [100, 'POST', 413, false]);
    assert.equal(made.reason, 'Request Entity Too Large');
    assert.deepEqual([made.host, made.port], ['localhost', 8080]);
    assert.deepEqual([made.error?.type, made.error?.errno], ['ConnectionResetError', 104]);
    assert.deepEqual(made.initiator, { file: PROGRAM.file, line: PROGRAM.line, function: PROGRAM.name });
    assert.equal(made.bytes.announced, 1_000_000);
    assert.equal(made.bytes.handed, HEAD.length + 1_000_000);
    assert.equal(made.bytes.whole, HEAD.length + 1_000_000);
    assert.equal(made.unreadReply, true);
    assert.deepEqual([made.finding?.id, made.finding?.severity], ['refused-early', 'error']);
    assert.ok(made.began > 0 && made.duration !== null && made.duration >= 0);
    assert.equal(made.live, false);
  });

  it('masks secrets', async () => {
    const made = await summary(refused());
    assert.match(made.url ?? '', /\/upload\?token=•••$/);
    assert.doesNotMatch(JSON.stringify(made), /hush/);
  });

  it('leaves open what is not known yet', async () => {
    const made = await summary(uploading());
    assert.deepEqual([made.status, made.readByProgram, made.error, made.live], [null, null, null, true]);
    assert.deepEqual([made.unreadReply, made.finding, made.duration], [false, null, null]);
  });

  it('tells of an attempt that got no further than its name', async () => {
    const conversation = new NewConversation();
    conversation.scope('urllib.request.OpenerDirector.open', {
      method: 'GET',
      url: 'http://nowhere.invalid/?key=1&password=hush',
    });
    conversation.resolve('nowhere.invalid', 80, [], conversation.error(ERRORS.unknownName));
    const made = await summary(conversation);
    assert.deepEqual([made.method, made.host, made.error?.type], ['GET', 'nowhere.invalid', 'gaierror']);
    assert.equal(made.url, 'http://nowhere.invalid/?key=1&password=•••');
  });
});
