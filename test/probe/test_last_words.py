"""The reply that a failing send leaves unread: recovered, plain and over TLS, and the program keeps its bytes."""

import socket
import ssl
import unittest
from typing import Any, List

from support import servers
from support.capture import LAST_WORDS, REPLAYED
from support.case import ProbeTest

BODY = 8 << 20

PLAIN = """
    import socket, sys
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s.settimeout(None if sys.argv[2] == "blocking" else 20)
    try:
        s.sendall(b"POST / HTTP/1.1\\r\\nContent-Length: %d\\r\\n\\r\\n")
        for _ in range(64):
            s.sendall(b"x" * (1 << 17))
        print("sent")
    except OSError as error:
        print(type(error).__name__ in ("BrokenPipeError", "ConnectionResetError"))
    if sys.argv[3] == "read":
        print(s.recv(10), s.recv(4096))
    s.close()
"""

TLS = """
    import socket, ssl, sys
    context = ssl.create_default_context(cafile=sys.argv[2])
    s = context.wrap_socket(socket.create_connection(("127.0.0.1", int(sys.argv[1]))), server_hostname="localhost")
    try:
        s.sendall(b"POST / HTTP/1.1\\r\\nContent-Length: 1\\r\\n\\r\\n")
        for _ in range(64):
            s.sendall(b"x" * (1 << 17))
        print("sent")
    except OSError as error:
        print("failed", s.gettimeout())
    if "read" in sys.argv[3]:
        print(s.pending() in (0, %d))
        buffer = bytearray(8)
        count = s.recv_into(buffer)
        data = bytes(buffer[:count])
        while True:
            try:
                chunk = s.recv(64)
            except OSError as error:
                print("then", isinstance(error, ssl.SSLError) or isinstance(error, ConnectionResetError))
                break
            if not chunk:
                print("then end")
                break
            data += chunk
        print(data)
    s.close()
""" % len(servers.REFUSAL)


class PlainLastWords(ProbeTest):
    """Over a bare TCP socket."""

    def check(self, mode: str, read: str) -> None:
        with servers.Server(servers.refuse) as server:
            ran = self.program(PLAIN, str(server.port), mode, read)
        capture = ran.capture
        failed = capture.one("last-words", moment="failed")
        self.assertEqual(failed.data["outcome"], "recovered", capture.summary())
        self.assertEqual(failed.data["bytes"], len(servers.REFUSAL))
        self.assertEqual(capture.stream(failed.data["socket"], False, last_words=True), servers.REFUSAL)
        counters = capture.of("counters", moment=4)
        self.assertTrue(counters, "no counters at the failure")
        self.assertEqual(counters[0].data["waiting"], len(servers.REFUSAL))
        if read == "read":
            expected = "True\n%r %r\n" % (servers.REFUSAL[:10], servers.REFUSAL[10:])
            self.assertEqual(ran.out, expected, "the program's own reading")
            self.assertEqual(capture.stream(failed.data["socket"], False), servers.REFUSAL)
        else:
            closing = capture.one("last-words", moment="closing")
            self.assertEqual(closing.data["outcome"], "recovered")
            words = [r for r in capture.of("io") if r.data["flags"] & LAST_WORDS]
            self.assertEqual(sum(len(r.payload) for r in words), len(servers.REFUSAL), "stored once, not twice")

    def test_recovered_when_the_program_closes(self) -> None:
        self.check("blocking", "close")

    def test_recovered_with_a_timeout(self) -> None:
        self.check("timeout", "close")

    def test_the_program_reads_every_byte_itself(self) -> None:
        self.check("blocking", "read")

    def test_the_program_reads_every_byte_itself_with_a_timeout(self) -> None:
        self.check("timeout", "read")

    def test_nothing_said(self) -> None:
        with servers.Server(servers.cut) as server:
            ran = self.program(PLAIN, str(server.port), "blocking", "close")
        words = ran.capture.one("last-words", moment="failed")
        self.assertEqual(words.data["outcome"], "not-recoverable")
        self.assertIn("reset", words.data["reason"])
        self.assertEqual(words.data["bytes"], 0)


