"""When recording cannot go on, the program does: full disk, closed descriptors, an error of the probe's own."""

import errno
import os
import shutil
import subprocess
import unittest

from support.capture import find
from support.case import PROBE, ProbeTest

TALK = """
    import os, resource, signal, socket, sys
    a, b = socket.socketpair()
    def talk(times, size=1000):
        total = 0
        for _ in range(times):
            a.sendall(b"x" * size)
            left = size
            while left:
                left -= len(b.recv(left))
            total += size
        return total
"""


class Disk(ProbeTest):
    """No room for the capture."""

    def test_file_size_limit(self) -> None:
        ran = self.program(
            TALK
            + """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))
    print(talk(100), talk(3, 100000))
"""
        )
        self.assertEqual((ran.out, ran.err), ("100000 300000\n", ""))
        capture = ran.capture
        self.assertEqual(capture.header["stopped"], errno.EFBIG)
        self.assertGreater(len(capture.of("io")), 10, "what came before is there")
        self.assertLessEqual(os.path.getsize(capture.path), 50000)

    def test_full_disk(self) -> None:
        mount = os.path.join(self.folder, "tiny")
        os.mkdir(mount)
        command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "tmpfs", mount]
        if not shutil.which("mount") or subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            self.skipTest("needs to mount a small file system")
        try:
            ran = self.program(TALK + "\n    print(talk(200))\n", env={"FRAMEWIRE_CAPTURE": mount})
            self.assertEqual((ran.out, ran.err), ("200000\n", ""))
            capture = find(mount)
        finally:
            subprocess.run(["umount", mount], check=True)
        self.assertEqual(capture.header["stopped"], errno.ENOSPC)
        self.assertGreater(len(capture.of("io")), 10)

    def test_folder_removed(self) -> None:
        ran = self.program(
            TALK
            + """
    import shutil
    shutil.rmtree(os.environ["FRAMEWIRE_CAPTURE"])
    print(talk(5))
    sys.stdout.flush()
    if os.fork() == 0:
        print(talk(1)); sys.stdout.flush(); os._exit(0)
    os.wait()
"""
        )
        self.assertEqual((ran.out, ran.err), ("5000\n1000\n", ""))


class Descriptors(ProbeTest):
    """Programs that close descriptors they do not know."""

    def test_daemons_close_everything(self) -> None:
        ran = self.program(
            TALK
            + """
    print(talk(3))
    os.closerange(max(a.fileno(), b.fileno()) + 1, 4096)
    files = [os.open("file-%d" % n, os.O_CREAT | os.O_RDWR) for n in range(30)]
    print(talk(3), [os.fstat(fd).st_size for fd in files] == [0] * 30)
"""
        )
        self.assertEqual(ran.out, "3000\n3000 True\n")
        capture = ran.capture
        self.assertEqual(len(capture.stream(1, True)), 6000, "recording goes on in the same file")
        self.assertEqual(capture.header["stopped"], 0)

    def test_our_number_in_use_by_another_file(self) -> None:
        """The descriptor's number is given to another file; nothing of ours may get into it."""
        ran = (
            self.program(
                TALK
                + """
    print(talk(1))
    ours = [int(n) for n in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + n)
            and os.readlink("/proc/self/fd/" + n).endswith(".fwp")]
    other = os.open("other", os.O_CREAT | os.O_RDWR)
    os.dup2(other, ours[0])
    c, d = socket.socketpair()
    c.send(b"new socket")
    print(len(ours), os.fstat(other).st_size)
"""
            )
            if os.path.isdir("/proc/self/fd")
            else self.skipTest("needs /proc")
        )
        self.assertEqual(ran.out.split(), ["1000", "1", "0"])
        self.assertIn(b"new socket", [r.payload for r in ran.capture.of("io")])

    def test_not_inherited(self) -> None:
        ran = self.program(
            """
    import os, subprocess, sys
    if not os.path.isdir("/proc/self/fd"): print("[]"); sys.exit()
    code = "import os; print([l for l in (os.readlink('/proc/self/fd/' + n) for n in os.listdir('/proc/self/fd') if "
    code += "os.path.exists('/proc/self/fd/' + n)) if '.fwp' in l])"
    print(subprocess.check_output([sys.executable, "-S", "-c", code], close_fds=False).decode())
"""
        )
        self.assertEqual(ran.out.strip(), "[]")

    def test_few_descriptors_allowed(self) -> None:
        ran = self.program(
            """
    import resource, subprocess, sys
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    code = "import socket; a, b = socket.socketpair(); a.send(b'few'); print(b.recv(3))"
    print(subprocess.check_output([sys.executable, "-c", code]).decode())
"""
        )
        self.assertEqual(ran.out.strip(), "b'few'")
        self.assertTrue(any(r.payload == b"few" for one in ran.captures for r in one.of("io")))

    def test_the_programs_own_numbers_stay_as_they_are(self) -> None:
        for limit in (256, 64, 32):
            with self.subTest(limit=limit):
                self.both(
                    """
                    import os, resource, sys
                    if len(sys.argv) == 2:
                        limit = int(sys.argv[1])
                        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
                        os.execv(sys.executable, [sys.executable, *sys.argv, "limited"])
                    import socket
                    a, b = socket.socketpair()
                    print(a.fileno(), b.fileno(), os.open(os.devnull, os.O_RDONLY))
                    """,
                    str(limit),
                )


