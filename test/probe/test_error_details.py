"""What the capture keeps of an exception, caught or not: number and meaning, notes, attributes, headers."""

import errno
import importlib.util
import os
import socket
import sys
import unittest
from typing import Any, Dict, List

from support import servers
from support.capture import Capture
from support.case import ProbeTest


def not_found(connection: socket.socket) -> None:
    """Replies 404 with two cookies."""
    servers.read_head(connection)
    connection.sendall(
        b"HTTP/1.0 404 Not Found\r\nServer: test\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"
    )


class Details(ProbeTest):
    """Members of `error` records beyond the arguments."""

    def record(self, source: str, serve: Any = not_found, code: int = 0) -> Capture:
        with servers.Server(serve) as server:
            ran = self.program(source, "http://127.0.0.1:%d/" % server.port, str(server.port), code=code)
        self.assertFalse(ran.capture.of("internal"), ran.capture.of("internal"))
        return ran.capture

    def only(self, capture: Capture, kind: str) -> Dict[str, Any]:
        found = [r.data["chain"][0] for r in capture.of("error") if r.data["chain"][0]["type"] == kind]
        self.assertEqual(len(found), 1, capture.summary())
        return found[0]

    def values(self, error: Dict[str, Any]) -> Dict[str, str]:
        return {one["name"]: one["value"] for one in error.get("attributes", [])}

    def test_a_caught_http_error(self) -> None:
        error = self.only(
            self.record(
                """
    import sys, urllib.request, urllib.error
    try: urllib.request.urlopen(sys.argv[1])
    except urllib.error.HTTPError as e: pass
"""
            ),
            "HTTPError",
        )
        values = self.values(error)
        self.assertEqual((values["code"], values["msg"]), ("404", "'Not Found'"))
        self.assertTrue(values["filename"].startswith("'http://127.0.0.1:"), values)
        pairs: List[List[str]] = error["headers"]
        self.assertEqual(pairs[:3], [["Server", "test"], ["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]])

    def test_number_with_name_and_meaning(self) -> None:
        capture = self.record(
            """
    import socket, sys
    unused = socket.socket(); unused.bind(("127.0.0.1", 0)); closed = unused.getsockname()  # nobody listens
    try: socket.create_connection(closed)
    except OSError: pass
    try: socket.getaddrinfo("name.invalid", 80)
    except OSError: pass
"""
        )
        refused = self.only(capture, "ConnectionRefusedError")
        self.assertEqual((refused["errno"], refused["errnoName"]), (errno.ECONNREFUSED, "ECONNREFUSED"))
        self.assertEqual(refused["errnoMeaning"], os.strerror(errno.ECONNREFUSED))
        unknown = self.only(capture, "gaierror")
        self.assertEqual(getattr(socket, unknown["errnoName"]), unknown["errno"])
        self.assertTrue(unknown["errnoMeaning"])

    def test_notes_and_nothing_that_runs_the_program(self) -> None:
        capture = self.record(
            """
    import socket, sys
    ran = []
    class Nosy:
        def __repr__(self): ran.append("repr"); return "x"
        __str__ = __repr__
        def __getattr__(self, name): ran.append(name); raise AttributeError(name)
    class Fields(dict):
        def get(self, *args): ran.append("get")
        items = __iter__ = get
    class Own(OSError):
        response = property(lambda self: ran.append("property"))
        def __getattr__(self, name): ran.append(name); raise AttributeError(name)
    class Socket(socket.socket):
        error = None
        def __getattr__(self, name): raise AttributeError(name)
    def fail(own):
        error = Own("told", Nosy())
        error.detail, error.count, error.__notes__ = Nosy(), 3, ["a note", Nosy(), "another"]
        if own: error.__dict__ = Fields(detail=Nosy())
        raise error
    import http.client
    class Connection(http.client.HTTPConnection):
        own = False
        def send(self, data): fail(self.own)
    for Connection.own in (False, True):
        try: Connection("127.0.0.1", 9).request("GET", "/")
        except Own: pass
    assert not ran, ran
"""
        )
        first, second = [r.data["chain"][0] for r in capture.of("error") if r.data["chain"][0]["type"] == "Own"]
        self.assertEqual(first["notes"], ["a note", "another"])
        self.assertEqual(self.values(first), {"detail": "<Nosy>", "count": "3"})
        self.assertNotIn("attributes", second)

    @unittest.skipUnless(importlib.util.find_spec("requests"), "needs requests")
    def test_requests_raise_for_status(self) -> None:
        capture = self.record(
            """
    import sys, requests
    reply = requests.get(sys.argv[1])
    try: reply.raise_for_status()
    except requests.HTTPError as e: assert e.response is reply
    reply.status_code = 200
    assert reply.raise_for_status() is None
"""
        )
        told = capture.one("raised").data
        self.assertEqual(told["function"], "requests.models.Response.raise_for_status")
        self.assertEqual(capture.frames(told["stack"]), ["program.py:<module>"])
        error = self.only(capture, "HTTPError")
        self.assertEqual(told["error"], capture.of("error")[-1].data["id"])
        self.assertEqual(self.values(error)["response.status_code"], "404")
        self.assertIn(["Server", "test"], error["headers"])

    @unittest.skipUnless(importlib.util.find_spec("httpx"), "needs httpx")
    def test_httpx(self) -> None:
        capture = self.record(
            """
    import sys, asyncio, httpx
    try: httpx.get(sys.argv[1]).raise_for_status()
    except httpx.HTTPStatusError: pass
    async def lost():
        async with httpx.AsyncClient() as client:
            await client.get("http://127.0.0.1:1/")
    try: asyncio.run(lost())
    except httpx.ConnectError: pass
"""
        )
        status, lost = [r.data for r in capture.of("raised")]
        self.assertEqual(status["function"], "httpx.Response.raise_for_status")
        self.assertEqual(lost["function"], "httpx.AsyncClient.send")
        self.assertEqual((lost["method"], lost["url"]), ("GET", "http://127.0.0.1:1/"))
        error = self.only(capture, "HTTPStatusError")
        self.assertEqual(self.values(error)["response.status_code"], "404")
        self.assertIn("set-cookie", [name.lower() for name, _ in error["headers"]])
        self.assertEqual(self.only(capture, "ConnectError")["module"], "httpx")

    @unittest.skipUnless(importlib.util.find_spec("aiohttp"), "needs aiohttp")
    def test_aiohttp(self) -> None:
        """What reaches the program, with the request; not the end of a connection that nobody waits on."""
        with servers.Server(servers.cut) as server:
            ran = self.both(
                """
    import sys, asyncio, aiohttp
    async def main():
        async with aiohttp.ClientSession() as session:
            for url in sys.argv[1:]:
                try: await (await session.post(url, data=b"x")).read()
                except aiohttp.ClientError as error: print(type(error).__name__)
    asyncio.run(main())
""",
                "http://127.0.0.1:%d/cut" % server.port,
                "http://127.0.0.1:1/no",
            )
        capture = ran.capture
        cut, again, no = [r.data for r in capture.of("raised")]
        sent = capture.of("io", op=1)[0].data["socket"]
        self.assertEqual((cut["socket"], cut["url"]), (sent, None))
        self.assertEqual((again["method"], again["url"]), ("POST", "http://127.0.0.1:%d/cut" % server.port))
        self.assertEqual((no["method"], no["url"]), ("POST", "http://127.0.0.1:1/no"))
        self.assertEqual({r["function"] for r in (cut, again, no)}, {"aiohttp.ClientSession._request"})


class Located(unittest.TestCase):
    """The chain as the debug adapter asks for it."""

    def test_frames_by_name(self) -> None:
        sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../src/probe"))
        try:
            from framewire_probe.errors import located_chain_of
        finally:
            del sys.path[0]
        try:
            self.fail_somewhere()
        except ValueError as error:
            (link,) = located_chain_of(error)
        self.assertEqual([f["file"] for f in link["frames"]], [__file__, __file__])
        self.assertTrue(link["frames"][0]["function"].endswith("fail_somewhere"))
        self.assertGreater(link["frames"][0]["line"], 0)

    def fail_somewhere(self) -> None:
        raise ValueError("no")


if __name__ == "__main__":
    unittest.main()
