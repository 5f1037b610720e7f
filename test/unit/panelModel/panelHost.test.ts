import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostCalls, MAX_PAGE_BYTES, type PanelCalls, type PanelEvents } from '../../../src/messages/panel';
import { CallFailed, Channel, type Packet, type Pipe } from '../../../src/messages/panelChannel';
import { PanelHost } from '../../../src/panelModel/panelHost';
import type { Conversation } from '../../support/conversation';
import { HEAD, PART, REPLY, refusedUpload, STORED } from '../../support/panelCase';

/** Two ends of one pipe; what goes through is what JSON makes of it. */
function pipes(): [Pipe, Pipe] {
  const ends: ((packet: Packet) => void)[][] = [[], []];
  const end = (own: number): Pipe => ({
    send: (packet) => {
      const sent = JSON.stringify(packet);
      queueMicrotask(() => {
        for (const receive of ends[1 - own] ?? []) receive(JSON.parse(sent));
      });
    },
    listen: (receive) => {
      ends[own]?.push(receive);
      return () => undefined;
    },
  });
  return [end(0), end(1)];
}

describe('PanelHost', () => {
  let talk: Conversation;
  let host: PanelHost;
  let channel: Channel<object, PanelCalls & HostCalls, object, PanelEvents>;
  let id = '';
  before(async () => {
    talk = refusedUpload();
    talk.json('unseen', { library: 'pycurl', module: 'pycurl' });
    const [ours, theirs] = pipes();
    host = new PanelHost(theirs, { folder: talk.folder.path });
    channel = new Channel(ours, {});
    const order = { column: 'time', descending: false } as const;
    const list = await channel.call('list', { query: '', order, grouped: false, rows: { start: 0, end: 10 } });
    assert.deepEqual(list.rows, (await channel.call('rows', { start: 0, end: 10 })).items);
    const [row] = (await channel.call('rows', { start: 0, end: 10 })).items;
    assert.ok(row?.kind === 'exchange');
    id = row.id;
  });
  after(() => {
    channel.dispose();
    host.dispose();
    talk.folder.remove();
  });

  const bytes = async (start: number, end: number, direction: 'up' | 'down' = 'up') => {
    const { data, masked } = await channel.call('bytes', { exchange: id, direction, start, end });
    return { bytes: Buffer.from(data, 'base64'), masked };
  };

  it('sums up the capture', async () => {
    const summary = await channel.call('summary', {});
    assert.deepEqual([summary.live, summary.exchanges, summary.processes], [false, 1, 1]);
    assert.match(summary.problems.join('\n'), /^pycurl was loaded and brings sockets of its own[^\n]*$/);
  });

  it('gives bytes by range, secrets blanked, and never more than a page', async () => {
    const head = await bytes(0, HEAD.length);
    assert.doesNotMatch(head.bytes.toString('latin1'), /s3cr3t|dXNlcjpwYXNz/);
    assert.equal(head.masked.length, 2);
    assert.equal(head.bytes.length, HEAD.length);
    assert.equal((await bytes(0, STORED)).bytes.length, MAX_PAGE_BYTES);
    assert.equal((await bytes(HEAD.length + STORED, HEAD.length + STORED + 10)).bytes.length, 0, 'not stored');
  });

  it('finds an exchange in the list, and tells when it is not there', async () => {
    assert.equal(await channel.call('locate', { id: id }), 0);
    assert.equal(await channel.call('locate', { id: 'another' }), null);
    assert.equal(await channel.call('exchange', { exchange: 'another' }), null);
    await assert.rejects(
      channel.call('bytes', { exchange: 'another', direction: 'up', start: 0, end: 1 }),
      (error: unknown) => error instanceof CallFailed && /no longer in the capture/.test(error.message),
    );
  });

  it('gives the same version for the same detail', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => channel.call('exchange', { exchange: id })));
    assert.equal(first?.version, second?.version);
  });

  it('searches, and tells how far it is', async () => {
    const told: number[] = [];
    const stop = channel.on('searching', ({ done }) => told.push(done));
    const found = await channel.call('search', { exchange: id, direction: 'up', pattern: 'demo.cast', kind: 'text' });
    stop();
    const at = HEAD.length + PART.indexOf('demo.cast');
    assert.deepEqual(found.matches, [{ start: at, end: at + 9 }]);
    assert.ok(found.notStored > 0 && told.length > 0);
    await assert.rejects(
      channel.call('search', { exchange: id, direction: 'up', pattern: 'xyz', kind: 'hex' }),
      /pairs of hexadecimal digits/,
    );
  });

  it('can be told to stop searching', async () => {
    const controller = new AbortController();
    const search = channel.call(
      'search',
      { exchange: id, direction: 'up', pattern: 'not there', kind: 'text' },
      controller.signal,
    );
    controller.abort();
    await assert.rejects(search, /cancelled/);
  });

  it('writes a range to a file as it was captured', async () => {
    const path = join(talk.folder.path, 'reply.bin');
    await channel.call('writeRange', { exchange: id, direction: 'down', start: 0, end: REPLY.length, path });
    assert.equal(readFileSync(path, 'latin1'), REPLY);
    const whole = { exchange: id, direction: 'up', start: 0, end: 10_000_000, path } as const;
    await assert.rejects(channel.call('writeRange', whole), /holds only the first/);
  });

  it('reveals secrets when it is told to, and says that all has changed', async () => {
    const changed = new Promise<boolean>((resolve) =>
      channel.on('changed', ({ summary }) => resolve(summary.revealed)),
    );
    await channel.call('reveal', { revealed: true });
    assert.equal(await changed, true);
    assert.match((await bytes(0, HEAD.length)).bytes.toString('latin1'), /s3cr3t/);
    await channel.call('reveal', { revealed: false });
  });
});
