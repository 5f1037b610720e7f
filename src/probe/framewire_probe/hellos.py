"""Which socket carries the TLS of an ssl.SSLObject: the one on which its first handshake message is sent.

An SSLObject writes ciphertext into memory and knows nothing of a socket. The message is known by the 32 random bytes
in it, so that connections which are opened at the same time, even to the same server, are not taken for one another.
"""

from __future__ import annotations

from .buffers import first_bytes
from .recorder import recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .sockets import SocketState

HEAD = 43  # record header 5, message header 4, version 2, random 32: RFC 8446, 4.1.2, 4.1.3 and 5.1
_MOST = 64  # messages waited for; of TLS that never meets a Python socket (uvloop) each stays until its object goes
_HANDSHAKE = 22
# A server that asks for another ClientHello answers with this in place of a random: RFC 8446, 4.1.3.
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")

expected: dict[bytes, Any] = {}  # random -> the MemoryTls that made it; asked before every send that is not routine


def random_of(data: bytes | None) -> bytes | None:
    """The random in a ClientHello or ServerHello that begins here; None if none does."""
    if data is None or len(data) < HEAD or data[0] != _HANDSHAKE or data[1] != 3 or data[5] not in (1, 2):
        return None
    random = bytes(data[HEAD - 32 : HEAD])
    return None if random == _RETRY else random


def expect(random: bytes, tls: Any) -> None:
    """`tls` has made a first message with this random, which will be sent."""
    while len(expected) >= _MOST:
        expected.pop(next(iter(expected)), None)
    expected[random] = tls


def match(state: SocketState, data: Any) -> None:
    """`data` is about to be sent on a socket: if it is an expected message, socket and TLS belong together."""
    if not state.stream or state.plain_outgoing is not None:
        return
    random = random_of(first_bytes(data, HEAD))
    tls = expected.pop(random, None) if random is not None else None
    if tls is not None and tls.epoch == recorder.epoch:
        state.begin_tls()
        state.memory = tls
        tls.carried_by(state)
