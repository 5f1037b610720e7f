"""Wrappers for the methods that receive."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import kernel
from .buffers import first_bytes, size_of
from .operations import PEEK, RECV, RECV_INTO, RECVFROM, RECVFROM_INTO, RECVMSG, RECVMSG_INTO, emit
from .recorder import recorder
from .sockets import SocketState, state_of
from .stacks import this_thread
from .wrappers import receive_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MSG_PEEK = 2  # on Linux, macOS and Windows alike
_NAMES = {
    "recv": RECV,
    "recv_into": RECV_INTO,
    "recvfrom": RECVFROM,
    "recvfrom_into": RECVFROM_INTO,
    "recvmsg": RECVMSG,
    "recvmsg_into": RECVMSG_INTO,
}


def _flags(op: int, args: tuple[Any, ...], kwargs: Any) -> int:
    at = 1 if op in (RECV, RECVFROM) else 2
    flags = args[at] if len(args) > at else kwargs.get("flags", 0)
    return int.__and__(flags, _MSG_PEEK) if isinstance(flags, int) else 0


def asked_of(op: int, args: tuple[Any, ...], kwargs: Any) -> int:
    """How many bytes a receive asks for."""
    if op in (RECV, RECVFROM, RECVMSG):
        return args[0] if args and type(args[0]) is int else 0
    if op == RECVMSG_INTO:
        buffers = args[0] if args else None
        return sum(max(size_of(one), 0) for one in buffers) if type(buffers) in (list, tuple) else 0
    size = args[1] if len(args) > 1 else kwargs.get("nbytes")
    if type(size) is int and size > 0:
        return size
    return max(size_of(args[0] if args else kwargs.get("buffer")), 0)


def _scattered(buffers: Any, size: int) -> bytes | None:
    parts = []
    if type(buffers) not in (list, tuple):
        return None
    for buffer in buffers:
        length = size_of(buffer)
        if length < 0:
            return None
        if size > 0 and length:
            part = first_bytes(buffer, min(length, size))
            if part is None:
                return None
            parts.append(part)
            size -= length
    return b"".join(parts)


def _outcome(op: int, result: Any, args: tuple[Any, ...], kwargs: Any) -> tuple[int, Any]:
    """How many bytes came, and what holds them."""
    if op in (RECVFROM, RECVMSG):
        return len(result[0]), result[0]
    if op == RECVFROM_INTO:
        return result[0], args[0] if args else kwargs.get("buffer")
    return result[0], _scattered(args[0] if args else None, result[0])


def reply_begins(state: SocketState, sock: Any) -> None:
    """The first receive after a send: how far was the sending by then?"""
    state.awaiting = False
    if state.tcp and kernel.descriptor(sock) >= 0:
        kernel.write_counters(state, sock, kernel.REPLY_BEGINS)


def make(name: str) -> Any:
    """A maker of wrappers for the receiving method of that name."""
    op = _NAMES[name]

    def make_receive(original: Any) -> Any:
        def receive(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            state = None
            if recorder.on:
                try:
                    thread = this_thread()
                    if not thread.skip and thread.nest is not self:
                        state = state_of(self, thread, sys._getframe(1))
                        if state.ignored:
                            state = None
                        began = monotonic_ns()
                except BaseException as error:
                    state = None
                    recorder.internal(name, error)
            try:
                result = original(self, *args, **kwargs)
            except BaseException as error:
                if state is not None:
                    try:
                        asked = asked_of(op, args, kwargs)
                        receive_failed(thread, state, state.incoming, op, 0, began, error, asked, self, None)
                    except BaseException as inner:
                        recorder.internal(name, inner)
                    thread = state = None
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = None  # type: ignore[assignment]
                raise
            if state is not None:
                try:
                    ended = monotonic_ns()
                    if op == RECV:
                        size, data = len(result), result
                    elif op == RECV_INTO:
                        size, data = result, args[0] if args else kwargs.get("buffer")
                    else:
                        size, data = _outcome(op, result, args, kwargs)
                    if state.awaiting:
                        reply_begins(state, self)
                    flags = PEEK if (len(args) > 1 or kwargs) and _flags(op, args, kwargs) else 0
                    stream = state.incoming
                    asked = asked_of(op, args, kwargs)
                    frame = sys._getframe(1)
                    emit(thread, state, stream, frame, op, 0, flags, began, ended, asked, size, data, size, 0)
                    if not flags:
                        stream.offset += size
                        watch = recorder.watch
                        if watch is not None and not state.memory:
                            watch.received(state, self, frame, data, size)
                except BaseException as error:
                    recorder.internal(name, error)
            return result

        return receive

    return make_receive
