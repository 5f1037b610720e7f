"""One measured upload; prints the seconds it took, and those of CPU time of the process (user and system) in it.

Connection set-up and interpreter start are left out.

usage: client.py http|https PORT BYTES BLOCK   http.client streams a file of that size in blocks of BLOCK bytes;
                                               0: the body is one bytes object, handed over in one send
       client.py sends PORT COUNT              COUNT sends of 1 KiB on a plain socket
"""

import http.client
import os
import socket
import ssl
import sys
import tempfile
import time


def upload(scheme, port, size, block):
    options = {"blocksize": block} if block else {}
    if scheme == "https":
        context = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
        connection = http.client.HTTPSConnection("localhost", port, context=context, **options)
    else:
        connection = http.client.HTTPConnection("localhost", port, **options)
    with tempfile.TemporaryFile() as file:
        os.posix_fallocate(file.fileno(), 0, size)
        body = file if block else file.read()
        # one small request first: the connection, the page cache and the code are warm then
        connection.request("POST", "/warm", body=b"x", headers={"Content-Length": "1"})
        connection.getresponse().read()
        began, used = time.perf_counter(), time.process_time()
        connection.request("POST", "/upload", body=body, headers={"Content-Length": str(size)})
        connection.getresponse().read()
        return time.perf_counter() - began, time.process_time() - used


def sends(port, count):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    block = b"\0" * 1024
    send = connection.sendall
    for _ in range(1000):
        send(block)
    began, used = time.perf_counter(), time.process_time()
    for _ in range(count):
        send(block)
    return time.perf_counter() - began, time.process_time() - used


def main():
    what, port, amount = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    took = sends(port, amount) if what == "sends" else upload(what, port, amount, int(sys.argv[4]))
    print("seconds %r cpu %r" % took)


if __name__ == "__main__":
    main()
