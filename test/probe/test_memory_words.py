"""What TLS in memory leaves unread: decrypted at the failure and at the close, and every byte stays the program's."""

import ssl
from typing import Any, Callable, Tuple

from support import servers
from support.capture import LAST_WORDS, REPLAYED
from support.case import ProbeTest, Ran
from support.programs import BY_HAND, CLIENT

HEAD, BODY = servers.REFUSAL.split(b"\r\n\r\n")

# The connection is made, the request's head and more are on their way, the server has answered and cut the connection.
CUT = (
    BY_HAND
    + """
    import select
    sock = socket.create_connection(("127.0.0.1", port), 20)
    until(handshake)
    def send():
        tls.write(b"POST / HTTP/1.1\\r\\nContent-Length: 999999\\r\\n\\r\\n")
        for _ in range(4):
            tls.write(b"x" * 5000)
        sock.sendall(outgoing.read())
        ends = select.poll()
        ends.register(sock, select.POLLHUP)
        ends.poll(20000)
    def fail():
        tls.write(b"y" * 5000)
        try:
            sock.sendall(outgoing.read())
            print("sent")
        except OSError as error:
            print("failed")
    def cut():
        send()
        fail()
    def take(size):
        try:
            incoming.write(sock.recv(size))
        except OSError:
            print("no more")
    def say(function, *arguments):
        try:
            print(function(*arguments), end=" ")
        except (OSError, ValueError) as error:
            print(type(error).__name__, *error.args, end=" ")
        print(tls.pending(), incoming.pending, outgoing.pending, incoming.eof)
"""
)
# The same with asyncio, whose loop has no chance to read what has come.
ASYNC = (
    CLIENT
    + """
    import fcntl, select, termios
    def wait_for(writer, event):
        ends = select.poll()
        ends.register(writer.get_extra_info("socket").fileno(), event)
        ends.poll(20000)
    async def opened():
        return await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="localhost")
"""
)


def in_records(*parts: bytes) -> Callable[[Any], None]:
    """A server that answers so, each part in a TLS record of its own, and cuts the connection."""

    def serve(connection: Any) -> None:
        servers.read_head(connection)
        for part in parts:
            connection.sendall(part)

    return serve


def with_goodbye(connection: Any) -> None:
    """Refuses, says goodbye and cuts."""
    servers.refuse(connection)
    connection.settimeout(0)
    try:
        connection.unwrap()
    except OSError:
        pass  # it does not wait for the client's


