"""Processes: fork, subprocess, spawn, exec, and the ways to end. What was written up to the end is there."""

import multiprocessing
import os
import select
import signal
import stat
import subprocess
import sys
import unittest

from support.capture import find
from support.case import ProbeTest


class Children(ProbeTest):
    """Every process writes a file of its own."""

    def test_fork(self) -> None:
        ran = self.program(
            """
    import os, socket
    a, b = socket.socketpair()
    a.send(b"parent"); b.recv(6)
    pid = os.fork()
    if pid == 0:
        a.send(b"child"); c, d = socket.socketpair(); c.send(b"own")
        os._exit(0)
    os.waitpid(pid, 0)
    print(b.recv(5)); a.send(b"parent again")
"""
        )
        parent, child = ran.captures
        self.assertFalse(parent.one("process").data["forked"])
        self.assertTrue(child.one("process").data["forked"])
        self.assertEqual(child.one("process").data["ppid"], parent.header["pid"])
        self.assertEqual(parent.stream(1, True), b"parentparent again")
        inherited = child.one("socket", how="inherited").data["id"]
        self.assertEqual(child.stream(inherited, True), b"child")
        self.assertEqual([r.data["how"] for r in child.of("socket")], ["inherited", "created"])
        self.assertEqual(ran.out, "b'child'\n")

    def test_fork_without_io_leaves_no_file(self) -> None:
        ran = self.program("import os\npid = os.fork()\nif not pid: os._exit(0)\nos.waitpid(pid, 0)\n")
        self.assertEqual(len(ran.captures), 1)

    def test_fork_inside_a_library_call(self) -> None:
        """The child's stack still stands on the parent's scope, whose ids it does not know."""
        ran = self.program(
            """
    import http.client, os, socket
    class Connection(http.client.HTTPConnection):
        def connect(self):
            self.sock, self.other = socket.socketpair()
            self.pid = os.fork()
    c = Connection("x")
    c.request("GET", "/")
    if c.pid == 0: os._exit(0)
    os.waitpid(c.pid, 0)
"""
        )
        parent, child = ran.captures
        self.assertIn(b"GET /", parent.stream(parent.of("io")[0].data["socket"], True))
        record = child.of("io")[0]
        self.assertEqual(record.data["scope"], 0)
        self.assertIn("program.py:<module>", child.frames(record.data["stack"]))

    def test_fork_in_threads(self) -> None:
        ran = self.program(
            """
    import os, socket, threading
    stop = False
    def talk():
        a, b = socket.socketpair()
        while not stop:
            a.send(b"x" * 100); b.recv(100)
    threads = [threading.Thread(target=talk) for _ in range(4)]
    for t in threads: t.start()
    for _ in range(25):
        pid = os.fork()
        if pid == 0:
            a, b = socket.socketpair(); a.send(b"child"); b.recv(5)
            os._exit(0)
        if os.waitpid(pid, 0)[1]: print("failed")
    stop = True
    for t in threads: t.join()
"""
        )
        self.assertEqual(ran.out, "")
        captures = ran.captures
        self.assertEqual(len(captures), 26)
        for child in captures[1:]:
            self.assertEqual(child.stream(child.of("io")[0].data["socket"], True), b"child")

    def test_multiprocessing(self) -> None:
        for method in multiprocessing.get_all_start_methods():
            with self.subTest(method=method):
                ran = self.both(
                    """
    import multiprocessing, socket, sys
    def work(x):
        a, b = socket.socketpair(); a.sendall(b"work %d" % x)
        return b.recv(10)
    if __name__ == "__main__":
        context = multiprocessing.get_context(sys.argv[1])
        with context.Pool(2) as pool:
            print(sorted(pool.map(work, range(4))))
            pool.close(); pool.join()
""",
                    method,
                )
                sent = set()
                for capture in ran.captures:
                    sent.update(r.payload for r in capture.of("io", call="sendall"))
                self.assertLessEqual({b"work 0", b"work 1", b"work 2", b"work 3"}, sent)

    def test_exec_begins_a_second_file(self) -> None:
        ran = self.program(
            """
    import os, sys
    if len(sys.argv) == 1:
        os.execv(sys.executable, [sys.executable, __file__, "again"])
    print(sys.argv[1:])
"""
        )
        self.assertEqual(ran.out, "['again']\n")
        first, second = ran.captures
        self.assertEqual(first.header["pid"], second.header["pid"])
        names = sorted(os.path.basename(one.path) for one in ran.captures)
        self.assertEqual(names, ["process-%d-%d.fwp" % (first.header["pid"], n) for n in (0, 1)])

    def test_a_closed_copy_of_a_forked_tls_socket_takes_nothing(self) -> None:
        """A forking TLS server closes its copy; the child must still get the client's bytes."""
        from support import servers

        cert, key = servers.certificate()
        ran = self.both(
            """
    import os, socket, ssl, sys, threading
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); server.load_cert_chain(sys.argv[1], sys.argv[2])
    client = ssl.create_default_context(cafile=sys.argv[1])
    l = socket.create_server(("127.0.0.1", 0))
    pid = os.fork()
    if pid == 0:
        s = client.wrap_socket(socket.create_connection(l.getsockname()), server_hostname="localhost")
        s.sendall(b"for the child"); print(s.recv(100).decode(), flush=True)
        os._exit(0)
    c, _ = l.accept()
    c = server.wrap_socket(c, server_side=True)
    import select; select.select([c], [], [])
    r, w = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.read(r, 1)
        c.sendall(b"got " + c.recv(100)); c.close()
        os._exit(0)
    c.close()
    os.write(w, b"x")
    print(os.waitpid(worker, 0)[1], os.waitpid(pid, 0)[1])
""",
            cert,
            key,
        )
        self.assertIn("got for the child", ran.out)
        words = [r.data for one in ran.captures for r in one.of("last-words") if r.data["outcome"] == "not-attempted"]
        self.assertTrue(any("forked" in word["reason"] for word in words), words)


