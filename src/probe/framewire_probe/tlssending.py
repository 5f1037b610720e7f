"""Wrappers for SSLSocket's sending methods: the plaintext. Without TLS they call the plain socket's, recorded there."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import kernel
from .buffers import size_of
from .handshake import write_tls
from .operations import LARGE, emit
from .recorder import recorder
from .sockets import state_of
from .stacks import this_thread
from .wrappers import begin, send_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def make(op: int) -> Any:
    """A maker of wrappers for send or write."""

    def make_send(original: Any) -> Any:
        def send(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            state = thread = None
            if recorder.on:
                try:
                    thread = this_thread()
                    if not thread.skip and thread.nest is not self:
                        sslobj = getattr(self, "_sslobj", None)
                        if sslobj is not None:
                            state = state_of(self, thread, sys._getframe(1))
                            if state.ignored:
                                state = None
                            else:
                                if state.plain_outgoing is None:
                                    state.begin_tls()
                                data = args[0] if args else kwargs.get("data")
                                size = size_of(data)
                                stored = False
                                sampled = None
                                began = monotonic_ns()
                                if size >= LARGE and kernel.timeout_of(self) != 0:
                                    sampled = begin(thread, state, state.plain_outgoing, op, 1, began, data, size, self)
                                    stored = True
                                    began = monotonic_ns()
                                state.active.add(thread)
                                outer, thread.nest = thread.nest, self
                except BaseException as error:
                    state = None
                    recorder.internal("send", error)
            try:
                result = original(self, *args, **kwargs)
            except BaseException as error:
                if state is not None:
                    thread.nest = outer
                    state.active.discard(thread)
                    try:
                        if sampled is not None:
                            sampled.end()
                        send_failed(
                            thread, state, state.plain_outgoing, op, 1, began, error,
                            None if stored else data, size, -1, self, sslobj, data,
                        )  # fmt: skip
                    except BaseException as inner:
                        recorder.internal("send", inner)
                    outer = data = sslobj = sampled = None
                thread = state = None
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = None  # type: ignore[assignment]
                raise
            if state is not None:
                thread.nest = outer
                state.active.discard(thread)
                try:
                    if sampled is not None:
                        sampled.end()
                    ended = monotonic_ns()
                    if not state.tls:
                        write_tls(thread, state, self, sys._getframe(1), began, None)  # done within this call
                    taken = result
                    if size < 0:
                        size = taken
                    stream = state.plain_outgoing
                    emit(
                        thread, state, stream, sys._getframe(1), op, 1, 0, began, ended, max(size, 0), taken,
                        None if stored else data, taken, 0,
                    )  # fmt: skip
                    stream.offset += taken
                    state.awaiting = True
                    state.steady = op | 1 << 8
                    watch = recorder.watch
                    if watch is not None:
                        exchange = state.exchange
                        # What Watch.sent would come to in the middle of a body, without the price of the call.
                        if (
                            exchange is not None
                            and 0 <= taken < exchange.quiet_to - exchange.handed
                            and ended < exchange.quiet_till
                            and exchange.quiet_for == watch.number
                        ):
                            exchange.handed += taken
                        else:
                            watch.sent(thread, state, self, sslobj, sys._getframe(1), data, taken)
                except BaseException as error:
                    recorder.internal("send", error)
            return result

        return send

    return make_send
