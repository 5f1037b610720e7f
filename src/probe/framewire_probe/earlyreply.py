"""Looking for a reply while the request is still being sent. Never blocks, and takes no byte from the connection."""

from typing import Any, List, Tuple

from . import kernel, lastwords
from .exchanges import tcp_progress
from .httpheads import is_interim

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
    exchange = state.exchange
    if waiting <= 0 or (waiting == exchange.waiting and sslobj is not None):
        return False
    try:
        data = lastwords._peek(sock, min(waiting, _MOST))
    except OSError:
        return False  # another thread has read it meanwhile
    if sslobj is None:
        exchange.overhear(data)
        return exchange.heard is not None or not is_interim(data)
    has_read = state.plain_incoming is not None and state.plain_incoming.offset > 0
    found = tells_of_reply(tls_records(data), sslobj.version(), has_read)
    exchange.waiting = 0 if found else waiting
    return found


def may_end(data: Any) -> bool:
    """Whether a piece of a body of unknown size may be its last: it ends as a chunked one does."""
    return type(data) not in (bytes, bytearray) or bytes(data[-5:]) == b"0\r\n\r\n"


def came_early(sock: Any) -> bool:
    """Whether a reply that is here was sent before the peer had the whole request, which the system has taken.

    A reply to all of it confirms all of it. Known on Linux only; elsewhere none is taken for early.
    """
    accepted, acked = tcp_progress(sock)
    if accepted is None or acked is None:
        return False
    if acked < accepted:
        return True
    sent, received = kernel.data_times(sock)
    return sent is not None and received is not None and received > sent
