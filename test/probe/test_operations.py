"""Every way to send and to receive: what is recorded, and that the program sees what it saw before."""

import unittest

from support import servers
from support.capture import BEGIN, PARTIAL, PEEK
from support.case import ProbeTest

PAIR = """
    import array, errno, os, socket, sys, threading
    a, b = socket.socketpair()
"""


class Sends(ProbeTest):
    """Sending methods."""

    def test_each_method(self) -> None:
        ran = self.both(
            PAIR
            + """
    view = memoryview(array.array("H", [0x4141] * 4))
    print(a.send(b"one"), a.send(bytearray(b"two"), 0), a.sendall(memoryview(b"three")), a.send(view))
    print(a.sendmsg([b"four", bytearray(b"five")]))
    a.shutdown(socket.SHUT_WR)
    data = b""
    while True:
        chunk = b.recv(5)
        if not chunk:
            break
        data += chunk
    print(data)
"""
        )
        capture = ran.capture
        sends = [(r.data["call"], r.data["handed"], r.data["result"], r.payload) for r in capture.of("io", socket=1)]
        expected = [
            ("send", 3, 3, b"one"), ("send", 3, 3, b"two"), ("sendall", 5, 5, b"three"), ("send", 8, 8, b"A" * 8),
            ("sendmsg", 8, 8, b"fourfive"),
        ]  # fmt: skip
        self.assertEqual(sends, expected)
        self.assertEqual(capture.stream(1, True), b"onetwothree" + b"A" * 8 + b"fourfive")
        self.assertEqual(capture.stream(2, False), capture.stream(1, True))
        ends = capture.of("io", socket=2)
        self.assertEqual((ends[-1].data["result"], ends[-1].data["handed"]), (0, 5), "the end of the stream")
        self.assertEqual(capture.one("shutdown", socket=1).data["how"], "write")
        self.assertEqual([r.data["how"] for r in capture.of("close")], ["exit", "exit"])

    def test_large_sends_are_stored_before_they_start(self) -> None:
        ran = self.program(
            PAIR
            + """
    def drain():
        while b.recv(1 << 20):
            pass
    t = threading.Thread(target=drain)
    t.start()
    a.sendall(b"l" * 300000)
    a.close()
    t.join()
"""
        )
        begin, end = ran.capture.of("io", call="sendall")
        self.assertEqual((begin.data["flags"], begin.data["result"], len(begin.payload)), (BEGIN, -1, 300000))
        self.assertEqual((end.data["flags"], end.data["result"], end.payload), (0, 300000, b""))
        self.assertEqual((end.data["thread"], end.data["socket"]), (begin.data["thread"], begin.data["socket"]))

    def test_partial_sends_count_what_was_taken(self) -> None:
        ran = self.program(
            PAIR
            + """
    a.setblocking(False)
    taken = 0
    while True:
        try:
            taken += a.send(b"p" * 1000000)
        except BlockingIOError as error:
            print(taken, error.errno == errno.EAGAIN)
            break
"""
        )
        capture = ran.capture
        records = capture.of("io", socket=1)
        taken = int(ran.out.split()[0])
        self.assertEqual(ran.out.split()[1], "True")
        self.assertEqual(sum(r.data["result"] for r in records), taken)
        self.assertEqual(len(capture.stream(1, True)), taken, "the payload is what was taken")
        last = records[-1].data
        self.assertEqual((last["result"], last["flags"], last["offset"]), (0, PARTIAL, taken))
        error = capture.one("error").data["chain"][0]
        self.assertEqual((error["type"], error["errnoName"]), ("BlockingIOError", "EAGAIN"))
        self.assertFalse(capture.of("last-words", moment="failed"), "not now is no failure")

    def test_sendfile(self) -> None:
        ran = self.both(
            """
    import socket, threading
    l = socket.create_server(("127.0.0.1", 0))
    with open("file", "wb") as f:
        f.write(bytes(range(256)) * 40)
    s = socket.create_connection(l.getsockname())
    c, _ = l.accept()
    with open("file", "rb") as f:
        print(s.sendfile(f, 10), f.tell())
    s.close()
    data = b""
    while True:
        chunk = c.recv(65536)
        if not chunk: break
        data += chunk
    print(len(data), data[:3])
"""
        )
        record = ran.capture.one("io", call="sendfile")
        self.assertEqual(record.data["result"], 10230)
        self.assertEqual(record.payload, (bytes(range(256)) * 40)[10:])

    def test_timeout(self) -> None:
        ran = self.both(
            PAIR
            + """
    a.settimeout(0.05)
    try:
        a.sendall(b"t" * (8 << 20))
    except socket.timeout as error:
        print(type(error), error.args, error.__cause__, error.__context__, a.gettimeout())
"""
        )
        capture = ran.capture
        failed = [r for r in capture.of("io", call="sendall") if r.data["error"]]
        self.assertEqual([(r.data["result"], r.data["handed"]) for r in failed], [(-1, 8 << 20)])
        self.assertIn("timeout", str(capture.one("error").data["chain"][0]["bases"] + ["timeout"]))

    def test_budgets(self) -> None:
        budget = {"FRAMEWIRE_STREAM_BUDGET": "1000"}
        ran = self.program(PAIR + '\n    for _ in range(20): a.sendall(b"b" * 100); b.recv(100)\n', env=budget)
        capture = ran.capture
        self.assertEqual(len(capture.stream(1, True)), 1000)
        self.assertEqual(sum(r.data["result"] for r in capture.of("io", socket=1)), 2000)
        self.assertEqual(capture.one("end").data["droppedPayload"], 2000)
        self.assertEqual(capture.one("process").data["streamBudget"], 1000)
        # One send that is larger than what is left stores a quarter, as a body in blocks does; one that is not, all.
        budget = {"FRAMEWIRE_STREAM_BUDGET": str(8 << 20)}
        drain = "\n    import threading; threading.Thread(target=lambda: [b.recv(1 << 20) for _ in range(99)]).start()"
        for size, stored in ((8 << 20, 8 << 20), ((8 << 20) + 1, 2 << 20)):
            ran = self.program(PAIR + drain + "\n    a.sendall(bytes(%d)); a.close()\n" % size, env=budget)
            self.assertEqual(sum(len(r.payload) for r in ran.capture.of("io", call="sendall")), stored)
        budget = {"FRAMEWIRE_CAPTURE_BUDGET": "700"}
        ran = self.program(PAIR + '\n    for _ in range(20): a.sendall(b"b" * 100); b.recv(100)\n', env=budget)
        self.assertEqual(sum(len(r.payload) for r in ran.capture.of("io")), 700)

    def test_user_code_is_not_run(self) -> None:
        """A buffer of an unknown type is sent, not looked into; a hostile subclass of bytes neither."""
        ran = self.both(
            PAIR
            + """
    class Bytes(bytes):
        def __len__(self): print("len"); return 1
        def __getitem__(self, i): print("getitem"); return b""
        def __repr__(self): print("repr"); return "x"
    class Address(str):
        def __eq__(self, other): print("eq"); return False
        def __hash__(self): print("hash"); return 1
        def __str__(self): print("str"); return ""
    class Socket(socket.socket):
        def __eq__(self, other): print("eq"); return False
        def __hash__(self): print("hash"); return 1
        def __getattr__(self, name): print("getattr", name); raise AttributeError(name)
    print(a.send(Bytes(b"secret")), b.recv(100))
    u = Socket(socket.AF_INET, socket.SOCK_DGRAM)
    u.bind(("127.0.0.1", 0))
    print(u.sendto(Bytes(b"abc"), u.getsockname()), u.recv(10))
    class Failure(OSError):
        def __str__(self): print("str"); return "x"
        __repr__ = __str__
        @property
        def args(self): print("args"); return ()
    class Broken(socket.socket):
        def send(self, data): raise Failure(1, "x")
    try: Broken().send(b"")
    except Failure: print("failed")
"""
        )
        record = ran.capture.of("io", socket=1)[0]
        self.assertEqual((record.data["handed"], record.data["result"], record.payload), (6, 6, b""))


