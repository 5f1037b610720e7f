"""The first lines of HTTP/1 messages, from pieces as they come: just enough to know method, path and status.

Format: RFC 9112. Only what a well-behaved client sends is understood; anything else is "not HTTP" and left alone.
"""

import re
from typing import Any, Optional, Tuple

MOST = 64 << 10  # bytes of a head that are looked at
_METHOD = re.compile(rb"[A-Z][A-Z-]{0,19} ")
_METHOD_BEGUN = re.compile(rb"[A-Z][A-Z-]{0,19} ?\Z")
_REQUEST = re.compile(rb"([A-Z][A-Z-]{0,19}) ([^ \r\n]{1,16384}) HTTP/1\.[01]\r?\n")
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: ([^\r\n]*))?\r?\n")
_FIELD = re.compile(rb"^(host|content-length|transfer-encoding)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$", re.I | re.M)
_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.I)


def begins_request(data: Any) -> bool:
    """Whether these first bytes of a send (at least 21 when there are as many) look like a request's."""
    if not data or not 65 <= data[0] <= 90:
        return False
    return bool(_METHOD.match(data) or _METHOD_BEGUN.match(data))


class RequestHead:
    """The head of one request. feed() until `line` (the request line is known), `complete` or `failed`."""

    __slots__ = ("body", "buffer", "complete", "failed", "fed", "host", "line", "method", "path", "rest")

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.line = False
        self.complete = False
        self.failed = False
        self.method: Optional[str] = None
        self.path: Optional[str] = None  # without the query
        self.host: Optional[str] = None  # as in Host or the absolute URL, without the port
        self.body: Optional[int] = None  # bytes announced; None when only the body itself tells (chunked)
        self.fed = 0  # bytes fed so far
        self.rest = 0  # those of them that belong to the body

    def feed(self, data: bytes) -> None:
        """More bytes of the request, from its first."""
        self.fed += len(data)
        self.buffer += data[: MOST + 1 - len(self.buffer)]
        if not self.line:
            found = _REQUEST.match(self.buffer)
            if found is None:
                started = _METHOD.match(self.buffer) if len(self.buffer) > 20 else _METHOD_BEGUN.match(self.buffer)
                broken = b"\n" in self.buffer or len(self.buffer) > MOST
                self.failed = broken or (started is None and _METHOD.match(self.buffer) is None)
                return
            self.line = True
            self._target(found.group(1).decode("ascii"), found.group(2).decode("latin-1"))
        end, size = self.buffer.find(b"\r\n\r\n"), 4
        if end < 0:
            end, size = self.buffer.find(b"\n\n"), 2
        if end >= 0:
            self._fields(bytes(self.buffer[: end + size]))
            self.rest = self.fed - end - size
            self.complete = True
            self.buffer = bytearray()
        elif len(self.buffer) > MOST:
            self.failed = True

    def _target(self, method: str, target: str) -> None:
        self.method = method
        absolute = _AUTHORITY.match(target)
        if absolute:
            self.host = without_port(absolute.group(1))
            target = target[absolute.end() :] or "/"
        elif method == "CONNECT":
            self.host = without_port(target)
        self.path = target.split("?", 1)[0]

    def _fields(self, head: bytes) -> None:
        self.body = 0
        for name, value in _FIELD.findall(head):
            kind = name.lower()
            if kind == b"host" and self.host is None:
                self.host = without_port(value.decode("latin-1")) or None
            elif kind == b"content-length" and self.body is not None and value.isdigit():
                self.body = int(value)
            elif kind == b"transfer-encoding":
                self.body = None


def without_port(authority: str) -> str:
    """The host of `host:port`, of `[::1]:port` without brackets, past any `user:password@`."""
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def status_line(data: bytes) -> Tuple[Optional[int], Optional[str], bool]:
    """The final status of a reply from its first bytes: (status, line without the version, whether to look again).

    1xx heads before it are passed over. (None, None, True): more bytes are needed; (None, None, False): no HTTP/1.
    """
    at = 0
    while True:
        found = _STATUS.match(data, at)
        if found is None:
            start = bytes(data[at : at + 9])
            possible = b"HTTP/1.0 ".startswith(start) or b"HTTP/1.1 ".startswith(start)
            return None, None, possible and b"\n" not in data[at:] and len(data) - at <= MOST
        status = int(found.group(1))
        if status >= 200 or status == 101:
            reason = (found.group(2) or b"").decode("latin-1").strip()
            return status, ("%d %s" % (status, reason)).strip(), False
        end = data.find(b"\r\n\r\n", found.end() - 2)
        if end < 0:
            return None, None, len(data) - at <= MOST
        at = end + 4


def is_interim(data: bytes) -> bool:
    """Whether waiting bytes begin with a 1xx head: the server goes on reading."""
    found = _STATUS.match(data)
    return found is not None and found.group(1)[:1] == b"1" and found.group(1) != b"101"
