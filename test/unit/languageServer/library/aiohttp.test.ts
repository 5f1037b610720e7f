import { assertSends } from '../support/source';

describe('aiohttp', () => {
  it('sends through sessions and their web sockets', () =>
    assertSends(`
import aiohttp
async def main():
    async with aiohttp.ClientSession() as session:
        async with session.post('u', data=b'') as reply:  #> aiohttp ClientSession.post
            await reply.text()
        async with session.ws_connect('u') as ws:  #> aiohttp ClientSession.ws_connect
            await ws.send_str('a')  #> aiohttp ClientWebSocketResponse.send_str
            await ws.receive()
    async with aiohttp.request('GET', 'u') as reply:  #> aiohttp aiohttp.request
        reply.headers.get('a')
`));

  it('leaves its server side alone', () =>
    assertSends(`
from aiohttp import web
app = web.Application()
app.router.add_get('/', handler)
routes = web.RouteTableDef()
@routes.get('/')
async def handler(request):
    return web.Response(text=request.query.get('a'))
`));
});
