/** Captures for the tests of this folder. */
import { Conversation, ERRORS } from '../../../support/conversation';

export const PROGRAM = { file: '/home/user/upload.py', line: 12, name: 'send' };
export const HEAD =
  'POST /upload?token=hush HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer hush\r\nContent-Length: 1000000\r\n\r\n';
export const REPLY = 'HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 5\r\n\r\nlarge';

/** An upload under way: connected, its head and some of its body sent. */
export function uploading(): Conversation {
  const conversation = new Conversation();
  conversation.stack(PROGRAM);
  conversation.connect('127.0.0.1', 8080, { host: 'localhost' });
  conversation.send(HEAD);
  conversation.send(Buffer.alloc(1000));
  return conversation;
}

/** The same, refused: the rest of the body fails, the reply is recovered, and the process ends. */
export function refused(conversation = uploading()): Conversation {
  const error = conversation.error(ERRORS.reset);
  conversation.send(Buffer.alloc(100), { size: 999_000, error });
  conversation.receive(REPLY, { flags: 2 });
  conversation.lastWords('failed', 'recovered', REPLY.length);
  conversation.close();
  conversation.end();
  return conversation;
}
