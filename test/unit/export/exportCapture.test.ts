import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HarEntry } from '../../../src/export/har/harTypes';
import { ioRecord, jsonRecord } from '../../support/captureWriter';
import { exported } from '../../support/har';
import { writeManyExchanges } from '../../support/manyExchanges';
import { refusedUpload } from '../../support/panelCase';
import { useTempFolder } from '../../support/tempFolder';

describe('exportCapture', () => {
  const temp = useTempFolder();

  it('tells its progress, and writes what is wanted only', async () => {
    writeManyExchanges(temp.path, 1000);
    const told: number[] = [];
    const { bytes, summary } = await exported(temp.path, 'har', {
      wants: ({ response }) => response?.status === 503,
      progress: (done) => told.push(done),
    });
    assert.equal(summary.exchanges, 20);
    assert.ok(JSON.parse(bytes.toString()).log.entries.every((entry: HarEntry) => entry.response.status === 503));
    assert.equal(told.at(-1), 1);
    assert.ok(told.every((done, index) => index === 0 || done >= (told[index - 1] as number)));
  });

  it('writes what a program that still runs has done so far', async () => {
    const talk = refusedUpload();
    try {
      talk.rewriteHeader({ flags: 0 });
      const { summary } = await exported(talk.folder.path, 'har');
      assert.equal(summary.exchanges, 1);
    } finally {
      talk.folder.remove();
    }
  });

  it('writes a large upload that was cut off with all that it had come to, whatever there was to read meanwhile', async () => {
    const socket = { id: 9999, family: 'AF_INET', type: 'SOCK_STREAM', how: 'created', thread: 1, stack: 1 };
    const connect = {
      ...{ socket: 9999, thread: 1, stack: 1, duration: 1000, family: 'AF_INET' },
      ...{ address: '127.0.0.1', port: 80, result: 'connected' },
    };
    let offset = 0;
    const send = (payload: string) => {
      const size = payload.length;
      offset += size;
      const at = 600_000 + offset;
      return ioRecord({
        ...{ socket: 9999, op: 2, stack: 1, at, handed: size, result: size, offset: offset - size, payload },
      });
    };
    const pieces = (count: number) => Array.from({ length: count }, () => send('a piece.'));
    const first = [
      jsonRecord('socket', 500_000, socket),
      jsonRecord('connect', 500_000, connect),
      send('POST /large HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1000000\r\n\r\n'),
      ...pieces(300),
    ];
    writeManyExchanges(temp.path, 30_000, { first, last: pieces(20) });
    const { bytes } = await exported(temp.path, 'har', { wants: ({ request }) => request?.method === 'POST' });
    const [entry] = JSON.parse(bytes.toString()).log.entries as HarEntry[];
    assert.equal(entry?._bytes.handed.value, offset);
  });

  it('stops where it is told to, and leaves nothing', async () => {
    writeManyExchanges(temp.path, 1000);
    const stop = new AbortController();
    const reason = new Error('enough');
    await assert.rejects(
      exported(temp.path, 'har', { signal: stop.signal, progress: () => stop.abort(reason), workFolder: temp.path }),
      reason,
    );
    assert.deepEqual(readdirSync(temp.path), ['process-100-0.fwp']);
  });

  it('refuses what is no capture, and tells what is wrong with one', async () => {
    await assert.rejects(exported(join(temp.path, 'none'), 'har', { workFolder: temp.path }), { name: 'CaptureError' });
    const { summary } = await exported(temp.path, 'har', { workFolder: temp.path });
    assert.equal(summary.exchanges, 0);
    assert.equal(summary.problems.length, 1);
  });
});
