import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interpreterOfLine, interpreterOfScript } from '../../../src/base/shebang';

describe('interpreterOfLine', () => {
  const cases: ReadonlyArray<readonly [string, readonly string[] | null]> = [
    ['#!/usr/bin/python3', ['/usr/bin/python3']],
    ['#! /opt/tool/bin/python3.12 -I ', ['/opt/tool/bin/python3.12', '-I']],
    ['#!/usr/bin/env python3', ['python3']],
    ['#!/usr/bin/env -S python3 -u', ['python3', '-u']],
    ['#!/usr/bin/env -S PYTHONUTF8=1 pypy3', ['pypy3']],
    ['#!/usr/bin/env', null],
    ['#!/bin/sh', null],
    ['#!/usr/bin/pythonic-launcher', null],
    ['# python3', null],
    ['', null],
  ];
  for (const [line, expected] of cases) {
    it(`${JSON.stringify(line)}: ${expected?.join(' ') ?? 'none'}`, () => {
      assert.deepEqual(interpreterOfLine(line), expected);
    });
  }
});

describe('interpreterOfScript', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'framewire-shebang-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('reads the first line of an installed tool', async () => {
    const tool = join(folder, 'tool');
    await writeFile(tool, '#!/usr/bin/python3 -s\nimport sys\n');
    assert.deepEqual(await interpreterOfScript(tool), ['/usr/bin/python3', '-s']);
  });

  it('leaves .py files to the selected interpreter', async () => {
    const script = join(folder, 'script.py');
    await writeFile(script, '#!/usr/bin/python3\n');
    assert.equal(await interpreterOfScript(script), null);
  });

  it('has no opinion on what cannot be read', async () => {
    assert.equal(await interpreterOfScript(join(folder, 'missing')), null);
    assert.equal(await interpreterOfScript(folder), null);
  });
});
