import { assertSends } from '../support/source';

describe('what calls give back', () => {
  it('of functions of the source: what they return', () =>
    assertSends(`
import requests
def make():
    if x:
        return None
    return requests.Session()
make().get('u')  #> requests Session.get
pick = lambda: requests.Session()
pick().get('u')  #> requests Session.get
class Factory:
    def __call__(self):
        return requests.Session()
Factory()().get('u')  #> requests Session.get
`));

  it('of functions that hand on what they get', () =>
    assertSends(`
import functools, requests, typing
post = functools.partial(requests.post, timeout=3)
post('u')  #> requests requests.post
s = typing.cast(object, requests.Session())
s.get('u')  #> requests Session.get
`));
});
