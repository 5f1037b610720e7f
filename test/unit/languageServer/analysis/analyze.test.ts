import { assertSends } from '../support/source';

describe('analyzing a module of a library itself', () => {
  it('resolves relative imports and knows its own classes', () =>
    assertSends(
      `
from . import sessions
def post(url, data):
    return request('post', url, data=data)  #> requests Session.request via request; 
def request(method, url, **kwargs):
    with sessions.Session() as session:
        return session.request(method, url, **kwargs)  #> requests Session.request
`.replace('via request; ', 'via request'),
      { name: 'requests.other', isPackage: false },
    ));

  it('takes the methods of such a class for what they are documented to do', () =>
    assertSends(
      `
class Session:
    def post(self, url):
        return self.request('POST', url)  #> requests Session.request
    def request(self, method, url):
        pass
`,
      { name: 'requests.sessions', isPackage: false },
    ));
});
