import assert from 'node:assert/strict';
import { frameOwner, initiatorOf } from '../../../src/decode/initiator';

const frame = (file: string, name = 'f') => ({ file, line: 1, function: name });
const stack = (...files: string[]) => files.map((file) => frame(file));

describe('the initiator', () => {
  it('is found by where files lie', () => {
    for (const [file, owner] of [
      ['/home/me/app/upload.py', 'user'],
      ['/usr/lib/python3.11/http/client.py', 'standard'],
      ['/opt/pythons/3.13.0/lib/python3.13/ssl.py', 'standard'],
      ['/usr/lib64/python3.9/socket.py', 'standard'],
      ['C:\\Users\\me\\AppData\\Programs\\Python\\Python311\\Lib\\ssl.py', 'standard'],
      ['/usr/lib/python3/dist-packages/asciinema/api.py', 'installed'],
      ['/home/me/app/.venv/lib/python3.11/site-packages/requests/api.py', 'installed'],
      ['C:\\venv\\Lib\\site-packages\\httpx\\_client.py', 'installed'],
      ['<frozen runpy>', 'none'],
      ['<string>', 'none'],
      ['/home/me/lib/upload.py', 'user'],
      ['/home/me/python-tools/bin/upload.py', 'user'],
    ] as const) {
      assert.equal(frameOwner(frame(file)), owner, file);
    }
    assert.equal(frameOwner(frame('/usr/bin/asciinema', '<module>')), 'command');
  });

  it("is the innermost frame of the user's own code", () => {
    const frames = stack(
      '/usr/lib/python3.11/http/client.py',
      '/venv/lib/python3.11/site-packages/urllib3/connectionpool.py',
      '/app/client.py',
      '/app/main.py',
    );
    assert.equal(initiatorOf(frames), 2);
  });

  it('is the package of an installed command, not its client library and not its start script', () => {
    const frames = [
      ...stack(
        '/usr/lib/python3.11/http/client.py',
        '/usr/lib/python3/dist-packages/requests/api.py',
        '/usr/lib/python3/dist-packages/asciinema/urllib_http_adapter.py',
        '/usr/lib/python3/dist-packages/asciinema/api.py',
      ),
      frame('/usr/bin/asciinema', '<module>'),
    ];
    assert.equal(initiatorOf(frames), 2);
  });

  it('is the script in a folder of commands when there is nothing else', () => {
    assert.equal(initiatorOf([...stack('/usr/lib/python3.11/ssl.py'), frame('/home/me/bin/up', '<module>')]), 1);
    assert.equal(initiatorOf([...stack('/usr/lib/python3.11/ssl.py', '/home/me/bin/up')]), 1);
  });

  it('is code without a file at last, and -1 when there is none', () => {
    assert.equal(initiatorOf(stack('/usr/lib/python3.11/ssl.py', '<string>')), 1);
    assert.equal(initiatorOf(stack('/usr/lib/python3.11/ssl.py', '<frozen runpy>')), -1);
    assert.equal(initiatorOf([]), -1);
  });
});
