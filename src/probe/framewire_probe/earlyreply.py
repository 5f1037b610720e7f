"""Looking for a reply while the request is still being sent. Never blocks, and takes no byte from the connection."""

from typing import Any, List, Tuple

from . import kernel, lastwords

_MOST = 64 << 10  # bytes looked at
_APPLICATION_DATA = 23  # TLS record type, RFC 8446 section 5.1
_ALERT_SIZE = 19  # an encrypted TLS 1.3 alert: 2 bytes, the true type, a tag of 16


def tls_records(data: bytes) -> List[Tuple[int, int]]:
    """(type, length of the fragment) of the records whose header is there."""
    records = []
    at = 0
    while at + 5 <= len(data):
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        records.append((data[at], size))
        at += 5 + size
    return records


def tells_of_reply(records: List[Tuple[int, int]], version: Any, has_read: bool) -> bool:
    """Whether waiting TLS records hold application data.

    Up to TLS 1.2 their type says so. In TLS 1.3 a session ticket looks the same from outside; a server sends one or
    two after the handshake, all of one size. So until something was read on the connection (has_read: the tickets with
    it), only records of different sizes tell of a reply: a sole one is not taken for it.
    """
    sizes = [size for kind, size in records if kind == _APPLICATION_DATA]
    if version != "TLSv1.3":
        return bool(sizes)
    sizes = [size for size in sizes if size > _ALERT_SIZE]
    return bool(sizes) if has_read else len(set(sizes)) > 1


def has_reply(state: Any, sock: Any, sslobj: Any) -> bool:
    """Whether a reply waits on a connection in the middle of a send, as far as can be told from outside.

    The status becomes known on a plain connection; over TLS it would take reading, and the program may be waiting
    in select() for these very bytes.
    """
    if state.pushback:
        return True
    waiting = kernel.unread(sock)
    if waiting <= 0:
        return False
    data = lastwords._peek(sock, min(waiting, _MOST))
    if sslobj is None:
        state.exchange.overhear(data)
        return True
    has_read = state.plain_incoming is not None and state.plain_incoming.offset > 0
    return tells_of_reply(tls_records(data), sslobj.version(), has_read)
