"""Wire breakpoints without a debugger: their configuration, and that they change nothing and never stop.

Stops themselves are tested in real sessions, test/dap/wireStops.test.ts.
"""

import asyncio
import json
import os
import sys
import tempfile
import unittest

from support import servers
from support.case import PROBE, ProbeTest

sys.path.insert(0, PROBE)
from framewire_probe import errorpaths, places, stops, watch  # noqa: E402
from framewire_probe.recorder import recorder  # noqa: E402

STATUS = {"op": ">=", "left": {"name": "status"}, "right": {"value": 500}}
EVERYTHING = {"version": 1, "filters": [{"id": id} for id in watch.FILTERS], "autoBreakpoints": list(errorpaths.NAMES)}
# In a program under test: every breakpoint there is. Without the probe there is nothing to configure.
CONFIGURE = """
    import sys
    if "framewire_probe" in sys.modules:
        from framewire_probe import stops
        stops.configure(%r)
""" % json.dumps(EVERYTHING)


class ConfigurationTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, recorder, "watch", None)

    def test_a_configuration_replaces_the_one_before(self):
        first = {"version": 1, "filters": [{"id": "wire.failed", "condition": STATUS}], "autoBreakpoints": ["httpx"]}
        answer = json.loads(stops.configure(json.dumps(first)))
        expected = {"version": 1, "filters": ["wire.failed"], "autoBreakpoints": ["httpx"], "recording": False}
        self.assertEqual(answer, expected)
        self.assertIsNotNone(recorder.watch.failures)
        self.assertIsNone(recorder.watch.reads)
        stops.configure({"version": 1, "filters": [{"id": "wire.errorStatusRead"}]})
        self.assertIsNone(recorder.watch.failures)
        self.assertIsNotNone(recorder.watch.reads)
        self.assertEqual(recorder.watch.paths, ())

    def test_nothing_on_costs_nothing(self):
        stops.configure(EVERYTHING)
        self.assertIsNotNone(recorder.watch)
        stops.configure({"version": 1, "filters": [], "autoBreakpoints": []})
        self.assertIsNone(recorder.watch)

    def test_what_is_wrong_changes_nothing(self):
        stops.configure(EVERYTHING)
        before = recorder.watch
        for wrong in (
            "",
            "{",
            "[]",
            "null",
            " " * (2 << 20),
            {},
            {"version": 2},
            {"version": 1, "filters": {}},
            {"version": 1, "filters": ["wire.failed"]},
            {"version": 1, "filters": [{"id": "wire.unheardOf"}]},
            {"version": 1, "filters": [{"id": "wire.failed", "condition": {"op": "import"}}]},
            {"version": 1, "autoBreakpoints": ["os.system"]},
            {"version": 1, "topFrame": "probe"},
            {"version": 1, "stopAt": ["a.py"]},
            {"version": 1, "stopAt": [{"file": "a.py", "line": 0}]},
            {"version": 1, "stopAt": [{"file": "a.py", "line": 3, "endLine": 2}]},
        ):
            with self.subTest(wrong=str(wrong)[:60]), self.assertRaises(ValueError):
                stops.configure(wrong)
            self.assertIs(recorder.watch, before)

    def test_nothing_is_stopped(self):
        self.assertEqual(stops.describe(), "null")
        self.assertEqual(stops.describe(1), "null")


