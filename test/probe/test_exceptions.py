"""Exceptions reach the program as they would without the probe: identity, args, chain and, from 3.11 on, traceback."""

import sys
import unittest

from support import servers
from support.case import ProbeTest

SHOW = """
    import socket, ssl, sys, traceback, threading, errno
    import http.client, urllib.request

    def show(error, depth=0):
        if error is None or depth > 5:
            return
        # Addresses and ports differ between runs; no message here has one.
        print("  " * depth, type(error).__module__, type(error).__qualname__, error.args, error.__suppress_context__)
        frames = [(f.name, f.line) for f in traceback.extract_tb(error.__traceback__) if TRACES]
        print("  " * depth, frames)
        show(error.__cause__, depth + 1)
        print("  " * depth, "context")
        show(error.__context__, depth + 1)

    TRACES = sys.version_info >= (3, 11)

    def attempt(function, *args):
        try:
            try:
                raise KeyError("being handled")
            except KeyError:
                function(*args)
            print("no error")
        except BaseException as error:
            show(error)
    port = int(sys.argv[1])
    unused = socket.socket(); unused.bind(("127.0.0.1", 0)); closed = unused.getsockname()  # nobody listens
"""


class SameExceptions(ProbeTest):
    """The same script, without and with."""

    def check(self, source: str, serve: object = servers.echo, tls: bool = False) -> str:
        context = servers.tls() if tls else None
        with servers.Server(serve, context) as server:  # type: ignore[arg-type]
            return self.both(SHOW + source, str(server.port), servers.certificate()[0] if tls else "").out

    def test_wrong_arguments(self) -> None:
        self.check(
            """
    s = socket.create_connection(("127.0.0.1", port))
    for call in (
        lambda: s.send(), lambda: s.send(1), lambda: s.send("text"), lambda: s.send(b"", 0, 0), lambda: s.sendall(None),
        lambda: s.recv(), lambda: s.recv("x"), lambda: s.recv(-1), lambda: s.recv_into(b"immutable"),
        lambda: s.recv_into(), lambda: s.recv_into(bytearray(2), 5), lambda: s.sendmsg(3), lambda: s.sendto(b"x"),
        lambda: s.connect(), lambda: s.connect("x"), lambda: s.connect_ex(7), lambda: s.getsockopt(),
        lambda: s.shutdown(),
        lambda: s.shutdown(99), lambda: s.accept(), lambda: s.recvmsg(-1), lambda: s.send(data=b"x"),
        lambda: socket.getaddrinfo(), lambda: socket.getaddrinfo(1.5, 2), lambda: socket.gethostbyname(3),
        lambda: socket.socket.send(3, b""), lambda: socket.socket.recv("x", 1),
    ):
        attempt(call)
"""
        )

    def test_closed_and_unconnected(self) -> None:
        self.check(
            """
    s = socket.socket()
    attempt(s.send, b"x"); attempt(s.recv, 1); attempt(s.shutdown, 2); attempt(s.sendall, b"x" * 100000)
    s.close(); s.close()
    attempt(s.send, b"x"); attempt(s.recv, 1); attempt(s.connect, closed); attempt(s.accept)
    attempt(s.getsockopt, 1, 4)
    attempt(s.detach)
    attempt(socket.create_connection, closed)
"""
        )

    def test_refused_by_every_library(self) -> None:
        self.check(
            """
    attempt(urllib.request.urlopen, "http://127.0.0.1:%d/" % closed[1])
    attempt(http.client.HTTPConnection(*closed).request, "GET", "/")
    attempt(urllib.request.urlopen, "http://no-such-host.invalid/")
    attempt(urllib.request.urlopen, "nonsense:")
"""
        )

    def test_broken_upload(self) -> None:
        out = self.check(
            """
    def upload():
        try:
            urllib.request.urlopen("http://127.0.0.1:%d/" % port, data=b"x" * (8 << 20))
        except OSError as error:
            # Which of the two it is depends on when the reset arrives.
            while isinstance(error, urllib.error.URLError):
                error = error.reason
            print(isinstance(error, (BrokenPipeError, ConnectionResetError)), [f.name for f in
                  traceback.extract_tb(error.__traceback__) if TRACES])
    upload()
""",
            servers.refuse,
        )
        self.assertIn("True", out)

    def test_tls(self) -> None:
        self.check(
            """
    context = ssl.create_default_context(cafile=sys.argv[2])
    def wrap(name, context=context):
        return context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=name)
    attempt(wrap, "example.org")
    attempt(wrap, "localhost", ssl.create_default_context())
    s = wrap("localhost")
    for call in (
        lambda: s.send("text"), lambda: s.sendall(), lambda: s.recv(-1), lambda: s.read(-1), lambda: s.recv_into(b"x"),
        lambda: s.recv_into(bytearray(3), "x"), lambda: s.sendto(b"x", closed), lambda: s.recvfrom(3),
        lambda: s.send(b"", 7),
        lambda: s.recv(1, 7), lambda: s.recvmsg(1), lambda: s.sendmsg([b""]), lambda: s.write(), lambda: s.write(3),
        lambda: s.pending(1), lambda: s.do_handshake(1, 2), lambda: s.dup(),
    ):
        attempt(call)
    s.setblocking(False); attempt(s.recv, 10); attempt(s.read, 10, bytearray(10))
    s.settimeout(0.01); attempt(s.recv, 10); attempt(s.recv_into, bytearray(4))
    s.settimeout(10); s.sendall(b"still works"); print(s.recv(100))
    s.close(); attempt(s.recv, 1); attempt(s.send, b"x"); attempt(s.do_handshake); attempt(s.unwrap); attempt(s.read)
""",
            tls=True,
        )

    def test_an_exception_from_a_signal_handler_goes_to_the_program(self) -> None:
        """Raised while the probe is at work or not: it must come out, once, and the probe stay on."""
        ran = self.program(
            """
    import signal, socket
    class Alarm(Exception): pass
    def handler(number, frame): raise Alarm
    signal.signal(signal.SIGALRM, handler)
    a, b = socket.socketpair()
    seen = 0
    for _ in range(150):
        try:
            # Armed inside: the signal may come before the loop has begun.
            signal.setitimer(signal.ITIMER_REAL, 0.001)
            while True:
                a.send(b"x" * 10); b.recv(10, socket.MSG_DONTWAIT)
        except Alarm:
            seen += 1
    print(seen)
"""
        )
        self.assertEqual(ran.out, "150\n")
        self.assertFalse(ran.capture.of("internal"), ran.capture.of("internal"))
        self.assertTrue(ran.capture.of("end"))

    @unittest.skipIf(sys.version_info < (3, 11), "frames of the wrappers stay in tracebacks before 3.11")
    def test_no_frame_of_ours_in_a_traceback(self) -> None:
        ran = self.program(
            """
    import socket, traceback
    try:
        socket.socket().send(b"x")
    except OSError:
        print(traceback.format_exc())
"""
        )
        self.assertNotIn("framewire", ran.out)

    def test_sockets_in_exceptions_die_with_the_last_reference(self) -> None:
        self.both(
            """
    import socket, weakref
    def fail():
        s = socket.socket()
        seen.append(weakref.ref(s))
        try:
            s.recv(1)
        except OSError as error:
            return error.with_traceback(None)
    seen = []
    error = fail()
    print(seen[0]() is None)
"""
        )

    def test_errors_are_recorded_with_their_chain(self) -> None:
        ran = self.program(
            """
    import urllib.request, socket
    s = socket.socket(); s.bind(("127.0.0.1", 0)); port = s.getsockname()[1]  # nobody listens
    urllib.request.urlopen("http://127.0.0.1:%d/" % port)
""",
            code=1,
        )
        capture = ran.capture
        number = capture.one("exception").data["error"]
        chain = capture.one("error", id=number).data["chain"]
        self.assertEqual([link["type"] for link in chain], ["URLError", "ConnectionRefusedError"])
        self.assertEqual((chain[1]["relation"], chain[1]["of"]), ("reason", 0))
        self.assertIn("OSError", chain[1]["bases"])
        self.assertEqual(chain[1]["errnoName"], "ECONNREFUSED")
        self.assertIn("urlopen error", chain[0]["message"])
        codes = {r.data["id"]: r.data for r in capture.of("code")}
        functions = [codes[frame["code"]]["name"] for frame in chain[0]["frames"]]
        self.assertEqual(functions[-1], "<module>", "outermost last")
        self.assertIn("do_open", functions[0], "innermost first")


if __name__ == "__main__":
    unittest.main()
