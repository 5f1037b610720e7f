import assert from 'node:assert/strict';
import { redact, reveal } from '../../../src/export/redact';
import { MAX_HEADERS } from '../../../src/messages/panel';
import { replyViewOf, requestViewOf, whyNoReply } from '../../../src/panelModel/messageViews';
import { Conversation } from '../../support/conversation';
import { HEAD, PART, REPLY_BODY, usePanelCase } from '../../support/panelCase';

describe('request and reply', () => {
  const refused = usePanelCase();

  it('show the request with its form, secrets masked', async () => {
    const request = await requestViewOf(refused.current.exchange, redact);
    assert.equal(request?.startLine, 'POST /upload?token=•••&part=1 HTTP/1.1');
    const [part] = request?.parts ?? [];
    assert.deepEqual(
      [part?.name, part?.filename, part?.range?.start],
      ['recording', 'demo.cast', HEAD.length + PART.length],
    );
    assert.equal(request?.headers.find(({ name }) => name === 'Authorization')?.masked, true);
  });

  it('show the reply that nobody read', async () => {
    const reply = await replyViewOf(refused.current.exchange, reveal);
    assert.deepEqual([reply?.readByProgram, reply?.early, reply?.complete], [false, true, true]);
    assert.equal(Buffer.from(reply?.body?.data ?? '', 'base64').toString(), REPLY_BODY);
    const masked = await replyViewOf(refused.current.exchange, redact);
    assert.doesNotMatch(Buffer.from(masked?.body?.data ?? '', 'base64').toString(), /hunter2/);
  });

  it('tell a bounded number of headers, and how many there are more', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      const more = Array.from({ length: MAX_HEADERS + 7 }, (_, index) => `X-${index}: 1\r\n`).join('');
      talk.receive(`HTTP/1.1 200 OK\r\n${more}\r\n`);
      talk.end();
      const reply = await replyViewOf(await talk.exchange(), redact);
      assert.deepEqual([reply?.headers.length, reply?.headersOmitted], [MAX_HEADERS, 7]);
    } finally {
      talk.folder.remove();
    }
  });

  it('say why there is no reply', async () => {
    assert.equal(whyNoReply(refused.current.exchange), null);
    const talk = new Conversation();
    try {
      const error = talk.error({ type: 'ConnectionRefusedError', errno: 111 });
      talk.connect('127.0.0.1', 9, { result: 'failed', error });
      talk.end();
      assert.equal(whyNoReply(await talk.exchange()), 'There was no connection, so nothing could answer.');
    } finally {
      talk.folder.remove();
    }
  });
});
