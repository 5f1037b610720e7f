import assert from 'node:assert/strict';
import { assertHints, fixed } from '../support/source';

const KIND = 'certificateChecksOff';

describe('certificate checks that are off', () => {
  it('are marked where they are switched off', () =>
    assertHints(
      `
import aiohttp, boto3, httpx, requests, ssl, urllib3
requests.get('u', verify=False)  #!
s = requests.Session()
s.verify = False  #!
httpx.Client(verify=False)  #!
aiohttp.TCPConnector(ssl=False)  #!
urllib3.PoolManager(cert_reqs='CERT_NONE')  #!
urllib3.PoolManager(cert_reqs=ssl.CERT_NONE)  #!
boto3.client('s3', verify=False)  #!
a = ssl._create_unverified_context()  #!
ssl._create_default_https_context = ssl._create_unverified_context  #!
b = ssl.create_default_context()
b.check_hostname = False
b.verify_mode = ssl.CERT_NONE  #!
c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
c.verify_mode = ssl.CERT_NONE  #!
`,
      KIND,
    ));

  it('are not marked on servers, elsewhere, or where they are on', () =>
    assertHints(
      `
import requests, ssl, jwt
requests.get('u', verify=True)
requests.get('u', verify=path)
jwt.decode(token, verify=False)
thing.verify = False
a = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
a.verify_mode = ssl.CERT_NONE
b = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
b.verify_mode = ssl.CERT_NONE
c = make()
c.verify_mode = ssl.CERT_NONE
ssl.CERT_NONE
if c.verify_mode == ssl.CERT_NONE: pass
`,
      KIND,
    ));

  it('are switched on again by the quick fix', () => {
    const fix = (imports: string, text: string) => fixed(`import ${imports}\n${text}`, KIND).split('\n').at(-1);
    assert.equal(fix('requests', `requests.get('u', verify=False, timeout=3)`), `requests.get('u', timeout=3)`);
    assert.equal(fix('httpx', 'httpx.Client(verify=False)'), 'httpx.Client()');
    assert.equal(fix('httpx', 'httpx.Client(verify=False, http2=True)'), 'httpx.Client(http2=True)');
    assert.equal(fix('requests', 's = requests.Session()\ns.verify = False'), 's.verify = True');
    assert.equal(fix('ssl', 'ssl._create_unverified_context()'), 'ssl.create_default_context()');
    assert.equal(
      fix('ssl', 'c = ssl.create_default_context()\nc.verify_mode = ssl.CERT_NONE'),
      'c.verify_mode = ssl.CERT_REQUIRED',
    );
  });
});
