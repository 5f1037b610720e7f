import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run';
import { show } from '../../../src/cli/show';
import { recordedStreams } from '../../support/streams';
import { useTempFolder } from '../../support/tempFolder';

describe('framewire show', () => {
  const temp = useTempFolder();
  const record = (code: number) => run(['--', '-c', `raise SystemExit(${code})`], recordedStreams(), temp.path);

  async function shown(...args: string[]) {
    const streams = recordedStreams();
    return { code: await show(args, streams, temp.path), out: streams.out(), err: streams.err() };
  }

  it('takes the latest recording unless it is told which', async () => {
    for (const code of [1, 2, 3]) await record(code);
    assert.match((await shown()).out, /exit code 3/);
    const [first] = readdirSync(join(temp.path, '.framewire'))
      .filter((name) => name !== '.gitignore')
      .sort();
    const { out, err } = await shown(join('.framewire', first ?? ''), '--json');
    assert.equal(JSON.parse(out).exitCode, 1);
    assert.equal(err, '');
  });

  it('says what there is not', async () => {
    await assert.rejects(shown(), { exitCode: 66, message: /no recording in .*\.framewire/ });
    await assert.rejects(shown('nowhere'), { exitCode: 66, message: /no capture at .*nowhere/ });
    await assert.rejects(shown('a', 'b'), { exitCode: 64 });
  });

  it('tells a folder without a recording', async () => {
    mkdirSync(join(temp.path, 'empty'));
    const { code, out } = await shown('empty');
    assert.equal(code, 0);
    assert.match(out, /No Python process was recorded/);
  });

  it('refuses a recording from a newer version by its version', async () => {
    await run(['--capture', 'c', '--', '-c', 'pass'], recordedStreams(), temp.path);
    const [name] = readdirSync(join(temp.path, 'c')).filter((each) => each.endsWith('.fwp'));
    const path = join(temp.path, 'c', name ?? '');
    const bytes = readFileSync(path);
    bytes.writeUInt16LE(9, 8);
    writeFileSync(path, bytes);
    const { code, out } = await shown('c');
    assert.equal(code, 65);
    assert.match(out, /9\.0/);
  });
});
