import assert from 'node:assert/strict';
import { operationsOf, streamOf } from '../../../src/export/exchangeStreams';
import { Conversation } from '../../support/conversation';
import { BODY_SIZE, HEAD, REPLY, usePanelCase } from '../../support/panelCase';

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`;
const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('the streams of an exchange', () => {
  const refused = usePanelCase();

  it('go as far as the request was handed over and the reply was seen', () => {
    const { exchange } = refused.current;
    assert.equal(String(streamOf(exchange, 'up')?.range), `[0, ${HEAD.length + BODY_SIZE})`);
    assert.equal(String(streamOf(exchange, 'down')?.range), `[0, ${REPLY.length})`);
  });

  it('are a part of the connection that several share', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      for (const path of ['/1', '/22']) {
        talk.send(ask(path));
        talk.receive(answer);
      }
      talk.end();
      const [, second] = await talk.exchanges();
      assert.ok(second);
      assert.equal(
        String(streamOf(second, 'up')?.range),
        `[${ask('/1').length}, ${ask('/1').length + ask('/22').length})`,
      );
      assert.equal(String(streamOf(second, 'down')?.range), `[${answer.length}, ${answer.length * 2})`);
      assert.deepEqual(
        operationsOf(second).map(({ op }) => op),
        ['sendall', 'recv_into'],
      );
    } finally {
      talk.folder.remove();
    }
  });

  it('are the plaintext inside TLS', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.tls();
      talk.send(ask('/'));
      talk.receive(answer);
      talk.end();
      assert.equal(streamOf(await talk.exchange(), 'up')?.stream.layer, 'tls');
    } finally {
      talk.folder.remove();
    }
  });

  it('are whole for what is no HTTP, and none where no byte moved', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.send('\u0000\u0001\u0002');
      talk.end();
      const exchange = await talk.exchange();
      assert.equal(streamOf(exchange, 'up')?.range.length, 3);
      assert.equal(streamOf(exchange, 'down'), null);
    } finally {
      talk.folder.remove();
    }
  });
});
