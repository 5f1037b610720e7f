import { assertSends } from '../support/source';

describe('urllib.request', () => {
  it('sends through urlopen, urlretrieve and openers', () =>
    assertSends(`
import urllib.request
from urllib.request import urlopen as fetch, build_opener, Request
urllib.request.urlopen('u')  #> urllib.request urllib.request.urlopen
fetch(Request('u', data=b''))  #> urllib.request urllib.request.urlopen
urllib.request.urlretrieve('u')  #> urllib.request urllib.request.urlretrieve
opener = build_opener()
opener.open('u')  #> urllib.request OpenerDirector.open
opener.addheaders.append(('a', 'b'))
open('file')
urllib.request.install_opener(opener)
`));

  it('is found by the names it had in Python 2 and has in six', () =>
    assertSends(`
try:
    import urllib2
except ImportError:
    import urllib.request as urllib2
urllib2.urlopen('u')  #> urllib.request urllib.request.urlopen
from six.moves.urllib.request import urlopen
urlopen('u')  #> urllib.request urllib.request.urlopen
`));

  it('is found in handlers of the source', () =>
    assertSends(`
import urllib.request
class Handler(urllib.request.HTTPHandler):
    def http_open(self, req):
        return self.do_open(Connection, req)  #> urllib.request HTTPHandler.do_open
`));
});
