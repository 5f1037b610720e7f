"""Decrypts ahead of the program what waits unread on a connection whose TLS is done in memory (ssl.SSLObject).

What waits is ciphertext: first in the object's incoming MemoryBIO, then in the kernel's queue, where it is only peeked
at. OpenSSL cannot look without moving on, so the plaintext is kept, record by record, with the number of bytes that
stood for it. The MemoryBIO is left as it was. When the program comes to these bytes itself, its next operation drops
them, unseen by OpenSSL, and is given the plaintext of each record whose last byte it has got: not earlier, not later.
"""

from __future__ import annotations

import sys
from _thread import allocate_lock, get_ident

from .recorder import recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

_HEADER = 5  # of a TLS record: type, version, length; RFC 8446 section 5.1
_RECORD = (1 << 14) + 2048  # most bytes of a record's fragment, RFC 5246 section 6.2.3
_APPLICATION_DATA = 23
_TYPES = range(20, 25)
_APPLICATION_HEAD = b"\x17\x03\x03"
_ALERT = 19  # the fragment of an encrypted TLS 1.3 alert: 2 bytes, the true type, a tag of 16

HANDSHAKE = "The TLS handshake that the program does in memory (ssl.SSLObject) had not ended."
OVER = "The program had ended TLS (ssl.SSLObject.unwrap), or it could not go on: what waits cannot be decrypted."
BUSY = "Another operation on this TLS object (ssl.SSLObject) was in progress."
CALLED_BACK = "The program is called for each TLS message (SSLContext._msg_callback): decrypting would run its code."
APART = (
    "The program has received bytes of TLS that it has not given to its TLS object (ssl.SSLObject), or some that were"
    " not seen here: what waits cannot be decrypted before them."
)
ENDED = "The program has told its TLS object (ssl.SSLObject) that nothing more comes."
CUT = "A part of a reply waits unread: its TLS record did not arrive whole, so it cannot be decrypted."


class Unit:
    """Bytes of ciphertext that OpenSSL has had ahead of the program, most often one record."""

    __slots__ = ("begun", "left", "pushback")

    def __init__(self, left: int, plaintext: bytes) -> None:
        self.left = left  # bytes that the program has not come to
        self.pushback: Any = bytearray(plaintext)  # the program's once `left` is 0
        self.begun = False  # it has read some of it


_turn = allocate_lock()  # one listener at a time
_turns: list[int] = []  # the thread that has it


def wait_for_turn(tls: Any) -> None:
    """An operation on a TLS object that is being listened to, by another thread, comes after that."""
    if get_ident() not in _turns and tls.epoch == recorder.epoch:
        with _turn:
            pass


def size_of(tls: Any) -> int:
    """Bytes of plaintext that the program has not read."""
    return sum(len(unit.pushback) for unit in tls.units)


def text_of(tls: Any) -> bytes:
    """That plaintext."""
    return b"".join(bytes(unit.pushback) for unit in tls.units)


def _drop(tls: Any, unit: Unit) -> None:
    """Take a unit's ciphertext out of the MemoryBIO, as far as it is there."""
    if unit.left:
        gone = len(tls.incoming.read(unit.left))
        unit.left -= gone
        tls.ahead -= gone


def next_unit(tls: Any) -> Any:
    """The unit whose plaintext is what the program reads next, None for none: OpenSSL will say what comes then.

    As OpenSSL does, it goes no further in the MemoryBIO than to the end of the record that holds it.
    """
    units = tls.units
    while units:
        unit = units[0]
        _drop(tls, unit)
        if unit.left:
            return None
        if unit.pushback:
            unit.begun = True
            return unit
        del units[0]
    return None


def drop(tls: Any) -> None:
    """The program ends TLS: OpenSSL is about to look for the peer's goodbye in the MemoryBIO."""
    for unit in tls.units:
        _drop(tls, unit)
        if unit.left:
            return


def begun(tls: Any) -> int:
    """Bytes left of a record of which the program has read some: what OpenSSL calls pending."""
    return sum(len(unit.pushback) for unit in tls.units if unit.begun)


