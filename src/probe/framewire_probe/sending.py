"""Wrappers for the methods that send."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import kernel, sampling
from .buffers import first_bytes, size_of
from .hellos import expected, match
from .operations import LARGE, SENDFILE, SENDMSG, emit
from .recorder import recorder
from .sockets import state_of
from .stacks import this_thread
from .wrappers import begin, send_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Before 3.11 a call with keywords binds the method first, and the refusal is worded after that.
_BINDS = sys.version_info < (3, 11)


def make_send(op: int, at: int = 0, whole: bool = False, large: bool = True) -> Any:
    """A maker of wrappers for the methods that send one buffer.

    op: operation number. at: the data's place among the arguments. whole: a return means all was taken (sendall).
    large: a big buffer is stored before the call; not for `send` on a socket that takes what it can and returns.
    """

    def make(original: Any) -> Any:
        def send(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            state = None
            if recorder.on:
                try:
                    thread = this_thread()
                    if not thread.skip and thread.nest is not self and len(args) > at:
                        state = state_of(self, thread, sys._getframe(1))
                        if state.ignored:
                            state = None
                        else:
                            data = args[at]
                            size = size_of(data)
                            if expected:
                                match(state, data)
                            stored = False
                            sampled = None
                            began = monotonic_ns()
                            if size >= LARGE and state.stream and (large or kernel.timeout_of(self) is None):
                                sampled = begin(thread, state, state.outgoing, op, 0, began, data, size, self)
                                stored = True
                                began = monotonic_ns()
                except BaseException as error:
                    state = None
                    recorder.internal("send", error)
            try:
                if kwargs and _BINDS:
                    result = original.__get__(self)(*args, **kwargs)
                else:
                    result = original(self, *args, **kwargs)
            except BaseException as error:
                if state is not None:
                    try:
                        if sampled is not None:
                            sampled.end()
                        send_failed(
                            thread, state, state.outgoing, op, 0, began, error,
                            None if stored else data, size, -1, self, None, data,
                        )  # fmt: skip
                    except BaseException as inner:
                        recorder.internal("send", inner)
                    data = thread = state = sampled = None
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = None  # type: ignore[assignment]
                raise
            if state is not None:
                try:
                    if sampled is not None:
                        sampled.end()
                    ended = monotonic_ns()
                    taken = size if whole else result
                    if size < 0:
                        size = taken
                    stream = state.outgoing
                    emit(
                        thread, state, stream, sys._getframe(1), op, 0, 0, began, ended, max(size, 0), taken,
                        None if stored else data, max(taken, 0), 0,
                    )  # fmt: skip
                    stream.offset += max(taken, 0)
                    state.awaiting = True
                    if state.stream and size == taken:
                        state.steady = op
                    watch = recorder.watch
                    if watch is not None:
                        exchange = state.exchange
                        # What Watch.sent would come to in the middle of a body, without the price of the call.
                        if (
                            exchange is not None
                            and 0 <= taken < exchange.quiet_to - exchange.handed
                            and ended < exchange.quiet_till
                            and exchange.quiet_for == watch.number
                            and not state.memory
                        ):
                            exchange.handed += taken
                        else:
                            watch.sent(thread, state, self, None, sys._getframe(1), data, max(taken, 0))
                except BaseException as error:
                    recorder.internal("send", error)
            return result

        return send

    return make


def _joined(buffers: Any, most: int) -> bytes | None:
    """The first `most` bytes of a list of buffers; None if one of them cannot be looked at."""
    if type(buffers) not in (list, tuple):
        return None
    parts = []
    for buffer in buffers:
        size = size_of(buffer)
        if size < 0:
            return None
        if size and most > 0:
            part = first_bytes(buffer, min(size, most))
            if part is None:
                return None
            parts.append(part)
            most -= size
    return b"".join(parts)


def _total(buffers: Any) -> int:
    if type(buffers) not in (list, tuple):
        return -1
    sizes = [size_of(buffer) for buffer in buffers]
    return -1 if -1 in sizes else sum(sizes)


def make_sendmsg(original: Any) -> Any:
    """socket.sendmsg(buffers[, ancdata[, flags[, address]]])."""

    def sendmsg(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        state = None
        if recorder.on:
            try:
                thread = this_thread()
                if not thread.skip and thread.nest is not self and args:
                    state = state_of(self, thread, sys._getframe(1))
                    size = _total(args[0])
                    began = monotonic_ns()
                    if state.ignored:
                        state = None
            except BaseException as error:
                state = None
                recorder.internal("sendmsg", error)
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if state is not None:
                try:
                    data = _joined(args[0], min(size, state.outgoing.room))
                    send_failed(
                        thread, state, state.outgoing, SENDMSG, 0, began, error, data, size, -1, self, None, data
                    )
                except BaseException as inner:
                    recorder.internal("sendmsg", inner)
                data = thread = state = None
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if state is not None:
            try:
                ended = monotonic_ns()
                stream = state.outgoing
                data = _joined(args[0], min(result, stream.room)) if state.stream else None
                handed = size if size >= 0 else result
                frame = sys._getframe(1)
                emit(thread, state, stream, frame, SENDMSG, 0, 0, began, ended, handed, result, data, result, 0)
                stream.offset += result
                state.awaiting = True
                watch = recorder.watch
                if watch is not None:
                    watch.sent(thread, state, self, None, frame, data, result)
            except BaseException as error:
                recorder.internal("sendmsg", error)
        return result

    return sendmsg


def _file_bytes(file: Any, offset: Any, size: int) -> bytes | None:
    """Bytes of a file that the kernel sent by itself, read without moving the file's position."""
    import _io
    import os

    if type(file) not in (_io.BufferedReader, _io.FileIO, _io.BufferedRandom) or type(offset) is not int:
        return None
    raw = file if type(file) is _io.FileIO else file.raw
    if type(raw) is not _io.FileIO:
        return None
    return os.pread(raw.fileno(), size, offset)


