import assert from 'node:assert/strict';
import { libraryOf } from '../../../../src/extension/upload/libraryFile';

const of = (path: string, ...existing: string[]) => libraryOf(path, (one) => existing.includes(one));

describe('a file of a library', () => {
  it('is known by its place, with the interpreters that it is installed for', () => {
    assert.deepEqual(of('/usr/lib/python3/dist-packages/asciinema/api.py', '/usr/bin/python3'), {
      key: '/usr/lib/python3/dist-packages/asciinema',
      name: 'asciinema',
      interpreters: ['/usr/bin/python3'],
    });
    assert.deepEqual(of('/w/.venv/lib64/python3.11/site-packages/six.py', '/w/.venv/bin/python', '/usr/bin/python3'), {
      key: '/w/.venv/lib64/python3.11/site-packages/six.py',
      name: 'six',
      interpreters: ['/w/.venv/bin/python'],
    });
    assert.deepEqual(of('/opt/py/lib/python3.12/http/client.py', '/opt/py/bin/python3.12', '/opt/py/bin/python3'), {
      key: '/opt/py/lib/python3.12/http',
      name: 'http',
      interpreters: ['/opt/py/bin/python3.12', '/opt/py/bin/python3'],
    });
    assert.deepEqual(of('/home/me/.local/lib/python3.11/site-packages/x/a.py', '/usr/bin/python3.11')?.interpreters, [
      '/usr/bin/python3.11',
    ]);
    assert.deepEqual(of('C:\\w\\venv\\Lib\\site-packages\\requests\\api.py', 'C:\\w\\venv\\Scripts\\python.exe'), {
      key: 'C:\\w\\venv\\Lib\\site-packages\\requests',
      name: 'requests',
      interpreters: ['C:\\w\\venv\\Scripts\\python.exe'],
    });
    assert.deepEqual(of('/vendored/site-packages/a/b.py'), {
      key: '/vendored/site-packages/a',
      name: 'a',
      interpreters: [],
    });
  });

  it('is none elsewhere', () => {
    for (const path of ['/work/upload.py', '/work/lib/upload.py', 'C:\\work\\Lib\\upload.py', '/work/python3/a.py']) {
      assert.equal(of(path), null, path);
    }
  });
});
