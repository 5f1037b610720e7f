"""Last words: what the peer said and the program has not read, taken before the socket closes. Never blocks."""

from __future__ import annotations

import os
import sys
from time import monotonic_ns

from . import kernel, memorywords
from .operations import LAST_WORDS, PEEK, READ, RECV, emit
from .recorder import LAST_WORDS as LAST_WORDS_RECORD
from .recorder import recorder
from .sockets import SocketState, is_shared
from .stacks import ThreadState
from .tlsrecords import cut_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 1 << 20  # bytes taken at most
_CHUNK = 64 << 10
_CLOSED = 7  # TCP_CLOSE: after a reset, or before any connection

_RESET = (
    "The peer reset the connection, and no byte of a reply had reached this host that the program had not read;"
    " a reply sent before the reset can be lost on its way."
)
# A part of a record may be in OpenSSL already, which does not tell.
_RESET_TLS = (
    "The peer reset the connection, and no whole TLS record of a reply had reached this host that the program had not"
    " read; a reply sent before the reset can be lost on its way."
)
_CUT = (
    "A part of a reply had reached this host, %d of the %d bytes of a TLS record: without the rest it cannot be"
    " decrypted."
)


def _report(
    state: SocketState, moment: str, outcome: str, reason: str | None, size: int, alert: str | None = None
) -> None:
    members = {"socket": state.id, "moment": moment, "outcome": outcome, "reason": reason, "bytes": size}
    if alert is not None:
        members["alert"] = alert
    recorder.json(LAST_WORDS_RECORD, monotonic_ns(), members)
    watch = recorder.watch
    if watch is not None:
        watch.listened(state, outcome, reason, size)


def _peek(sock: Any, size: int) -> bytes:
    """Up to `size` waiting bytes; they stay in the queue.

    A socket object with a timeout would wait in poll() should another thread take the bytes in between; one of
    our own over the same connection, without a timeout, does not.
    """
    module = sys.modules["_socket"]
    base = module.socket
    flags = module.MSG_PEEK | getattr(module, "MSG_DONTWAIT", 0)
    if base.gettimeout(sock) in (None, 0.0) or module.getdefaulttimeout() is not None:
        return bytes(base.recv(sock, size, flags))
    family, kind, proto = base.family.__get__(sock), base.type.__get__(sock), base.proto.__get__(sock)
    twin = base(family, kind, proto, fileno=os.dup(base.fileno(sock)))
    try:
        return bytes(twin.recv(size, flags))
    finally:
        twin.close()


def _plain(thread: ThreadState, state: SocketState, sock: Any, frame: Any, waiting: int) -> int:
    """Store what waits in the queue, without taking it out. Returns its size in bytes."""
    stream = state.incoming
    began = monotonic_ns()
    try:
        data = _peek(sock, min(waiting, MOST))
    except OSError:
        return 0  # another thread has read it meanwhile
    watch = recorder.watch
    if watch is not None:
        watch.overheard(state, data)
    known = stream.peeked - stream.offset
    fresh = data[known:] if known > 0 else data
    if fresh:
        offset = stream.offset
        stream.offset = offset + max(known, 0)
        try:
            flags = LAST_WORDS | PEEK
            size = len(fresh)
            emit(thread, state, stream, frame, RECV, 0, flags, began, monotonic_ns(), size, size, fresh, size, 0)
        finally:
            stream.offset = offset
        stream.peeked = offset + len(data)
    return len(data)


def _read_tls(sock: Any, sslobj: Any) -> tuple[bytes, Any]:
    """What TLS can give without waiting, and the exception that ended it when that was not want-read."""
    ssl = sys.modules["_ssl"]
    chunks = []
    total = 0
    terminal = None
    while total < MOST and (kernel.unread(sock) > 0 or sslobj.pending() > 0):
        try:
            chunk = sslobj.read(_CHUNK)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            break
        except OSError as error:
            terminal = error
            break
        if not chunk:
            terminal = b""
            break
        chunks.append(chunk)
        total += len(chunk)
    return b"".join(chunks), terminal


def _tls(
    thread: ThreadState, state: SocketState, sock: Any, sslobj: Any, frame: Any, keep: bool
) -> tuple[int, str | None]:
    """Read and store the plaintext that waits. With `keep` the program gets it at its next read.

    Returns the bytes found, and the alert that stood instead of them or behind them, in OpenSSL's words.
    """
    base = kernel.raw(sock)
    stream = state.plain_incoming
    timeout = base.gettimeout(sock)
    linger = None if keep else _keep_reset(state, sock)
    began = monotonic_ns()
    base.settimeout(sock, 0)
    try:
        data, terminal = _read_tls(sock, sslobj)
    finally:
        base.settimeout(sock, timeout)
    if linger is not None and kernel.unread(sock) == 0:
        _set_linger(sock, linger)
    watch = recorder.watch
    if watch is not None:
        watch.overheard(state, bytes(state.pushback or b"") + data)
    if data:
        flags = LAST_WORDS
        size = len(data)
        # After bytes that wait in the pushback these are further on in the stream.
        offset = stream.offset
        stream.offset = offset + (len(state.pushback) if state.pushback else 0)
        try:
            emit(thread, state, stream, frame, READ, 1, flags, began, monotonic_ns(), size, size, data, size, 0)
        finally:
            stream.offset = offset
    if keep:
        if data:
            state.pushback = (state.pushback or bytearray()) + data
        if terminal is not None:
            if terminal != b"":
                terminal.__traceback__ = terminal.__context__ = None
            state.terminal = terminal
        if state.pushback or terminal is not None:
            recorder.held = True
    return len(data) + (len(state.pushback) if state.pushback and not keep else 0), _alert(terminal)


