"""The short way through a wrapper that sends: block after block of an upload, when nothing remarkable happens.

It covers a small buffer on a socket seen before. Everything else, and whatever goes wrong, takes the long way (sending,
tlssending). From CPython 3.11 on only: the frames of wrappers vanish from tracebacks there, so that two of them do no
harm, and neither threads nor signal handlers come in between where nothing is called.
"""

from __future__ import annotations

import sys
from sys import _getframe
from time import monotonic_ns

from .hellos import expected
from .operations import LARGE, PACK, SENDALL, append, emit, nested
from .recorder import IO, recorder
from .stacks import stack_of, threads
from .wrappers import send_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

SUPPORTED = sys.version_info >= (3, 11) and sys.implementation.name == "cpython"


def quick(op: int, layer: int, whole: bool, make_slow: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A maker of wrappers: make_slow's, with the short way in front.

    op, layer: as in an `io` record. whole: a return means that all was taken (sendall).
    """
    if not SUPPORTED:
        return make_slow
    kind = op | layer << 8

    def make(original: Any) -> Any:
        slow = make_slow(original)

        def send(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            # Only lookups: an error among them means that something is new, and the long way introduces it.
            try:
                thread = threads.local.state
                state = recorder.states[id(self)]
                data = args[0]
                short = (
                    state.steady == kind
                    and recorder.on
                    and (recorder.watch is None or (state.exchange is not None and not state.memory))
                    and not expected
                    and (type(data) is bytes or (type(data) is memoryview and data.itemsize == 1 and data.c_contiguous))
                    and (size := len(data)) < LARGE
                    and thread.nest is None
                    and not thread.skip
                    and thread.epoch == recorder.epoch
                    and not kwargs
                )
            except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
                if recorder.foreign(error):
                    # a signal handler of the program came in between and raised this
                    error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                    raise
                short = False
            if short:
                state.busy += 1
                began = monotonic_ns()
            try:
                if not short:
                    return slow(self, *args, **kwargs)
                result = original(self, *args)
            except BaseException as error:
                if short:
                    state.busy -= 1
                    try:
                        stream = state.plain_outgoing if layer else state.outgoing
                        sslobj = self._sslobj if layer else None
                        send_failed(thread, state, stream, op, layer, began, error, data, size, -1, self, sslobj, data)
                    except BaseException as inner:
                        recorder.internal("send", inner)
                    sslobj = None
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = data = thread = state = None  # type: ignore[assignment]
                raise
            state.busy -= 1
            try:
                ended = monotonic_ns()
                frame = _getframe(1)
                stream = state.plain_outgoing if layer else state.outgoing
                state.awaiting = True
                taken = size if whole else result
                if taken != size or 0 < stream.room < size or 0 < recorder.room < size:
                    emit(thread, state, stream, frame, op, layer, 0, began, ended, size, taken, data, taken, 0)
                    stream.offset += taken
                    watch = recorder.watch
                    if watch is not None:
                        watch.sent(thread, state, self, self._sslobj if layer else None, frame, data, taken)
                    return result
                what = kind
                if frame.f_code is nested.sendall:
                    what, frame = SENDALL | layer << 8, frame.f_back
                stack, scope = stack_of(thread, frame)
                stored = size if stream.room > 0 and recorder.room > 0 else 0
                record = PACK(
                    80 + stored, IO, began, state.id, thread.id, stack, scope, 0, what,
                    ended - began, size, taken, stream.offset, stored,
                )  # fmt: skip
                stream.offset += taken
                if stored:
                    record += data
                    stream.room -= size
                    recorder.room -= size
                else:
                    recorder.dropped += size
                append(record)
                watch = recorder.watch
                if watch is not None:
                    watch.sent(thread, state, self, self._sslobj if layer else None, frame, data, taken)
            except BaseException as error:
                recorder.internal("send", error)
            return result

        nested.short = send.__code__  # one for all that are made here
        return send

    return make
