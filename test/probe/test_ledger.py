"""Sends that are entered in the ledger: exact to the send, there after a kill, and no harm to descriptors or disk."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Any, Dict, List

from support import servers
from support.capture import Capture, Record, find
from support.case import PROBE, ProbeTest

sys.path.insert(0, PROBE)
from framewire_probe.ledger import is_writable_in_place  # noqa: E402

NO_PAYLOAD = {"FRAMEWIRE_STREAM_BUDGET": "0"}
# Every size another one; what is sent is read at once, so that nothing ever blocks.
SENDS = """
    import os, signal, socket, sys, threading
    def pair():
        a, b = socket.socketpair()
        return a, b
    def take(b, left):
        while left: left -= len(b.recv(left))
    def send(a, b, count, first=1):
        for size in range(first, first + count):
            a.sendall(b"x" * size)
            take(b, size)
    a, b = pair()
"""


def in_use() -> bool:
    """Whether this interpreter and the file system of temporary files allow for a ledger."""
    with tempfile.TemporaryFile() as file:
        return sys.version_info >= (3, 11) and is_writable_in_place(file.fileno())


class LedgerTest(ProbeTest):
    """Without payload, so that sends go into the ledger from the ninth like one on."""

    def record(self, source: str, env: Dict[str, str] = NO_PAYLOAD, **options: Any) -> Capture:
        """The capture of a program that behaves as without the probe."""
        options.setdefault("code", 0)
        ran = self.both(SENDS + source, env=env, **options)
        return ran.captures[0]

    def sends(self, capture: Capture, socket: int = 1, least: int = 1, layer: int = 0) -> List[Record]:
        """A socket's sends; they follow one another without a gap, `least` of them in the ledger if there is one."""
        found = [r for r in capture.of("io", socket=socket, layer=layer) if r.data["op"] < 17]
        offset = 0
        for record in found:
            self.assertEqual(record.data["offset"], offset, record)
            offset += max(record.data["result"], 0)
        if in_use():
            self.assertGreaterEqual(sum("run" in r.data for r in found), least)
        else:
            self.assertFalse(capture.of("run"))
        return found


