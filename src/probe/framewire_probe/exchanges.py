"""What is known of the exchange under way on a connection: kept only while wire breakpoints are set."""

import sys
from time import monotonic_ns
from typing import Any, Optional, Tuple

from . import kernel
from .buffers import first_bytes
from .httpheads import MOST, RequestHead, begins_request, status_line
from .recorder import recorder
from .tlsrecords import wire_size

_HEAD, _BODY, _DONE, _OTHER = range(4)
NEVER = 1 << 63  # more bytes and nanoseconds than there are
_PATIENCE = 32  # sends in which a connection first seen in the middle may come to a new request


def tcp_progress(sock: Any) -> Tuple[Optional[int], Optional[int]]:
    """(bytes accepted by the kernel, bytes acknowledged by the peer) of a connection so far; None where unknown.

    Linux struct tcp_info, see docs/capture-format.md; `bytes_acked` counts the SYN.
    """
    if not sys.platform.startswith("linux") or kernel.descriptor(sock) < 0:
        return None, None
    info = kernel.tcp_info(sock)
    if info is None or len(info) < 216:
        return None, None

    def number(at: int, size: int) -> int:
        return int.from_bytes(info[at : at + size], sys.byteorder)

    acked = max(number(120, 8) - 1, 0)
    # bytes_retrans counts what was sent again; at most what was sent.
    return number(200, 8) - number(208, 8) + number(144, 4), acked


