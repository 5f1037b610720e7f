import { assertSends } from '../support/source';

describe('requests', () => {
  it('sends through its functions', () =>
    assertSends(`
import requests
requests.get('u')  #> requests requests.get
requests.post('u', data=b'')  #> requests requests.post
requests.request('PUT', 'u')  #> requests requests.request
requests.api.put('u')  #> requests requests.put
requests.codes.get('ok')
requests.Request('GET', 'u').prepare()
`));

  it('sends through sessions', () =>
    assertSends(`
from requests import Session, session as make
with Session() as s:
    s.post('u')  #> requests Session.post
    s.headers.get('a')
    s.cookies.get('a')
    s.send(prepared)  #> requests Session.send
make().patch('u')  #> requests Session.patch
`));

  it('is found where another package keeps a copy', () =>
    assertSends(`
from pip._vendor import requests
from botocore.vendored.requests import sessions
requests.delete('u')  #> requests requests.delete
sessions.Session().head('u')  #> requests Session.head
`));

  it('leaves replies and look-alikes alone', () =>
    assertSends(`
import requests
r = requests.get('u')  #> requests requests.get
r.json().get('a')
r.headers.get('b')
cache = {}
cache.get('u')
queue.put(r)
`));
});
