/** A refused upload as the panel reads it: over plain HTTP, in a form, with secrets in head and URL. */
import type { Exchange } from '../../src/decode/exchange';
import { redact, reveal } from '../../src/export/redact';
import type { Surroundings } from '../../src/panelModel/detail';
import { PanelCapture } from '../../src/panelModel/panelCapture';
import { Conversation, ERRORS, FLAG } from './conversation';

const LIB = '/usr/lib/python3.11';
export const OWN = { file: '/home/user/upload.py', line: 14, name: 'upload' };

export const BOUNDARY = 'frame';
export const PART = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="recording"; filename="demo.cast"\r\n\r\n`;
export const BODY_SIZE = 300_000;
export const HEAD =
  'POST /upload?token=s3cr3t&part=1 HTTP/1.1\r\nHost: example.org\r\nAuthorization: Basic dXNlcjpwYXNz\r\n' +
  `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${BODY_SIZE}\r\n\r\n`;
export const REPLY_BODY = '{"error": "too large", "password": "hunter2"}';
export const REPLY = `HTTP/1.1 413 Too Large\r\nContent-Type: application/json\r\nContent-Length: ${REPLY_BODY.length}\r\n\r\n${REPLY_BODY}`;
/** What the kernel took of the body, what the peer confirmed, and what is in the capture. */
export const ACCEPTED = 120_000;
export const ACKNOWLEDGED = 50_000;
export const STORED = 200_000;

export interface PanelCase {
  readonly conversation: Conversation;
  readonly capture: PanelCapture;
  readonly exchange: Exchange;
  /** With secrets masked, and with them revealed. */
  readonly masked: Surroundings;
  readonly revealed: Surroundings;
  dispose(): void;
}

/** Writes the capture of it: the body breaks in one call, the reply is found by the recorder. */
export function refusedUpload(): Conversation {
  const talk = new Conversation();
  talk.stack(
    { file: `${LIB}/http/client.py`, line: 998, name: 'HTTPConnection.send' },
    { file: `${LIB}/urllib/request.py`, line: 1348, name: 'AbstractHTTPHandler.do_open' },
    OWN,
    { file: OWN.file, line: 20, name: '<module>' },
  );
  const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'POST', url: 'http://example.org/upload' });
  talk.resolve('example.org', 80, ['127.0.0.1']);
  talk.connect('127.0.0.1', 80, { host: 'example.org' });
  talk.send(HEAD);
  const error = talk.error({ ...ERRORS.pipe, args: ['32', "'Broken pipe'"] });
  const body = Buffer.alloc(STORED, 'x');
  body.write(PART);
  talk.send(body, { size: BODY_SIZE, error, duration: 5_000_000 });
  const sent = HEAD.length + ACCEPTED;
  const info = { sent, acked: 1 + HEAD.length + ACKNOWLEDGED, lastDataReceived: 0, received: REPLY.length };
  talk.counters('failed', info, REPLY.length);
  talk.receive(REPLY, { flags: FLAG.lastWords | FLAG.peek });
  talk.lastWords('failed', 'recovered', REPLY.length);
  talk.endScope(scope, error);
  talk.close();
  talk.end();
  return talk;
}

/** Reads a conversation as the panel does. */
export async function readCase(conversation: Conversation): Promise<PanelCase> {
  const capture = await PanelCapture.open(conversation.folder.path);
  const [entry] = capture.entries;
  const exchange = entry ? await capture.exchange(entry.id) : null;
  if (!exchange) throw new Error('the capture has no exchange');
  const around = { process: capture.processOf(exchange), clock: capture.clock };
  return {
    conversation,
    capture,
    exchange,
    masked: { ...around, redactor: redact },
    revealed: { ...around, redactor: reveal },
    dispose() {
      capture.dispose();
      conversation.folder.remove();
    },
  };
}

/** For a whole suite: read once before it, removed after it. */
export function usePanelCase(write: () => Conversation = refusedUpload): { readonly current: PanelCase } {
  let current: PanelCase | null = null;
  before(async () => {
    current = await readCase(write());
  });
  after(() => current?.dispose());
  return {
    get current() {
      if (!current) throw new Error('the case is read before each suite');
      return current;
    },
  };
}
