"""Uploads so many bytes to a URL with an asynchronous client: async_upload.py aiohttp|httpx URL BYTES"""

import asyncio
import select
import ssl
import sys


def body(size, ends):
    """A piece that goes out at once, and the rest when the server has refused and cut the connection: the loop is held
    up meanwhile, as by anything that computes, so the client cannot read the refusal before."""
    first = 1 << 16
    yield b"x" * first
    ends.poll(20000)
    yield b"y" * (size - first)


async def pieces(size, ends):
    for piece in body(size, ends):
        yield piece


async def with_aiohttp(url, size):
    import aiohttp

    ends = select.poll()
    trace = aiohttp.TraceConfig()

    async def connected(session, context, parameters):
        # the program has no other way to the connection that is about to carry the request
        for key in connector._acquired:
            ends.register(key.transport.get_extra_info("socket").fileno(), select.POLLHUP)

    trace.on_request_headers_sent.append(connected)
    context = ssl.create_default_context()
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector, trace_configs=[trace]) as session:
        headers = {"Content-Length": str(size)}
        async with session.post(url, data=pieces(size, ends), headers=headers) as reply:  # @aiohttp
            print("reply", reply.status, flush=True)


async def with_httpx(url, size):
    import httpx

    async with httpx.AsyncClient(verify=ssl.create_default_context()) as client:
        reply = await client.post(url, content=b"x" * size)  # @httpx
        print("reply", reply.status_code, flush=True)


async def main(client, url, size):
    try:
        await {"aiohttp": with_aiohttp, "httpx": with_httpx}[client](url, int(size))
    except Exception as error:
        print("failed:", type(error).__name__, flush=True)


asyncio.run(main(*sys.argv[1:]))
