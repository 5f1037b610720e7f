"""Servers for the tests, run in threads of the test's own process, which the probe does not record."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from typing import Any, Callable, List, Optional, Tuple

REFUSAL = (
    b"HTTP/1.1 413 Request Entity Too Large\r\nServer: test\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large"
)


class Server:
    """Accepts connections one after the other and gives each to `serve`; a context manager. Port 0: any."""

    def __init__(self, serve: Callable[[socket.socket], None], context: Optional[ssl.SSLContext] = None) -> None:
        self.serve = serve
        self.context = context
        self.errors: List[BaseException] = []
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(8)
        self.port: int = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            try:
                # With Nagle on, a TLS reply can wait behind unacknowledged session tickets and die with the reset.
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self.context is not None:
                    connection = self.context.wrap_socket(connection, server_side=True)
                self.serve(connection)
            except OSError as error:
                self.errors.append(error)
            finally:
                connection.close()

    def __enter__(self) -> "Server":
        self.thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        try:
            self.socket.shutdown(socket.SHUT_RDWR)  # wakes accept()
        except OSError:
            pass
        self.socket.close()
        self.thread.join(10)


def read_head(connection: socket.socket) -> bytes:
    """Read up to the end of an HTTP head."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(4096)
        if not chunk:
            break
        data += chunk
    return data


def refuse(connection: socket.socket) -> None:
    """Answer 413 to the head of a request and close with the body unread: the kernel then resets the connection."""
    read_head(connection)
    connection.sendall(REFUSAL)


def cut(connection: socket.socket) -> None:
    """Take the head of a request and reset without a word."""
    read_head(connection)


def echo(connection: socket.socket) -> None:
    """Send back what comes."""
    while True:
        data = connection.recv(65536)
        if not data:
            return
        connection.sendall(data)


def swallow(connection: socket.socket) -> None:
    """Read to the end, then say how much it was."""
    total = 0
    while True:
        data = connection.recv(65536)
        if not data:
            break
        total += len(data)
    connection.sendall(b"%d" % total)


def upload(connection: socket.socket) -> None:
    """Read a request with its whole body, answer 201."""
    head = read_head(connection)
    head, _, body = head.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    left = length - len(body)
    while left > 0:
        chunk = connection.recv(65536)
        if not chunk:
            return
        left -= len(chunk)
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 7\r\nConnection: close\r\n\r\ncreated")


_certificates: List[Tuple[str, str]] = []


def certificate() -> Tuple[str, str]:
    """Paths of a certificate for localhost and its key, made once with openssl."""
    if not _certificates:
        folder = tempfile.mkdtemp(prefix="probe-test-certificate-")
        import atexit

        atexit.register(shutil.rmtree, folder, True)
        cert, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _certificates.append((cert, key))
    return _certificates[0]


def tls() -> ssl.SSLContext:
    """A server's context with the test certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate())
    return context