class OwnErrors(ProbeTest):
    """An error in the probe switches it off, is recorded, and goes unnoticed."""

    def test_in_every_wrapper(self) -> None:
        """Each helper of the wrappers is made to fail in turn, in the middle of everything."""
        points = [
            ("operations", "first_bytes"), ("operations", "stack_of"), ("sending", "state_of"), ("sending", "size_of"),
            ("receiving", "state_of"), ("receiving", "asked_of"), ("connecting", "_note"), ("resolving", "_note"),
            ("closing", "before_close"), ("closing", "note_shutdown"), ("scopes", "enter"), ("scopes", "finish"),
            ("handshake", "_note"), ("wrappers", "error_id"), ("lifecycle", "_write_uncaught"), ("stacks", "code_id"),
            ("sockets", "of_debugger"), ("kernel", "tcp_info"), ("recorder", "encode"), ("lastwords", "_report"),
        ]  # fmt: skip
        source = """
    import sys
    import framewire_probe
    module = sys.modules["framewire_probe." + sys.argv[1]]
    assert hasattr(module, sys.argv[2])
    def broken(*args, **kwargs): raise ZeroDivisionError("of the probe's own")
    # As if it were the probe's own code that raises.
    code = broken.__code__.replace(co_filename=module.__file__)
    broken.__code__ = code
    setattr(module, sys.argv[2], broken)
    import http.client, socket, threading, urllib.request
    listener = socket.create_server(("127.0.0.1", 0))
    def serve():
        c, _ = listener.accept()
        while b"\\r\\n\\r\\n" not in c.recv(1000): pass
        c.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nfine"); c.shutdown(socket.SHUT_WR); c.close()
    t = threading.Thread(target=serve); t.start()
    print(urllib.request.urlopen("http://localhost:%d/" % listener.getsockname()[1]).read())
    t.join()
    try: socket.socket().send(b"x")
    except OSError as error: print(error.errno, error.__context__)
    a, b = socket.socketpair(); a.sendall(b"still"); print(b.recv(5))
"""
        for module, name in points:
            with self.subTest(module=module, name=name):
                env = {"PROBE_TEST_PATH": PROBE}
                ran = self.program(source, module, name, env=env)
                lines = ran.out.splitlines()
                self.assertEqual(lines[0], "b'fine'")
                self.assertRegex(lines[1], r"^(32|107|57) None$")
                self.assertEqual((lines[2:], ran.err), (["b'still'"], ""))
                if name in ("encode", "_report", "before_close", "code_id", "of_debugger"):
                    continue  # it cannot even be told, or comes with the first socket
                if name != "_note" or module != "handshake":
                    internal = ran.capture.of("internal")
                    # client and server are two threads, and may both be on their way when it breaks
                    self.assertIn(len(internal), (1, 2), ran.capture.summary())
                    for record in internal:
                        self.assertIn("ZeroDivisionError", record.data["message"])
                    self.assertEqual(ran.capture.header["stopped"], 0xFFFFFFFF)

    def test_deep_recursion_is_the_programs(self) -> None:
        ran = self.program(
            """
    import socket, sys
    a, b = socket.socketpair()
    def down(n):
        if n == 0:
            return a.send(b"deep")
        return down(n - 1)
    reached = 0
    for depth in range(sys.getrecursionlimit() - 200, sys.getrecursionlimit() + 10):
        try:
            down(depth); reached = depth
        except RecursionError:
            break
    print(reached > sys.getrecursionlimit() - 100)
    a.send(b"after")
"""
        )
        self.assertEqual(ran.out, "True\n")
        self.assertFalse(ran.capture.of("internal"), ran.capture.of("internal"))
        self.assertEqual(ran.capture.of("io")[-1].payload, b"after")


if __name__ == "__main__":
    unittest.main()
