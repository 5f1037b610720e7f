"""Sees what aiohttp parts: a request from the task that sends it, and from the exceptions that come of it."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import errors
from .patching import put
from .recorder import REQUEST, recorder
from .scopes import argument, attributes, text
from .sockets import known_state
from .stacks import stack_of, this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .scopes import Target


def _held(owner: Any, name: str) -> Any:
    """An attribute of aiohttp's or asyncio's own, in a slot or the instance's dict; None where there is none."""
    try:
        return object.__getattribute__(owner, name)
    except AttributeError:
        return None


def _awaited(protocol: Any, error: BaseException) -> bool:
    """Whether the program will meet this exception as it is: it waits for a reply's head, or too long for its body."""
    if attributes(protocol).get("_waiter") is not None:
        return True
    payload = attributes(protocol).get("_payload")
    # asyncio had a TimeoutError of its own before 3.11
    timed_out = any(errors._name_of(base) == "TimeoutError" for base in errors._mro_of(type(error)))
    return payload is not None and _held(payload, "_eof") is False and timed_out


def _socket_of(protocol: Any) -> Any:
    """What is known of the connection's socket, through asyncio's own transports only; None where it is not."""
    transport = _held(protocol, "transport")
    for _ in range(3):
        if not str(type(transport).__module__).startswith("asyncio."):
            return None
        sock = _held(transport, "_sock")
        if sock is not None:
            return known_state(sock)
        carrier = _held(transport, "_ssl_protocol")
        transport = _held(carrier, "_transport") if carrier is not None else None
    return None


def _socket_id(protocol: Any) -> int:
    state = _socket_of(protocol)
    return state.id if state is not None else 0


def _write_request(protocol: Any, frame: Any) -> None:
    """A `request` record: the task that writes knows nothing of who asked for it."""
    if type(protocol).__module__ != "aiohttp.client_proto":
        return  # a server's reply
    state = _socket_of(protocol)
    thread = this_thread()
    if state is None or thread.skip:
        return
    layer = int(state.plain_outgoing is not None)
    offset = (state.plain_outgoing if layer else state.outgoing).offset
    stack, _ = stack_of(thread, frame)
    members = {"socket": state.id, "thread": thread.id, "stack": stack, "layer": layer, "offset": offset}
    recorder.json(REQUEST, monotonic_ns(), members)


def _make(original: Any) -> Any:
    def set_exception(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        # An idle connection that the server closes ends here, too: nobody waits then, and it is no OSError.
        if recorder.on and args:
            try:
                error = args[0]
                if isinstance(error, BaseException) and _awaited(self, error):
                    errors.raised(error, "aiohttp.ClientSession._request", sys._getframe(1), sock=_socket_id(self))
                watch = recorder.watch
                if watch is not None and isinstance(error, OSError):
                    cause = args[1] if len(args) > 1 else None
                    watch.leaving(error, sys._getframe(1), not this_thread().scope, cause)
            except BaseException as inner:
                recorder.internal("aiohttp", inner)
            error = None
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
        if recorder.on:
            try:
                watch = recorder.watch
                if watch is not None and watch.places is not None:
                    watch.places.hand_over(sys._getframe(1))
                _write_request(argument(args, kwargs, 0, "protocol"), sys._getframe(1))
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


def _target(args: Any, kwargs: Any) -> Target:
    url = argument(args, kwargs, 1, "str_or_url")
    if type(url) is not str:  # a yarl.URL holds its parts in slots: two of these since 1.18, a split result before
        scheme, netloc, path = (_held(url, name) for name in ("_scheme", "_netloc", "_path"))
        if scheme is None:
            value = _held(url, "_val")
            if isinstance(value, tuple):
                scheme, netloc, path = tuple.__getitem__(value, slice(3))
        parts = [part for part in (scheme, netloc, path) if type(part) is str]
        url = "%s://%s%s" % tuple(parts) if len(parts) == 3 else None
    return text(argument(args, kwargs, 0, "method")), url


def _make_request(original: Any) -> Any:
    async def _request(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            return await original(self, *args, **kwargs)
        except BaseException as error:
            # one who cancels knows why
            if recorder.on and isinstance(error, Exception):
                try:
                    errors.raised(error, "aiohttp.ClientSession._request", sys._getframe(1), _target(args, kwargs))
                except BaseException as inner:
                    recorder.internal("aiohttp", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return _request


def patch_session(module: Any) -> None:
    """aiohttp.client. What fails before there is a connection, or without its protocol, is seen here only."""
    put(module.ClientSession, "_request", _make_request)
