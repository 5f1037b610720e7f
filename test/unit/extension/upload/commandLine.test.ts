import assert from 'node:assert/strict';
import { attributesOf, lineOf, wordsOf } from '../../../../src/extension/upload/commandLine';

describe('a command line', () => {
  it('is taken apart at spaces outside of quotes', () => {
    assert.deepEqual(wordsOf('tool  upload "my file.cast" --title=\'a "b"\'', false), [
      'tool',
      'upload',
      'my file.cast',
      '--title=a "b"',
    ]);
    assert.deepEqual(wordsOf('a\\ b "c\\"d" \'e\\f\' ""', false), ['a b', 'c"d', 'e\\f', '']);
    assert.deepEqual(wordsOf('C:\\tools\\up.exe "D:\\my files\\a"', true), ['C:\\tools\\up.exe', 'D:\\my files\\a']);
    assert.deepEqual(wordsOf('  ', false), []);
  });

  it('is put together so that it comes apart again', () => {
    const words = ['tool', 'two words', 'a"b', "it's", '', 'back\\slash', '--x=1', '$HOME'];
    assert.deepEqual(wordsOf(lineOf(words), false), words);
    assert.equal(lineOf(['asciinema', 'upload', 'demo.cast']), 'asciinema upload demo.cast');
  });

  it('stands for a command, a script, a module or code', () => {
    const of = (line: string) => attributesOf(line, '/work');
    assert.deepEqual(of('asciinema upload demo.cast'), { command: 'asciinema', args: ['upload', 'demo.cast'] });
    assert.deepEqual(of('$ tool'), { command: 'tool', args: [] });
    assert.deepEqual(of('upload.py a'), { program: '/work/upload.py', args: ['a'] });
    assert.deepEqual(of('python3 upload.py a'), { program: '/work/upload.py', args: ['a'] });
    assert.deepEqual(of('python3.11 -m package.tool a'), { module: 'package.tool', args: ['a'] });
    assert.deepEqual(of('.venv/bin/python -X dev -u -m tool'), {
      python: '/work/.venv/bin/python',
      pythonArgs: ['-X', 'dev', '-u'],
      module: 'tool',
      args: [],
    });
    assert.deepEqual(of('python -c "print(1)" x'), { code: 'print(1)', args: ['x'] });
    assert.deepEqual(of('URL=http://localhost:1/ A= tool x'), {
      command: 'tool',
      args: ['x'],
      env: { URL: 'http://localhost:1/', A: '' },
    });
  });

  it('is nothing without anything to run', () => {
    for (const line of ['', '   ', 'A=b', 'python', 'python -u', 'python -m'])
      assert.equal(attributesOf(line, '/'), null);
  });
});
