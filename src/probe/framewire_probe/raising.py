"""Notes what HTTP libraries raise where the program asks for it and nothing goes out: raise_for_status()."""

from __future__ import annotations

import sys

from .errors import raised
from .patching import put
from .recorder import recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def make(function: str) -> Any:
    """A maker of wrappers for a method; it costs something only when that raises."""

    def make_raising(original: Any) -> Any:
        def call(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            try:
                return original(self, *args, **kwargs)
            except BaseException as error:
                if recorder.on:
                    try:
                        raised(error, function, sys._getframe(1))
                    except BaseException as inner:
                        recorder.internal(function, inner)
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = None  # type: ignore[assignment]
                raise

        return call

    return make_raising


def patch_requests(module: Any) -> None:
    """requests.models."""
    put(module.Response, "raise_for_status", make("requests.models.Response.raise_for_status"))


def patch_httpx(module: Any) -> None:
    """httpx._models."""
    put(module.Response, "raise_for_status", make("httpx.Response.raise_for_status"))


def patch_aiohttp(module: Any) -> None:
    """aiohttp.client_reqrep."""
    put(module.ClientResponse, "raise_for_status", make("aiohttp.ClientResponse.raise_for_status"))
