"""HTTP exchanges and sends of several kinds, chosen by name; prints what came of them."""

import http.client
import select
import socket
import sys
import threading
import urllib.error
import urllib.request


def get(host, path):
    """Reads a reply, whatever its status."""
    try:
        with urllib.request.urlopen("http://%s%s" % (host, path), timeout=30) as reply:  # @get
            print("reply", reply.status, flush=True)
    except urllib.error.HTTPError as error:
        print("status", error.code, flush=True)


def gets(host):
    """Asks again and again until a reply says that it is enough."""
    while True:
        connection = http.client.HTTPConnection(host)
        connection.request("GET", "/again")
        with connection.getresponse() as reply:
            last = reply.read() == b"enough"
        connection.close()
        if last:
            print("enough", flush=True)
            return


def early(host):
    """Sends the second half of a body only when the server has said something."""
    connection = http.client.HTTPConnection(host)
    connection.putrequest("POST", "/early")
    connection.putheader("Content-Length", "2000")
    connection.endheaders()
    connection.send(b"x" * 1000)  # @first
    select.select([connection.sock], [], [])
    connection.send(b"x" * 500)  # @second
    print("status", connection.getresponse().status, flush=True)
    connection.close()


def whole(host):
    """Hands a body over in one piece, more than the system takes without the server."""
    connection = http.client.HTTPConnection(host)
    connection.request("POST", "/whole", b"x" * 32_000_000)  # @whole
    print("status", connection.getresponse().status, flush=True)
    connection.close()


def waits(host):
    """The same, with little patience."""
    connection = http.client.HTTPConnection(host, timeout=3)
    try:
        connection.request("POST", "/waits", b"x" * 32_000_000)
    except OSError as error:
        print(type(error).__name__, flush=True)
    connection.close()


def between(host):
    """Reads the reply in the middle of its request."""
    connection = http.client.HTTPConnection(host)
    connection.putrequest("POST", "/between")
    connection.putheader("Content-Length", "2000")
    connection.endheaders()
    connection.send(b"x" * 1000)
    print("status", connection.sock.recv(4096).split()[1].decode(), flush=True)
    connection.close()


def posts(host):
    """Requests in a row on one connection, whose replies come as fast as can be."""
    connection = http.client.HTTPConnection(host)
    for number in range(300):
        kind = number % 3
        if kind == 0:
            connection.request("POST", "/one", b"x" * 70_000)
        elif kind == 1:
            connection.request("POST", "/pieces", iter([b"x" * 1000] * 20), {"Content-Length": "20000"})
        else:
            connection.request("POST", "/chunks", iter([b"x" * 1000] * 20), encode_chunked=True)
        with connection.getresponse() as reply:
            reply.read()
    print("all", flush=True)
    connection.close()


def unread(host):
    """Gives up a connection on which the reply waits."""
    connection = socket.create_connection(host.split(":"))
    connection.sendall(b"GET /unread HTTP/1.1\r\nHost: example.org\r\n\r\n")
    select.select([connection], [], [])
    connection.close()  # @closes
    print("closed", flush=True)


def silent(host):
    """Asks a server that closes without a word."""
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/silent")
    try:
        connection.getresponse()
    except http.client.HTTPException as error:
        print(type(error).__name__, flush=True)
    connection.close()


def together(host):
    """Two uploads that fail at the same time."""
    barrier = threading.Barrier(2)

    def upload(number):
        barrier.wait()
        try:
            urllib.request.urlopen("http://%s/upload?%d" % (host, number), b"x" * 8_000_000, timeout=30)
        except urllib.error.URLError:
            results.append(number)

    results = []
    threads = [threading.Thread(target=upload, args=(number,), name="upload %d" % number) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("failed", sorted(results), flush=True)


def floods(host):
    """Sends a hundred thousand times."""
    with socket.create_connection(host.split(":")) as connection:
        connection.sendall(b"POST /sink HTTP/1.1\r\nHost: example.org\r\nContent-Length: 6400000\r\n\r\n")
        data = b"x" * 64
        for _ in range(100_000):
            connection.sendall(data)
        print("status", connection.recv(4096).split()[1].decode(), flush=True)


name, *args = sys.argv[1:]
globals()[name](*args)