class Entries(LedgerTest):
    """What an entry says is what an `io` record would."""

    def test_more_than_a_ledger_holds(self) -> None:
        capture = self.record("\n    send(a, b, 4000)\n", env=dict(NO_PAYLOAD, FRAMEWIRE_CAPTURE_BUDGET="0"))
        sends = self.sends(capture, least=3900)
        self.assertEqual([r.data["result"] for r in sends], list(range(1, 4001)))
        self.assertEqual({r.data["call"] for r in sends}, {"sendall"})
        self.assertTrue(all(one.at + one.data["duration"] <= two.at for one, two in zip(sends, sends[1:])))
        dropped = sum(r.data["result"] for r in capture.of("io"))
        self.assertEqual(capture.one("end").data["droppedPayload"], dropped)

    def test_every_send_has_its_own_stack(self) -> None:
        capture = self.record(
            """
    def here(): a.sendall(b"h" * 10)
    def there(): a.sendall(b"t" * 10)
    def deeper(): there()
    for way in [here] * 40 + [there] * 40 + [deeper] * 40 + [here, there] * 20: way()
    for _ in range(40): a.sendall(b"m" * 10)
"""
        )
        sends = self.sends(capture, least=90)
        names = [[frame.split(":")[1] for frame in capture.frames(r.data["stack"])] for r in sends]
        here, there, deeper = ["here", "<module>"], ["there", "<module>"], ["there", "deeper", "<module>"]
        expected = [here] * 40 + [there] * 40 + [deeper] * 40 + [here, there] * 20 + [["<module>"]] * 40
        self.assertEqual(names, expected)

    def test_call_sites_in_one_line(self) -> None:
        """Two sends of one function at different places: neither is taken for the other."""
        capture = self.record(
            """
    def both(n):
        if n % 30 < 15:
            a.sendall(b"1")
        else:
            a.sendall(b"22")
    for n in range(90): both(n)
"""
        )
        lines = {}
        for record in self.sends(capture):
            frames = next(r.data["frames"] for r in capture.of("stack", id=record.data["stack"]))
            lines.setdefault(record.data["result"], set()).add(frames[0][1])
        self.assertEqual([len(lines[1]), len(lines[2])], [1, 1])
        self.assertNotEqual(lines[1], lines[2])

    def test_threads(self) -> None:
        capture = self.record(
            """
    ends = [pair() for _ in range(4)]
    for one in ((a, b), *ends): send(*one, 1)
    def work(number):
        for _ in range(5):
            send(*ends[number], 60)
            for _ in range(40): a.sendall(b"%d" % number)
    threads = [threading.Thread(target=work, args=(n,), name="worker-%d" % n) for n in range(4)]
    for t in threads: t.start()
    take(b, 4 * 5 * 40)
    for t in threads: t.join()
"""
        )
        ids = {r.data["id"]: r.data["name"] for r in capture.of("thread")}
        self.assertEqual(len(capture.of("io", socket=1)), 1 + 4 * 5 * 40)

        def of_thread(name: str) -> List[Record]:
            return [r for r in capture.of("io", call="sendall") if ids[r.data["thread"]] == name]

        workers = [of_thread(name) for name in sorted(ids.values()) if name.startswith("worker")]
        for number, sends in enumerate(workers):
            own = {r.data["socket"] for r in sends} - {1}
            self.assertEqual(len(own), 1)
            found = self.sends(capture, own.pop())
            self.assertEqual([r.data["result"] for r in found], [1] + list(range(1, 61)) * 5)
            self.assertEqual(len(sends), 5 * 100, number)

    def test_a_thread_that_took_the_place_of_another(self) -> None:
        """The system gives the identity of a thread that has ended to the next one."""
        capture = self.record(
            """
    def work():
        for _ in range(40): a.sendall(b"same")
        take(b, 160)
    send(a, b, 1)
    for number in range(6):
        # every other one does nothing: two identities take turns
        thread = threading.Thread(target=[work, int][number % 2], name="worker-%d" % number)
        thread.start()
        thread.join()
"""
        )
        names = {r.data["id"]: r.data["name"] for r in capture.of("thread")}
        sends = self.sends(capture, least=60)[1:]
        expected = [name for number in (0, 2, 4) for name in ["worker-%d" % number] * 40]
        self.assertEqual([names[r.data["thread"]] for r in sends], expected)

    def test_in_order_with_what_else_happens_on_the_socket(self) -> None:
        capture = self.record(
            """
    for _ in range(3):
        send(a, b, 30)
        b.sendall(b"pong"); a.recv(10)
    a.shutdown(socket.SHUT_WR)
"""
        )
        self.sends(capture)
        order = [r.data["call"] for r in capture.of("io", socket=1)]
        self.assertEqual(order, (["sendall"] * 30 + ["recv"]) * 3)

    @unittest.skipUnless(sys.version_info >= (3, 11), "there is no short way")
    def test_payload_first(self) -> None:
        """A long body may take a quarter of the budget; what is sent from elsewhere has the rest."""
        source = """
    def body():
        for _ in range(120): a.sendall(bytes(10000)); take(b, 10000)
    body()
    a.sendall(b"head"); take(b, 4)
    body()
"""
        capture = self.record(source, env={"FRAMEWIRE_STREAM_BUDGET": str(4 << 20)})
        sends = self.sends(capture)
        self.assertEqual(len(sends), 241)
        stored = [len(r.payload) for r in sends]
        self.assertEqual(stored[120], 4)
        # the 105th reaches 1 MiB; the very first goes the long way, where nothing is counted yet
        for body in (stored[:120], stored[121:]):
            self.assertEqual((set(body[:105]), set(body[106:])), ({10000}, {0}))

    def test_a_failing_send(self) -> None:
        capture = self.record(
            """
    import traceback
    traceless = sys.version_info >= (3, 11)
    send(a, b, 50)
    for data in (memoryview(bytearray(20))[::2], "text", None, bytearray(5)):
        try: a.sendall(data)
        except Exception as error: print(type(error), error.args)
    released = memoryview(b"abc"); released.release()
    for args in ((released,), (), (b"a", 0, 1)):
        try: a.sendall(*args)
        except Exception as error: print(type(error), error.args)
    take(b, 5)
    a.setblocking(False)
    sent = 0
    try:
        while True: sent += a.send(b"z" * 5000)
    except BlockingIOError as error: print(error.args, sent)
    b.close()
    def fail(): a.send(b"z" * 5000)
    for _ in range(3):
        try: fail()
        except OSError as error: print(type(error), error.args, traceback.format_exc() if traceless else "")
"""
        )
        sends = self.sends(capture)
        self.assertEqual([bool(r.data["error"]) for r in sends[-3:]], [True] * 3)

    def test_tls(self) -> None:
        source = """
    import http.client, io, ssl
    context = ssl.create_default_context(cafile=sys.argv[2])
    connection = http.client.HTTPSConnection("localhost", int(sys.argv[1]), context=context)
    def upload():
        connection.request("POST", "/", body=io.BytesIO(bytes(600000)), headers={"Content-Length": "600000"})
        print(connection.getresponse().status)
    upload()
"""
        with servers.Server(servers.upload, servers.tls()) as server:
            ran = self.both(SENDS + source, str(server.port), servers.certificate()[0], env=NO_PAYLOAD)
        capture = ran.capture
        number = capture.one("tls").data["socket"]
        sends = self.sends(capture, number, 50, 1)
        self.assertEqual({r.data["call"] for r in sends}, {"sendall"})
        self.assertEqual(sum(r.data["result"] for r in sends[1:]), 600000)
        names = [frame.split(":") for frame in capture.frames(sends[-1].data["stack"])]
        self.assertEqual(
            (names[0], names[-2:]), (["client.py", "send"], [["program.py", "upload"], ["program.py", "<module>"]])
        )


