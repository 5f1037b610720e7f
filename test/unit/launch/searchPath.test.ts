import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findProgram, isExecutableFile, looksLikePath, programsOnPath } from '../../../src/launch/searchPath';
import { useTempFolder } from '../../support/tempFolder';

describe('searchPath', () => {
  const temp = useTempFolder();

  function program(folder: string, name: string, mode = 0o755): string {
    const path = join(temp.path, folder, name);
    mkdirSync(join(temp.path, folder), { recursive: true });
    writeFileSync(path, '#!/bin/sh\n', { mode });
    return path;
  }

  it('lists executables in the order of PATH, once each', () => {
    const first = program('a', 'tool');
    const second = program('b', 'tool');
    program('c', 'tool', 0o644);
    mkdirSync(join(temp.path, 'd', 'tool'), { recursive: true });
    const PATH = ['a', 'c', 'd', 'b', 'a'].map((folder) => join(temp.path, folder)).join(delimiter);
    assert.deepEqual(programsOnPath('tool', { PATH }, temp.path), [first, second]);
    assert.equal(findProgram('tool', { PATH }, temp.path), first);
    assert.equal(findProgram('other', { PATH }, temp.path), null);
  });

  it('takes an empty entry of PATH as the working folder', () => {
    const here = program('.', 'tool');
    assert.equal(findProgram('tool', { PATH: `${delimiter}/nowhere` }, temp.path), here);
  });

  it('does not look a path up', () => {
    const here = program('sub', 'tool');
    assert.equal(findProgram('sub/tool', { PATH: '' }, temp.path), here);
    assert.equal(findProgram('./tool', { PATH: join(temp.path, 'sub') }, temp.path), null);
    assert.ok(looksLikePath('./a') && looksLikePath('/a') && !looksLikePath('a'));
  });

  it('knows a folder from a program', () => {
    assert.equal(isExecutableFile(temp.path), false);
    assert.equal(isExecutableFile(process.execPath), true);
  });
});
