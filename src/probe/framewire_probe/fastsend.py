"""The short ways through a wrapper that sends: block after block of an upload, when nothing remarkable happens.

The shorter one enters a send in the ledger, as part of a run; the other writes its record. They cover a small buffer on
a socket seen before. Everything else, and whatever goes wrong, takes the long way (sending, tlssending). From CPython
3.11 on only: the frames of wrappers vanish from tracebacks there, so that two of them do no harm, and neither threads
nor signal handlers come in between where nothing is called.
"""

from __future__ import annotations

import sys
from sys import _getframe
from time import monotonic_ns

from .hellos import expected
from .ledger import ENTRY, ledger
from .operations import LARGE, PACK, SENDALL, append, emit
from .recorder import IO, recorder
from .runs import ENOUGH, NEARLY, begin, end, look_for_loop, runs
from .stacks import nested, stack_of, threads
from .wrappers import send_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

SUPPORTED = (
    sys.version_info >= (3, 11)
    and sys.implementation.name == "cpython"
    and getattr(sys, "_is_gil_enabled", lambda: True)()
)

_MISSING = object()


def quick(op: int, layer: int, whole: bool, make_slow: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A maker of wrappers: make_slow's, with the short ways in front.

    op, layer: as in an `io` record. whole: a return means that all was taken (sendall).
    """
    if not SUPPORTED:
        return make_slow
    kind = op | layer << 8
    run_of, enter, entry_size = runs.get, ENTRY.pack_into, ENTRY.size

    def make(original: Any) -> Any:
        slow = make_slow(original)

        def send(self: Any, data: Any = _MISSING, /, *args: Any, **kwargs: Any) -> Any:
            # Only lookups: an error among them means that something is new, and the long way introduces it.
            short, run = False, None
            try:
                of = type(data)
                size = data.nbytes if of is memoryview else len(data) if of is bytes else LARGE
                if size < LARGE and not args and not kwargs and recorder.on and not expected:
                    run = run_of(id(self))
                    if run is not None:
                        thread = run.thread
                        loop = run.loop
                        if loop is not None:
                            walk = _getframe(run.depth)
                            if (
                                walk.f_lasti != run.lasti
                                or walk.f_code is not run.sender
                                or walk.f_back is not loop
                                or loop.f_lasti != run.loop_lasti
                            ):
                                run = None
                            walk = loop = None
                        else:
                            walk = _getframe(1)
                            for code, lasti in run.path:
                                if walk.f_code is not code or walk.f_lasti != lasti:
                                    run = None
                                    break
                                walk = walk.f_back
                            # Reaching the frame of the library call in progress tells the thread, too.
                            if (
                                walk is not thread.base_frame
                                or run is None
                                or run.scope != thread.scope
                                or thread.nest is not None
                                or (walk is None and threads.local.state is not thread)
                            ):
                                run = None
                            walk = None
                    if run is not None:
                        state = run.state
                        short = True
                    else:
                        thread = threads.local.state
                        state = recorder.states[id(self)]
                        short = (
                            state.steady == kind
                            and (recorder.watch is None or (state.exchange is not None and not state.memory))
                            and (of is bytes or (data.itemsize == 1 and data.c_contiguous))
                            and thread.nest is None
                            and not thread.skip
                            and thread.epoch == recorder.epoch
                        )
            except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
                walk = loop = None
                if recorder.foreign(error):
                    # a signal handler of the program came in between and raised this
                    error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                    raise
                short = False
            if short:
                state.busy += 1
                began = monotonic_ns()
            try:
                if short:
                    result = original(self, data)
                elif data is _MISSING:
                    return slow(self, **kwargs)
                else:
                    return slow(self, data, *args, **kwargs)
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
                self = args = kwargs = data = thread = state = run = None  # type: ignore[assignment]
                raise
            state.busy -= 1
            try:
                ended = monotonic_ns()
                if run is not None and (whole or result == size):
                    # Nothing is called from here to the entry: neither another thread nor a signal handler gets in.
                    # Without room the long way ends this run, and the next one opens another ledger.
                    at = ledger.at
                    if at < ledger.end and run.live:
                        ledger.at = at + entry_size
                        run.stream.offset += size
                        enter(ledger.mapping, at, began, ended, size, run.number)
                        watch = recorder.watch
                        if watch is not None:
                            exchange = state.exchange
                            # What Watch.sent would come to in the middle of a body, without the price of the call.
                            if (
                                exchange is not None
                                and size < exchange.quiet_to - exchange.handed
                                and ended < exchange.quiet_till
                                and exchange.quiet_for == watch.number
                                and not state.memory
                            ):
                                exchange.handed += size
                            else:
                                sslobj = self._sslobj if layer else None
                                watch.sent(thread, state, self, sslobj, _getframe(1), data, size)
                                sslobj = None
                        return result
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
                if state.run is not None:
                    end(state.run)
                what = kind
                if frame.f_code is nested.sendall:
                    what, frame = SENDALL | layer << 8, frame.f_back
                stack, scope = stack_of(thread, frame)
                if stack != state.like:
                    state.like, state.likes, state.alike = stack, 0, 0
                stored = size if stream.room > 0 and recorder.room > 0 and state.alike < recorder.body_budget else 0
                state.alike += size
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
                if not stored:
                    state.likes += 1
                    if state.likes == NEARLY:
                        look_for_loop(thread, frame)
                    elif state.likes >= ENOUGH:
                        begin(thread, state, stream, what & 0xFF, layer, stack, scope, _getframe(1))
                watch = recorder.watch
                if watch is not None:
                    watch.sent(thread, state, self, self._sslobj if layer else None, frame, data, taken)
            except BaseException as error:
                recorder.internal("send", error)
            return result

        nested.short = send.__code__  # one for all that are made here
        return send

    return make