class Exchange:
    """The latest request on a connection and its reply."""

    __slots__ = (
        "address",
        "began",
        "before",
        "down",
        "early_told",
        "end",
        "fresh",
        "handed",
        "head",
        "heard",
        "heard_line",
        "last_words",
        "look_at",
        "misses",
        "name",
        "placed",
        "port",
        "quiet_for",
        "quiet_till",
        "quiet_to",
        "replied",
        "status",
        "status_line",
        "told",
        "up",
        "waiting",
    )

    def __init__(self, sock: Any, from_start: bool) -> None:
        # Asked now: a reset connection has no peer any more.
        self.address, self.port, self.name = _peer(sock)
        self.fresh = from_start  # nothing of the program's has been sent on the connection
        self.up = _HEAD if from_start else _DONE  # what the next bytes sent belong to
        self.misses = 0  # sends in a row that began no request
        self.look_at = 0  # monotonic nanoseconds: the next look for an early reply
        self.quiet_for = 0  # number of the Watch that need not be told of sends: see quiet()
        self._begin(0, None)

    def _begin(self, now: int, before: Optional[int]) -> None:
        self.began = now  # monotonic nanoseconds; 0 before the first request
        # Bytes of the connection before the request's first: of both figures, as what came before it and is confirmed
        # only later is not the request's. None unknown.
        self.before = before
        self.head = RequestHead()
        self.end: Optional[int] = 0  # what `handed` will be when the request is complete, None unknown
        self.handed = 0  # bytes of the request passed to sends that returned
        self.quiet_to = 0  # value of `handed` below which the Watch need not be told
        self.quiet_till = 0  # monotonic nanoseconds: until when
        self.down = b""  # the reply's first bytes read by the program, until the status is known
        self.replied = False  # the program has received the first bytes of the reply
        self.status: Optional[int] = None  # received by the program
        self.status_line: Optional[str] = None
        self.heard: Optional[int] = None  # status in what waits unread
        self.heard_line: Optional[str] = None
        self.last_words: Any = None  # (outcome, reason, bytes)
        self.told = False  # a stop has shown the unread status
        self.early_told = False
        self.waiting = 0  # bytes that were looked at over TLS and told of no reply: session tickets
        self.placed = False  # some of it was sent from one of the places that stops are restricted to

    @property
    def open_request(self) -> bool:
        """Whether a part of the request is still to be sent, as far as is known."""
        return self.up == _HEAD and self.began != 0 or self.up == _BODY

    @property
    def unfinished(self) -> bool:
        """Whether a part of the request is certainly still to be sent: its size is known."""
        return self.end is not None and self.open_request

    @property
    def complete(self) -> bool:
        """Whether all of a request that has a body was sent."""
        return self.up == _DONE and self.head.complete and self.head.body != 0

    @property
    def is_http(self) -> bool:
        return self.head.line

    def quiet(self, number: int, till: int) -> None:
        """In the middle of a body nothing comes of a send but its size. Until its end, or monotonic `till`, wrappers
        may add that to `handed` by themselves and tell the Watch with this number nothing.
        """
        if self.up == _BODY and not self.replied:
            self.quiet_for, self.quiet_till = number, till
            self.quiet_to = NEVER if self.end is None else self.end

    def sent(self, sock: Any, data: Any, taken: int, tls: Any, memory: bool = False, whole: bool = True) -> bool:
        """Bytes were sent. Returns whether they brought the request line of a new request.

        tls: what has encrypted them, if anything. memory: the kernel gets them later. whole: it took all of them.
        """
        if self.up == _BODY and not self.replied:
            self.handed += taken
            if self.end is not None and self.handed >= self.end:
                self.up = _DONE
                self.quiet_to = 0
            return False
        if self.up == _OTHER:
            return False
        if self.up != _HEAD or self.began == 0:
            return self._next(sock, data, taken, tls, memory, whole)
        return self._more(first_bytes(data, min(taken, MOST)) if taken else b"", taken)

    def _next(self, sock: Any, data: Any, taken: int, tls: Any, memory: bool, whole: bool) -> bool:
        """The first bytes after a complete request, or after its reply began: another request if they look like one."""
        if not begins_request(first_bytes(data, min(taken, 24)) if taken else None):
            self.misses += 1
            if self.up == _HEAD or (self.began == 0 and self.misses > _PATIENCE):
                self.up = _OTHER  # not HTTP from its first byte on, or from where it was first seen
            else:
                self.handed += taken
            return False
        # Asked after the first send: what it brought is part of the exchange.
        accepted, _ = tcp_progress(sock)
        before = None
        if accepted is not None and whole:
            own = 0 if memory else taken if tls is None else wire_size(taken, tls)
            before = None if own is None else max(accepted - own, 0)
        elif accepted is not None and tls is None and self.fresh:
            before = 0
        self.fresh = False
        self._begin(monotonic_ns(), before)
        self.up = _HEAD
        return self._more(first_bytes(data, min(taken, MOST)), taken)

    def _more(self, data: Any, taken: int) -> bool:
        self.handed += taken
        head = self.head
        known = head.line
        if data is None:
            self.up = _DONE
            return False
        head.feed(bytes(data))
        if head.failed:
            self.up = _DONE
        elif head.complete:
            rest = head.rest + taken - len(data)
            self.end = None if head.body is None else self.handed + head.body - rest
            self.up = _DONE if self.end is not None and self.handed >= self.end else _BODY
        return head.line and not known

    def received(self, data: Any, size: int) -> bool:
        """The program received bytes. Returns whether they brought the status."""
        if self.status is not None or self.began == 0 or size <= 0:
            return False
        begun = first_bytes(data, min(size, MOST))
        if begun is None:
            return False
        first = not self.replied
        self.replied = True
        self.quiet_to = 0
        if not first and not self.down:
            return False  # given up
        whole = self.down + bytes(begun)
        self.status, self.status_line, again = status_line(whole)
        self.down = whole if again else b""
        if self.status == 101:
            self.up = _OTHER
        return self.status is not None

    def overhear(self, data: bytes) -> None:
        """Bytes that wait for the program, from the first it has not read."""
        if self.status is None and self.began and (self.down or not self.replied):
            self.heard, self.heard_line, _ = status_line(self.down + data[:MOST])


def _peer(sock: Any) -> Tuple[Optional[str], Optional[int], Optional[str]]:
    """(address, port, name asked for) of a connected socket, as far as known. Name: TLS's, else what was resolved."""
    try:
        peer = kernel.raw(sock).getpeername(sock)
    except OSError:
        peer = None
    address = port = None
    if type(peer) is tuple and len(peer) >= 2 and type(peer[0]) is str:
        address, port = peer[0], peer[1]
    name = getattr(sock, "server_hostname", None) if hasattr(type(sock), "do_handshake") else None
    if type(name) is not str:
        name = recorder.names.get(address or "")
    return address, port, name