class TlsLastWords(ProbeTest):
    """Over TLS, where reading early takes the bytes out of the connection."""

    def run_tls(self, serve: object, read: str) -> "tuple":
        cert = servers.certificate()[0]
        with servers.Server(serve, servers.tls()) as server:  # type: ignore[arg-type]
            plain = self.program(TLS, str(server.port), cert, read, probe=False)
            probed = self.program(TLS, str(server.port), cert, read)
        return plain, probed

    def test_recovered_when_the_program_closes(self) -> None:
        _, ran = self.run_tls(servers.refuse, "close")
        self.assertEqual(ran.out, "failed None\n")
        capture = ran.capture
        failed = capture.one("last-words", moment="failed")
        self.assertEqual(failed.data["outcome"], "recovered", capture.summary())
        self.assertEqual(capture.stream(failed.data["socket"], False, 1, last_words=True), servers.REFUSAL)
        closing = capture.one("last-words", moment="closing")
        self.assertEqual((closing.data["outcome"], closing.data["bytes"]), ("recovered", len(servers.REFUSAL)))

    def test_the_program_is_given_what_was_read_early(self) -> None:
        plain, ran = self.run_tls(servers.refuse, "read")
        self.assertEqual(ran.out, plain.out)
        self.assertIn(repr(servers.REFUSAL), ran.out)
        capture = ran.capture
        socket = capture.one("last-words", moment="failed").data["socket"]
        given = [r for r in capture.of("io", socket=socket, layer=1) if r.data["flags"] & REPLAYED]
        self.assertEqual(sum(r.data["result"] for r in given), len(servers.REFUSAL))
        self.assertEqual([r.payload for r in given], [b""] * len(given), "stored once, not twice")
        self.assertEqual(given[0].data["offset"], 0)

    def test_nothing_said(self) -> None:
        """A part of a record may have come, which OpenSSL keeps for itself: it is not said that nothing had."""
        _, ran = self.run_tls(servers.cut, "close")
        words = ran.capture.one("last-words", moment="failed")
        self.assertEqual((words.data["outcome"], words.data["bytes"]), ("not-recoverable", 0))
        self.assertIn("no whole TLS record of a reply had reached this host", words.data["reason"])

    def test_a_reply_that_did_not_come_whole(self) -> None:
        def serve(connection: Any) -> None:
            servers.read_head(connection)
            # a record's head that promises more than comes, below TLS; the body that lies unread resets the connection
            socket.socket.sendall(connection, b"\x17\x03\x03\x01\x00" + b"r" * 100)

        plain, ran = self.run_tls(serve, "close")
        self.assertEqual(ran.out, plain.out)
        words = ran.capture.one("last-words", moment="failed").data
        self.assertEqual((words["outcome"], words["bytes"]), ("not-recoverable", 105))
        self.assertIn("105 of the 261 bytes of a TLS record", words["reason"])

    def test_an_alert_in_place_of_a_reply(self) -> None:
        context = servers.tls()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(servers.certificate()[0])
        source = """
    import select, socket, ssl, sys
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s = ssl.create_default_context(cafile=sys.argv[2]).wrap_socket(s, server_hostname="localhost")
    select.select([s], [], [])
    try:
        while True: s.sendall(b"x" * 1000)
    except OSError:
        print("failed")
    s.close()
"""
        with servers.Server(servers.swallow, context) as server:
            ran = self.both(source, str(server.port), servers.certificate()[0])
        words = ran.capture.one("last-words", moment="failed").data
        self.assertIn("ALERT_CERTIFICATE_REQUIRED", words["alert"])
        self.assertEqual((words["outcome"], words["bytes"]), ("nothing-unread", 0))

    def test_the_peer_sees_the_same_end(self) -> None:
        """Closing with unread bytes resets the connection; having read them for the record must not change that."""
        for context in (None, servers.tls()):
            ends = []

            def serve(connection: Any, ends: List[str] = ends) -> None:
                connection.sendall(b"n" * 40000)
                try:
                    connection.recv(1)
                    # Below TLS, which may take a reset for an end.
                    socket.socket.recv(connection, 1)
                    ends.append("end")
                except OSError as error:
                    ends.append(type(error).__name__)

            source = """
    import _socket, socket, ssl, sys
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    if sys.argv[2]:
        s = ssl.create_default_context(cafile=sys.argv[2]).wrap_socket(s, server_hostname="localhost")
    s.sendall(b"x")
    print(s.recv(1))
    # Wait for the rest: over TLS two records of the three, the first is inside OpenSSL.
    rest = 40000 - 16384 + 2 * 22 if sys.argv[2] else 39999
    while len(_socket.socket.recv(s, 50000, socket.MSG_PEEK)) < rest: pass
    s.close()
"""
            with servers.Server(serve, context) as server:
                cert = servers.certificate()[0] if context else ""
                self.program(source, str(server.port), cert, probe=False)
                ran = self.program(source, str(server.port), cert)
            self.assertEqual(len(ends), 2, server.errors)
            self.assertEqual(ends[0], ends[1], "the end the peer saw without and with the probe")
            closing = ran.capture.one("last-words", moment="closing")
            self.assertEqual(closing.data["bytes"], 39999, ran.capture.summary())
            self.assertEqual(ends[0], "ConnectionResetError")


if __name__ == "__main__":
    unittest.main()
