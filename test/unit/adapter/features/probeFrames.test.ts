import assert from 'node:assert/strict';
import { withoutProbeFrames } from '../../../../src/adapter/features/probeFrames';

const THEIRS = `  File "/usr/lib/python3.11/http/client.py", line 10, in send
    self.sock.sendall(data)
BrokenPipeError: [Errno 32] Broken pipe`;

describe('a traceback as text', () => {
  it('loses the frames of the probe, with their lines and marks', () => {
    const text = `Traceback (most recent call last):
  File "/ext/dist/probe/framewire_probe/sending.py", line 60, in send
    result = original(self, *args, **kwargs)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
${THEIRS}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "C:\\ext\\framewire_probe\\scopes.py", line 1, in call
  File "<string>", line 1, in <module>
NameError: name 'x' is not defined
`;
    assert.equal(
      withoutProbeFrames(text),
      `Traceback (most recent call last):
${THEIRS}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "<string>", line 1, in <module>
NameError: name 'x' is not defined
`,
    );
  });

  it('is left alone where the probe has no part in it', () => {
    const text = `Traceback (most recent call last):\n  File "/home/me/framewire_probe_notes.py", line 2, in f\n    g()\n${THEIRS}`;
    assert.equal(withoutProbeFrames(text), text);
    assert.equal(withoutProbeFrames('nothing'), 'nothing');
  });
});
