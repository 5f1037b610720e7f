"""What plaintext becomes on the wire: as the kernel counts it."""

import socket
import ssl
import sys
import unittest

from support import servers
from support.case import PROBE

sys.path.insert(0, PROBE)
from framewire_probe.exchanges import tcp_progress  # noqa: E402
from framewire_probe.tlsrecords import cut_record, overhead, wire_size  # noqa: E402


def record(size: int, kind: int = 23) -> bytes:
    """A record with a fragment of that size."""
    return bytes([kind, 3, 3]) + size.to_bytes(2, "big") + b"r" * size


class CutRecordTest(unittest.TestCase):
    """The last record of what waits."""

    def test_how_much_of_it_is_there(self) -> None:
        self.assertEqual(cut_record(record(250)[:100]), (100, 255))
        self.assertEqual(cut_record(record(250) + record(17, 21) + record(16384)[:5]), (5, 16389))

    def test_nothing_is_said_of_others(self) -> None:
        for data in (
            b"",
            record(250),
            record(250) + record(40),
            record(250)[:4],  # its size is not there
            record(250, 22)[:100],  # a handshake's
            record(250)[50:] + record(40),  # the first has begun before
            record(30000)[:100],  # longer than a record may be
        ):
            self.assertIsNone(cut_record(data), data[:8])


class WireSizeTest(unittest.TestCase):
    """Against TCP_INFO, on real connections."""

    @unittest.skipUnless(sys.platform.startswith("linux"), "the kernel's counters are Linux's")
    def test_as_the_kernel_counts(self) -> None:
        for version, ciphers in (
            (ssl.TLSVersion.TLSv1_3, None),
            (ssl.TLSVersion.TLSv1_2, "ECDHE-RSA-AES128-GCM-SHA256"),
            (ssl.TLSVersion.TLSv1_2, "ECDHE-RSA-CHACHA20-POLY1305"),
            (ssl.TLSVersion.TLSv1_2, "ECDHE-RSA-AES256-SHA384"),
        ):
            context = ssl.create_default_context(cafile=servers.certificate()[0])
            context.minimum_version = context.maximum_version = version
            if ciphers:
                context.set_ciphers(ciphers)
            with servers.Server(servers.swallow, servers.tls()) as server:
                plain = socket.create_connection(("localhost", server.port))
                with context.wrap_socket(plain, server_hostname="localhost") as sock:
                    for size in (1, 399, 16384, 16385, 100000):
                        before = tcp_progress(sock)[0]
                        sock.sendall(b"x" * size)
                        expected = wire_size(size, sock._sslobj)
                        found = tcp_progress(sock)[0] - before
                        with self.subTest(cipher=sock.cipher(), size=size):
                            self.assertEqual(expected, None if ciphers and "SHA384" in ciphers else found)

    def test_what_is_not_known(self) -> None:
        self.assertIsNone(overhead(None, None))
        self.assertIsNone(overhead("TLSv1.1", "ECDHE-RSA-AES256-GCM-SHA384"))
        self.assertEqual(overhead("TLSv1.2", "ECDHE-ECDSA-AES128-CCM8"), 21)
        self.assertEqual(overhead("TLSv1.3", "TLS_AES_128_CCM_8_SHA256"), 14)


if __name__ == "__main__":
    unittest.main()
