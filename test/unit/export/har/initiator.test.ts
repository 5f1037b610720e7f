import assert from 'node:assert/strict';
import { initiatorFor } from '../../../../src/export/har/initiator';

describe('the initiator of a HAR entry', () => {
  it('is the stack as Chrome tells one: innermost first, lines from 0, files as URLs', () => {
    const frames = [
      { file: '/usr/lib/python3.11/http/client.py', line: 998, function: 'HTTPConnection.send' },
      { file: '/home/a b/upload.py', line: 14, function: 'upload' },
      { file: '<frozen runpy>', line: 0, function: '_run_code' },
      { file: 'C:\\work\\x.py', line: 3, function: 'main' },
    ];
    const { type, url, lineNumber, stack } = initiatorFor({ frames, initiator: 1 });
    assert.deepEqual([type, url, lineNumber], ['script', 'file:///home/a%20b/upload.py', 13]);
    assert.deepEqual(
      stack?.callFrames.map((frame) => [frame.functionName, frame.url, frame.lineNumber]),
      [
        ['HTTPConnection.send (client.py:998)', 'file:///usr/lib/python3.11/http/client.py', 997],
        ['upload (upload.py:14)', 'file:///home/a%20b/upload.py', 13],
        ['_run_code (<frozen runpy>:0)', '<frozen runpy>', 0],
        ['main (x.py:3)', 'file:///C:/work/x.py', 2],
      ],
    );
  });

  it('is something else where no stack is known', () => {
    assert.deepEqual(initiatorFor({ frames: [], initiator: -1 }), { type: 'other' });
    const only = [{ file: '/a.py', line: 1, function: 'f' }];
    assert.equal(initiatorFor({ frames: only, initiator: -1 }).url, undefined);
  });
});
