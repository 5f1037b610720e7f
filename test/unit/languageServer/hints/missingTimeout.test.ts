import assert from 'node:assert/strict';
import { assertHints, fixed } from '../support/source';

const KIND = 'missingTimeout';

describe('a missing timeout', () => {
  it('is marked where the library waits for ever by default', () =>
    assertHints(
      `
import http.client, requests, smtplib, ftplib
from urllib.request import urlopen, build_opener
requests.get('u')  #!
requests.Session().post('u', data=b'')  #!
urlopen('u')  #!
build_opener().open('u')  #!
http.client.HTTPConnection('h')  #!
smtplib.SMTP('h')  #!
ftplib.FTP('h')  #!
`,
      KIND,
    ));

  it('is not marked where one is given, may be given, or is given elsewhere', () =>
    assertHints(
      `
import http.client, requests, smtplib
from urllib.request import urlopen
requests.get('u', timeout=3)
requests.get('u', timeout=None)
requests.get('u', **options)
urlopen('u', None, 3)
urlopen(*arguments)
http.client.HTTPConnection('h', 80, 3)
smtplib.SMTP('h', timeout=3)
http.client.HTTPConnection('h', timeout=3).request('GET', '/')
`,
      KIND,
    ));

  it('is not marked for libraries with a timeout of their own', () =>
    assertHints(
      `
import httpx, aiohttp, urllib3, boto3, socket
httpx.get('u')
aiohttp.ClientSession().get('u')
boto3.client('s3').put_object()
socket.create_connection(('h', 1)).sendall(b'')
`,
      KIND,
    ));

  it('is not marked when the source sets a default for all', () => {
    assertHints(`import socket, requests\nsocket.setdefaulttimeout(3)\nrequests.get('u')\n`, KIND);
    assertHints(
      `
import requests
class Patient(requests.adapters.HTTPAdapter): pass
s = requests.Session()
s.mount('https://', Patient())
s.get('u')
requests.get('u')  #!
`,
      KIND,
    );
  });

  it('is not marked at calls of wrappers, only in them', () =>
    assertHints(
      `
import requests
def send(data):
    requests.post('u', data=data)  #!
send(b'')
`,
      KIND,
    ));

  it('is given by the quick fix, wherever the arguments end', () => {
    const fix = (text: string) => fixed(`import requests\n${text}`, KIND).split('\n').slice(1).join('\n');
    assert.equal(fix(`requests.get('u')`), `requests.get('u', timeout=30)`);
    assert.equal(fix(`requests.get(\n    'u',\n)`), `requests.get(\n    'u', timeout=30,\n)`);
    assert.equal(fix('requests.get()'), 'requests.get(timeout=30)');
    assert.equal(fix('requests.get(u for u in us)'), 'requests.get((u for u in us), timeout=30)');
  });
});
