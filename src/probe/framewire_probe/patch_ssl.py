"""Puts the wrappers into the ssl module."""

from __future__ import annotations

from . import closing, handshake, operations, sslobjects, tlsreceiving, tlssending
from .fastsend import quick
from .patching import put, put_classmethod
from .stacks import nested

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def patch(module: Any) -> None:
    """Patch a freshly imported (or reloaded) ssl module."""
    cls = module.SSLSocket
    # sendall is a loop over send: its sends are recorded one by one, with what each was handed and took
    nested.sendall = getattr(cls.sendall, "__code__", None)
    put(cls, "send", quick(operations.SEND, 1, False, tlssending.make(operations.SEND)))
    put(cls, "write", tlssending.make(operations.WRITE))
    put(cls, "recv", tlsreceiving.make(operations.RECV))
    put(cls, "recv_into", tlsreceiving.make(operations.RECV_INTO))
    put(cls, "read", tlsreceiving.make(operations.READ))
    put(cls, "pending", tlsreceiving.pending)
    put(cls, "do_handshake", handshake.do_handshake)
    put(cls, "unwrap", closing.unwrap)
    put(cls, "_real_close", closing.real_close)
    put_classmethod(cls, "_create", handshake.create)
    for name in ("do_handshake", "write", "read", "pending", "unwrap"):
        put(module.SSLObject, name, getattr(sslobjects, name))
    put_classmethod(module.SSLObject, "_create", sslobjects.create)
