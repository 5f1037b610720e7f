import assert from 'node:assert/strict';
import { clientOf, installedAs, originFromPath } from '../../../src/diagnosis/client';
import { exchange, frame, type STACKS } from '../../support/exchanges';
import { origins } from '../../support/rules';

describe('originFromPath', () => {
  const origin = (file: string) => originFromPath(frame(file, 1, 'f'));

  it('tells the standard library, what is installed, and loose files', () => {
    const cases: [string, string, string | null][] = [
      ['/usr/lib/python3.11/http/client.py', 'stdlib', 'python'],
      ['/opt/python/lib/python3.13t/ssl.py', 'stdlib', 'python'],
      ['C:\\Python312\\Lib\\http\\client.py', 'stdlib', 'python'],
      ['<frozen runpy>', 'stdlib', 'python'],
      ['/usr/lib/python3/dist-packages/asciinema/api.py', 'library', 'asciinema'],
      ['/v/lib/python3.11/site-packages/requests/adapters.py', 'library', 'requests'],
      ['C:\\v\\Lib\\site-packages\\six.py', 'library', 'six'],
      ['/home/user/upload.py', 'user', null],
      ['/home/user/lib/upload.py', 'user', null],
    ];
    for (const [file, kind, name] of cases)
      assert.deepEqual([origin(file).kind, origin(file).package], [kind, name], file);
  });

  it('finds the folder that the metadata lies in, the innermost one', () => {
    assert.deepEqual(installedAs('/v/site-packages/a/site-packages/b/c.py'), {
      site: '/v/site-packages/a/site-packages',
      name: 'b',
    });
    assert.equal(installedAs('/home/user/a.py'), null);
  });
});

describe('clientOf', () => {
  const client = (name: keyof typeof STACKS) =>
    clientOf(exchange({ intended: null }, name), origins({ urllib3: '2.8.0', requests: '2.34.2' }));

  it('is the outermost HTTP library, with all below it', () => {
    assert.deepEqual(client('requests'), {
      name: 'requests',
      version: '2.34.2',
      layers: [
        { name: 'requests', version: '2.34.2' },
        { name: 'urllib3', version: '2.8.0' },
        { name: 'http.client', version: '3.11.2' },
      ],
    });
    assert.equal(client('urllib')?.name, 'urllib');
    assert.equal(client('http.client')?.name, 'http.client');
    assert.equal(client('aiohttp')?.name, 'aiohttp');
    assert.equal(client('socket'), null);
  });

  it('falls back on the call, where an event loop cut the stack', () => {
    const call = (name: string) =>
      clientOf(exchange({ frames: [], intended: { method: null, url: null, function: name } }), originFromPath)?.name;
    assert.equal(call('httpx.AsyncClient.send'), 'httpx');
    assert.equal(call('urllib.request.OpenerDirector.open'), 'urllib');
    assert.equal(call('socket.connect'), undefined);
  });
});