def obstacle(tls: Any, state: Any) -> str | None:
    """Why what waits cannot be decrypted; None if it can."""
    if tls.outgoing is not None:
        return HANDSHAKE
    if tls.sslobj is None or tls.broken:
        return OVER
    if state.incoming.offset - tls.start != tls.consumed + tls.incoming.pending or tls.epoch != recorder.epoch:
        return APART
    if sys.modules["_ssl"]._SSLContext._msg_callback.__get__(tls.sslobj.context) is not None:
        return CALLED_BACK
    try:
        tls.incoming.write(b"")
    except OSError:
        return ENDED
    return None


def decrypt(tls: Any, state: Any, peeked: bytes) -> tuple[bytes, str | None]:
    """Decrypt what waits in the MemoryBIO and then in `peeked`: (plaintext that is new, why not or not all)."""
    if not _turn.acquire(False):
        return b"", BUSY
    try:
        _turns.append(get_ident())
        tls.listening = True
        if tls.active:  # looked at in this order, and the other way round by who comes
            return b"", BUSY
        reason = obstacle(tls, state)
        if reason is not None:
            return b"", reason
        return _decrypt(tls, peeked)
    finally:
        tls.listening = False
        _turns.clear()
        _turn.release()


def _decrypt(tls: Any, peeked: bytes) -> tuple[bytes, str | None]:
    incoming, sslobj = tls.incoming, tls.sslobj
    fresh = []
    reason = None
    own = incoming.read()
    try:
        if sslobj.pending():
            # The rest of a record that the program has begun to read.
            unit = Unit(0, _read(sslobj)[0])
            unit.begun = True
            tls.units.append(unit)
            fresh.append(bytes(unit.pushback))
        data = own + peeked
        at = tls.ahead
        for end in _ends(data, at, sslobj.version() == "TLSv1.3"):
            incoming.write(data[at:end])
            plaintext, ended = _read(sslobj)
            had = end - at - len(incoming.read())
            tls.units.append(Unit(had, plaintext))
            tls.ahead += had
            fresh.append(plaintext)
            at += had
            if ended or at < end:
                break
        else:
            if at < len(data) and data[at] == _APPLICATION_DATA and not _is_whole(data, at):
                reason = CUT
    finally:
        incoming.read()
        incoming.write(own)
        if tls.units:
            recorder.held = True
    return b"".join(fresh), reason


def _read(sslobj: Any) -> tuple[bytes, bool]:
    """What OpenSSL can give of what it has, and whether nothing comes after that."""
    ssl = sys.modules["_ssl"]
    chunks = []
    while True:
        try:
            chunk = sslobj.read(1 << 14)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return b"".join(chunks), False
        except OSError:
            return b"".join(chunks), True  # the program will be told the same
        if not chunk:
            return b"".join(chunks), True
        chunks.append(chunk)


def _length(data: bytes, at: int) -> int:
    """Length of the fragment of the record that begins here; -1 for no record's head."""
    if at + _HEADER > len(data) or data[at] not in _TYPES or data[at + 1] != 3:
        return -1
    length = int.from_bytes(data[at + 3 : at + _HEADER], "big")
    return length if length <= _RECORD else -1


def _is_whole(data: bytes, at: int) -> bool:
    length = _length(data, at)
    return length >= 0 and at + _HEADER + length <= len(data)


def _ends(data: bytes, at: int, hidden: bool) -> Iterator[int]:
    """Where each record of application data ends, of those that are there whole. hidden: as in TLS 1.3, where all
    look like that.

    It goes no further than to what looks like an alert: after a goodbye OpenSSL would end TLS in another way than
    without us, should the program end it before it comes to that. Nor to other records, which are handshakes.

    The program may have given OpenSSL the first part of a record. Where that ends is not known: the next head is looked
    for. A wrong guess does no harm, OpenSSL finds the records by itself.
    """
    if at < len(data) and data[at] not in _TYPES or (at + _HEADER <= len(data) and _length(data, at) < 0):
        found = data.find(_APPLICATION_HEAD, at)
        while found >= 0 and not _leads_on(data, found):
            found = data.find(_APPLICATION_HEAD, found + 1)
        at = found if found >= 0 else len(data)
        yield at
    while _is_whole(data, at) and data[at] == _APPLICATION_DATA:
        length = _length(data, at)
        if hidden and length == _ALERT:
            return
        at += _HEADER + length
        yield at


def _leads_on(data: bytes, at: int) -> bool:
    """Whether a record's head here is followed by the next one, as far as that is there."""
    length = _length(data, at)
    after = at + _HEADER + length
    return length >= 0 and (after + _HEADER > len(data) or _length(data, after) >= 0)
