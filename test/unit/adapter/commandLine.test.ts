import assert from 'node:assert/strict';
import { cannotListen, HELP, readCommandLine } from '../../../src/adapter/commandLine';

describe("the adapter's command line", () => {
  it('means standard input and output by default', () => {
    assert.deepEqual(readCommandLine([]), { mode: 'stdio' });
  });
  it('takes a port in either spelling', () => {
    assert.deepEqual(readCommandLine(['--server', '0']), { mode: 'server', port: 0 });
    assert.deepEqual(readCommandLine(['--server=5678']), { mode: 'server', port: 5678 });
  });
  it('gives help', () => {
    assert.deepEqual(readCommandLine(['--help']), { mode: 'help' });
    assert.match(HELP, /--server PORT/);
  });
  for (const args of [
    ['--port'],
    ['5678'],
    ['--server'],
    ['--server', 'x'],
    ['--server', '65536'],
    ['--server', '1', '2'],
  ]) {
    it(`refuses ${args.join(' ')}, saying why`, () => {
      const asked = readCommandLine(args);
      assert.equal(asked.mode, 'wrong');
      assert.ok(asked.mode === 'wrong' && asked.message.length > 0);
    });
  }

  it('says why there is no listening on a port, and what helps', () => {
    const failed = (code: string) => cannotListen(80, Object.assign(new Error(`listen ${code}`), { code }));
    assert.match(failed('EADDRINUSE'), /^Cannot listen on 127\.0\.0\.1:80: another program .* 0 for a free one\.$/);
    assert.match(failed('EACCES'), /from 1024 on/);
    assert.match(failed('EMFILE'), /: listen EMFILE$/);
  });
});
