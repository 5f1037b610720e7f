"""TLS: the handshake's record, and the plaintext of both directions in a layer of its own."""

import base64
import ssl
import sys
import unittest

from support import servers
from support.capture import BEGIN, Capture
from support.case import ProbeTest

CLIENT = """
    import socket, ssl, sys
    context = ssl.create_default_context(cafile=sys.argv[2])
    plain = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
"""


class Tls(ProbeTest):
    """A client against a server of the test's own process."""

    def connect(self, source: str, serve: object = servers.echo, code: int = 0) -> Capture:
        context = servers.tls()
        context.set_alpn_protocols(["http/1.1"])
        with servers.Server(serve, context) as server:  # type: ignore[arg-type]
            ran = self.both(CLIENT + source, str(server.port), servers.certificate()[0], code=code)
        return ran.capture

    def leaf(self) -> bytes:
        with open(servers.certificate()[0], encoding="ascii") as file:
            return ssl.PEM_cert_to_DER_cert(file.read())

    def test_handshake(self) -> None:
        capture = self.connect(
            """
    context.set_alpn_protocols(["h2", "http/1.1"])
    s = context.wrap_socket(plain, server_hostname="localhost")
    print(s.version(), s.cipher()[0], s.selected_alpn_protocol())
    s.sendall(b"hello"); print(s.recv(10)); s.close()
"""
        )
        tls = capture.one("tls").data
        self.assertEqual((tls["side"], tls["serverName"], tls["alpn"]), ("client", "localhost", "http/1.1"))
        self.assertEqual((tls["verifyMode"], tls["checkHostname"], tls["reused"]), ("required", True, False))
        self.assertRegex(tls["version"], r"^TLSv1\.[23]$")
        self.assertIn("_", tls["cipher"].replace("-", "_"))
        self.assertEqual(base64.b64decode(tls["certificate"]), self.leaf())
        self.assertIsNone(tls["error"])
        self.assertGreater(tls["duration"], 0)
        self.assertEqual(tls["socket"], capture.one("connect").data["socket"], "one connection, one id")
        self.assertEqual(len(capture.of("socket")), 1)
        moments = [r.data["moment"] for r in capture.of("counters", socket=tls["socket"])]
        self.assertEqual(moments, [1, 2, 3, 5], "connected, handshake done, reply begins, closing")
        self.assertEqual(capture.stream(tls["socket"], True, 1), b"hello")
        self.assertEqual(capture.stream(tls["socket"], False, 1), b"hello")
        self.assertEqual([r.data["how"] for r in capture.of("close")], ["close"])

    def test_refused_certificate(self) -> None:
        capture = self.connect(
            """
    try:
        ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")
    except ssl.SSLCertVerificationError as error:
        print(error.verify_code, error.verify_message, error.reason)
"""
        )
        tls = capture.one("tls").data
        link = capture.one("error", id=tls["error"]).data["chain"][0]
        self.assertEqual((link["type"], link["reason"]), ("SSLCertVerificationError", "CERTIFICATE_VERIFY_FAILED"))
        self.assertIn(link["verifyCode"], (18, 19))
        self.assertIn("self", link["verifyMessage"])
        self.assertIsNone(tls["version"])
        if sys.version_info >= (3, 10):
            self.assertEqual(base64.b64decode(tls["certificate"]), self.leaf())

    def test_every_method(self) -> None:
        capture = self.connect(
            """
    s = context.wrap_socket(plain, server_hostname="localhost")
    print(s.send(b"one"), s.write(b"two"), s.sendall(memoryview(b"three")))
    got = s.recv(3); buffer = bytearray(4)
    while len(got) < 11:
        count = s.recv_into(buffer, 4); got += buffer[:count]
        if len(got) < 11: got += s.read(2)
    print(got)
    file = s.makefile("rwb"); file.write(b"line\\n"); file.flush(); print(file.readline())
"""
        )
        socket = capture.one("tls").data["socket"]
        self.assertEqual(capture.stream(socket, True, 1), b"onetwothreeline\n")
        self.assertEqual(capture.stream(socket, False, 1), b"onetwothreeline\n")
        calls = [r.data["call"] for r in capture.of("io", layer=1)]
        self.assertEqual(calls[:3], ["send", "write", "sendall"], "only the outer call of nested ones")
        self.assertLessEqual({"recv", "recv_into", "read"}, set(calls))
        self.assertFalse(capture.of("io", layer=0), "no plain bytes on this socket")

    def test_keywords_and_what_is_left_out(self) -> None:
        capture = self.connect(
            """
    s = context.wrap_socket(plain, server_hostname="localhost")
    def call(function, *arguments, **keywords):
        try:
            print(function.__name__, function(*arguments, **keywords))
        except (TypeError, ValueError) as error:
            print(function.__name__, error)
    for function in s.send, s.sendall, s.write:
        call(function, data=b"by name")
        call(function)
        call(function, b"one", more=1)
    call(s.send, data=b"flagged", flags=1)
    call(s.send, data=b"flagged", flags=0)
    call(s.send, flags=0)
    call(s.recv, buflen=2)
    call(s.read, len=2)
    call(s.recv_into, buffer=bytearray(2), nbytes=1)
    call(s.do_handshake, block=True)
"""
        )
        socket = capture.one("tls").data["socket"]
        self.assertEqual(capture.stream(socket, True, 1), b"by name" * 3 + b"flagged")

    def test_large_sends_are_stored_before_they_start(self) -> None:
        capture = self.connect(
            """
    s = context.wrap_socket(plain, server_hostname="localhost")
    s.sendall(b"l" * 300000)
    left = 300000
    while left: left -= len(s.recv(left))
"""
        )
        begin, end = capture.of("io", call="sendall", layer=1)
        self.assertEqual((begin.data["flags"], len(begin.payload)), (BEGIN, 300000))
        self.assertEqual((end.data["result"], end.payload, end.data["offset"]), (300000, b"", 0))

    def test_plain_before_and_after(self) -> None:
        """STARTTLS and back: one socket id, offsets of their own for each layer."""
        ran = self.both(
            """
    import socket, ssl, sys, threading
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); server.load_cert_chain(sys.argv[1], sys.argv[2])
    client = ssl.create_default_context(cafile=sys.argv[1])
    l = socket.create_server(("127.0.0.1", 0))
    def serve():
        c, _ = l.accept()
        c.recv(100); c.sendall(b"go ahead")
        c = server.wrap_socket(c, server_side=True)
        c.sendall(b"secret " + c.recv(100))
        c = c.unwrap()
        c.sendall(b"plain again"); c.close()
    t = threading.Thread(target=serve); t.start()
    s = socket.create_connection(l.getsockname())
    s.sendall(b"STARTTLS"); print(s.recv(100))
    s = client.wrap_socket(s, server_hostname="localhost")
    s.sendall(b"inside"); print(s.recv(100))
    s = s.unwrap(); print(s.recv(100)); s.close(); t.join()
""",
            *servers.certificate(),
        )
        capture = ran.capture
        socket = capture.one("connect").data["socket"]
        self.assertEqual(capture.stream(socket, True, 0), b"STARTTLS")
        self.assertEqual(capture.stream(socket, False, 0), b"go aheadplain again")
        self.assertEqual(capture.stream(socket, True, 1), b"inside")
        self.assertEqual(capture.stream(socket, False, 1), b"secret inside")
        self.assertEqual(capture.one("shutdown", socket=socket).data["how"], "tls")
        self.assertEqual(sorted(r.data["side"] for r in capture.of("tls")), ["client", "server"])
        self.assertEqual(len(capture.of("socket")), 3, "listener, accepted, connected")

    def test_non_blocking(self) -> None:
        capture = self.connect(
            """
    import select
    plain.setblocking(False)
    s = context.wrap_socket(plain, server_hostname="localhost", do_handshake_on_connect=False)
    def until(call, *args):
        while True:
            try: return call(*args)
            except ssl.SSLWantReadError: select.select([s], [], [])
            except ssl.SSLWantWriteError: select.select([], [s], [])
    until(s.do_handshake); until(s.sendall, b"hello"); print(until(s.recv, 10)); s.close()
"""
        )
        self.assertIsNone(capture.one("tls").data["error"], "wanting to read is no failure")
        socket = capture.one("tls").data["socket"]
        self.assertEqual(capture.stream(socket, False, 1), b"hello")
        self.assertFalse(capture.of("last-words", moment="failed"))


if __name__ == "__main__":
    unittest.main()
