"""A server that takes uploads as fast as it can and throws them away.

usage: sink.py [CERT KEY]       prints its port, then serves until its standard input closes

It answers each request with 200 once the announced body has been read, and keeps the connection open. Anything that
does not look like HTTP is read to the end of the stream.
"""

import os
import socket
import ssl
import sys
import threading

BUFFER = 1 << 20
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def serve(connection, context):
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            drain(connection)
    except OSError:
        pass  # the client went away, as clients do


def drain(connection):
    buffer = bytearray(BUFFER)
    view = memoryview(buffer)
    head = b""
    left = None
    while True:
        count = connection.recv_into(view)
        if count == 0:
            return
        if left is None:
            head += view[:count]
            if not head.startswith(b"P"):
                continue_raw(connection, view)
                return
            end = head.find(b"\r\n\r\n")
            if end < 0:
                continue
            fields = head[:end].lower().split(b"\r\n")
            length = next((int(field.split(b":")[1]) for field in fields if field.startswith(b"content-length")), 0)
            left = length - (len(head) - end - 4)
        else:
            left -= count
        if left <= 0:
            connection.sendall(REPLY)
            head, left = b"", None


def continue_raw(connection, view):
    while connection.recv_into(view):
        pass


def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
