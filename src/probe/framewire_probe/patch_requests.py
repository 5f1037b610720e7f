"""Puts scopes into requests and urllib3, when the program has them."""

from __future__ import annotations

from . import bodies
from .patch_http import socket_id
from .patching import put
from .scopes import argument, attributes, make, text
from .stacks import ThreadState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .scopes import Target


def _method_url(self: Any, args: Any, kwargs: Any) -> Target:
    return text(argument(args, kwargs, 0, "method")), text(argument(args, kwargs, 1, "url"))


def _prepared(self: Any, args: Any, kwargs: Any) -> Target:
    fields = attributes(argument(args, kwargs, 0, "request"))
    return text(fields.get("method")), text(fields.get("url"))


def _connection_body(thread: ThreadState, self: Any, args: Any, kwargs: Any, frame: Any) -> None:
    bodies.write_body(thread, socket_id(self), argument(args, kwargs, 2, "body"), frame)


def patch_urllib3_connection(module: Any) -> None:
    """urllib3.connection: from 2.0 on its request() sends the body itself."""
    if "request" in vars(module.HTTPConnection):
        scope = make("urllib3.connection.HTTPConnection.request", _method_url, _connection_body)
        put(module.HTTPConnection, "request", scope)


def patch_urllib3_pool(module: Any) -> None:
    """urllib3.connectionpool."""
    put(module.HTTPConnectionPool, "urlopen", make("urllib3.connectionpool.HTTPConnectionPool.urlopen", _method_url))


def patch_requests(module: Any) -> None:
    """requests.sessions."""
    put(module.Session, "request", make("requests.sessions.Session.request", _method_url))
    put(module.Session, "send", make("requests.sessions.Session.send", _prepared))
