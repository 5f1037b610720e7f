"""Wrappers for shutting down, detaching and closing; last words are taken before a real close."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import kernel, lastwords
from .errors import error_id
from .recorder import CLOSE, SHUTDOWN, recorder
from .runs import end
from .sockets import SocketState, known_state, state_of
from .stacks import ThreadState, stack_of, this_thread
from .wrappers import is_routine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOW = {0: "read", 1: "write", 2: "both"}


def _tls_object(sock: Any) -> Any:
    return getattr(sock, "_sslobj", None) if hasattr(type(sock), "do_handshake") else None


def write_close(thread: ThreadState, state: SocketState, frame: Any, how: str) -> None:
    """A `close` record; the state is not used again."""
    state.closed = True
    if state.run is not None:
        end(state.run)
    if state.memory is not None:
        state.memory.sslobj = None
    stack, scope = stack_of(thread, frame)
    recorder.json(
        CLOSE,
        monotonic_ns(),
        {"socket": state.id, "thread": thread.id, "stack": stack, "scope": scope or None, "how": how},
    )


def before_close(thread: ThreadState, state: SocketState, sock: Any, frame: Any, how: str) -> None:
    """Last words, then the close record."""
    if state.stream and kernel.descriptor(sock) >= 0:
        sslobj = _tls_object(sock)
        if sslobj is not None or _connected_once(state):
            lastwords.listen(thread, state, sock, sslobj, frame, "closing")
            watch = recorder.watch
            if watch is not None:
                watch.closing(state, sock, frame)
    write_close(thread, state, frame, how)


def _connected_once(state: SocketState) -> bool:
    """Whether anything can have come in: a listening or never connected socket has no last words."""
    return bool(state.peer or state.incoming.offset or state.outgoing.offset or state.failed)


def real_close(original: Any) -> Any:
    """socket._real_close() and SSLSocket._real_close()."""

    def _real_close(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if recorder.on:
            try:
                thread = this_thread()
                if not thread.skip:
                    state = known_state(self)
                    if state is not None and not state.closed and not state.ignored and kernel.descriptor(self) >= 0:
                        before_close(thread, state, self, sys._getframe(1), "close")
            except BaseException as error:
                recorder.internal("close", error)
        try:
            return original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return _real_close


def detach(original: Any) -> Any:
    """socket.detach(): the descriptor lives on without the object."""

    def detach(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if recorder.on:
            try:
                thread = this_thread()
                state = known_state(self)
                if state is not None and not state.closed and not state.ignored and not thread.skip:
                    if thread.adopt is not None and thread.adopt[1] is state:
                        state.closed = True  # until the TLS object takes it over
                    elif kernel.descriptor(self) >= 0:
                        write_close(thread, state, sys._getframe(1), "detach")
            except BaseException as error:
                recorder.internal("detach", error)
        try:
            return original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return detach


def note_shutdown(sock: Any, how: Any, frame: Any, error: Any) -> None:
    """A `shutdown` record. `how` is the argument, or "tls" for unwrap."""
    thread = this_thread()
    if thread.skip:
        return
    state = state_of(sock, thread, frame)
    if state.ignored or state.closed:
        return
    stack, scope = stack_of(thread, frame)
    members = {
        "socket": state.id,
        "thread": thread.id,
        "stack": stack,
        "scope": scope or None,
        "how": how if how == "tls" else _HOW.get(int(how)) if isinstance(how, int) else None,
        "error": error_id(thread, error) if error is not None else None,
    }
    recorder.json(SHUTDOWN, monotonic_ns(), members)


def shutdown(original: Any) -> Any:
    """socket.shutdown(how)."""

    def shutdown(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if recorder.on and isinstance(error, OSError):
                try:
                    note_shutdown(self, args[0] if args else None, sys._getframe(1), error)
                except BaseException as inner:
                    recorder.internal("shutdown", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                note_shutdown(self, args[0] if args else None, sys._getframe(1), None)
            except BaseException as error:
                recorder.internal("shutdown", error)
        return result

    return shutdown


def unwrap(original: Any) -> Any:
    """SSLSocket.unwrap(): the end of TLS, maybe not of the connection."""

    def unwrap(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if recorder.on and isinstance(error, OSError) and not is_routine(error):
                try:
                    note_shutdown(self, "tls", sys._getframe(1), error)
                except BaseException as inner:
                    recorder.internal("unwrap", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                note_shutdown(self, "tls", sys._getframe(1), None)
                state = known_state(self)
                if state is not None:
                    state.steady = 0  # from here on it sends without TLS
                    if state.run is not None:
                        end(state.run)
            except BaseException as error:
                recorder.internal("unwrap", error)
        return result

    return unwrap
