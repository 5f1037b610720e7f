"""The probe keeps nothing of the program's alive, and adds nothing to see."""

import unittest

from support import servers
from support.case import ProbeTest


class Lifetimes(ProbeTest):
    """Objects die when the program drops them."""

    def test_sockets(self) -> None:
        ran = self.both(
            """
    import gc, socket, warnings, weakref
    gc.disable()
    warnings.simplefilter("always")
    def make():
        a, b = socket.socketpair()
        a.sendall(b"x" * 100000); b.recv(10); b.settimeout(0)
        try:
            while True: b.recv(100000)
        except BlockingIOError: pass
        b.close()
        try: a.send(b"fails")
        except OSError: pass
        return weakref.ref(a), weakref.ref(b)
    with warnings.catch_warnings(record=True) as caught:
        a, b = make()
        print([w.category.__name__ for w in caught])
        caught.clear()  # a warning holds the socket it is about
        print(a(), b())
"""
        )
        self.assertEqual(ran.out, "['ResourceWarning']\nNone None\n")
        self.assertEqual(sorted(r.data["how"] for r in ran.capture.of("close")), ["close", "collected"])

    def test_arguments_locals_and_frames(self) -> None:
        """Sources are looked for in the frames of a big upload; their locals must die as they would."""
        with servers.Server(servers.upload) as server:
            ran = self.both(
                """
    import gc, http.client, sys, urllib.request, weakref
    gc.disable()
    class Thing: pass
    refs = []
    def inner(thing, port, body):
        other = Thing(); refs.append(weakref.ref(other))
        with open(__file__, "rb") as file:
            reply = urllib.request.urlopen("http://127.0.0.1:%d/" % port, data=body).read()
            del other
            print(refs[-1]() is None, "after del, in the frame")
        return reply
    def outer(port):
        thing = Thing(); refs.append(weakref.ref(thing))
        body = b"b" * 100000
        before = sys.getrefcount(body)
        reply = inner(thing, port, body)
        print(sys.getrefcount(body) - before)
        thing = None
        print(refs[0]() is None, "after rebinding")
        return reply
    print(outer(int(sys.argv[1])))
    print([r() for r in refs])
""",
                str(server.port),
            )
        (body,) = ran.capture.of("body")
        self.assertEqual([source["path"][-10:] for source in body.data["sources"]], ["program.py"])

    def test_cycles_are_not_made(self) -> None:
        with servers.Server(servers.upload) as server:
            self.both(
                """
    import gc, http.client, sys
    def request():
        c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
        c.request("POST", "/", body=b"x" * 70000)
        c.getresponse().read(); c.close()
    request()
    gc.collect(); gc.disable()
    request()
    print(gc.collect())
""",
                str(server.port),
            )

    def test_a_callers_locals_dict_stays_as_it_was(self) -> None:
        with servers.Server(servers.upload) as server:
            self.both(
                """
    import sys, urllib.request
    def call(port):
        x = 1
        snapshot = locals()
        x = 2
        urllib.request.urlopen("http://127.0.0.1:%d/" % port, data=b"x" * 70000)
        print(snapshot["x"], x, sorted(snapshot))
    call(int(sys.argv[1]))
""",
                str(server.port),
            )


class Looks(ProbeTest):
    """What introspection shows of the patched functions."""

    def test_names_and_signatures(self) -> None:
        self.both(
            """
    import http.client, inspect, socket, ssl, urllib.request
    names = [(socket.socket, n) for n in ("send sendall sendto sendmsg recv recv_into recvfrom recvfrom_into recvmsg "
             "recvmsg_into connect connect_ex accept shutdown detach _real_close sendfile getsockopt").split()]
    names += [(ssl.SSLSocket, n) for n in ("send sendall write recv recv_into read pending do_handshake unwrap "
              "_real_close _create").split()]
    names += [(http.client.HTTPConnection, n) for n in "connect request endheaders getresponse".split()]
    names += [(urllib.request.OpenerDirector, "open"), (socket, "getaddrinfo"), (socket, "gethostbyname")]
    for owner, name in names:
        f = getattr(owner, name)
        try: signature = str(inspect.signature(f))
        except ValueError as error: signature = "none"
        print(name, f.__name__, f.__qualname__, (f.__doc__ or "")[:60].split(chr(10))[0], signature.split(" at 0x")[0])
"""
        )

    def test_pickle_and_mock(self) -> None:
        self.both(
            """
    import pickle, socket, ssl, http.client
    from unittest import mock
    for f in (socket.getaddrinfo, http.client.HTTPConnection.request, socket.socket.send, ssl.SSLSocket.read):
        print(pickle.loads(pickle.dumps(f)) is f)
    s = mock.create_autospec(socket.socket)
    s.return_value.recv.return_value = b"mocked"
    print(s().recv(3), s().send(b"x") is not None)
    with mock.patch("socket.socket.send", return_value=7):
        a, b = socket.socketpair(); print(a.send(b"x"))
    print(a.send(b"x"), b.recv(2))
    with mock.patch("socket.socket") as m:
        m.return_value.recv.return_value = b"y"
        print(socket.socket().recv(1))
    with mock.patch.object(socket, "getaddrinfo", side_effect=socket.gaierror(1, "x")):
        try: socket.create_connection(("a", 1))
        except socket.gaierror as e: print(e.args)
"""
        )

    def test_subclasses(self) -> None:
        ran = self.both(
            """
    import socket, ssl
    class Counting(socket.socket):
        def send(self, data, *more):
            self.count = getattr(self, "count", 0) + len(data)
            return super().send(data, *more)
        def recv(self, n): return super().recv(n)[::-1]
    a, b = socket.socketpair()
    c = Counting(fileno=a.detach()); d = Counting(fileno=b.detach())
    print(c.send(b"abc"), d.recv(3), c.count)
    c.sendall(b"def"); print(d.recv_into(bytearray(3)), c.count)
"""
        )
        self.assertEqual(ran.out, "3 b'cba' 3\n3 3\n")
        self.assertEqual([r.payload for r in ran.capture.of("io")], [b"abc", b"abc", b"def", b"def"])

    def test_modules_look_untouched(self) -> None:
        self.both(
            """
    import importlib, socket, ssl, sys, urllib.request
    for module in (socket, ssl, urllib.request):
        print(type(module.__spec__.loader).__name__, sorted(vars(module.__loader__)))
    print([getattr(f, "__name__", None) for f in sys.meta_path][-3:])
    importlib.reload(socket)
    a, b = socket.socketpair(); print(a.send(b"reloaded"), b.recv(8))
"""
        )


if __name__ == "__main__":
    unittest.main()
