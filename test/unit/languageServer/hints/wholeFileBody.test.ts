import assert from 'node:assert/strict';
import { assertHints, fixed, hintsOf } from '../support/source';

const KIND = 'wholeFileInMemory';

describe('a whole file in memory', () => {
  it('is marked where a body is read at once', () =>
    assertHints(
      `
import boto3, http.client, httpx, pathlib, requests
from urllib.request import Request, urlopen
with open('f', 'rb') as f:
    requests.post('u', data=f.read())  #!
    boto3.client('s3').put_object(Body=f.read())  #!
    urlopen(Request('u', data=f.read()))  #!
    http.client.HTTPConnection('h').request('PUT', '/', f.read())  #!
    http.client.HTTPConnection.request(c, 'PUT', '/', f.read())  #!
httpx.put('u', content=open('f', 'rb').read())  #!
requests.put('u', data=pathlib.Path('f').read_bytes())  #!
def send(path):
    with open(path, 'rb') as f:
        body = f.read()
    requests.put('u', data=body)  #!
`,
      KIND,
    ));

  it('is not marked for pieces, other readers and other arguments', () =>
    assertHints(
      `
import io, requests
with open('f', 'rb') as f:
    requests.post('u', data=f)
    requests.post('u', data=f.read(1024))
    requests.post('u', params=f.read())
    requests.post('u', json=parse(f.read()))
requests.post('u', data=io.BytesIO(b'').read())
requests.post('u', data=reply.read())
def send(f):
    requests.post('u', data=f.read())
def twice(path):
    body = open(path, 'rb').read()
    body = compress(body)
    requests.put('u', data=body)
`,
      KIND,
    ));

  it('is not marked when open is not the built-in one', () =>
    assertHints(`import requests\ndef open(x): ...\nrequests.put('u', data=open('f').read())\n`, KIND));

  it('is avoided by the quick fix, where the library streams files', () => {
    const before = `import requests\nwith open('f', 'rb') as f:\n    requests.post('u', data=f.read())\n`;
    assert.equal(fixed(before, KIND), before.replace('f.read()', 'f'));
  });

  it('has no quick fix where that would change what is sent or what is open', () => {
    for (const text of [
      `import requests\nwith open('f') as f:\n    requests.post('u', data=f.read())\n`,
      `import requests\nrequests.post('u', data=open('f', 'rb').read())\n`,
      `import urllib.request\nwith open('f', 'rb') as f:\n    urllib.request.urlopen('u', data=f.read())\n`,
    ]) {
      const [hint] = hintsOf(text, KIND);
      assert.deepEqual(hint?.fixes, [], text);
    }
  });
});
