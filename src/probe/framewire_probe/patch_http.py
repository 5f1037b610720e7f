"""Puts scopes into http.client and urllib.request."""

from __future__ import annotations

from . import bodies
from .patching import put
from .runs import loops, senders
from .scopes import argument, attributes, make, text
from .sockets import known_state
from .stacks import ThreadState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .scopes import Target


def _nothing(self: Any, args: Any, kwargs: Any) -> Target:
    return None, None


def _request(self: Any, args: Any, kwargs: Any) -> Target:
    return text(argument(args, kwargs, 0, "method")), text(argument(args, kwargs, 1, "url"))


def socket_id(connection: Any) -> int:
    """The id of an HTTPConnection's socket, 0 when it has none yet."""
    sock = attributes(connection).get("sock")
    state = known_state(sock) if sock is not None else None
    return state.id if state is not None else 0


def _endheaders_body(thread: ThreadState, self: Any, args: Any, kwargs: Any, frame: Any) -> None:
    bodies.write_body(thread, socket_id(self), argument(args, kwargs, 0, "message_body"), frame)


def patch_client(module: Any) -> None:
    """http.client: the calls that put requests and replies on the wire."""
    cls = module.HTTPConnection
    loops.add(getattr(cls._send_output, "__code__", None))
    senders.add(getattr(cls.send, "__code__", None))
    name = "http.client.HTTPConnection."
    put(cls, "connect", make(name + "connect", _nothing))
    put(cls, "request", make(name + "request", _request))
    put(cls, "endheaders", make(name + "endheaders", _nothing, _endheaders_body))
    put(cls, "getresponse", make(name + "getresponse", _nothing))


def _method(fields: Any) -> str | None:
    """As urllib.request.Request.get_method() tells."""
    method = text(fields.get("method"))
    return method or ("POST" if fields.get("_data") is not None else "GET")


def _opened(self: Any, args: Any, kwargs: Any) -> Target:
    target = argument(args, kwargs, 0, "fullurl")
    if type(target) is str:
        data = argument(args, kwargs, 1, "data")
        return "GET" if data is None else "POST", target
    fields = attributes(target)
    return _method(fields), text(fields.get("_full_url"))


def patch_urllib(module: Any) -> None:
    """urllib.request: urlopen and everything built on an opener."""
    put(module.OpenerDirector, "open", make("urllib.request.OpenerDirector.open", _opened))
