"""One long send to a server that reads slowly: what the probe samples of it, and that nobody notices."""

import ctypes
import os
import select
import signal
import socket
import struct
import sys
import textwrap
import unittest

from support import servers
from support.capture import BEGIN, Capture, find
from support.case import ProbeTest

SIZE = 6_000_000
BLOCK = 64 << 10
BLOCKS = 12
SAMPLED = 6

CLIENT = (
    """
import _thread, gc, os, signal, socket, ssl, sys, threading, warnings
sock = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
if sys.argv[2]:
    sock = ssl.create_default_context(cafile=sys.argv[2]).wrap_socket(sock, server_hostname="localhost")
SIZE = %d
"""
    % SIZE
)


def figures(record):
    """(bytes accepted by the kernel, acknowledged, received) as docs/capture-format.md has them; Linux."""
    info = record.payload
    acked, received = struct.unpack_from("<QQ", info, 120)
    (unsent,) = struct.unpack_from("<I", info, 144)
    sent, resent = struct.unpack_from("<QQ", info, 200)
    return sent - resent + unsent, acked - 1, received


class Samples:
    """Waits for samples in a capture; inotify, by way of the C library, tells when something is appended to it."""

    def __init__(self, folder):
        self.folder = folder
        self.seen = 0
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.fd = self.libc.inotify_init1(os.O_CLOEXEC)
        if self.libc.inotify_add_watch(self.fd, folder.encode(), 2) < 0:  # IN_MODIFY
            raise OSError(ctypes.get_errno(), "inotify_add_watch")

    def wait(self):
        """Until there is another one since the last time."""
        while True:
            found = len(find(self.folder).of("counters", moment=SAMPLED))
            if found > self.seen:
                self.seen = found
                return
            if not select.select([self.fd], [], [], 20)[0]:
                raise OSError("nothing was sampled")
            os.read(self.fd, 4096)


class Slow:
    """Reads the first blocks one by one, each when another sample is in the capture; the rest at once.

    half(connection): called when half of these have been read. last(connection): after the last of them, in place of
    the rest. knows: the program tells its process id first. folder: of the capture, None without the probe.
    """

    def __init__(self, half=None, last=None, knows=False):
        self.half, self.last, self.knows = half, last, knows
        self.folder = None
        self.pid = self.taken = 0

    def __call__(self, connection):
        if self.knows:
            self.pid = int(connection.recv(8))
        samples = Samples(self.folder) if self.folder else None
        self.taken = 0
        for number in range(BLOCKS):
            if samples:
                samples.wait()
            self.taken += len(connection.recv(BLOCK))
            if number == BLOCKS // 2 and self.half:
                self.half(connection)
        if samples:
            os.close(samples.fd)
        (self.last or self.rest)(connection)

    def rest(self, connection):
        """Read what is left, and say so."""
        while self.taken < SIZE:
            data = connection.recv(1 << 20)
            if not data:
                return
            self.taken += len(data)
        connection.sendall(b"taken")
        connection.recv(1)


class Plain(Slow):
    """Reads to the end, as fast as it comes; or, to be full until then, when the program has closed."""

    def __call__(self, connection):
        if self.last:
            hangup = select.poll()
            hangup.register(connection, select.POLLRDHUP)
            hangup.poll(20_000)
        while connection.recv(1 << 20):
            pass


