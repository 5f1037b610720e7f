"""TLS in memory (ssl.SSLObject): the plaintext stands with the socket that carries the ciphertext."""

import base64
import ssl
from typing import Any, Dict, List

from support import servers
from support.case import ProbeTest, Ran
from support.programs import BY_HAND, CLIENT


class MemoryTls(ProbeTest):
    """Clients against a server of the test's own process, and against themselves."""

    def against(self, source: str, serve: Any = servers.echo, context: Any = None) -> Ran:
        with servers.Server(serve, context or servers.tls()) as server:
            return self.both(source, str(server.port), *servers.certificate())

    def test_asyncio(self) -> None:
        capture = self.against(
            CLIENT
            + """
    async def main():
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="localhost")
        writer.write(b"hello")
        print(await reader.readexactly(5))
        writer.write(b"x" * 100000)
        print(len(await reader.readexactly(100000)))
        writer.close()
    asyncio.run(main())
"""
        ).capture
        tls = capture.one("tls").data
        self.assertEqual((tls["side"], tls["serverName"], tls["error"]), ("client", "localhost", None))
        self.assertEqual((tls["verifyMode"], tls["checkHostname"], tls["reused"]), ("required", True, False))
        with open(servers.certificate()[0], encoding="ascii") as file:
            self.assertEqual(base64.b64decode(tls["certificate"]), ssl.PEM_cert_to_DER_cert(file.read()))
        number = tls["socket"]
        self.assertEqual(number, capture.of("connect", result="connected")[-1].data["socket"])
        self.assertEqual(capture.stream(number, True, 1), b"hello" + b"x" * 100000)
        self.assertEqual(capture.stream(number, False, 1), b"hello" + b"x" * 100000)
        first = capture.of("io", socket=number, layer=1, op=6)[0].data
        self.assertIn("program.py:main", capture.frames(first["stack"]))
        # The ciphertext stays in layer 0, and the application's first record begins where the record says.
        wire = capture.stream(number, True)
        self.assertEqual(wire[:2], b"\x16\x03")
        at = tls["dataOffset"]
        self.assertEqual(wire[at : at + 3], b"\x17\x03\x03")
        if tls["version"] == "TLSv1.3":
            self.assertEqual(int.from_bytes(wire[at + 3 : at + 5], "big"), 5 + 1 + 16)
        moments = [r.data["moment"] for r in capture.of("counters", socket=number)]
        self.assertEqual(moments[0], 1)
        self.assertEqual(moments.count(2), 1, "handshake done")

    def test_both_sides_and_many_at_once(self) -> None:
        ran = self.both(
            """
    import asyncio, ssl, sys
    context = ssl.create_default_context(cafile=sys.argv[1])
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); own.load_cert_chain(sys.argv[1], sys.argv[2])
    async def serve(reader, writer):
        line = await reader.readline()
        writer.write(b"to " + line); await writer.drain(); writer.close()
    async def client(port, name):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="localhost")
        writer.write(name + b"\\n")
        line = await reader.readline()
        writer.close()
        return line
    async def main():
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=own)
        port = server.sockets[0].getsockname()[1]
        print(await asyncio.gather(*(client(port, b"%d" % n) for n in range(8))))
        server.close()
    asyncio.run(main())
""",
            *servers.certificate(),
        )
        capture = ran.capture
        said: Dict[str, List[Any]] = {"client": [], "server": []}
        for record in capture.of("tls"):
            number = record.data["socket"]
            said[record.data["side"]].append((capture.stream(number, True, 1), capture.stream(number, False, 1)))
        expected = [(b"%d\n" % n, b"to %d\n" % n) for n in range(8)]
        self.assertEqual(sorted(said["client"]), expected)
        self.assertEqual(sorted(said["server"]), sorted((reply, line) for line, reply in expected))
        accepted = {r.data["id"] for r in capture.of("socket", how="accepted")}
        self.assertEqual({r.data["socket"] for r in capture.of("tls", side="server")}, accepted)

    def test_by_hand(self) -> None:
        capture = self.against(
            BY_HAND
            + """
    sock = socket.create_connection(("127.0.0.1", port), 20)
    until(handshake)
    print(until(tls.write, b"hello"), until(tls.read, 2))
    buffer = bytearray(10)
    print(until(tls.read, 10, buffer), buffer)
    try:
        tls.read(-1)
    except ValueError as error:
        print(error)
    sock.close()
"""
        ).capture
        number = capture.one("connect").data["socket"]
        self.assertEqual(capture.one("tls").data["socket"], number)
        self.assertEqual(capture.stream(number, True, 1), b"hello")
        self.assertEqual(capture.stream(number, False, 1), b"hello")
        calls = [(d["call"], d["handed"], d["result"]) for d in (r.data for r in capture.of("io", layer=1))]
        self.assertEqual(calls, [("write", 5, 5), ("read", 2, 2), ("read", 10, 3)])

    def test_after_other_bytes(self) -> None:
        def tunnel(connection: Any) -> None:
            servers.read_head(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            servers.echo(servers.tls().wrap_socket(connection, server_side=True))

        source = """
    sock = socket.create_connection(("127.0.0.1", port), 20)
    sock.sendall(b"CONNECT h:443 HTTP/1.1\\r\\n\\r\\n")
    print(sock.recv(100))
    until(handshake)
    print(until(tls.write, b"hello"), until(tls.read, 5))
    sock.close()
"""
        with servers.Server(tunnel) as server:
            capture = self.both(BY_HAND + source, str(server.port), *servers.certificate()).capture
        tls = capture.one("tls").data
        wire = capture.stream(tls["socket"], True)
        self.assertTrue(wire.startswith(b"CONNECT"))
        self.assertEqual(wire[tls["dataOffset"] : tls["dataOffset"] + 3], b"\x17\x03\x03")
        self.assertEqual(capture.stream(tls["socket"], True, 1), b"hello")

    def test_refused_certificate(self) -> None:
        capture = self.against(
            CLIENT
            + """
    async def main():
        try:
            stranger = ssl.create_default_context()
            await asyncio.open_connection("127.0.0.1", port, ssl=stranger, server_hostname="localhost")
        except ssl.SSLCertVerificationError as error:
            print(error.verify_code, error.reason)
    asyncio.run(main())
"""
        ).capture
        tls = capture.one("tls").data
        link = capture.one("error", id=tls["error"]).data["chain"][0]
        self.assertEqual((link["type"], link["reason"]), ("SSLCertVerificationError", "CERTIFICATE_VERIFY_FAILED"))
        self.assertIsNone(tls["version"])

    def test_without_a_socket(self) -> None:
        capture = self.both(
            """
    import ssl, sys
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); own.load_cert_chain(sys.argv[1], sys.argv[2])
    context = ssl.create_default_context(cafile=sys.argv[1])
    for n in range(100):
        a, b = ssl.MemoryBIO(), ssl.MemoryBIO()
        ends = [context.wrap_bio(a, b, server_hostname="localhost"), own.wrap_bio(b, a, server_side=True)]
        while ends:
            for end in list(ends):
                try:
                    end.do_handshake(); ends.remove(end)
                except ssl.SSLWantReadError:
                    pass
    print(end.version(), a.pending > 0)
""",
            *servers.certificate(),
        ).capture
        self.assertEqual(capture.of("tls") + capture.of("io"), [])
