import { assertSends } from '../support/source';

describe('attributes', () => {
  it('of instances are known from any method', () =>
    assertSends(`
import requests
class Client:
    shared = requests.Session()
    typed: requests.Session
    def __init__(self):
        self.session = requests.Session()
        self.cache = {}
    def send(self):
        self.session.post('u')  #> requests Session.post
        self.shared.post('u')  #> requests Session.post
        self.typed.post('u')  #> requests Session.post
        self.cache.get('u')
class Other:
    def send(self):
        self.session.post('u')
Client().session.put('u')  #> requests Session.put
`));

  it('may be properties', () =>
    assertSends(`
import functools, requests
class Client:
    @property
    def session(self):
        return requests.Session()
    @functools.cached_property
    def other(self) -> requests.Session: ...
    def send(self):
        self.session.post('u')  #> requests Session.post
        self.other.post('u')  #> requests Session.post
`));

  it('are inherited, from classes of the source and of libraries', () =>
    assertSends(`
import requests
class Base:
    def __init__(self):
        self.session = requests.Session()
class Client(Base):
    def send(self):
        self.session.post('u')  #> requests Session.post
class Own(requests.Session):
    def request(self, *args):
        return super().request(*args)  #> requests Session.request
    def save(self):
        self.post('u')  #> requests Session.post
Own().get('u')  #> requests Session.get
`));

  it('may be what a subclass makes of them', () =>
    assertSends(`
import requests
class Mixin:
    def send(self):
        self.make().post('u')  #> requests Session.post
    def make(self):
        raise NotImplementedError
class Client(Mixin):
    def make(self):
        return requests.Session()
`));

  it('of anything else are known by their whole name', () =>
    assertSends(`
import requests
options.session = requests.Session()
options.session.get('u')  #> requests Session.get
options.cache.get('u')
`));
});
