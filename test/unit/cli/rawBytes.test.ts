import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rawStart, withRawBytes, workingFolder } from '../../../src/cli/rawBytes';
import { useTempFolder } from '../../support/tempFolder';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const launch = (args: string[], env: Record<string, string> = {}) => ({
  file: process.execPath,
  argv0: 'node',
  args,
  env,
});
/** Prints the bytes of its words and of the variable V, in hexadecimal. */
const PRINT = `
const fs = require('node:fs');
const hex = (file) => fs.readFileSync(file).toString('latin1').split('\\0').map((one) => Buffer.from(one, 'latin1').toString('hex'));
console.log(JSON.stringify({ words: hex('/proc/self/cmdline').slice(3, -1), v: hex('/proc/self/environ').filter((one) => one.startsWith('563d')) }));
`;
const hex = (text: string) => bytes(text).toString('hex');

describe('bytes that are no text', () => {
  const temp = useTempFolder();

  it('reach the program as they came, words and variables', () => {
    const words = ["it's", 'caf\xe9', '', '%s \\n', '\xff\n', 'fin\u00fc'];
    const raw = {
      words: [...['node', 'cli', 'run', '--'].map(bytes), ...words.slice(0, -1).map(bytes), Buffer.from('fin\u00fc')],
      variables: [bytes('V=\xe9t\xe9'), bytes('W=plain'), bytes('1X=\xff')],
    };
    const asText = raw.words.slice(4).map(String);
    const env = { PATH: process.env.PATH ?? '', V: String(bytes('\xe9t\xe9')), W: 'plain' };
    const { file, args } = withRawBytes(launch(['-e', PRINT, ...asText], env), raw);
    const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', env });
    assert.equal(stderr, '');
    const got = JSON.parse(stdout) as { words: string[]; v: string[] };
    assert.deepEqual(got.words, [...words.slice(0, -1).map(hex), Buffer.from('fin\u00fc').toString('hex')]);
    assert.deepEqual(got.v, [hex('V=\xe9t\xe9')]);
  });

  it('are no matter where there are none, or where they are not the program’s', () => {
    const plain = launch(['a', 'b'], { V: 'ours' });
    assert.equal(withRawBytes(plain, { words: [bytes('a'), bytes('b')], variables: [] }), plain);
    assert.equal(withRawBytes(plain, { words: [bytes('\xff'), bytes('a'), bytes('b')], variables: [] }), plain);
    assert.equal(withRawBytes(plain, { words: [], variables: [bytes('V=\xe9')] }), plain, 'set anew');
    assert.deepEqual(rawStart(join(temp.path, 'none')), { words: [], variables: [] });
  });

  it('in the name of the working folder leave a way there', () => {
    const folder = Buffer.concat([Buffer.from(`${temp.path}/d`), bytes('\xe9')]);
    mkdirSync(folder);
    const source = `process.stdout.write(process.cwd() + '\\n' + process.pid)`;
    const { stdout } = spawnSync('/bin/sh', [
      '-c',
      'cd "$1"/d* && exec "$2" -e "$3"',
      'sh',
      temp.path,
      process.execPath,
      source,
    ]);
    const [named = ''] = stdout.toString().split('\n');
    assert.equal(statSync(named, { throwIfNoEntry: false }), undefined, 'Node’s name for it leads nowhere');
    assert.equal(workingFolder(named, '/proc/self/cwd'), '/proc/self/cwd');
    assert.equal(workingFolder(), process.cwd());
    assert.equal(workingFolder('/nowhere', '/nowhere/either'), '/nowhere');
  });
});