@unittest.skipUnless(sys.platform.startswith("linux"), "the kernel is asked on Linux")
class SamplingTest(ProbeTest):
    """Each program runs without and with the probe, and must say the same."""

    serve = None

    def new_capture(self):
        folder = super().new_capture()
        self.serve.folder = folder if self.runs % 2 == 0 else None
        return folder

    def run_both(self, source, serve=None, tls=False):
        self.serve = serve or Slow()
        server = servers.Server(self.serve, servers.tls() if tls else None)
        server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 10)
        with server:
            certificate = servers.certificate()[0] if tls else ""
            return self.both(CLIENT + textwrap.dedent(source), str(server.port), certificate)

    def send(self, source, serve=None, tls=False) -> Capture:
        return self.run_both(source, serve, tls).capture

    def check(self, capture, layer):
        (begin,) = capture.of("io", flags=BEGIN, layer=layer)
        ends = [r for r in capture.of("io", flags=0, layer=layer, socket=begin.data["socket"]) if r.data["op"] < 17]
        (end,) = [r for r in ends if r.at >= begin.at]
        samples = capture.of("counters", moment=SAMPLED)
        self.assertGreaterEqual(len(samples), BLOCKS)
        self.assertLess(len(samples), 400)
        for sample in samples:
            self.assertEqual(sample.data["socket"], begin.data["socket"])
            self.assertGreater(sample.at, begin.at)
            self.assertLess(sample.at, end.at + end.data["duration"])
        counted = [figures(one) for one in samples]
        for before, after in zip(counted, counted[1:]):
            self.assertLessEqual(before, after)
            for one, later in zip(before, after):
                self.assertLessEqual(one, later)
        for accepted, acked, _ in counted:
            self.assertLessEqual(acked, accepted)
        moments = capture.of("counters", socket=begin.data["socket"])
        final = figures([one for one in moments if one.data["moment"] != SAMPLED][-1])
        self.assertLessEqual(counted[-1], final)
        self.assertLess(counted[0][1], counted[-1][1], "progress is seen")
        self.assertEqual(len(capture.of("thread")), 1, "no thread of ours is told of")
        return samples, counted, final

    def test_sendall(self):
        capture = self.send("sock.sendall(bytes(SIZE)); print(sock.recv(9)); sock.close()")
        _, counted, final = self.check(capture, 0)
        self.assertEqual(final[0], SIZE)
        # the last sample may lie between the server's answer to all of it and the return of the send
        received = {got for _, acked, got in counted if acked < SIZE}
        self.assertEqual(received, {0}, "nothing had been received")

    def test_tls(self):
        capture = self.send("sock.sendall(bytes(SIZE)); print(sock.recv(9)); sock.close()", tls=True)
        _, _, final = self.check(capture, 1)
        self.assertGreater(final[0], SIZE)

    def test_send_and_timeout(self):
        self.check(self.send("print(sock.send(bytes(SIZE)) == SIZE, sock.recv(9)); sock.close()"), 0)
        source = """
            sock.settimeout(50)
            sock.sendall(memoryview(bytes(SIZE))); print(sock.recv(9)); sock.close()
        """
        self.check(self.send(source), 0)

    def test_sendfile(self):
        with open(os.path.join(self.folder, "body"), "wb") as file:
            file.write(bytes(SIZE))
        source = """
            with open("body", "rb") as file: print(sock.sendfile(file), sock.recv(9))
            sock.close()
        """
        samples = self.send(source).of("counters", moment=SAMPLED)
        self.assertGreater(len(samples), 3)
        self.assertLess(figures(samples[0])[1], figures(samples[-1])[1])

    def test_early_reply_and_failure(self):
        serve = Slow(lambda connection: connection.sendall(servers.REFUSAL), lambda connection: None)
        source = """
            try: sock.sendall(bytes(SIZE))
            except OSError as error: print(isinstance(error, ConnectionError))
            sock.close()
        """
        capture = self.send(source, serve)
        samples = capture.of("counters", moment=SAMPLED)
        waiting = [one.data["waiting"] for one in samples]
        first = waiting.index(len(servers.REFUSAL))
        self.assertGreater(first, 0)
        self.assertEqual(set(waiting[:first]), {0})
        self.assertEqual(set(waiting[first:]), {len(servers.REFUSAL)})
        (failed,) = [one for one in capture.of("counters") if one.data["moment"] == 4]
        for one, final in zip(figures(samples[-1]), figures(failed)):
            self.assertLessEqual(one, final)

    def test_nobody_notices(self):
        # every allocation that the collector tracks runs it: it must not run in a thread of ours
        source = """
            seen = []
            gc.callbacks.append(lambda phase, info: seen.append(_thread.get_ident()))
            data = bytes(SIZE)
            threading.settrace(lambda *_: seen.append("traced"))
            threading.setprofile(lambda *_: seen.append("profiled"))
            gc.set_threshold(1)
            sock.sendall(data)
            gc.set_threshold(0)
            print(set(seen) - {_thread.get_ident()}, threading.enumerate() == [threading.main_thread()])
            print(sock.recv(9)); sock.close()
        """
        self.check(self.send(source), 0)

    def test_fork_after_the_send(self):
        source = """
            warnings.simplefilter("error")
            sock.sendall(bytes(SIZE))
            child = os.fork()
            if not child: sock.sendall(b"child"); os._exit(0)
            print(os.waitpid(child, 0)[1], sock.recv(9)); sock.close()
        """
        self.forked(source)

    def test_fork_in_a_signal_handler_during_the_send(self):
        source = """
            warnings.simplefilter("error")
            children = []
            def handler(*_):
                child = os.fork()
                if not child: os._exit(0)
                children.append(os.waitpid(child, 0)[1])
            signal.signal(signal.SIGUSR1, handler)
            sock.sendall(b"%08d" % os.getpid())
            sock.sendall(bytes(SIZE))
            print(children, sock.recv(9)); sock.close()
        """

        # the thread is gone after that: nothing is sampled any more
        def fork(connection):
            os.kill(serve.pid, signal.SIGUSR1)
            serve.rest(connection)

        serve = Slow(last=fork, knows=True)
        self.forked(source, serve)

    def forked(self, source, serve=None):
        ran = self.run_both(source, serve)
        parent = ran.captures[0]
        self.assertGreater(len(parent.of("counters", moment=SAMPLED)), 3)
        for child in ran.captures[1:]:
            self.assertFalse(child.of("counters", moment=SAMPLED))

    def test_signals_reach_the_main_thread_and_end_the_send(self):
        source = """
            class Enough(Exception): pass
            def handler(*_):
                seen.append(threading.current_thread() is threading.main_thread()); raise Enough
            seen = []
            signal.signal(signal.SIGUSR1, handler)
            sock.sendall(b"%08d" % os.getpid())
            try: sock.sendall(bytes(SIZE))
            except Enough: print(seen)
            sock.close()
        """

        def interrupt(connection):
            os.kill(serve.pid, signal.SIGUSR1)
            while connection.recv(1 << 20):
                pass

        serve = Slow(last=interrupt, knows=True)
        self.assertTrue(self.send(source, serve).of("counters", moment=SAMPLED))

    def test_another_thread_closes_the_socket(self):
        # its number goes to another one at once, which must not be sampled
        source = """
            def closer():
                sock.recv(1)
                fd = sock.fileno()
                sock.shutdown(socket.SHUT_RDWR); sock.close()
                others.append(socket.create_connection(server.getsockname())); same.append(others[0].fileno() == fd)
            others, same = [], []
            server = socket.create_server(("127.0.0.1", 0))
            thread = threading.Thread(target=closer); thread.start()
            try: sock.sendall(bytes(SIZE))
            except OSError: pass  # if it was not through by then
            thread.join(); print(same); others[0].close(); server.close()
        """

        def tell(connection):
            connection.sendall(b"!")
            while connection.recv(1 << 20):
                pass

        capture = self.send(source, Slow(last=tell))
        # the other one's counters begin anew; a sample may lie between the record of the close and the close
        counted = [figures(one) for one in capture.of("counters", moment=SAMPLED)]
        self.assertGreaterEqual(len(counted), BLOCKS)
        self.assertEqual(counted, sorted(counted))

    def test_the_process_ends_in_the_middle(self):
        source = """
            thread = threading.Thread(target=sock.sendall, args=(bytes(SIZE),), daemon=True)
            thread.start()
            print(sock.recv(1))
        """

        def tell(connection):
            connection.sendall(b"!")
            connection.setblocking(True)
            while connection.recv(1 << 20):
                pass

        capture = self.send(source, Slow(last=tell))
        self.assertTrue(capture.of("counters", moment=SAMPLED))
        self.assertEqual(len(capture.of("end")), 1)

    def test_what_is_not_sampled(self):
        limited = """
            import resource
            resource.setrlimit(resource.RLIMIT_AS, (1 << 40, resource.RLIM_INFINITY))
            sock.sendall(bytes(SIZE)); sock.close()
        """
        without = """
            sock.setblocking(False)
            try: sock.sendall(bytes(SIZE))
            except BlockingIOError: print("blocks")
            sock.close()
        """
        for source in (limited, without, "sock.sendall(bytes(1 << 18)); sock.close()"):
            capture = self.send(source, Plain(last=source is without))
            self.assertFalse(capture.of("counters", moment=SAMPLED), source)


if __name__ == "__main__":
    unittest.main()
