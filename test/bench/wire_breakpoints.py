"""What a wire breakpoint that never holds adds to one send, in nanoseconds of the sending thread's own time.

Sends of 1 KiB over loopback, in the middle of a body, rounds with and without breakpoints taking turns in one process.
Prints medians, as a line of JSON for each set of breakpoints. Arguments: certificate and key, to measure over TLS, too.
"""

import json
import os
import shutil
import socket
import ssl
import statistics
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "src", "probe"))
SENDS, ROUNDS = 2000, 50
NOWHERE = {"op": "==", "left": {"name": "host"}, "right": {"value": "nowhere.example"}}
DEFAULT = ("wire.failed", "wire.errorStatusUnread")
SETS = {
    "the defaults": DEFAULT,
    "and early reply": (*DEFAULT, "wire.earlyReply"),
    "all of them": (*DEFAULT, "wire.errorStatusRead", "wire.earlyReply", "wire.requestSent", "wire.slowReply"),
}
HEAD = b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 99999999999\r\n\r\n"


def reader(listener, pair):
    """A process that takes whatever comes."""
    pid = os.fork()
    if pid == 0:
        connection, _ = listener.accept()
        if pair:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*pair)
            connection = context.wrap_socket(connection, server_side=True)
        buffer = bytearray(1 << 20)
        while connection.recv_into(buffer):
            pass
        os._exit(0)
    return pid


def measure(sock):
    """Nanoseconds per send."""
    data = b"x" * 1024
    began = time.thread_time_ns()
    for _ in range(SENDS):
        sock.sendall(data)
    return (time.thread_time_ns() - began) / SENDS


def connect(address, pair):
    """A connection to the reader."""
    sock = socket.create_connection(address)
    if not pair:
        return sock
    return ssl.create_default_context(cafile=pair[0]).wrap_socket(sock, server_hostname="localhost")


def main(pair):
    """Print a line for each set of breakpoints, plain and over TLS."""
    folder = tempfile.mkdtemp(prefix="wire-breakpoints-")
    os.environ.update(FRAMEWIRE_STREAM_BUDGET="0", FRAMEWIRE_CAPTURE_BUDGET="0")
    import framewire_probe

    ways = [(name, None) for name in SETS] + [(name, pair) for name in SETS if pair]
    for name, pair in ways:
        filters = SETS[name]
        listener = socket.create_server(("127.0.0.1", 0))
        pid = reader(listener, pair)
        framewire_probe.start(folder)
        from framewire_probe import stops
        from framewire_probe.recorder import recorder

        stops.configure({"version": 1, "filters": [{"id": id, "condition": NOWHERE} for id in filters]})
        watch = recorder.watch
        with connect(listener.getsockname(), pair) as sock:
            sock.sendall(HEAD)
            rounds = []
            for _ in range(ROUNDS):
                recorder.watch = None
                off = measure(sock)
                recorder.watch = watch
                rounds.append((off, measure(sock)))
        os.waitpid(pid, 0)
        listener.close()
        recorder.watch = None
        off, added = statistics.median(o for o, _ in rounds), statistics.median(b - a for a, b in rounds)
        told = {"set": name, "layer": "TLS" if pair else "plain", "send": off, "added": added}
        print(json.dumps(told), flush=True)
    framewire_probe.stop()
    shutil.rmtree(folder, True)


if __name__ == "__main__":
    main(sys.argv[1:])
