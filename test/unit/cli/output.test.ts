import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { deliver, tell, write } from '../../../src/cli/output';
import { exchange } from '../../support/exchanges';
import { reportOf } from '../../support/reports';
import { recordedStreams } from '../../support/streams';
import { useTempFolder } from '../../support/tempFolder';

describe('deliver', () => {
  const temp = useTempFolder();

  it('writes for people, to the stream for people', async () => {
    const streams = recordedStreams();
    await deliver(await reportOf([exchange()]), new Map(), streams.stderr, streams);
    assert.match(streams.err(), /^\n ✓ POST/);
    assert.equal(streams.out(), '');
  });

  it('writes one line of JSON to standard output instead', async () => {
    const streams = recordedStreams();
    await deliver(await reportOf([exchange()]), new Map([['json', true]]), streams.stderr, streams);
    assert.equal(streams.err(), '');
    assert.match(streams.out(), /^[^\n]+\n$/);
    assert.equal(JSON.parse(streams.out()).format, 'framewire-report');
  });

  it('writes a file of the owner’s besides', async () => {
    for (const option of ['json', 'output']) {
      const streams = recordedStreams();
      const file = join(temp.path, `${option}.json`);
      await deliver(await reportOf([exchange()]), new Map([[option, file]]), streams.stderr, streams);
      assert.match(streams.err(), /POST/);
      assert.equal(JSON.parse(readFileSync(file, 'utf8')).version, 1);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }
  });

  it('says why a file cannot be written', async () => {
    const streams = recordedStreams();
    const file = join(temp.path, 'none', 'x.json');
    await assert.rejects(deliver(await reportOf([]), new Map([['output', file]]), streams.stderr, streams), {
      exitCode: 74,
      message: /cannot be written to .*none\/x\.json: ENOENT/,
    });
  });
});

describe('write', () => {
  it('does not mind a reader that has gone', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    await write(gone as unknown as NodeJS.WriteStream, 'x');
  });

  it('passes other errors on', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    });
    await assert.rejects(write(full as unknown as NodeJS.WriteStream, 'x'), /full/);
  });
});

describe('tell', () => {
  it('marks the line as ours and lets nothing raw through', async () => {
    const streams = recordedStreams();
    await tell(streams, 'no \x1b[31mfile');
    assert.equal(streams.err(), 'framewire: no \\x1b[31mfile\n');
  });
});
