import assert from 'node:assert/strict';
import { withoutDebugger } from '../../../src/wire/debuggerFrames';

const frames = (...files: string[]) => files.map((file, index) => ({ file, line: index + 1, function: 'f' }));
const files = (...given: string[]) => withoutDebugger(frames(...given)).map(({ file }) => file);

describe('withoutDebugger', () => {
  it('ends the stack where the debugger has started the program', () => {
    assert.deepEqual(
      files(
        '/usr/lib/python3.11/http/client.py',
        '/app/upload.py',
        '/x/debugpy/_vendored/pydevd/_pydevd_bundle/pydevd_runpy.py',
        '/x/debugpy/server/cli.py',
        '/x/debugpy/__main__.py',
        '/usr/lib/python3.11/runpy.py',
      ),
      ['/usr/lib/python3.11/http/client.py', '/app/upload.py'],
    );
  });

  it('takes it out of the middle, where an expression is evaluated at a stop', () => {
    const evaluate = 'C:\\x\\debugpy\\_vendored\\pydevd\\_pydevd_bundle\\pydevd_vars.py';
    const run = 'C:\\x\\debugpy\\_vendored\\pydevd\\pydevd.py';
    assert.deepEqual(files('<string>', evaluate, 'C:\\app\\upload.py', run), ['<string>', 'C:\\app\\upload.py']);
  });

  it('leaves every other stack alone', () => {
    const plain = frames('/usr/lib/python3.11/runpy.py', '/home/me/debugpy/upload.py', '/app/server/cli.py');
    assert.equal(withoutDebugger(plain), plain);
  });
});
