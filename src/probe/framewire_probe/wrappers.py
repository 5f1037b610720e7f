"""What the wrappers of sending and receiving have in common: beginning, ending and failing an operation.

Every wrapper has the same shape: prepare, call the original, note what came of it. What goes wrong in preparing
and noting is ours and switches the probe off; what the original raises goes on as it is.
"""

from __future__ import annotations

import sys
from errno import EAGAIN, EINPROGRESS, EINTR, EWOULDBLOCK
from time import monotonic_ns

from . import kernel, lastwords, sampling
from .errors import error_id, routine_error_id
from .operations import BEGIN, PARTIAL, emit
from .recorder import recorder
from .sockets import SocketState, Stream
from .stacks import ThreadState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NOT_NOW = (EAGAIN, EWOULDBLOCK, EINTR, EINPROGRESS)
_GONE = ("ConnectionResetError", "BrokenPipeError", "ConnectionAbortedError", "SSLEOFError")


def is_routine(error: BaseException) -> bool:
    """Whether an exception only says "not now": nothing has failed."""
    if isinstance(error, (BlockingIOError, InterruptedError)):
        return True
    ssl = sys.modules.get("_ssl")
    return ssl is not None and isinstance(error, (ssl.SSLWantReadError, ssl.SSLWantWriteError))


def is_timeout(error: BaseException) -> bool:
    """socket.timeout is a class of its own before 3.10 and TimeoutError after."""
    return isinstance(error, sys.modules["_socket"].timeout)


def is_reset(error: BaseException) -> bool:
    """Whether the peer cut the connection."""
    return any(cls.__name__ in _GONE for cls in type(error).__mro__)


def begin(
    thread: ThreadState,
    state: SocketState,
    stream: Stream,
    op: int,
    layer: int,
    began: int,
    data: Any,
    size: int,
    sock: Any,
) -> sampling.Sampling | None:
    """A large send is about to start: store its payload now, it may never return. What samples it, if anything does."""
    frame = sys._getframe(2)
    emit(thread, state, stream, frame, op, layer, BEGIN, began, monotonic_ns(), size, -1, data, size, 0)
    return sampling.begin(state, sock, size)


def send_failed(
    thread: ThreadState,
    state: SocketState,
    stream: Stream,
    op: int,
    layer: int,
    began: int,
    error: BaseException,
    data: Any,
    size: int,
    taken: int,
    sock: Any,
    sslobj: Any,
    handed: Any = None,
) -> None:
    """A send raised. `taken`: bytes known to have been taken before, -1 unknown. `data`: None if already stored.

    handed: what was passed in, stored or not; None when it is no buffer.
    """
    ended = monotonic_ns()
    frame = sys._getframe(2)
    if is_routine(error):
        # Nothing was taken, or exactly what was counted.
        taken = max(taken, 0)
        number = routine_error_id(error)
        emit(thread, state, stream, frame, op, layer, PARTIAL, began, ended, max(size, 0), taken, data, taken, number)
        stream.offset += taken
        return
    number = error_id(thread, error)
    flags = PARTIAL if taken >= 0 else 0
    size = max(size, 0)
    emit(thread, state, stream, frame, op, layer, flags, began, ended, size, taken, data, size, number)
    stream.offset += max(taken, 0)
    state.awaiting = True
    _failed(thread, state, sock, sslobj, frame, error)
    watch = recorder.watch
    if watch is not None:
        if state.memory:
            handed, size = None, 0  # ciphertext
        watch.failed(state, sock, frame, error, handed, size)


def receive_failed(
    thread: ThreadState,
    state: SocketState,
    stream: Stream,
    op: int,
    layer: int,
    began: int,
    error: BaseException,
    asked: int,
    sock: Any,
    sslobj: Any,
) -> None:
    """A receive raised."""
    ended = monotonic_ns()
    frame = sys._getframe(2)
    routine = is_routine(error)
    number = routine_error_id(error) if routine else error_id(thread, error)
    emit(thread, state, stream, frame, op, layer, 0, began, ended, max(asked, 0), -1, None, 0, number)
    if not routine:
        _failed(thread, state, sock, sslobj, frame, error)
        watch = recorder.watch
        if watch is not None:
            watch.failed(state, sock, frame, error)


def _failed(thread: ThreadState, state: SocketState, sock: Any, sslobj: Any, frame: Any, error: BaseException) -> None:
    if not isinstance(error, OSError) or kernel.descriptor(sock) < 0 or not state.stream:
        return
    if is_timeout(error):
        kernel.write_counters(state, sock, kernel.FAILED, kernel.unread(sock))
        if sslobj is None:
            return
    if not state.failed:
        state.failed = True
        kernel.write_options(state, sock, "failed")
    if not is_timeout(error):
        lastwords.listen(thread, state, sock, sslobj, frame, "failed", is_reset(error))