def _cut(state: SocketState, sock: Any, waiting: int) -> tuple[int, int] | None:
    """See cut_record, of what waits on a connection on which a reply was due."""
    if not state.awaiting or not 0 < waiting <= MOST:
        return None
    try:
        return cut_record(_peek(sock, waiting))
    except OSError:
        return None  # another thread has read it meanwhile


def _alert(terminal: Any) -> str | None:
    """ "TLSV13_ALERT_CERTIFICATE_REQUIRED", when it was an alert that ended the reading."""
    ssl = sys.modules["_ssl"]
    reason = getattr(terminal, "reason", None) if isinstance(terminal, ssl.SSLError) else None
    return reason if type(reason) is str and "ALERT" in reason else None


def _memory(thread: ThreadState, state: SocketState, sock: Any, frame: Any, waiting: int) -> tuple[int, str | None]:
    """Decrypt and store what waits for an ssl.SSLObject. (Bytes that the program has not read, why not or not all)."""
    tls = state.memory
    stream = state.plain_incoming
    began = monotonic_ns()
    before = memorywords.size_of(tls)
    try:
        peeked = _peek(sock, min(waiting, MOST)) if waiting > 0 else b""
    except OSError:
        peeked = b""  # another thread has read it meanwhile
    data, reason = memorywords.decrypt(tls, state, peeked)
    watch = recorder.watch
    if watch is not None:
        watch.overheard(state, memorywords.text_of(tls))
    if data:
        size = len(data)
        offset = stream.offset
        stream.offset = offset + before
        try:
            emit(thread, state, stream, frame, READ, 1, LAST_WORDS, began, monotonic_ns(), size, size, data, size, 0)
        finally:
            stream.offset = offset
    return before + len(data), reason


def _keep_reset(state: SocketState, sock: Any) -> Any:
    """Closing with unread bytes makes Linux reset the connection. Taking them would change that for the peer,
    so then the close is told to reset. Returns the linger to set, None for nothing to do."""
    if not sys.platform.startswith("linux") or not state.tcp:
        return None
    if kernel.unread(sock) <= 0 or kernel.linger_of(sock) is not None or kernel.tcp_state(sock) == _CLOSED:
        return None
    return 0


def _set_linger(sock: Any, seconds: int) -> None:
    from _struct import pack

    module = sys.modules["_socket"]
    try:
        module.socket.setsockopt(sock, module.SOL_SOCKET, module.SO_LINGER, pack("ii", 1, seconds))
    except OSError:
        pass


def listen(
    thread: ThreadState, state: SocketState, sock: Any, sslobj: Any, frame: Any, moment: str, reset: bool = False
) -> None:
    """Take the last words of a connected stream socket, with the counters first. `moment`: "failed" or "closing"."""
    waiting = kernel.unread(sock)
    alert = None
    kernel.write_counters(state, sock, kernel.FAILED if moment == "failed" else kernel.CLOSING, waiting)
    if sslobj is None:
        if waiting > 0 and moment == "closing" and is_shared(state):
            reason = "The socket is shared with a process forked off, which may still read."
            _report(state, moment, "not-attempted", reason, waiting)
            return
        if state.memory is not None:
            size, why = _memory(thread, state, sock, frame, waiting)
            if size:
                _report(state, moment, "recovered", None, size)
                return
            if why is not None and waiting > 0:
                outcome = "not-recoverable" if why is memorywords.CUT else "not-attempted"
                _report(state, moment, outcome, why, waiting)
                return
        elif waiting > 0:
            size = _plain(thread, state, sock, frame, waiting)
            if size:
                _report(state, moment, "recovered", None, size)
                return
    elif waiting > 0 or sslobj.pending() > 0 or state.pushback:
        if state.busy or state.active - {thread}:
            reason = "Another thread was in the middle of an operation on this TLS connection."
            _report(state, moment, "not-attempted", reason, max(waiting, 0))
            return
        if is_shared(state):
            reason = "The connection is shared with a process forked off; reading would take bytes from it."
            _report(state, moment, "not-attempted", reason, max(waiting, 0))
            return
        cut = _cut(state, sock, waiting)
        size, alert = _tls(thread, state, sock, sslobj, frame, moment == "failed")
        if size:
            _report(state, moment, "recovered", None, size, alert)
            return
        if cut is not None:
            _report(state, moment, "not-recoverable", _CUT % cut, cut[0])
            return
    if waiting < 0:
        _report(state, moment, "not-attempted", "This system does not tell how many bytes wait unread.", 0)
    elif moment == "failed" and reset and state.awaiting and alert is None:
        plain = sslobj is None and state.memory is None
        _report(state, moment, "not-recoverable", _RESET if plain else _RESET_TLS, 0, alert)
    else:
        _report(state, moment, "nothing-unread", None, 0, alert)
