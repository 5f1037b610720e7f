import assert from 'node:assert/strict';
import { redact } from '../../../src/export/redact';
import { entryOf } from '../../../src/panelModel/entry';
import { rowOf } from '../../../src/panelModel/row';
import { Conversation } from '../../support/conversation';
import { ACCEPTED, BODY_SIZE, HEAD, OWN, REPLY, usePanelCase } from '../../support/panelCase';

describe('a row', () => {
  const refused = usePanelCase();

  it('says in short what happened', () => {
    const row = rowOf(entryOf(refused.current.exchange), refused.current.masked.clock, redact);
    assert.deepEqual(
      [row.status, row.outcome, row.unreadReply, row.method, row.host, row.port, row.path, row.error],
      [413, 'failed', true, 'POST', 'example.org', 80, '/upload?token=•••&part=1', 'BrokenPipeError(32)'],
    );
    assert.deepEqual(row.initiator, { file: OWN.file, line: OWN.line, function: OWN.name });
    assert.deepEqual([row.up.value, row.upAnnounced], [HEAD.length + ACCEPTED, HEAD.length + BODY_SIZE]);
    assert.equal(row.down, REPLY.length);
  });

  it('has the phases in order, each within the exchange', () => {
    const { phases, began, duration } = rowOf(entryOf(refused.current.exchange), refused.current.masked.clock, redact);
    assert.deepEqual(phases.map(({ name }) => name).slice(0, 3), ['name', 'connect', 'send']);
    for (const { start, end } of phases) {
      assert.ok(start >= began - 0.001 && end >= start && end <= began + (duration ?? 0) + 5, `${start} to ${end}`);
    }
  });

  it('keeps the forms of a request target', async () => {
    for (const [target, path] of [
      ['http://other.example/x?y', '/x?y'],
      ['*', '*'],
      ['/plain', '/plain'],
    ] as const) {
      const talk = new Conversation();
      try {
        talk.connect();
        talk.send(`OPTIONS ${target} HTTP/1.1\r\nHost: h\r\n\r\n`);
        talk.end();
        assert.equal(entryOf(await talk.exchange()).path, path);
      } finally {
        talk.folder.remove();
      }
    }
  });
});