class PlacesTest(unittest.TestCase):
    """Finding the frame that a restriction speaks of."""

    def setUp(self):
        self.addCleanup(setattr, recorder, "watch", None)

    def test_the_innermost_frame_within_a_function_counts(self):
        seen = []

        def inner():
            seen.append(everything.around(sys._getframe()))

        def outer():
            inner()

        lines = outer.__code__.co_firstlineno
        everything = places.Places([places.Place(__file__, lines, lines + 1)])
        outer()
        frame, place = seen[0]
        self.assertEqual(frame.f_code.co_name, "outer")
        self.assertEqual(place.first, lines)

    @unittest.skipIf(sys.platform == "win32", "links need rights there")
    def test_a_file_has_many_names(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        link = os.path.join(folder.name, "linked")
        os.symlink(os.path.dirname(os.path.abspath(__file__)), link)
        line = sys._getframe().f_lineno + 2
        found = places.Places([places.Place(os.path.join(link, os.path.basename(__file__)), line, line)])
        self.assertIsNotNone(found.around(sys._getframe()))
        self.assertIsNone(found.around(sys._getframe()))

    def test_a_request_goes_with_the_task_that_sends_it(self):
        library = {"__name__": "aiohttp.client_reqrep", "sys": sys}
        exec("async def write_bytes(look):\n    look(sys._getframe())\n", library)
        seen = []

        async def post(places):
            places.hand_over(sys._getframe())  # as aiohttp's writer is made
            await asyncio.get_running_loop().create_task(library["write_bytes"](look))

        def look(frame):
            seen.append((asked.around(frame), asked.handed_over(frame)))

        async def chosen(places):
            await post(places)

        async def main():
            await post(asked)
            await chosen(asked)
            await post(asked)

        line = chosen.__code__.co_firstlineno
        asked = places.Places([places.Place(__file__, line, line + 1)])
        asyncio.run(main())
        self.assertEqual(seen, [(None, None), (None, asked.all[0]), (None, None)])

    def test_what_was_come_to_is_remembered_until_other_places_are_asked_about(self):
        first = {"version": 1, "stopAt": [{"file": "a.py", "line": 1}]}
        stops.configure(first)
        known = recorder.watch.places
        known.reached.add(known.all[0])
        self.assertFalse(known.pending)
        stops.configure(dict(first, filters=[{"id": "wire.failed"}]))
        self.assertIs(recorder.watch.places, known)
        stops.configure({"version": 1, "stopAt": [{"file": "a.py", "line": 2}]})
        self.assertTrue(recorder.watch.places.pending)
        stops.configure({"version": 1})
        self.assertIsNone(recorder.watch)


class QuietTest(ProbeTest):
    """In the middle of a body the wrappers count by themselves, and tell what comes of a send as before."""

    # What a stopper is told stands for the stops, which take a debugger.
    WATCHING = """
    import json, socket, ssl, sys
    from framewire_probe import watch
    from framewire_probe.recorder import recorder
    watch.attached = lambda: True
    seen = []
    def stopper(name, spot, moment):
        seen.append([name, moment.exchange.head.path, moment.exchange.handed])
        return True
    def configure(*filters):
        recorder.watch = watch.Watch(dict.fromkeys(filters), (), False, stopper)
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    if len(sys.argv) > 2:
        s = ssl.create_default_context(cafile=sys.argv[2]).wrap_socket(s, server_hostname="localhost")
    def request(path, size):
        head = "POST %s HTTP/1.1\\r\\nContent-Length: %d\\r\\n\\r\\n" % (path, size)
        s.sendall(head.encode())
        return len(head)
    def handed():
        return recorder.states[id(s)].exchange.handed
"""

    def test_requests_one_after_the_other(self):
        source = (
            self.WATCHING
            + """
    configure("wire.requestSent", "wire.earlyReply", "wire.slowReply")
    for number, path in enumerate(("/first", "/second", "/third")):
        head = request(path, 20000)
        for size in (1000, 2500):
            before = handed()
            assert s.send(b"x" * size) == size
            assert handed() == before + size, (handed(), before)
        if len(sys.argv) == 2:
            s.sendmsg([b"x" * 400, bytearray(600)])
        else:
            s.sendall(bytearray(1000))
        for _ in range(15):
            s.sendall(b"x" * 1000)
        s.sendall(memoryview(b"x" * 499))
        assert recorder.states[id(s)].exchange.open_request
        s.sendall(b"x")
        assert not recorder.states[id(s)].exchange.open_request
        assert handed() == head + 20000, (handed(), head)
        assert s.recv(12) == b"HTTP/1.1 200"
        while not s.recv(100).endswith(b"!"):
            pass
    s.close()
    print(json.dumps([(name, path) for name, path, handed in seen]))
"""
        )

        def serve(connection):
            while True:
                head = servers.read_head(connection)
                if not head:
                    return
                left = 20000 - len(head.partition(b"\r\n\r\n")[2])
                while left > 0:
                    left -= len(connection.recv(65536)) or left
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!")

        told = [["wire.requestSent", path] for path in ("/first", "/second", "/third")]
        with servers.Server(serve) as server:
            ran = self.program(source, str(server.port))
            self.assertEqual(json.loads(ran.out), told, ran.err)
        with servers.Server(serve, servers.tls()) as server:
            ran = self.program(source, str(server.port), servers.certificate()[0])
            self.assertEqual(json.loads(ran.out), told, ran.err)

    def test_a_change_in_the_middle_of_a_body_is_minded_at_once(self):
        source = (
            self.WATCHING
            + """
    import select
    configure("wire.requestSent")
    head = request("/upload", 100000)
    for _ in range(3):
        s.sendall(b"x" * 1000)
    select.select([s], [], [])
    s.sendall(b"x" * 1000)
    configure("wire.earlyReply")
    s.sendall(b"x" * 1000)
    assert seen[1:] == [["wire.earlyReply", "/upload", head + 5000]], seen
    s.sendall(b"x" * 1000)
    assert handed() == head + 6000
    recorder.watch = None
    s.sendall(b"x" * 1000)
    s.close()
    print(len(seen))
"""
        )

        def serve(connection):
            servers.read_head(connection)
            connection.sendall(servers.REFUSAL)
            while connection.recv(65536):
                pass

        with servers.Server(serve) as server:
            ran = self.program(source, str(server.port))
        self.assertEqual(ran.out, "2\n", ran.err)
        self.assertEqual(ran.capture.of("internal"), [])


class NoDebuggerTest(ProbeTest):
    """The same programs with every wire breakpoint set."""

    def test_a_refused_upload(self):
        source = (
            CONFIGURE
            + """
    import traceback, urllib.request
    for _ in range(3):
        try:
            urllib.request.urlopen("http://localhost:%s/x" % sys.argv[1], b"x" * (8 << 20))
        except OSError as error:
            print(type(error).__name__, type(error.reason).__name__ in ("BrokenPipeError", "ConnectionResetError"))
            names = [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]
            print(names if sys.version_info >= (3, 11) else names[-1])  # older ones keep an entry of every wrapper
            print(error.__context__ is error.reason, error.__cause__)
"""
        )
        with servers.Server(servers.refuse) as server:
            ran = self.both(source, str(server.port))
        self.assertEqual(ran.out.count("URLError True"), 3)
        self.assertIn("do_open", ran.out)

    def test_an_unread_reply_is_left_to_the_program(self):
        source = (
            CONFIGURE
            + """
    import select, socket
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s.sendall(b"POST /x HTTP/1.1\\r\\nContent-Length: 1000\\r\\n\\r\\n")
    for _ in range(3):
        select.select([s], [], [])
        s.sendall(b"x" * 100)
    s.shutdown(socket.SHUT_WR)
    print(s.recv(13))
    s.close()
"""
        )

        def serve(connection):
            servers.refuse(connection)
            while connection.recv(1000):
                pass

        with servers.Server(serve) as server:
            ran = self.both(source, str(server.port))
        self.assertEqual(ran.out, "b'HTTP/1.1 413 '\n")

    def test_an_early_reply_over_tls_is_left_to_the_program(self):
        source = (
            CONFIGURE
            + """
    import select, socket, ssl
    context = ssl.create_default_context(cafile=sys.argv[2])
    s = context.wrap_socket(socket.create_connection(("127.0.0.1", int(sys.argv[1]))), server_hostname="localhost")
    s.sendall(b"POST /early HTTP/1.1\\r\\nContent-Length: 100000\\r\\n\\r\\n")
    s.sendall(b"x" * 50000)
    select.select([s], [], [])
    for _ in range(5):
        s.sendall(b"x" * 100)
        select.select([], [], [], 0.001)
    data = b""
    while not data.endswith(b"early"):
        data += s.recv(10)
    print(data)
    s.sendall(b"x" * 49500)
    print(s.recv(100))
    s.close()
"""
        )

        def serve(connection):
            servers.read_head(connection)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nearly")
            left = 100000
            while left > 0:
                left -= len(connection.recv(65536)) or left
            connection.sendall(b"all")

        with servers.Server(serve, servers.tls()) as server:
            ran = self.both(source, str(server.port), servers.certificate()[0])
        self.assertIn("early", ran.out)
        self.assertIn("b'all'", ran.out)

    def test_other_protocols_and_many_sends(self):
        source = (
            CONFIGURE
            + """
    import socket
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    for size in (1, 0, 100, 70000):
        for _ in range(20):
            s.sendall(b"\\x00" * size)
    s.sendall(memoryview(b"GET / HTTP/1.1\\r\\n\\r\\n"))
    s.shutdown(socket.SHUT_WR)
    print(s.recv(100))
    d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    d.sendto(b"GET / HTTP/1.1\\r\\n\\r\\n", ("127.0.0.1", 9))
    d.close()
"""
        )
        with servers.Server(servers.swallow) as server:
            self.both(source, str(server.port))

    def test_changes_while_other_threads_send(self):
        source = (
            CONFIGURE
            + """
    import socket, threading
    left, right = socket.socketpair()
    def send():
        for _ in range(3000):
            left.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
        left.close()
    def read():
        total = 0
        while True:
            data = right.recv(65536)
            if not data:
                break
            total += len(data)
        print(total)
    threads = [threading.Thread(target=send), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    while "framewire_probe" in sys.modules and threads[0].is_alive():
        stops.configure({"version": 1})
        stops.configure({"version": 1, "filters": [{"id": "wire.requestSent"}, {"id": "wire.earlyReply"}]})
    for thread in threads:
        thread.join()
"""
        )
        self.assertEqual(self.both(source).out, "54000\n")

    def test_a_forked_child_keeps_them(self):
        if sys.platform == "win32":
            self.skipTest("no fork")
        source = (
            CONFIGURE
            + """
    import os, socket
    sys.stdout.flush()
    pid = os.fork()
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s.sendall(b"POST / HTTP/1.1\\r\\nContent-Length: 3\\r\\n\\r\\nabc")
    answer = s.recv(100)
    s.close()
    if pid == 0:
        os._exit(0 if answer.startswith(b"HTTP/1.1 201") else 1)
    print(answer[:12], os.waitpid(pid, 0)[1])
"""
        )
        with servers.Server(servers.upload) as server:
            ran = self.both(source, str(server.port))
        self.assertEqual(ran.out, "b'HTTP/1.1 201' 0\n")


if __name__ == "__main__":
    unittest.main()
