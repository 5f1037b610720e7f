"""Lets wire breakpoints see what aiohttp parts: a request from the task that sends it, and from the exceptions that its
protocol hands over.
"""

from __future__ import annotations

import sys

from .patching import put
from .recorder import recorder
from .stacks import this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _make(original: Any) -> Any:
    def set_exception(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        watch = recorder.watch
        # An idle connection that the server closes ends here, too: in an exception that is no OSError.
        if watch is not None and recorder.on and args and isinstance(args[0], OSError):
            try:
                cause = args[1] if len(args) > 1 else None
                watch.leaving(args[0], sys._getframe(1), not this_thread().scope, cause)
            except BaseException as error:
                recorder.internal("aiohttp", error)
        try:
            return original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return set_exception


def patch(module: Any) -> None:
    """aiohttp.client_proto."""
    put(module.ResponseHandler, "set_exception", _make)


def _make_writer(original: Any) -> Any:
    def __init__(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        watch = recorder.watch
        if watch is not None and watch.places is not None and recorder.on:
            try:
                watch.places.hand_over(sys._getframe(1))
            except BaseException as error:
                recorder.internal("aiohttp", error)
        try:
            return original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return __init__


def patch_writer(module: Any) -> None:
    """aiohttp.http_writer: a request makes its writer before it starts the task that writes."""
    put(module.StreamWriter, "__init__", _make_writer)
