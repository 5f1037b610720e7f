import assert from 'node:assert/strict';
import { redact } from '../../../src/export/redact';
import { factsFor } from '../../../src/panelModel/facts';
import { Conversation } from '../../support/conversation';
import { REPLY, usePanelCase } from '../../support/panelCase';

describe('the facts of a connection', () => {
  const refused = usePanelCase();

  it('tell who, from where, and what the kernel counted', () => {
    const facts = new Map(factsFor(refused.current.exchange, redact).map(({ name, value }) => [name, value]));
    assert.equal(facts.get('Asked for'), 'example.org:80');
    assert.equal(facts.get('Peer'), '127.0.0.1:80');
    assert.match(facts.get('Name') ?? '', /^example\.org → 127\.0\.0\.1 in /);
    assert.equal(facts.get('Left unread'), `${REPLY.length} B`);
    assert.equal(facts.get('Command'), 'python upload.py');
  });

  it('draw attention to TLS that checks nothing', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.tls({ verifyMode: 'none', checkHostname: false });
      talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      talk.end();
      const fact = factsFor(await talk.exchange(), redact).find(({ name }) => name === 'Verification');
      assert.deepEqual([fact?.value, fact?.tone], ['certificate none, host name not checked', 'bad']);
    } finally {
      talk.folder.remove();
    }
  });
});
