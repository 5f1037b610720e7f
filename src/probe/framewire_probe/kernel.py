"""What the kernel knows of a socket: its counters, its unread bytes, its options. All without blocking.

Everything goes through the C base class's methods, never through what the program may have overridden.
"""

from __future__ import annotations

import sys
from _struct import Struct, unpack
from time import monotonic_ns

from .recorder import COUNTERS, OPTIONS, recorder

try:
    from fcntl import ioctl
except ImportError:  # Windows
    ioctl = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CONNECTED, HANDSHAKE_DONE, REPLY_BEGINS, FAILED, CLOSING, SAMPLED = range(1, 7)
_COUNTERS = Struct("<IBBHQIBBHi")
_TCP = 6  # IPPROTO_TCP

if sys.platform.startswith("linux"):
    _SOURCE, _INFO, _FIONREAD = 1, 11, 0x541B
elif sys.platform == "darwin":
    _SOURCE, _INFO, _FIONREAD = 2, 0x106, 0x4004667F
else:
    _SOURCE, _INFO, _FIONREAD = 0, 0, 0x4004667F if "bsd" in sys.platform else 0


def raw(sock: Any) -> Any:
    """The C base class of a socket, whose methods are not the program's."""
    return sys.modules["_socket"].socket


def descriptor(sock: Any) -> int:
    """The file descriptor, -1 when closed."""
    return raw(sock).fileno(sock)


def unread(sock: Any) -> int:
    """Bytes waiting in the kernel's receive queue; -1 when the system does not tell."""
    if not _FIONREAD or ioctl is None:
        return -1
    try:
        return int(unpack("i", ioctl(descriptor(sock), _FIONREAD, b"\0\0\0\0"))[0])
    except (OSError, ValueError):
        return -1


def tcp_info(sock: Any) -> bytes | None:
    """The kernel's TCP structure as it returns it, None when it has none."""
    if not _SOURCE:
        return None
    try:
        return bytes(raw(sock).getsockopt(sock, _TCP, _INFO, 256))
    except OSError:
        return None


def tcp_state(sock: Any) -> int:
    """The connection's state as Linux numbers it (1 established, 7 closed, 8 close-wait); 0 unknown."""
    if _SOURCE != 1:
        return 0
    info = tcp_info(sock)
    return info[0] if info else 0


def data_times(sock: Any) -> tuple[int | None, int | None]:
    """Milliseconds since data was last sent to the peer, and since some last came from it; None where unknown."""
    info = tcp_info(sock) if _SOURCE == 1 and descriptor(sock) >= 0 else None
    if info is None or len(info) < 56:
        return None, None
    return int.from_bytes(info[44:48], sys.byteorder), int.from_bytes(info[52:56], sys.byteorder)


def write_counters(state: Any, sock: Any, moment: int, waiting: int = -1) -> None:
    """A `counters` record, if the socket is TCP and the system tells."""
    if not state.tcp:
        return
    info = tcp_info(sock)
    if info is not None:
        head = _COUNTERS.pack(28 + len(info), COUNTERS, 0, 0, monotonic_ns(), state.id, _SOURCE, moment, 0, waiting)
        recorder.write_checked(head + info)


def timeout_of(sock: Any) -> float | None:
    """Seconds, None for none, 0 for non-blocking."""
    return raw(sock).gettimeout(sock)


def write_options(state: Any, sock: Any, moment: str) -> None:
    """An `options` record of the options that shape how a connection behaves."""
    module = sys.modules["_socket"]
    get = module.socket.getsockopt

    def option(level: int, name: str) -> int | None:
        try:
            return int(get(sock, level, getattr(module, name)))
        except (OSError, AttributeError):
            return None

    members: dict[str, Any] = {"socket": state.id, "moment": moment}
    level = module.SOL_SOCKET
    if state.tcp:
        flag = option(_TCP, "TCP_NODELAY")
        members["noDelay"] = None if flag is None else bool(flag)
    flag = option(level, "SO_KEEPALIVE")
    members["keepAlive"] = None if flag is None else bool(flag)
    members["sendBuffer"] = option(level, "SO_SNDBUF")
    members["receiveBuffer"] = option(level, "SO_RCVBUF")
    members["linger"] = linger_of(sock)
    members["timeout"] = timeout_of(sock)
    recorder.json(OPTIONS, monotonic_ns(), members)


def linger_of(sock: Any) -> int | None:
    """SO_LINGER in seconds, None when it is off or unknown."""
    module = sys.modules["_socket"]
    try:
        on, seconds = unpack("ii", module.socket.getsockopt(sock, module.SOL_SOCKET, module.SO_LINGER, 8))
    except Exception:  # Windows keeps it in two shorts
        return None
    return seconds if on else None