class Unseen(ProbeTest):
    """Libraries whose sockets no wrapper sees are named as soon as they are loaded."""

    def test_loaded_missing_and_in_a_child(self) -> None:
        os.mkdir(os.path.join(self.folder, "gevent"))
        for name in ("pycurl.py", "gevent/__init__.py", "gevent/_socket3.py"):
            self.write(name, "")
        # where the real one is installed, too, this one is found before it
        self.write("zmq.py", "raise ModuleNotFoundError('No module named zmq')")
        ran = self.both(
            """
            import os, sys
            import gevent, pycurl
            try:
                import zmq
            except ImportError as error:
                print(error)
            pid = os.fork()
            if pid == 0:
                import gevent._socket3
                print([sorted(vars(m.__spec__.loader)) for m in (pycurl, gevent._socket3)], flush=True)
                os._exit(0)
            os.waitpid(pid, 0)
            """
        )
        seen = [[r.data["library"] for r in capture.of("unseen")] for capture in ran.captures]
        self.assertEqual(seen, [["pycurl"], ["gevent"]])


class Ends(ProbeTest):
    """However a process ends."""

    def test_in_order(self) -> None:
        ran = self.program("import socket\na, b = socket.socketpair(); a.send(b'last')\n")
        capture = ran.capture
        self.assertEqual((capture.header["flags"], capture.header["stopped"], capture.rest), (1, 0, 0))
        self.assertEqual(capture.records[-1].name, "end")
        self.assertEqual(
            sorted(r.data["how"] for r in capture.of("close")), ["exit"], "b was never used, so it is not known"
        )

    def test_what_waits_unread_at_exit(self) -> None:
        ran = self.program("import socket\na, b = socket.socketpair(); a.send(b'first'); b.recv(2)\n")
        capture = ran.capture
        words = capture.one("last-words", socket=2).data
        self.assertEqual((words["outcome"], words["bytes"]), ("recovered", 3))
        self.assertEqual(capture.stream(2, False, last_words=True), b"first")

    def test_os_exit_and_kill(self) -> None:
        for end, code in (("os._exit(3)", 3), ("os.kill(os.getpid(), signal.SIGKILL)", -9)):
            with self.subTest(end=end):
                source = "import os, signal, socket\na, b = socket.socketpair(); a.sendall(b'x' * 100000); %s\n" % end
                ran = self.program(source, code=code)
                capture = ran.capture
                self.assertEqual((len(capture.stream(1, True)), capture.header["flags"]), (100000, 0))
                self.assertFalse(capture.of("end"))

    @unittest.skipUnless(hasattr(select, "poll"), "needs poll")
    def test_killed_in_the_middle_of_a_send(self) -> None:
        path = self.write(
            "program.py",
            """
    import socket, sys
    a, b = socket.socketpair()
    print("sending", flush=True)
    a.sendall(b"k" * (8 << 20))
""",
        )
        folder = self.new_capture()
        with subprocess.Popen([sys.executable, path], env=self.environment(folder), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            # The begin record is there before the send can block; wait for it, not for a time.
            while not find(folder).of("io"):
                self.assertIsNone(process.poll(), "the program has ended")
            process.send_signal(signal.SIGKILL)
            process.wait()
        capture = find(folder)
        record = capture.one("io")
        self.assertEqual((record.data["flags"], len(record.payload)), (1, 8 << 20))

    def test_exit_codes(self) -> None:
        for end in ("sys.exit(5)", "raise KeyboardInterrupt", "1 / 0", "sys.exit('text')"):
            with self.subTest(end=end):
                self.both("import sys, socket\n%s\n" % end, code=None)

    def test_daemon_threads_at_shutdown(self) -> None:
        ran = self.program(
            """
    import socket, threading
    def talk():
        a, b = socket.socketpair()
        started.release()
        while True:
            a.send(b"x"); b.recv(1)
    started = threading.Semaphore(0)
    for _ in range(4): threading.Thread(target=talk, daemon=True).start()
    for _ in range(4): started.acquire()
"""
        )
        self.assertEqual((ran.out, ran.err), ("", ""))
        self.assertEqual(ran.capture.header["flags"], 1)
        self.assertEqual(len(ran.captures), 1, "no second file after the end")

    def test_modes(self) -> None:
        ran = self.program("import os, socket; os.umask(0); a, b = socket.socketpair(); a.send(b'x')")
        mode = stat.S_IMODE(os.stat(ran.capture.path).st_mode)
        self.assertEqual(oct(mode), oct(0o600))


if __name__ == "__main__":
    unittest.main()
