import { assertSends } from '../support/source';

describe('annotations', () => {
  it('say what a variable, an attribute and a result is', () =>
    assertSends(`
from __future__ import annotations
from typing import Annotated, AsyncIterator, Union
import aiohttp, requests
a: requests.Session = make()
a.get('u')  #> requests Session.get
def b() -> Union[None, requests.Session]: ...
b().get('u')  #> requests Session.get
async def c() -> AsyncIterator[aiohttp.ClientSession]:
    yield make()
async def d():
    async with c() as s:
        await s.get('u')  #> aiohttp ClientSession.get
e: Annotated[requests.Session, 'x']
e.get('u')  #> requests Session.get
f: list[requests.Session] = []
f.get('u')
g: "Thing"
g.get('u')
`));
});
