import { assertSends } from '../support/source';

describe('httpx', () => {
  it('sends through its functions and clients', () =>
    assertSends(`
import httpx
httpx.post('u', content=b'')  #> httpx httpx.post
with httpx.stream('GET', 'u') as r:  #> httpx httpx.stream
    r.read()
with httpx.Client() as client:
    client.put('u')  #> httpx Client.put
    client.build_request('GET', 'u')
client.send(request)  #> httpx Client.send
`));

  it('sends through asynchronous clients', () =>
    assertSends(`
import httpx
async def main():
    async with httpx.AsyncClient() as client:
        r = await client.get('u')  #> httpx AsyncClient.get
        async with client.stream('POST', 'u') as s:  #> httpx AsyncClient.stream
            await s.aread()
        r.headers.get('a')
`));
});