class Ends(LedgerTest):
    """Whatever ends the process, what was sent before is there."""

    def test_killed(self) -> None:
        for end, code in (("os._exit(3)", 3), ("os.kill(os.getpid(), signal.SIGKILL)", -9)):
            with self.subTest(end=end):
                capture = self.record("\n    send(a, b, 400)\n    %s\n" % end, code=code)
                self.assertEqual([r.data["result"] for r in self.sends(capture)], list(range(1, 401)))
                self.assertEqual(capture.header["flags"], 0)

    def test_fork(self) -> None:
        ran = self.both(
            SENDS
            + """
    send(a, b, 100)
    pid = os.fork()
    send(a, b, 100, 200 if pid else 500) if not pid else os.waitpid(pid, 0)
    if pid: send(a, b, 100, 200)
""",
            env=NO_PAYLOAD,
        )
        parent, child = ran.captures
        self.assertEqual([r.data["result"] for r in self.sends(parent)], [*range(1, 101), *range(200, 300)])
        sends = [r for r in child.of("io") if r.data["op"] < 17]
        self.assertEqual([r.data["result"] for r in sends], list(range(500, 600)))

    def test_stopped_and_started(self) -> None:
        source = """
    import framewire_probe
    folder = os.environ["FRAMEWIRE_CAPTURE"]
    send(a, b, 50)
    framewire_probe.stop()
    send(a, b, 50)
    framewire_probe.start(folder)
    send(a, b, 50)
"""
        ran = self.program(SENDS + source, env=NO_PAYLOAD)
        for capture in ran.captures:
            self.assertEqual([r.data["result"] for r in self.sends(capture)], list(range(1, 51)))
        self.assertEqual(len(ran.captures), 2)


