import { assertSends } from '../support/source';

describe('what with, for and parameters bind', () => {
  it('with: the thing itself, or what its class enters', () =>
    assertSends(`
import contextlib, requests, socket
class Connection:
    def __enter__(self):
        return requests.Session()
with Connection() as a, contextlib.closing(socket.socket()) as b, requests.Session() as self.c:
    a.get('u')  #> requests Session.get
    b.send(b'')  #> socket socket.send
with (requests.Session() as d, open('f') as e):
    d.get('u')  #> requests Session.get
    e.write('')
@contextlib.contextmanager
def opened():
    yield requests.Session()
with opened() as f:
    f.get('u')  #> requests Session.get
with contextlib.ExitStack() as stack:
    g = stack.enter_context(requests.Session())
    g.get('u')  #> requests Session.get
`));

  it('for: the items of a literal', () =>
    assertSends(`
import requests
for s in (requests.Session(), requests.Session()):
    s.get('u')  #> requests Session.get
for t in things:
    t.get('u')
`));

  it('parameters: by annotation and by default', () =>
    assertSends(`
from typing import Optional
import requests, httpx
def a(s: requests.Session): s.get('u')  #> requests Session.get
def b(s: Optional['requests.Session'] = None): s.get('u')  #> requests Session.get
def c(s: httpx.Client | None): s.get('u')  #> httpx Client.get
def d(s=requests): s.get('u')  #> requests requests.get
def e(*s: requests.Session): s.get('u')
def f(s: dict): s.get('u')
`));

  it('parameters: by the calls in the source', () =>
    assertSends(`
import requests
def send(session, data):
    session.post('u', data=data)  #> requests Session.post
send(requests.Session(), b'')  #> requests Session.post via send
class Api:
    def __init__(self, http):
        self.http = http
    def get(self):
        self.http.get('u')  #> requests Session.get
Api(http=requests.Session())
`));

  it('parameters: as fixtures of pytest', () =>
    assertSends(`
import pytest, requests
@pytest.fixture
def session():
    yield requests.Session()
def test_a(session):
    session.get('u')  #> requests Session.get
`));

  it('parameters: by threads that are started', () =>
    assertSends(`
import socket
from threading import Thread
def serve(event, listener):
    connection, address = listener.accept()
    connection.sendall(b'')  #> socket socket.sendall
Thread(target=serve, args=(event, socket.socket())).start()
Thread(target=other, args=(socket.socket(),)).start()
`));

  it('parameters: of functions that take the place of methods', () =>
    assertSends(`
import http.client
def request(self, body):
    self.endheaders(body)  #> http.client HTTPConnection.endheaders
def other(self, body):
    self.endheaders(body)
http.client.HTTPConnection.request = request
Local.request = other
`));

  it('parameters: functions that are wrapped in functions', () =>
    assertSends(`
from urllib.request import urlopen
def retried(call):
    def again(*args):
        return call(*args)  #> urllib.request urllib.request.urlopen
    return again
fetch = retried(urlopen)
fetch('u')  #> urllib.request urllib.request.urlopen via again
`));
});
