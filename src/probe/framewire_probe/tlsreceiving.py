"""Wrappers for SSLSocket's receiving methods. Bytes the probe has read early are given to the program first."""

from __future__ import annotations

import sys
from time import monotonic_ns

from .buffers import size_of
from .handshake import write_tls
from .operations import READ, RECV_INTO, REPLAYED, emit
from .receiving import reply_begins
from .recorder import recorder
from .sockets import SocketState, known_state, state_of
from .stacks import this_thread
from .wrappers import receive_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _replay(state: SocketState, sock: Any, len: int = 1024, buffer: Any = None) -> Any:
    """What SSLSocket.read(len, buffer) would have given: bytes read early, then the exception that came after."""
    if state.pushback:
        if buffer is None:
            if len < 0:
                raise ValueError("size should not be negative")
            size = len
        else:
            view = memoryview(buffer).cast("B")
            size = view.nbytes if len <= 0 or len > view.nbytes else len
        chunk = bytes(state.pushback[:size])
        del state.pushback[:size]
        if buffer is None:
            return chunk
        view[: chunk.__len__()] = chunk
        return chunk.__len__()
    terminal, state.terminal = state.terminal, None
    nothing = b"" if buffer is None else 0
    if terminal == b"":
        return nothing
    # As SSLSocket.read does: a connection cut without a goodbye may count as an end.
    if terminal.args and terminal.args[0] == sys.modules["_ssl"].SSL_ERROR_EOF and sock.suppress_ragged_eofs:
        return nothing
    raise terminal


def _holds(sock: Any) -> Any:
    """The state of a socket whose next bytes are held by us, else None."""
    state = known_state(sock)
    if state is not None and sock._sslobj is not None and (state.pushback or state.terminal is not None):
        return state
    return None


def _asked(op: int, args: tuple[Any, ...], kwargs: Any) -> int:
    if op == RECV_INTO:
        size = args[1] if len(args) > 1 else kwargs.get("nbytes")
        if type(size) is int and size > 0:
            return size
        return max(size_of(args[0] if args else kwargs.get("buffer")), 0)
    size = args[0] if args else kwargs.get("len", kwargs.get("buflen", 1024))
    return size if type(size) is int and size > 0 else 0


def make(op: int) -> Any:
    """A maker of wrappers for recv, recv_into or read."""
    reads = op == READ

    def make_receive(original: Any) -> Any:
        def receive(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            state = held = None
            if recorder.on:
                try:
                    thread = this_thread()
                    if not thread.skip and thread.nest is not self and getattr(self, "_sslobj", None) is not None:
                        sslobj = self._sslobj
                        state = state_of(self, thread, sys._getframe(1))
                        if state.ignored:
                            state = None
                        else:
                            if state.plain_outgoing is None:
                                state.begin_tls()
                            began = monotonic_ns()
                            state.active.add(thread)
                            outer, thread.nest = thread.nest, self
                            thread.replayed = False
                except BaseException as error:
                    state = None
                    recorder.internal("read", error)
            try:
                if reads and recorder.held:
                    held = _holds(self)
                if held is None:
                    result = original(self, *args, **kwargs)
                else:
                    this_thread().replayed = True
                    result = _replay(held, self, *args, **kwargs)
            except BaseException as error:
                if state is not None:
                    thread.nest = outer
                    state.active.discard(thread)
                    try:
                        asked = _asked(op, args, kwargs)
                        receive_failed(thread, state, state.plain_incoming, op, 1, began, error, asked, self, sslobj)
                    except BaseException as inner:
                        recorder.internal("read", inner)
                    outer = thread = state = sslobj = None
                error.__traceback__ = None if held is not None else error.__traceback__.tb_next  # type: ignore
                self = args = kwargs = held = None  # type: ignore[assignment]
                raise
            if state is not None:
                thread.nest = outer
                state.active.discard(thread)
                try:
                    ended = monotonic_ns()
                    if not state.tls:
                        write_tls(thread, state, self, sys._getframe(1), began, None)  # done within this call
                    if state.awaiting:
                        reply_begins(state, self)
                    if type(result) is int:
                        size = result
                        at = 1 if reads else 0
                        data = args[at] if len(args) > at else kwargs.get("buffer")
                    else:
                        size, data = len(result), result
                    stream = state.plain_incoming
                    flags = REPLAYED if thread.replayed else 0
                    came = data
                    if flags:
                        data = None
                    asked = _asked(op, args, kwargs)
                    frame = sys._getframe(1)
                    stored = 0 if flags else size
                    emit(thread, state, stream, frame, op, 1, flags, began, ended, asked, size, data, stored, 0)
                    stream.offset += size
                    watch = recorder.watch
                    if watch is not None:
                        watch.received(state, self, frame, came, size)
                except BaseException as error:
                    recorder.internal("read", error)
            return result

        return receive

    return make_receive


def pending(original: Any) -> Any:
    """SSLSocket.pending(): bytes read early wait, too."""

    def pending(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
            if recorder.held:
                state = _holds(self)
                if state is not None and state.pushback:
                    result += len(state.pushback)
            return result
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return pending
