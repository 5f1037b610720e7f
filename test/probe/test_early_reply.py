"""Telling a reply from session tickets by the records that wait, on real TLS connections and by table."""

import select
import socket
import ssl
import sys
import threading
import unittest

from support import servers
from support.case import PROBE

sys.path.insert(0, PROBE)
from framewire_probe.earlyreply import came_early, may_end, tells_of_reply, tls_records  # noqa: E402
from framewire_probe.httpheads import is_interim  # noqa: E402

REPLY = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"


class TableTest(unittest.TestCase):
    def test_records(self):
        data = b"\x17\x03\x03\x00\x03abc" + b"\x15\x03\x03\x00\x02xx" + b"\x17\x03\x03\x40\x00start"
        self.assertEqual(tls_records(data), [(23, 3), (21, 2), (23, 0x4000)])
        self.assertEqual(tls_records(b""), [])
        self.assertEqual(tls_records(b"\x17\x03\x03\x00"), [])

    def test_what_tells(self):
        ticket, reply, alert = (23, 250), (23, 70), (23, 19)
        for version, records, has_read, expected in (
            ("TLSv1.2", [(22, 200)], False, False),
            ("TLSv1.2", [(22, 200), (23, 40)], False, True),
            ("TLSv1.2", [(21, 26)], False, False),
            ("TLSv1.3", [], False, False),
            ("TLSv1.3", [ticket], False, False),
            ("TLSv1.3", [ticket, ticket], False, False),
            ("TLSv1.3", [ticket, ticket, reply], False, True),
            ("TLSv1.3", [ticket, alert], False, False),
            ("TLSv1.3", [reply], False, False),
            ("TLSv1.3", [reply], True, True),
            ("TLSv1.3", [alert], True, False),
        ):
            found = tells_of_reply(records, version, has_read)
            self.assertIs(found, expected, (version, records, has_read))


class InterimTest(unittest.TestCase):
    def test_a_head_that_only_says_go_on(self):
        self.assertTrue(is_interim(b"HTTP/1.1 100 Continue\r\n\r\n"))
        self.assertTrue(is_interim(b"HTTP/1.1 103 Early Hints\r\nLink: x"))
        for other in (b"HTTP/1.1 101 Switching Protocols\r\n", REPLY, b"HTTP/1.1 1", b"", b"SSH-2.0"):
            self.assertFalse(is_interim(other), other)

    def test_the_last_piece_of_a_chunked_body(self):
        for piece in (b"0\r\n\r\n", b"3\r\nabc\r\n0\r\n\r\n", bytearray(b"0\r\n\r\n"), memoryview(b"abc"), None):
            self.assertTrue(may_end(piece), piece)
        for piece in (b"3\r\nabc\r\n", b"", bytearray(b"abc")):
            self.assertFalse(may_end(piece), piece)


@unittest.skipUnless(sys.platform.startswith("linux"), "the kernel's counters are needed")
class CameEarlyTest(unittest.TestCase):
    def setUp(self):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            self.sock = socket.create_connection(listener.getsockname())
            self.peer, _ = listener.accept()
        self.addCleanup(self.sock.close)
        self.addCleanup(self.peer.close)

    def test_what_the_peer_has_not_confirmed(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 18)
        self.sock.setblocking(False)
        self.sock.send(b"x" * (1 << 18))  # more than the peer has room for
        self.peer.sendall(REPLY)
        select.select([self.sock], [], [])
        self.assertTrue(came_early(self.sock))

    def test_what_the_peer_has_confirmed(self):
        self.sock.sendall(b"x" * 100)
        self.peer.recv(100)
        self.peer.sendall(REPLY)
        select.select([self.sock], [], [])
        self.assertFalse(came_early(self.sock))
        self.sock.close()
        self.assertFalse(came_early(self.sock))


class ConnectionTest(unittest.TestCase):
    """What waits on a connection after the handshake, and after a reply."""

    def waiting(self, version):
        replies = threading.Event()

        def serve(connection):
            servers.read_head(connection)
            connection.sendall(b"seen")
            replies.wait(20)
            connection.sendall(REPLY)
            connection.recv(1)

        context = ssl.create_default_context(cafile=servers.certificate()[0])
        context.minimum_version = context.maximum_version = version
        with servers.Server(serve, servers.tls()) as server:
            plain = socket.create_connection(("127.0.0.1", server.port))
            twin = plain.dup()
            with twin, context.wrap_socket(plain, server_hostname="localhost") as sock:
                sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
                data = b""
                while not data:
                    # "seen" comes after the tickets
                    select.select([twin], [], [])
                    records = tls_records(twin.recv(65536, socket.MSG_PEEK))
                    data = b"x" if tells_of_reply(records, sock.version(), False) else b""
                first = records
                self.assertEqual(sock.recv(4), b"seen")
                self.assertEqual(tls_records(self.peek(twin)), [])
                replies.set()
                select.select([twin], [], [])
                second = tls_records(self.peek(twin))
                self.assertTrue(tells_of_reply(second, sock.version(), True), second)
        return first

    def peek(self, sock):
        sock.setblocking(False)
        try:
            return sock.recv(65536, socket.MSG_PEEK)
        except BlockingIOError:
            return b""
        finally:
            sock.setblocking(True)

    def test_tls_1_2(self):
        self.assertIn(23, [kind for kind, _ in self.waiting(ssl.TLSVersion.TLSv1_2)])

    def test_tls_1_3(self):
        self.assertGreater(len(self.waiting(ssl.TLSVersion.TLSv1_3)), 1)


if __name__ == "__main__":
    unittest.main()