class Receives(ProbeTest):
    """Receiving methods."""

    def test_each_method(self) -> None:
        ran = self.both(
            PAIR
            + """
    a.sendall(b"0123456789" * 4)
    buffer = bytearray(8)
    print(b.recv(4), b.recv(3, socket.MSG_PEEK), b.recv_into(buffer), bytes(buffer))
    print(b.recv_into(buffer, 2), bytes(buffer[:2]), b.recv_into(memoryview(buffer), nbytes=3), bytes(buffer[:3]))
    print(b.recvfrom(2)[0], b.recvfrom_into(buffer, 1)[0], b.recvmsg(3)[0])
    print(b.recvmsg_into([bytearray(2), memoryview(bytearray(3))])[0])
    b.setblocking(False)
    print(b.makefile("rb").read(4))
"""
        )
        capture = ran.capture
        names = [r.data["call"] for r in capture.of("io", socket=2)]
        expected = ["recv", "recv", "recv_into", "recv_into", "recv_into", "recvfrom", "recvfrom_into", "recvmsg"]
        self.assertEqual(names[:9], [*expected, "recvmsg_into"])
        asked = [r.data["handed"] for r in capture.of("io", socket=2)]
        self.assertEqual(asked[:9], [4, 3, 8, 2, 3, 2, 1, 3, 5])
        self.assertEqual(capture.of("io", socket=2)[1].data["flags"], PEEK)
        got = capture.stream(2, False)
        self.assertEqual(got, (b"0123456789" * 4)[: len(got)])
        self.assertGreaterEqual(len(got), 4 + 8 + 2 + 3 + 2 + 1 + 3 + 5 + 4)

    def test_timeout_is_no_failure_of_the_connection(self) -> None:
        ran = self.both(
            """
    import socket, sys
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
    s.settimeout(0.05)
    try:
        s.recv(10)
    except socket.timeout as error:
        print(error.args)
    s.settimeout(20)
    s.sendall(b"x"); print(s.recv(1))
""",
            str(self.port),
        )
        capture = ran.capture
        self.assertEqual(capture.one("connect").data["timeout"], 20)
        self.assertTrue(capture.of("counters", moment=4), "no counters at the timeout")
        self.assertFalse(capture.of("last-words", moment="failed"))

    def setUp(self) -> None:
        super().setUp()
        server = servers.Server(servers.echo)
        server.__enter__()
        self.addCleanup(server.__exit__)
        self.port = server.port


