import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run';
import { recordedStreams } from '../../support/streams';
import { useTempFolder } from '../../support/tempFolder';

describe('framewire run', () => {
  const temp = useTempFolder();
  const go = (streams: ReturnType<typeof recordedStreams>, ...args: string[]) => run(args, streams, temp.path);

  it('records a script, reports, and ends as it ended', async () => {
    writeFileSync(join(temp.path, 'ok.py'), 'import socket, sys\nsocket.socketpair()\nsys.exit(4)\n');
    const streams = recordedStreams();
    assert.deepEqual(await go(streams, 'ok.py'), { exitCode: 4, signal: null });
    assert.match(streams.err(), /No connection was seen[\s\S]*exit code 4/);
    const [name] = readdirSync(join(temp.path, '.framewire')).filter((each) => each !== '.gitignore');
    const manifest = JSON.parse(readFileSync(join(temp.path, '.framewire', name ?? '', 'capture.json'), 'utf8'));
    assert.deepEqual([manifest.command, manifest.exitCode], [['ok.py'], 4]);
  });

  it('gives the report as JSON on demand, with the budgets passed on', async () => {
    const streams = recordedStreams();
    await go(
      streams,
      '--json',
      '--capture',
      'c',
      '--budget=1K',
      '--',
      '-c',
      'import os; assert os.environ["FRAMEWIRE_STREAM_BUDGET"] == "1024"',
    );
    const report = JSON.parse(streams.out());
    assert.deepEqual([report.exitCode, report.problems, report.capture.folder], [0, [], join(temp.path, 'c')]);
    assert.equal(report.processes.length, 1);
  });

  it('says why nothing was recorded', async () => {
    const streams = recordedStreams();
    assert.equal((await go(streams, '--', 'true')).exitCode, 0);
    assert.match(streams.err(), /No Python process was recorded[\s\S]*-I, -E or -S/);
  });

  it('runs the program all the same when there is no place to record to', async () => {
    writeFileSync(join(temp.path, '.framewire'), 'in the way');
    writeFileSync(join(temp.path, 'state'), 'in the way');
    const streams = recordedStreams({ XDG_STATE_HOME: join(temp.path, 'state'), HOME: join(temp.path, 'state') });
    assert.equal((await go(streams, '--', 'sh', '-c', 'test -z "$FRAMEWIRE_CAPTURE" && exit 3')).exitCode, 3);
    assert.match(streams.err(), /cannot be written to .* The program runs without being recorded\./);
  });

  it('refuses before it runs anything', async () => {
    mkdirSync(join(temp.path, 'full'));
    writeFileSync(join(temp.path, 'full', 'x'), '');
    const touch = ['--', 'touch', join(temp.path, 'ran')];
    const streams = recordedStreams();
    await assert.rejects(go(streams, '--capture', 'full', ...touch), { name: 'CaptureFolderInUse', exitCode: 73 });
    await assert.rejects(go(streams, '--width', '5', ...touch), { exitCode: 64 });
    await assert.rejects(go(streams, '--color=pink', ...touch), { exitCode: 64 });
    await assert.rejects(go(streams, '--budget', 'much', ...touch), { exitCode: 64 });
    assert.ok(!readdirSync(temp.path).includes('ran'));
  });

  it('keeps the program’s end when the report cannot be written', async () => {
    const streams = recordedStreams();
    const end = await go(streams, '--output', join(temp.path, 'none', 'r.json'), '--', '-c', 'raise SystemExit(6)');
    assert.equal(end.exitCode, 6);
    assert.match(streams.err(), /report cannot be written to[\s\S]*The recording is in/);
  });
});
