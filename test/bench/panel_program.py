"""Programs whose captures are large; run under the probe against sink.py.

usage: panel_program.py many PORT COUNT     COUNT small requests, a hundred on each connection
       panel_program.py large PORT MIB      uploads of 16 MiB each, MIB in all
"""

import http.client
import sys

EACH = 16


def many(port, count):
    for first in range(0, count, 100):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for index in range(first, min(count, first + 100)):
            connection.request("POST", f"/item/{index}", body=b"x", headers={"Accept": "application/json"})
            connection.getresponse().read()
        connection.close()


def large(port, mib):
    body = bytes(range(256)) * 4096 * EACH
    for index in range(mib // EACH):
        connection = http.client.HTTPConnection("127.0.0.1", port, blocksize=16384)
        pieces = (body[at : at + 16384] for at in range(0, len(body), 16384))
        connection.request("POST", f"/upload/{index}", body=pieces, headers={"Content-Length": str(len(body))})
        connection.getresponse().read()
        connection.close()


if __name__ == "__main__":
    {"many": many, "large": large}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]))