def _file_size(file: Any, offset: Any = 0, count: Any = None) -> int:
    """How much of a file the kernel is to send at most; 0 when not known."""
    import _io
    import os

    if type(count) is int:
        return count
    raw = file if type(file) is _io.FileIO else file.raw if type(file) is _io.BufferedReader else None
    if type(raw) is not _io.FileIO or type(offset) is not int:
        return 0
    return os.fstat(raw.fileno()).st_size - offset


def make_sendfile(original: Any) -> Any:
    """socket._sendfile_use_sendfile(file, offset, count): the kernel copies the file by itself."""

    def _sendfile_use_sendfile(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        state = None
        if recorder.on:
            try:
                thread = this_thread()
                if not thread.skip and thread.nest is not self:
                    state = state_of(self, thread, sys._getframe(1))
                    sampled = None
                    began = monotonic_ns()
                    if state.ignored:
                        state = None
                    elif 0 < len(args) < 4 and not kwargs:
                        sampled = sampling.begin(state, self, _file_size(*args))
            except (OSError, ValueError) as error:
                if recorder.foreign(error):
                    raise  # of a signal handler of the program
                sampled = None  # the file is closed, or was changed meanwhile: the original tells
            except BaseException as error:
                state = None
                recorder.internal("sendfile", error)
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if state is not None and sampled is not None:
                try:
                    sampled.end()
                except BaseException as inner:
                    recorder.internal("sendfile", inner)
            # "Give up" means that the file is no file to the kernel; the program's send()s are recorded then.
            if state is not None and type(error).__name__ != "_GiveupOnSendfile":
                try:
                    send_failed(thread, state, state.outgoing, SENDFILE, 0, began, error, None, 0, -1, self, None)
                except BaseException as inner:
                    recorder.internal("sendfile", inner)
            thread = state = sampled = None
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if state is not None:
            try:
                if sampled is not None:
                    sampled.end()
                ended = monotonic_ns()
                stream = state.outgoing
                taken = result or 0
                data = None
                if len(args) > 1 and taken:
                    data = _file_bytes(args[0], args[1], min(taken, max(stream.room, 0)))
                stored = len(data) if data else 0
                frame = sys._getframe(1)
                emit(thread, state, stream, frame, SENDFILE, 0, 0, began, ended, taken, taken, data, stored, 0)
                stream.offset += taken
                state.awaiting = True
                watch = recorder.watch
                if watch is not None:
                    watch.sent(thread, state, self, None, frame, data, taken)
            except BaseException as error:
                recorder.internal("sendfile", error)
        return result

    return _sendfile_use_sendfile