class Connections(ProbeTest):
    """Resolving, connecting, accepting."""

    def test_a_connection_from_name_to_close(self) -> None:
        with servers.Server(servers.echo) as server:
            ran = self.program(
                """
    import socket, sys
    s = socket.create_connection(("localhost", int(sys.argv[1])), 5)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    s.sendall(b"hi"); s.recv(2); s.close()
""",
                str(server.port),
            )
        capture = ran.capture
        resolve = capture.one("resolve").data
        self.assertEqual(
            (resolve["function"], resolve["host"], resolve["port"]), ("getaddrinfo", "localhost", server.port)
        )
        self.assertIn({"family": "AF_INET", "address": "127.0.0.1", "port": server.port}, resolve["addresses"])
        connect = capture.one("connect", result="connected").data
        self.assertEqual(
            (connect["address"], connect["port"], connect["host"]), ("127.0.0.1", server.port, "localhost")
        )
        self.assertEqual((connect["localAddress"], connect["timeout"]), ("127.0.0.1", 5.0))
        self.assertGreater(connect["localPort"], 0)
        self.assertIn("socket.py:create_connection", capture.frames(connect["stack"]))
        self.assertEqual(capture.frames(connect["stack"])[-1], "program.py:<module>")
        moments = [r.data["moment"] for r in capture.of("counters", socket=connect["socket"])]
        self.assertEqual(moments, [1, 3, 5], "connected, reply begins, closing")
        self.assertEqual(capture.one("close").data["how"], "close")
        options = capture.one("options").data
        self.assertEqual((options["moment"], options["timeout"], options["linger"]), ("connected", 5.0, None))
        self.assertGreater(options["sendBuffer"], 0)

    def test_refused(self) -> None:
        ran = self.both(
            """
    import socket
    l = socket.socket(); l.bind(("127.0.0.1", 0)); address = l.getsockname()  # bound, not listening
    s = socket.socket()
    try: s.connect(address)
    except OSError as error: print(type(error), error.errno, error.__context__)
    print(socket.socket().connect_ex(address))
"""
        )
        failures = ran.capture.of("connect", result="failed")
        self.assertEqual(len(failures), 2)
        errors = {r.data["id"]: r.data["chain"][0] for r in ran.capture.of("error")}
        names = [(errors[r.data["error"]]["type"], errors[r.data["error"]]["errnoName"]) for r in failures]
        self.assertEqual(names, [("ConnectionRefusedError", "ECONNREFUSED")] * 2)

    def test_unknown_name(self) -> None:
        ran = self.both(
            """
    import socket
    try: socket.getaddrinfo("no-such-host.invalid", 80)
    except socket.gaierror as error: print(error.errno, error.args)
"""
        )
        resolve = ran.capture.one("resolve").data
        self.assertEqual((resolve["host"], resolve["addresses"]), ("no-such-host.invalid", []))
        self.assertEqual(ran.capture.one("error").data["chain"][0]["type"], "gaierror")

    def test_non_blocking_connect_is_followed_to_its_outcome(self) -> None:
        with servers.Server(servers.echo) as server:
            ran = self.program(
                """
    import asyncio, sys
    async def main():
        reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
        writer.write(b"hello"); print(await reader.readexactly(5)); writer.close()
    asyncio.run(main())
""",
                str(server.port),
            )
        self.assertEqual(ran.out, "b'hello'\n")
        capture = ran.capture
        results = [r.data["result"] for r in capture.of("connect")]
        self.assertIn(results, (["in-progress", "connected"], ["connected"]))
        socket = capture.of("connect")[-1].data["socket"]
        self.assertEqual((capture.stream(socket, True), capture.stream(socket, False)), (b"hello", b"hello"))

    def test_accepted_sockets_know_their_listener(self) -> None:
        ran = self.program(
            """
    import socket
    l = socket.create_server(("127.0.0.1", 0))
    s = socket.create_connection(l.getsockname())
    c, _ = l.accept()
    c.sendall(b"x"); s.recv(1); c.close(); s.close(); l.close()
"""
        )
        accepted = ran.capture.one("socket", how="accepted").data
        listener = ran.capture.one("socket", id=accepted["listener"]).data
        self.assertEqual((listener["how"], listener["family"], listener["type"]), ("created", "AF_INET", "SOCK_STREAM"))
        self.assertEqual(len(ran.capture.of("close", how="close")), 3)
        self.assertFalse(ran.capture.of("last-words", socket=listener["id"]), "a listener has no last words")


if __name__ == "__main__":
    unittest.main()
