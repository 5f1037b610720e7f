"""A GET that lets every exception through, with a library of choice: get.py httpx|async-httpx|aiohttp URL [TIMEOUT]"""

import asyncio
import sys

library, url = sys.argv[1:3]
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20


def with_httpx() -> bytes:
    import httpx

    with httpx.Client(timeout=seconds) as client:
        return client.get(url).content


async def with_async_httpx() -> bytes:
    import httpx

    async with httpx.AsyncClient(timeout=seconds) as client:
        return (await client.get(url)).content


async def with_aiohttp() -> bytes:
    import aiohttp

    limits = aiohttp.ClientTimeout(sock_connect=seconds, sock_read=seconds, connect=seconds)
    async with aiohttp.ClientSession(timeout=limits) as session, session.get(url) as reply:
        return await reply.read()


if library == "httpx":
    print(with_httpx())
else:
    print(asyncio.run({"async-httpx": with_async_httpx, "aiohttp": with_aiohttp}[library]()))
