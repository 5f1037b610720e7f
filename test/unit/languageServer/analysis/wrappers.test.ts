import { assertSends } from '../support/source';

describe('wrappers', () => {
  it('make a call of them a call that sends', () =>
    assertSends(`
import requests
def upload(data):
    return requests.post('u', data=data)  #> requests requests.post
upload(b'')  #> requests requests.post via upload
`));

  it('count when what they pass on was made from what they got', () =>
    assertSends(`
from urllib.request import Request, urlopen
class Api:
    def post(self, path, fields):
        body = encode(fields)
        request = Request(self.base + path, body)
        return urlopen(request)  #> urllib.request urllib.request.urlopen
    def save(self, thing):
        self.post('/things', thing.fields)  #> urllib.request urllib.request.urlopen via post
`));

  it('do not count when they send something of their own', () =>
    assertSends(`
import requests
def ping():
    requests.get('u')  #> requests requests.get
def refresh(cache):
    requests.get('u')  #> requests requests.get
    cache.clear()
ping()
refresh({})
`));

  it('do not count when they do more than that', () => {
    const more = Array.from({ length: 12 }, (_, index) => `    step${index}()`).join('\n');
    assertSends(`
import requests
def run(data):
${more}
    requests.post('u', data=data)  #> requests requests.post
run(b'')
`);
  });

  it('may call themselves', () =>
    assertSends(`
import requests
def send(data, tries):
    if tries > 1:
        return send(data, tries - 1)  #> requests requests.post via send
    return requests.post('u', data=data)  #> requests requests.post
send(b'', 3)  #> requests requests.post via send
`));

  it('are no constructors', () =>
    assertSends(`
import requests
class Upload:
    def __init__(self, data):
        requests.post('u', data=data)  #> requests requests.post
Upload(b'')
`));
});