class Trouble(LedgerTest):
    """A ledger needs a descriptor, memory and room on the disk."""

    @unittest.skipUnless(os.path.isdir("/proc/self/fd"), "needs /proc")
    def test_descriptors_closed_and_used_by_the_program(self) -> None:
        """As daemons do: what has our number then stays open and is written to its end."""
        source = """
    send(a, b, 100)
    os.closerange(max(a.fileno(), b.fileno()) + 1, 4096)
    files = [open("file-%d" % n, "w") for n in range(20)]
    for f in files: f.write("kept")
    send(a, b, 4000)
    print([os.fstat(f.fileno()).st_size for f in files])
    for f in files[:10]: f.close()
    send(a, b, 4000)
"""
        capture = self.record(source)
        self.assertEqual(len(self.sends(capture)), 8100)
        for number in range(20):
            with open(os.path.join(self.folder, "file-%d" % number), encoding="ascii") as file:
                self.assertEqual(file.read(), "kept")

    @unittest.skipUnless(os.path.isdir("/proc/self/fd"), "needs /proc")
    def test_leaves_no_descriptor_behind(self) -> None:
        source = """
    def used(): return len(os.listdir("/proc/self/fd"))
    before = used()
    send(a, b, 9000)
    print(used() - before <= 1)
    import framewire_probe
    framewire_probe.stop()
    print(used() - before <= 0)
"""
        ran = self.program(SENDS + source, env=NO_PAYLOAD)
        self.assertEqual(ran.out, "True\nTrue\n")

    def test_no_descriptor_left(self) -> None:
        source = """
    import resource
    taken = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    try:
        while True: taken.append(os.dup(0))
    except OSError: pass
    send(a, b, 100)
"""
        capture = self.record(source)
        sends = [r for r in capture.of("io", socket=1) if r.data["op"] < 17]
        self.assertEqual([r.data["result"] for r in sends], list(range(1, 101)))

    def test_no_mmap(self) -> None:
        capture = self.record("\n    sys.modules['mmap'] = None\n    send(a, b, 100)\n")
        sends = [r for r in capture.of("io", socket=1) if r.data["op"] < 17]
        self.assertEqual([r.data["result"] for r in sends], list(range(1, 101)))
        self.assertFalse(capture.of("run"))

    def test_file_size_limit(self) -> None:
        source = """
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
    send(a, b, 3000)
"""
        capture = self.program(SENDS + source, env=NO_PAYLOAD).capture
        self.assertEqual(capture.header["stopped"], errno.EFBIG)
        self.assertGreater(len(self.sends(capture)), 100, "what came before is there")

    def test_full_disk(self) -> None:
        mount = os.path.join(self.folder, "tiny")
        os.mkdir(mount)
        command = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", mount]
        if not shutil.which("mount") or subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            self.skipTest("needs to mount a small file system")
        try:
            source = "\n    for _ in range(8): send(a, b, 3000)\n    print('sent')\n"
            ran = self.program(SENDS + source, env=dict(NO_PAYLOAD, FRAMEWIRE_CAPTURE=mount))
            self.assertEqual((ran.out, ran.err), ("sent\n", ""))
            capture = find(mount)
        finally:
            subprocess.run(["umount", mount], check=True)
        self.assertEqual(capture.header["stopped"], errno.ENOSPC)
        self.assertGreater(len(self.sends(capture)), 1000)

    def test_where_the_space_is_given_for_good(self) -> None:
        for path, expected in (("/dev/shm", True), ("/proc/self/status", False), ("/dev/null", False)):
            if os.path.exists(path) and sys.platform.startswith("linux"):
                if os.path.isdir(path):
                    with tempfile.TemporaryFile(dir=path) as file:
                        self.assertEqual(is_writable_in_place(file.fileno()), expected, path)
                else:
                    with open(path, "rb") as file:
                        self.assertEqual(is_writable_in_place(file.fileno()), expected, path)


if __name__ == "__main__":
    unittest.main()
