"""Lets automatic breakpoints see the exceptions that httpx makes of its transport's."""

from __future__ import annotations

import sys

from .patching import put
from .recorder import recorder
from .stacks import this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Mapping:
    """The context manager in which httpx maps exceptions, with a look at what comes out of it."""

    __slots__ = ("inner",)

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __enter__(self) -> Any:
        return self.inner.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> Any:
        try:
            return self.inner.__exit__(kind, error, trace)
        except BaseException as mapped:
            watch = recorder.watch
            if watch is not None and recorder.on and mapped is not error:
                try:
                    watch.leaving(mapped, sys._getframe(1), not this_thread().scope)
                except BaseException as inner:
                    recorder.internal("httpx", inner)
            mapped.__traceback__ = mapped.__traceback__.tb_next  # type: ignore[union-attr]
            self = kind = error = trace = None  # type: ignore[assignment]
            raise


def _make(original: Any) -> Any:
    def map_httpcore_exceptions(*args: Any, **kwargs: Any) -> Any:
        return _Mapping(original(*args, **kwargs))

    return map_httpcore_exceptions


def patch(module: Any) -> None:
    """httpx._transports.default: one function maps for its synchronous and asynchronous transports."""
    put(module, "map_httpcore_exceptions", _make)
