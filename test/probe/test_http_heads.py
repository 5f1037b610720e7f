"""The first lines of HTTP messages, known from pieces of any size, and the exchange they belong to."""

import socket
import sys
import unittest
from unittest import mock

from support.case import PROBE

sys.path.insert(0, PROBE)
from framewire_probe.exchanges import Exchange, tcp_progress  # noqa: E402
from framewire_probe.httpheads import MOST, RequestHead, begins_request, status_line, without_port  # noqa: E402
from framewire_probe.moments import Moment  # noqa: E402

HEAD = b"POST /api/casts?key=secret HTTP/1.1\r\nHost: example.com:8443\r\nContent-Length: 10\r\n\r\n"
REPLY = b"HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\n\r\n"


class RequestHeadTest(unittest.TestCase):
    def pieces(self, data, size):
        head = RequestHead()
        for at in range(0, len(data), size):
            head.feed(data[at : at + size])
        return head

    def test_any_pieces(self):
        for size in (1, 2, 7, 40, 1000):
            head = self.pieces(HEAD + b"12345", size) if size > len(HEAD) else self.pieces(HEAD, size)
            self.assertTrue(head.complete and head.line and not head.failed, size)
            self.assertEqual(
                (head.method, head.path, head.host, head.body), ("POST", "/api/casts", "example.com", 10), size
            )
            self.assertEqual(head.rest, 5 if size > len(HEAD) else 0)

    def test_forms_of_targets(self):
        for line, method, path, host in (
            (b"GET http://user:pw@proxied.example:80/a/b?c HTTP/1.1", "GET", "/a/b", "proxied.example"),
            (b"GET http://proxied.example HTTP/1.0", "GET", "/", "proxied.example"),
            (b"CONNECT example.com:443 HTTP/1.1", "CONNECT", "example.com:443", "example.com"),
            (b"OPTIONS * HTTP/1.1", "OPTIONS", "*", None),
        ):
            head = RequestHead()
            head.feed(line + b"\r\n\r\n")
            self.assertEqual((head.method, head.path, head.host), (method, path, host))

    def test_a_chunked_body_has_no_announced_size(self):
        head = RequestHead()
        head.feed(b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n")
        self.assertTrue(head.complete)
        self.assertIsNone(head.body)

    def test_a_request_without_a_body(self):
        head = RequestHead()
        head.feed(b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n")
        self.assertEqual((head.body, head.host), (0, "::1"))

    def test_what_is_not_http_is_left_alone(self):
        for data in (
            b"\x16\x03\x01\x02\x00",
            b"EHLO mail.example.com\r\n",
            b"hello world",
            b"PRI * HTTP/2.0\r\n\r\nSM",
        ):
            head = RequestHead()
            head.feed(data)
            self.assertTrue(head.failed and not head.line, data)

    def test_an_endless_head_is_given_up(self):
        head = RequestHead()
        head.feed(b"GET / HTTP/1.1\r\n")
        for _ in range(20):
            head.feed(b"x: " + b"y" * 8000 + b"\r\n")
        self.assertTrue(head.line and head.failed)
        self.assertLessEqual(len(head.buffer), MOST + 1)

    def test_beginnings(self):
        for data, expected in (
            (b"GET / HTTP/1.1\r\n", True),
            (b"GE", True),
            (b"M-SEARCH * HTTP/1.1", True),
            (b"", False),
            (None, False),
            (b"get / HTTP/1.1", False),
            (b"x" * 24, False),
            (b"X" * 24, False),
        ):
            self.assertIs(begins_request(data), expected, data)

    def test_ports(self):
        for text, host in (("a:1", "a"), ("a", "a"), ("[::1]:80", "::1"), ("u:p@h:1", "h"), ("", "")):
            self.assertEqual(without_port(text), host)


class StatusLineTest(unittest.TestCase):
    def test_lines(self):
        for data, expected in (
            (REPLY, (413, "413 Request Entity Too Large", False)),
            (b"HTTP/1.0 200\r\n", (200, "200", False)),
            (b"HTTP/1.1 100 Continue\r\n\r\n" + REPLY, (413, "413 Request Entity Too Large", False)),
            (b"HTTP/1.1 101 Switching Protocols\r\n", (101, "101 Switching Protocols", False)),
            (b"HTTP/1.1 100 Continue\r\n\r\n", (None, None, True)),
            (b"HTTP/1.1 100 Continue\r\nx: y", (None, None, True)),
            (b"HTTP/1.1 41", (None, None, True)),
            (b"", (None, None, True)),
            (b"SSH-2.0-OpenSSH\r\n", (None, None, False)),
            (b"HTTP/1.1 abc\r\n", (None, None, False)),
        ):
            self.assertEqual(status_line(data), expected, data)


class ExchangeTest(unittest.TestCase):
    """Exchanges on a real connection."""

    def setUp(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            self.port = listener.getsockname()[1]
            self.sock = socket.create_connection(listener.getsockname())
            self.peer, _ = listener.accept()
        self.addCleanup(self.sock.close)
        self.addCleanup(self.peer.close)
        self.exchange = Exchange(self.sock, True)

    def send(self, data):
        self.sock.sendall(data)
        return self.exchange.sent(self.sock, data, len(data), None)

    def test_a_request_and_its_reply(self):
        self.assertTrue(self.send(HEAD))
        self.assertTrue(self.exchange.open_request)
        self.assertEqual(self.exchange.end, len(HEAD) + 10)
        self.assertFalse(self.send(b"01234"))
        self.assertTrue(self.exchange.open_request)
        self.assertFalse(self.send(b"56789"))
        self.assertFalse(self.exchange.open_request)
        self.assertEqual(self.exchange.handed, len(HEAD) + 10)
        self.assertFalse(self.exchange.received(REPLY[:15], 15))
        self.assertTrue(self.exchange.received(bytearray(REPLY[15:] + b"more"), len(REPLY) - 15))
        self.assertEqual((self.exchange.status, self.exchange.status_line), (413, "413 Request Entity Too Large"))
        self.assertFalse(self.exchange.received(b"body", 4))
        self.assertEqual((self.exchange.address, self.exchange.port), ("127.0.0.1", self.port))

    def test_the_next_request_on_the_same_connection(self):
        self.assertTrue(self.send(b"GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"))
        self.assertFalse(self.exchange.open_request)
        self.assertTrue(self.exchange.received(b"HTTP/1.1 200 OK\r\n\r\n", 19))
        self.assertTrue(self.send(b"GET /2 HTTP/1.1\r\nHost: h\r\n\r\n"))
        self.assertEqual((self.exchange.head.path, self.exchange.status), ("/2", None))
        self.assertEqual(self.exchange.handed, 28)

    def test_a_body_is_quiet_until_its_end_or_a_reply(self):
        self.send(HEAD)
        self.exchange.quiet(7, 100)
        self.assertEqual((self.exchange.quiet_for, self.exchange.quiet_till), (7, 100))
        self.assertEqual(self.exchange.quiet_to, len(HEAD) + 10)
        self.send(b"0123456789")
        self.assertEqual(self.exchange.quiet_to, 0)
        self.exchange.quiet(7, 100)
        self.assertEqual(self.exchange.quiet_to, 0, "not after the end")
        self.assertTrue(self.exchange.complete)
        self.exchange.received(REPLY, len(REPLY))
        self.send(HEAD)
        self.assertFalse(self.exchange.complete)
        self.exchange.quiet(7, 100)
        self.assertGreater(self.exchange.quiet_to, 0)
        self.exchange.received(b"H", 1)
        self.assertEqual(self.exchange.quiet_to, 0)

    def test_a_body_of_unknown_size_has_no_end(self):
        self.send(b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        self.assertIsNone(self.exchange.end)
        self.assertTrue(self.exchange.open_request)
        self.assertFalse(self.exchange.unfinished)
        self.exchange.quiet(1, 5)
        self.assertGreater(self.exchange.quiet_to, 1 << 60)

    def test_a_body_that_looks_like_a_request(self):
        self.assertTrue(self.send(HEAD))
        self.assertFalse(self.send(b"GET / HTTP/1.1\r\n\r\n"[:10]))
        self.assertEqual(self.exchange.head.method, "POST")

    def test_what_waits_unread(self):
        self.send(HEAD)
        self.exchange.overhear(REPLY)
        self.assertEqual((self.exchange.heard, self.exchange.status), (413, None))
        self.assertTrue(self.exchange.received(REPLY, len(REPLY)))
        self.exchange.overhear(b"HTTP/1.1 500 Other\r\n")
        self.assertEqual((self.exchange.heard, self.exchange.status), (413, 413))

    def test_what_waits_after_a_part_that_was_read(self):
        self.send(HEAD)
        self.exchange.received(REPLY[:15], 15)
        self.exchange.overhear(REPLY[15:])
        self.assertEqual(self.exchange.heard, 413)

    def test_another_protocol(self):
        self.assertFalse(self.send(b"\x00\x01\x02"))
        self.assertFalse(self.send(b"GET / HTTP/1.1\r\n\r\n"))
        self.assertFalse(self.exchange.is_http)
        self.assertFalse(self.exchange.received(b"HTTP/1.1 200 OK\r\n", 17))

    def test_a_connection_first_seen_in_the_middle(self):
        self.exchange = Exchange(self.sock, False)
        self.assertFalse(self.send(b"some body"))
        self.assertTrue(self.send(b"GET /x HTTP/1.1\r\n\r\n"))
        self.assertEqual(self.exchange.head.path, "/x")

    @unittest.skipUnless(sys.platform.startswith("linux"), "the kernel's counters are read on Linux")
    def test_the_kernels_counters(self):
        self.assertEqual(tcp_progress(self.sock), (0, 0))
        self.sock.sendall(b"x" * 1000)
        self.assertEqual(self.peer.recv(4096), b"x" * 1000)
        self.assertEqual(tcp_progress(self.sock)[0], 1000)
        self.peer.sendall(b"y")  # carries the acknowledgement
        self.sock.recv(1)
        self.assertEqual(tcp_progress(self.sock), (1000, 1000))

    def test_what_was_under_way_before_the_request_is_not_counted_as_confirmed_of_it(self):
        figures = [(180 + len(HEAD), 100), (180 + 5000, 180 + 4000)]  # the last 80 bytes of a TLS handshake, say
        with mock.patch("framewire_probe.exchanges.tcp_progress", lambda sock: figures[0]):
            self.assertTrue(self.send(HEAD))
        with mock.patch("framewire_probe.moments.tcp_progress", lambda sock: figures[1]):
            self.assertEqual(Moment(None, self.sock, self.exchange, None).tcp(), (5000, 4000))


if __name__ == "__main__":
    unittest.main()
