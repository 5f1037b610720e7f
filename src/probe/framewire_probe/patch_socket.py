"""Puts the wrappers into the socket module."""

from __future__ import annotations

from . import closing, connecting, operations, receiving, resolving, sending
from .fastsend import quick
from .patching import put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def patch(module: Any) -> None:
    """Patch a freshly imported (or reloaded) socket module."""
    cls = module.socket
    put(cls, "send", quick(operations.SEND, 0, False, sending.make_send(operations.SEND, large=False)))
    put(cls, "sendall", quick(operations.SENDALL, 0, True, sending.make_send(operations.SENDALL, whole=True)))
    put(cls, "sendto", sending.make_send(operations.SENDTO, large=False))
    put(cls, "sendmsg", sending.make_sendmsg)
    put(cls, "_sendfile_use_sendfile", sending.make_sendfile)
    for name in ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into"):
        put(cls, name, receiving.make(name))
    put(cls, "connect", connecting.connect)
    put(cls, "connect_ex", connecting.connect_ex)
    put(cls, "getsockopt", connecting.getsockopt)
    put(cls, "accept", connecting.accept)
    put(cls, "shutdown", closing.shutdown)
    put(cls, "detach", closing.detach)
    put(cls, "_real_close", closing.real_close)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        put(module, name, resolving.make(name))
