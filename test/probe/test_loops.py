"""Bodies that http.client sends block after block: entered by the loop's own frame, which nobody else may notice."""

import unittest
from typing import List

from support import servers
from support.capture import Capture
from support.case import ProbeTest
from test_ledger import NO_PAYLOAD, in_use

CLIENT = """
    import http.client, os, ssl, sys
    port = int(sys.argv[1])
    if len(sys.argv) > 2:
        context = ssl.create_default_context(cafile=sys.argv[2])
        connection = http.client.HTTPSConnection("localhost", port, context=context)
    else:
        connection = http.client.HTTPConnection("localhost", port)
    HEADERS = {"Content-Length": str(8192 * 60)}
    def finish(): print(connection.getresponse().status)
"""
FILE = """
    with open("body", "wb") as file: file.write(b"b" * 8192 * 60)
    with open("body", "rb") as file: connection.request("POST", "/", body=file, headers=HEADERS)
    finish()
"""


class Loops(ProbeTest):
    """In the ledger, with the stacks that the sends have, and with nothing kept alive."""

    def upload(self, source: str, tls: bool = False) -> Capture:
        context = servers.tls() if tls else None
        with servers.Server(servers.upload, context) as server:
            arguments = [str(server.port)] + ([servers.certificate()[0]] if tls else [])
            ran = self.both(CLIENT + source, *arguments, env=NO_PAYLOAD)
        self.assertFalse(ran.capture.of("internal"), ran.capture.of("internal"))
        return ran.capture

    def lines(self, capture: Capture, layer: int = 0) -> List[str]:
        """Of each send: the names of its stack's frames down to request()."""
        sends = [r for r in capture.of("io", layer=layer) if r.data["op"] < 17]
        offset = 0
        for one in sends:
            self.assertEqual(one.data["offset"], offset)
            offset += one.data["result"]
        if in_use():
            self.assertGreater(sum("run" in one.data for one in sends), 40)
        names = {}
        for one in sends:
            frames = [frame.split(":")[1] for frame in capture.frames(one.data["stack"])]
            names.setdefault(one.data["stack"], ".".join(frames))
        return [names[one.data["stack"]] for one in sends]

    def test_a_file(self) -> None:
        for tls in (False, True):
            lines = self.lines(self.upload(FILE, tls), int(tls))
            self.assertEqual(len(lines), 61)
            self.assertEqual(set(lines), {"send._send_output.endheaders._send_request.request.<module>"})

    def test_places_in_one_loop(self) -> None:
        """Chunks take three lines of the same functions: blocks, and the end, each with a stack of its own."""
        capture = self.upload(
            """
    def blocks():
        for number in range(60):
            yield b"b" * (100 + number)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", str(sum(100 + n for n in range(60))))
    connection.endheaders(blocks())
    finish()
"""
        )
        sends = [r for r in capture.of("io", layer=0) if r.data["op"] < 17]
        self.assertEqual([r.data["result"] for r in sends[1:]], [100 + n for n in range(60)])
        self.assertEqual(len({r.data["stack"] for r in sends[1:]}), 1)
        self.assertNotEqual(sends[0].data["stack"], sends[1].data["stack"], "the head has another line")
        self.lines(capture)

    def test_a_sender_of_the_programs_own(self) -> None:
        """Two lines of an overriding send() are never taken for one another."""
        capture = self.upload(
            """
    class Mine(http.client.HTTPConnection):
        def send(self, data):
            if self.sock is None: self.connect()
            if len(data) % 2:
                self.sock.sendall(data)
            else:
                self.sock.sendall(data)
    connection = Mine("localhost", port)
    def blocks():
        for number in range(60):
            yield b"b" * (100 + number // 20)
    connection.request("POST", "/", body=blocks(), headers={"Content-Length": str(2000 + 2020 + 2040)})
    finish()
"""
        )
        sends = [r for r in capture.of("io", layer=0) if r.data["op"] < 17][1:]
        stacks = [{r.data["stack"] for r in sends if r.data["result"] == size} for size in (100, 101, 102)]
        self.assertEqual([len(one) for one in stacks], [1, 1, 1])
        self.assertEqual(stacks[0], stacks[2])
        self.assertNotEqual(stacks[0], stacks[1])

    def test_nothing_is_kept_alive(self) -> None:
        """What the loop's frame holds goes when it would without us, whether the call ends well or not."""
        self.upload(
            """
    class Body:
        def __init__(self, name, left): self.name, self.left = name, left
        def __iter__(self): return self
        def __next__(self):
            if self.left == 0 and self.name == "breaks": raise ValueError("no more")
            if self.left == 0: raise StopIteration
            self.left -= 1
            return b"b" * 8192
        def __del__(self): print(self.name, "is gone")
    connection.request("POST", "/", body=Body("whole", 60), headers=HEADERS)
    print("sent")
    finish()
    for _ in range(2):
        try: connection.request("POST", "/", body=Body("breaks", 40), headers=HEADERS)
        except ValueError as error: print(error)
        print("after")
        connection.close()
"""
        )


if __name__ == "__main__":
    unittest.main()
