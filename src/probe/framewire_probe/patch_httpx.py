"""Puts scopes into httpx's synchronous client, and lets automatic breakpoints see the exceptions that httpx makes.

Not into the asynchronous one: a scope belongs to a thread's stack, and a coroutine leaves it whenever it waits.
"""

from __future__ import annotations

import sys

from .errors import raised
from .patching import put
from .recorder import recorder
from .scopes import argument, attributes, make, text
from .stacks import this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .scopes import Target


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
            if recorder.on and mapped is not error:
                try:
                    frame, outermost = sys._getframe(1), not this_thread().scope
                    if outermost:  # else the scope's end tells of it: neither coroutines nor streams have one
                        raised(mapped, _name(frame), frame, _asked(frame))
                    watch = recorder.watch
                    if watch is not None:
                        watch.leaving(mapped, frame, outermost)
                except BaseException as inner:
                    recorder.internal("httpx", inner)
            mapped.__traceback__ = mapped.__traceback__.tb_next  # type: ignore[union-attr]
            self = kind = error = trace = None  # type: ignore[assignment]
            raise


def _make(original: Any) -> Any:
    def map_httpcore_exceptions(*args: Any, **kwargs: Any) -> Any:
        return _Mapping(original(*args, **kwargs))

    return map_httpcore_exceptions


_ASYNCHRONOUS = 0x80 | 0x200  # CO_COROUTINE, CO_ASYNC_GENERATOR


def _name(frame: Any) -> str:
    return "httpx.AsyncClient.send" if frame.f_code.co_flags & _ASYNCHRONOUS else "httpx.Client.send"


def _asked(frame: Any) -> Target:
    """Method and URL of the request for which a transport works: its own argument, or that of the reply being read."""
    for _ in range(4):
        if frame is None or "httpx" not in frame.f_code.co_filename:
            break
        local = frame.f_locals
        request = local.get("request")
        if request is None:
            reply = attributes(local.get("self")).get("_response")
            request = attributes(reply).get("_request")
        if request is not None:
            fields = attributes(request)
            return text(fields.get("method")), _url(fields.get("url"))
        frame = frame.f_back
    return None, None


def patch(module: Any) -> None:
    """httpx._transports.default: one function maps for its synchronous and asynchronous transports."""
    put(module, "map_httpcore_exceptions", _make)


def _url(value: Any) -> str | None:
    """The text of an httpx.URL, from the parts that it holds."""
    parts = attributes(value).get("_uri_reference")
    if not isinstance(parts, tuple):
        return None
    if tuple.__len__(parts) == 5:  # up to 0.23: RFC 3986's own parts
        scheme, authority, path, query, _ = tuple.__iter__(parts)
        if any(type(part) is not str for part in (scheme, authority)):
            return None
        return scheme + "://" + authority + (text(path) or "") + ("?" + query if type(query) is str else "")
    if tuple.__len__(parts) != 7:
        return None
    scheme, userinfo, host, port, path, query, _ = tuple.__iter__(parts)
    if any(type(part) is not str for part in (scheme, userinfo, host, path)) or not host:
        return None
    authority = (userinfo + "@" if userinfo else "") + ("[" + host + "]" if ":" in host else host)
    if type(port) is int:
        authority += ":%d" % port
    return scheme + "://" + authority + path + ("?" + query if type(query) is str else "")


def _request(self: Any, args: Any, kwargs: Any) -> Target:
    fields = attributes(argument(args, kwargs, 0, "request"))
    return text(fields.get("method")), _url(fields.get("url"))


def patch_client(module: Any) -> None:
    """httpx._client."""
    put(module.Client, "send", make("httpx.Client.send", _request))
