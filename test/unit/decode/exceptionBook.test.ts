import assert from 'node:assert/strict';
import { ExceptionBook } from '../../../src/decode/exceptionBook';
import { CaptureReader } from '../../../src/wire/reader';
import { Conversation, ERRORS, type ErrorFields } from '../../support/conversation';

const SEND = { file: '/lib/http/client.py', line: 9, name: 'send' };
const OPEN = { file: '/home/user/upload.py', line: 12, name: 'upload' };
const urlError = (reason: ErrorFields): ErrorFields[] => [
  { type: 'URLError', module: 'urllib.error', args: [`<${reason.type}>`] },
  { ...reason, relation: 'reason', of: 0 },
];

/** What a book makes of the capture: type, fate, place and frames. */
async function told(conversation: Conversation, running = true) {
  const reader = await CaptureReader.open(conversation.folder.path);
  conversation.folder.remove();
  const [process] = reader.processes;
  assert.ok(process);
  const book = new ExceptionBook(process);
  book.update(running);
  return book.list.map(({ id, chain, fate, where, frames }) => ({
    id,
    type: chain[0].type,
    fate,
    where,
    frames: frames.map((frame) => frame.function),
  }));
}

function upload(conversation = new Conversation()): { conversation: Conversation; scope: number } {
  conversation.stack(OPEN);
  const scope = conversation.scope('urllib.request.OpenerDirector.open');
  conversation.stack(SEND, OPEN);
  conversation.connect();
  conversation.send('GET / HTTP/1.1\r\n\r\n');
  return { conversation, scope };
}

describe('the exceptions of a process', () => {
  it('are one where a library wraps what an operation raised', async () => {
    const { conversation, scope } = upload();
    conversation.send('x', { error: conversation.error(ERRORS.pipe) });
    conversation.stack(OPEN);
    conversation.endScope(scope, conversation.error(...urlError(ERRORS.pipe)));
    const [one, ...others] = await told(conversation);
    assert.deepEqual(others, []);
    assert.deepEqual([one?.type, one?.fate, one?.where], ['URLError', 'raised', 'urllib.request.OpenerDirector.open']);
    assert.deepEqual(one?.frames, ['upload']);
  });

  it('are caught when the program goes on to its end', async () => {
    const { conversation, scope } = upload();
    const error = conversation.error(ERRORS.pipe);
    conversation.send('x', { error });
    conversation.endScope(scope, error);
    conversation.end();
    const [one] = await told(conversation);
    assert.deepEqual([one?.type, one?.fate, one?.frames], ['BrokenPipeError', 'caught', ['send', 'upload']]);
  });

  it('are handled where the library call succeeds all the same', async () => {
    const { conversation, scope } = upload();
    conversation.send('x', { error: conversation.error(ERRORS.pipe) });
    conversation.connect();
    conversation.endScope(scope);
    const [one] = await told(conversation);
    assert.deepEqual([one?.fate, one?.where], ['handled', 'sendall']);
  });

  it('are uncaught as the program ends with them, also within another; the attempts before were caught', async () => {
    const conversation = new Conversation();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { scope } = upload(conversation);
      conversation.send('x', { error: conversation.error(ERRORS.pipe) });
      conversation.stack(OPEN);
      conversation.endScope(scope, conversation.error(...urlError(ERRORS.pipe)));
    }
    const [outer, inner] = urlError(ERRORS.pipe) as [ErrorFields, ErrorFields];
    const last = conversation.error(
      { type: 'UploadFailed', module: 'app' },
      { ...outer, relation: 'context', of: 0 },
      { ...inner, of: 1 },
    );
    conversation.json('exception', { error: last, thread: 1 });
    conversation.end();
    assert.deepEqual(
      (await told(conversation)).map(({ type, fate }) => [type, fate]),
      [
        ['URLError', 'caught'],
        ['UploadFailed', 'uncaught'],
      ],
    );
  });

  it('include those that no operation is behind', async () => {
    const conversation = new Conversation();
    const stack = conversation.stack(OPEN);
    const error = conversation.error({ type: 'HTTPError', module: 'requests.exceptions' });
    const where = 'requests.models.Response.raise_for_status';
    conversation.json('raised', { error, thread: 1, stack, scope: null, function: where });
    conversation.json('exception', { error: conversation.error({ type: 'ValueError' }), thread: 1 });
    conversation.end();
    assert.deepEqual(
      (await told(conversation)).map(({ type, fate, where: place }) => [type, fate, place]),
      [
        ['HTTPError', 'caught', where],
        ['ValueError', 'uncaught', null],
      ],
    );
  });

  it('are over with the recorded program, also where a process was killed', async () => {
    const { conversation, scope } = upload();
    const error = conversation.error(ERRORS.reset);
    conversation.send('x', { error });
    conversation.endScope(scope, error);
    assert.equal((await told(conversation, false))[0]?.fate, 'caught');
  });

  it('keep their names while they grow, and only the latest are kept', async () => {
    const conversation = new Conversation();
    conversation.connect();
    for (let count = 0; count < 600; count += 1) {
      conversation.send('x', { error: conversation.error({ ...ERRORS.reset, args: [String(count)] }) });
    }
    const reader = await CaptureReader.open(conversation.folder.path);
    const [process] = reader.processes;
    assert.ok(process);
    const book = new ExceptionBook(process);
    book.update(true);
    const before = book.list.map(({ id }) => id);
    assert.equal(new Set(before).size, 500);
    conversation.end();
    await reader.poll();
    book.update(true);
    conversation.folder.remove();
    assert.deepEqual(
      book.list.map(({ id }) => id),
      before,
    );
    assert.ok(book.list.every(({ fate, version }) => fate === 'caught' && version === 2));
  });
});