class MemoryWords(ProbeTest):
    """Clients whose server answers before it has read the whole request, and resets the connection."""

    def against(self, source: str, serve: Any = servers.refuse, version: Any = None) -> Ran:
        context = servers.tls()
        if version is not None:
            context.maximum_version = version
        with servers.Server(serve, context) as server:
            return self.both(source, str(server.port), servers.certificate()[0])

    def words(self, ran: Ran, moment: str, outcome: str = "recovered") -> Tuple[Any, bytes]:
        """The record of that moment, and all the plaintext that was found unread."""
        found = ran.capture.one("last-words", moment=moment).data
        self.assertEqual(found["outcome"], outcome, (found, ran.capture.summary()))
        return found, ran.capture.stream(found["socket"], False, 1, last_words=True)

    def test_recovered_from_asyncio(self) -> None:
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            ran = self.against(
                ASYNC
                + """
    async def main():
        reader, writer = await opened()
        writer.write(b"POST / HTTP/1.1\\r\\nContent-Length: 999999\\r\\n\\r\\n")
        writer.write(b"x" * 100000)
        wait_for(writer, select.POLLHUP)
        writer.write(b"y" * 1000000)
        try:
            await writer.drain()
            await reader.read()
        except ConnectionError:
            print("lost")
        print(reader.exception() is not None)
    asyncio.run(main())
""",
                version=version,
            )
            self.assertEqual(ran.out, "lost\nTrue\n")
            failed, plaintext = self.words(ran, "failed")
            self.assertEqual(plaintext, servers.REFUSAL)
            self.assertEqual(failed["bytes"], len(servers.REFUSAL))
            self.assertEqual(self.words(ran, "closing")[0]["bytes"], len(servers.REFUSAL))
            records = [r for r in ran.capture.of("io", layer=1) if r.data["flags"] & LAST_WORDS]
            self.assertEqual(sum(len(r.payload) for r in records), len(servers.REFUSAL), "stored once")
            self.assertEqual(ran.capture.stream(failed["socket"], False, 1), b"", "nothing was read by the program")

    def test_recovered_when_asyncio_closes(self) -> None:
        """Without any failure: the program has heard enough. Up to 3.10 its SSLObject goes before the socket does."""

        def serve(connection: Any) -> None:
            servers.refuse(connection)
            connection.recv(1)

        ran = self.against(
            ASYNC
            + """
    async def main():
        reader, writer = await opened()
        writer.write(b"POST / HTTP/1.1\\r\\n\\r\\n")
        descriptor = writer.get_extra_info("socket").fileno()
        waiting = bytearray(4)
        while int.from_bytes(waiting, sys.byteorder) <= %d + 2 * 220:  # with two session tickets
            wait_for(writer, select.POLLIN)
            fcntl.ioctl(descriptor, termios.FIONREAD, waiting)
        writer.transport.abort()
        await asyncio.sleep(0)
    asyncio.run(main())
"""
            % len(servers.REFUSAL),
            serve,
        )
        self.assertEqual(self.words(ran, "closing")[1], servers.REFUSAL)

    def test_the_program_reads_every_byte_itself(self) -> None:
        """As it comes to them, record by record, however little of them it feeds at a time."""
        reading = """
    say(tls.read, 5)
    take(7)
    say(tls.read, 5)
    {more}
    for _ in range(40):
        take(50)
        say(tls.read, 11)
        say(tls.read, 7, bytearray(9))
        say(tls.read, 0)
    say(tls.read, -1)
    buffer = bytearray(20000)
    take(50000)
    say(tls.read, 20000, buffer); print(bytes(buffer))
    for _ in range(60):
        say(tls.read)
    say(tls.write, b"more")
    sock.close()
    say(tls.read)
"""
        replies = [
            (servers.refuse, servers.REFUSAL),
            (in_records(HEAD, b"\r\n\r\n", BODY), servers.REFUSAL),
            (in_records(HEAD + b"\r\n\r\n", b"z" * 40000), HEAD + b"\r\n\r\n" + b"z" * 40000),
            (with_goodbye, servers.REFUSAL),
        ]
        # It may have begun to feed TLS before the failure: a part of a record, or all of it. Or end TLS in between.
        fed = [("take(100)\n    say(tls.read, 3)", ""), ("take(3)\n    say(tls.read)", ""), ("take(900)", ""),
               ("take(900)\n    say(tls.read, 3)", ""), ("", "take(100)\n    say(tls.unwrap)")]  # fmt: skip
        cases = [(*reply, "", "") for reply in replies] + [(*replies[1], *one) for one in fed]
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            for number, (serve, reply, before, more) in enumerate(cases):
                with self.subTest(version=version, case=number):
                    source = "%s    send()\n    %s\n    fail()\n" % (CUT, before)
                    ran = self.against(source + reading.format(more=more), serve, version)
                    if not more:
                        given = [r for r in ran.capture.of("io", layer=1) if r.data["flags"] & REPLAYED]
                        self.assertEqual({r.payload for r in given}, {b""}, "stored once, not twice")
                        # The program has read all, some of it maybe before the failure.
                        early = len(ran.capture.stream(given[0].data["socket"], False, 1))
                        self.assertEqual(early + sum(r.data["result"] for r in given), len(reply))
                    failed = ran.capture.of("last-words", moment="failed")[0].data
                    self.assertEqual(failed["outcome"], "recovered", failed)

    def test_what_came_is_held_by_the_program(self) -> None:
        ran = self.against(CUT + "    early = sock.recv(1)\n    cut()\n    sock.close()\n")
        found, plaintext = self.words(ran, "failed", "not-attempted")
        self.assertIn("has not given to its TLS object", found["reason"])
        self.assertGreater(found["bytes"], 0)
        self.assertEqual(plaintext, b"")

    def test_the_program_is_called_for_each_message(self) -> None:
        ran = self.against(
            CUT
            + """
    seen = []
    context._msg_callback = lambda *what: seen.append(what)
    cut()
    print(len([what for what in seen if what[1] == "read"]))
    sock.close()
"""
        )
        self.assertIn("_msg_callback", self.words(ran, "failed", "not-attempted")[0]["reason"])

    def test_nothing_said(self) -> None:
        """Session tickets wait, and no reply: over TLS 1.3 both look the same from outside."""
        ran = self.against(CUT + "    cut()\n    sock.close()\n", servers.cut)
        found, plaintext = self.words(ran, "failed", "not-recoverable")
        self.assertIn("reset", found["reason"])
        self.assertEqual(plaintext, b"")

    def test_a_reply_that_did_not_come_whole(self) -> None:
        def serve(connection: Any) -> None:
            servers.read_head(connection)
            # a record's head that promises more than comes
            import socket as module

            module.socket.sendall(connection, b"\x17\x03\x03\x01\x00" + b"r" * 100)

        ran = self.against(CUT + "    cut()\n    sock.close()\n", serve)
        found, plaintext = self.words(ran, "failed", "not-recoverable")
        self.assertIn("did not arrive whole", found["reason"])
        self.assertEqual(plaintext, b"")

    def test_the_object_goes_on_without_its_socket(self) -> None:
        """What the program kept of the ciphertext is good after the close."""
        ran = self.against(
            CUT
            + """
    cut()
    kept = sock.recv(1 << 16)
    sock.close()
    say(tls.read)
    incoming.write(kept)
    incoming.write_eof()
    for _ in range(3):
        say(tls.read)
"""
        )
        self.assertIn(repr(servers.REFUSAL), ran.out)
