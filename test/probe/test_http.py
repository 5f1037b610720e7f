"""Library calls and bodies: what a reader needs to tell which line uploaded which file."""

import importlib.util
import os
import unittest
from typing import Any, Callable, List

from support import servers
from support.capture import Capture
from support.case import ProbeTest


class Uploads(ProbeTest):
    """Uploads through the libraries."""

    def upload(self, source: str, serve: Callable[[Any], None] = servers.upload, code: int = 0) -> Capture:
        with servers.Server(serve) as server:
            ran = self.program(source, str(server.port), code=code)
        self.assertFalse(ran.capture.of("internal"), ran.capture.of("internal"))
        return ran.capture

    def functions(self, capture: Capture) -> List[str]:
        return [r.data["function"] for r in capture.of("scope")]

    def test_urllib_with_a_file_read_into_memory(self) -> None:
        capture = self.upload(
            """
    import sys, urllib.request
    def upload(url, path):
        with open(path, "rb") as file:
            form = b"head" + file.read()
            request = urllib.request.Request(url, data=form, method="PUT")
            urllib.request.urlopen(request).read()
    with open("recording.cast", "wb") as file:
        file.write(b"r" * 200000)
    upload("http://127.0.0.1:%s/api" % sys.argv[1], "recording.cast")
"""
        )
        scopes = {r.data["function"]: r.data for r in capture.of("scope")}
        opened = scopes["urllib.request.OpenerDirector.open"]
        self.assertEqual(opened["method"], "PUT")
        self.assertTrue(opened["url"].endswith("/api"), opened)
        self.assertIsNone(opened["parent"])
        endheaders = scopes["http.client.HTTPConnection.endheaders"]
        self.assertEqual(endheaders["parent"], scopes["http.client.HTTPConnection.request"]["id"])
        body = capture.one("body").data
        self.assertEqual((body["type"], body["size"], body["storage"]), ("bytes", 200004, "memory"))
        self.assertEqual(body["scope"], endheaders["id"])
        (found,) = body["sources"]
        self.assertEqual(
            (os.path.basename(found["path"]), found["size"], found["position"]), ("recording.cast", 200000, 200000)
        )
        self.assertTrue(os.path.isabs(found["path"]))
        sends = capture.of("io", call="sendall")
        frames = capture.frames(sends[-1].data["stack"])
        self.assertEqual(frames[0], "client.py:send")
        self.assertEqual(frames[-2:], ["program.py:upload", "program.py:<module>"])
        self.assertIn("request.py:urlopen", frames)
        ends = {r.data["id"] for r in capture.of("scope-end")}
        self.assertEqual(ends, {r.data["id"] for r in capture.of("scope")})

    def test_a_streamed_file(self) -> None:
        capture = self.upload(
            """
    import http.client, sys
    with open("recording.cast", "wb") as file:
        file.write(b"r" * 200000)
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    with open("recording.cast", "rb") as file:
        file.read(1000)
        connection.request("POST", "/up", body=file, headers={"Content-Length": "199000"})
    print(connection.getresponse().status)
"""
        )
        body = capture.one("body").data
        self.assertEqual((body["type"], body["storage"]), ("BufferedReader", "file"))
        # The position is the descriptor's: reading ahead has moved it on.
        self.assertEqual((os.path.basename(body["file"]["path"]), body["file"]["size"]), ("recording.cast", 200000))

    def test_other_bodies(self) -> None:
        for expression, kind, storage, size in (
            ("iter([b'a', b'b'])", "list_iterator", "stream", None),
            ("(b'x' for _ in range(3))", "generator", "stream", None),
            ("io.BytesIO(b'x' * 10)", "BytesIO", "memory", 10), ("bytearray(7)", "bytearray", "memory", 7),
            ("'text'", "bytes", "memory", 4), ("b''", "bytes", "memory", 0),
        ):  # fmt: skip
            with self.subTest(body=expression):
                source = """
    import http.client, io, sys
    c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    c.request("POST", "/", body=%s)
"""
                capture = self.upload(source % expression, servers.swallow)
                body = capture.one("body").data
                self.assertEqual((body["type"], body["storage"], body["size"]), (kind, storage, size))

    def test_errors_end_the_scopes(self) -> None:
        capture = self.upload(
            """
    import sys, urllib.request
    try:
        urllib.request.urlopen("http://127.0.0.1:%s/" % sys.argv[1], data=b"x" * (8 << 20))
    except OSError:
        pass
""",
            servers.refuse,
        )
        errors = {r.data["id"]: r.data["chain"] for r in capture.of("error")}
        ends = {r.data["id"]: r.data["error"] for r in capture.of("scope-end")}
        scopes = {r.data["function"]: r.data["id"] for r in capture.of("scope")}
        failed = next(r.data["error"] for r in capture.of("io") if r.data["error"])
        self.assertEqual(
            ends[scopes["http.client.HTTPConnection.endheaders"]], failed, "the same exception, described once"
        )
        chain = errors[ends[scopes["urllib.request.OpenerDirector.open"]]]
        self.assertEqual(chain[0]["type"], "URLError")
        self.assertEqual(chain[1]["relation"], "reason")

    @unittest.skipUnless(importlib.util.find_spec("requests"), "needs requests")
    def test_requests(self) -> None:
        capture = self.upload(
            """
    import sys, requests
    with open("recording.cast", "wb") as file:
        file.write(b"r" * 200000)
    with open("recording.cast", "rb") as file:
        print(requests.post("http://127.0.0.1:%s/" % sys.argv[1], files={"asciicast": file}).status_code)
    with open("recording.cast", "rb") as file:
        try: requests.put("http://127.0.0.1:%s/" % sys.argv[1], data=file)
        except requests.ConnectionError: pass
"""
        )
        functions = self.functions(capture)
        for function in (
            "requests.sessions.Session.request", "requests.sessions.Session.send",
            "urllib3.connectionpool.HTTPConnectionPool.urlopen",
        ):  # fmt: skip
            self.assertIn(function, functions)
        first, second = (r.data for r in capture.of("body"))
        self.assertEqual((first["type"], first["storage"]), ("bytes", "memory"))
        self.assertEqual([os.path.basename(one["path"]) for one in first["sources"]], ["recording.cast"])
        self.assertEqual((second["storage"], second["file"]["size"]), ("file", 200000))

    @unittest.skipUnless(importlib.util.find_spec("httpx"), "needs httpx")
    def test_httpx(self) -> None:
        capture = self.both(
            """
    import httpx, socket
    bound = socket.socket(); bound.bind(("127.0.0.1", 0)); port = bound.getsockname()[1]  # nobody listens
    for url in ("http://me:pw@127.0.0.1:%d/a/b?c=d#e", "http://localhost:%d", "http://[::1]:%d/"):
        try: httpx.post(url % port, content=b"x", trust_env=False)
        except httpx.ConnectError as error: print(type(error).__name__)
"""
        ).capture
        port = capture.of("connect")[0].data["port"]
        scopes = [r.data for r in capture.of("scope")]
        self.assertEqual({(s["function"], s["method"]) for s in scopes}, {("httpx.Client.send", "POST")})
        self.assertEqual(
            [s["url"] for s in scopes],
            [u % port for u in ("http://me:pw@127.0.0.1:%d/a/b?c=d", "http://localhost:%d", "http://[::1]:%d/")],
        )
        raised = [capture.one("error", id=r.data["error"]).data["chain"][0] for r in capture.of("scope-end")]
        self.assertEqual([link["type"] for link in raised], ["ConnectError"] * 3)


if __name__ == "__main__":
    unittest.main()
