import { assertSends } from '../support/source';

describe('what a name stands for', () => {
  it('follows aliases of modules, functions and methods', () =>
    assertSends(`
import requests as r
from requests import post as p
import http.client as client
q = r.put
r.get('u')  #> requests requests.get
p('u')  #> requests requests.post
q('u')  #> requests requests.put
send = r.Session().send
send(x)  #> requests Session.send
client.HTTPConnection('h').request('GET', '/')  #> http.client HTTPConnection.request
`));

  it('keeps to the scopes of Python', () =>
    assertSends(`
import requests
s = requests.Session()
class A:
    s = {}
    def f(self):
        s.get('u')  #> requests Session.get
def g():
    s = {}
    s.get('u')
def h(s):
    s.get('u')
[s.get('u') for s in things]
lambda s: s.get('u')
`));

  it('knows global and nonlocal', () =>
    assertSends(`
import requests
session = None
def start():
    global session
    session = requests.Session()
def use():
    session.get('u')  #> requests Session.get
def outer():
    inner = None
    def make():
        nonlocal inner
        inner = requests.Session()
    inner.get('u')  #> requests Session.get
`));

  it('stands declarations that lead nowhere', () =>
    assertSends(`
import requests
global session
session = requests.Session()
session.get('u')  #> requests Session.get
nonlocal other
other.get('u')
`));

  it('takes all that a name may be bound to', () =>
    assertSends(`
import requests, httpx
client = httpx.Client() if modern else requests.Session()
client.get('u')  #> httpx Client.get
other = given or requests.Session()
other.get('u')  #> requests Session.get
if (late := requests.Session()):
    late.get('u')  #> requests Session.get
first, (second, third) = 1, (requests.Session(), {})
second.get('u')  #> requests Session.get
third.get('u')
`));

  it('sees names that a star import may bring', () =>
    assertSends(`
from requests import *
post('u')  #> requests requests.post
`));

  it('is not led astray by names that shadow', () =>
    assertSends(`
class urlopen: pass
urlopen('u')
import json as requests
requests.post('u')
def post(url): return url
post('u')
`));

  it('stands definitions that are part of themselves', () =>
    assertSends(`
import requests
a = b
b = a
a.get('u')
x = x or requests.Session()
x.get('u')  #> requests Session.get
def f(): return f()
f().get('u')
class C(C): pass
C().get('u')
class D(E): pass
class E(D): pass
D().post('u')
`));
});
