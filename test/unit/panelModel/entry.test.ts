import assert from 'node:assert/strict';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { entryOf, PHASES } from '../../../src/panelModel/entry';
import { Conversation } from '../../support/conversation';
import { HEAD, OWN, usePanelCase } from '../../support/panelCase';

describe('an entry', () => {
  const refused = usePanelCase();

  it('has all that the table asks for, unredacted', () => {
    const entry = entryOf(refused.current.exchange);
    assert.deepEqual(
      [entry.status, entry.outcome, entry.unreadReply, entry.earlyReply, entry.finding, entry.raw, entry.tls],
      [413, 'failed', true, true, true, false, false],
    );
    assert.equal(entry.path, '/upload?token=s3cr3t&part=1');
    assert.equal(entry.initiator?.file, OWN.file);
    assert.ok((entry.up.value ?? 0) > HEAD.length);
    assert.match(entry.errorNames ?? '', /BrokenPipeError\(32\)\nEPIPE/);
    assert.deepEqual([entry.address, entry.addressPort], ['127.0.0.1', 80]);
    assert.equal(PHASES[entry.phases[0] as number], 'name');
    assert.equal(entry.phases.length % 3, 0);
  });

  it('says whether the kernel has taken what was sent, or was only given it', () => {
    const { exchange } = refused.current;
    const { bytes } = exchange;
    assert.deepEqual([entryOf(exchange).upIs, entryOf(exchange).up], ['accepted', bytes.accepted]);
    const unknown = { value: null, derived: false, atLeast: false };
    const entry = entryOf({ ...exchange, bytes: { ...bytes, accepted: unknown } });
    assert.deepEqual([entry.upIs, entry.up], ['handed', bytes.handed]);
    assert.notEqual(bytes.handed.value, bytes.accepted.value);
  });

  it('does not call it a success when the reply ends too early', async () => {
    const talk = new Conversation();
    talk.connect();
    talk.send('GET /1 HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npartial');
    talk.receive('');
    talk.close();
    talk.end();
    const exchange = await talk.exchange();
    assert.equal(diagnose(exchange)[0]?.severity, 'error');
    assert.equal(entryOf(exchange).outcome, 'failed');
  });

  it('knows whether there is anything to say about it', async () => {
    const talk = new Conversation();
    talk.connect();
    talk.send('GET /1 HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    talk.send('GET /2 HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n');
    talk.close();
    talk.end();
    const exchanges = await talk.exchanges();
    for (const exchange of exchanges) assert.equal(entryOf(exchange).finding, diagnose(exchange).length > 0);
    assert.deepEqual(
      exchanges.map((exchange) => entryOf(exchange).finding),
      [false, true],
    );
  });
});
