"""The state kept for each socket object, and its `socket` record."""

from __future__ import annotations

import _weakref
import os
import sys
from time import monotonic_ns

from .kernel import descriptor, raw
from .recorder import CLOSE, SOCKET, recorder
from .runs import end
from .stacks import ThreadState, of_debugger, stack_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Stream:
    """One direction of one layer: bytes so far, bytes that may still be stored, and the end of stored last words."""

    __slots__ = ("offset", "peeked", "room")

    def __init__(self) -> None:
        self.offset = 0
        self.peeked = 0
        self.room = recorder.stream_budget


class SocketState:
    """What we know of one socket. `ignored` sockets are the debugger's own."""

    __slots__ = (
        "active",
        "alike",
        "awaiting",
        "busy",
        "closed",
        "connecting",
        "exchange",
        "failed",
        "forks",
        "handshake",
        "id",
        "ignored",
        "incoming",
        "key",
        "like",
        "likes",
        "memory",
        "outgoing",
        "peer",
        "plain_incoming",
        "plain_outgoing",
        "pushback",
        "ref",
        "run",
        "steady",
        "stream",
        "swift",
        "tcp",
        "terminal",
        "tls",
    )

    def __init__(self) -> None:
        self.id = 0
        self.key = 0
        self.ref: Any = None
        self.ignored = False
        self.closed = False
        self.stream = False  # a byte stream: payload is stored
        self.tcp = False
        self.connecting: Any = None  # (began, address) of a connect in progress
        self.failed = False
        self.peer = False  # it has been connected
        self.awaiting = False  # something was sent since the last receive
        self.incoming = Stream()  # layer 0, the socket's own bytes
        self.outgoing = Stream()
        self.plain_incoming: Any = None  # layer 1, inside TLS; made when a handshake begins
        self.plain_outgoing: Any = None
        self.memory: Any = None  # the MemoryTls, where TLS is done in memory: layer 0 goes on, with the ciphertext
        self.handshake = 0  # when it began
        self.tls = False  # its outcome has been recorded
        self.pushback: Any = None  # bytearray of plaintext read early: the program's next bytes
        self.terminal: Any = None  # the exception that ended the early read, raised once after them
        self.exchange: Any = None  # kept while wire breakpoints are set
        self.active: set[ThreadState] = set()  # threads inside an operation of the TLS layer
        self.busy = 0  # the same for those on the short way: see fastsend
        self.steady = 0  # op | layer << 8 of the last send recorded the long way: the next one may take the short one
        self.run: Any = None  # of like sends, in progress
        self.like = 0  # stack of the last send on the short way
        self.alike = 0  # bytes sent in a row with it: a body, block by block
        self.likes = 0  # sends in that row that stored no payload
        self.swift = 0  # bytes of a large send that was over before it could be sampled: another one will be, too
        self.forks = recorder.forks

    def begin_tls(self) -> None:
        """The layer inside TLS has offsets of its own."""
        if self.run is not None:
            end(self.run)
        self.plain_incoming = Stream()
        self.plain_outgoing = Stream()
        self.exchange = None
        self.handshake = 0
        self.tls = False


_NO_SOCKET = SocketState()  # for a method called on something else: the original will refuse it
_NO_SOCKET.ignored = True


class _Reference(_weakref.ref):
    __slots__ = ("state",)


def _gone() -> None:
    """Stands for the reference to a socket that is no more."""


def _collected(reference: Any) -> None:
    """The program dropped the socket without closing it."""
    try:
        state, reference.state = reference.state, None
        # The two hold each other; without this they would wait for the garbage collector.
        state.ref = _gone
        if state.run is not None:
            end(state.run)
        states = recorder.states
        if states.get(state.key) is state:
            del states[state.key]
        if state.memory is not None:
            state.memory.sslobj = None
        if recorder.on and state.id and not state.closed and not state.ignored:
            state.closed = True
            recorder.json(CLOSE, monotonic_ns(), {"socket": state.id, "how": "collected"})
    except Exception as error:
        # Raised here it would be printed as unraisable: nobody to raise it to.
        if not recorder.foreign(error):
            recorder.on = False


def _watch(sock: Any, state: SocketState) -> None:
    reference = _Reference(sock, _collected)
    reference.state = state
    state.ref = reference
    state.key = id(sock)
    recorder.states[state.key] = state


def known_state(sock: Any) -> SocketState | None:
    """The state of a socket seen before, else None."""
    state = recorder.states.get(id(sock))
    return state if state is not None and state.ref() is sock else None


def state_of(sock: Any, thread: ThreadState, frame: Any, how: str = "", listener: int = 0) -> SocketState:
    """The state of a socket, introduced when new. `frame` is the program's, for the stack.

    how: as in the record; empty to find out whether the socket has been connected without us.
    """
    state = recorder.states.get(id(sock))
    if state is not None and state.ref() is sock:
        return state
    base = raw(sock)
    if not issubclass(type(sock), base):
        return _NO_SOCKET
    fd = descriptor(sock)
    adopt = thread.adopt
    if adopt is not None and adopt[0] == fd:
        # A TLS object takes over a plain socket: one connection, one id.
        thread.adopt = None
        state = adopt[1]
        state.closed = False
        state.begin_tls()
        _watch(sock, state)
        return state
    state = SocketState()
    family, kind, proto = base.family.__get__(sock), base.type.__get__(sock), base.proto.__get__(sock)
    module = sys.modules["_socket"]
    state.stream = kind == module.SOCK_STREAM
    state.tcp = state.stream and family in (module.AF_INET, module.AF_INET6)
    if of_debugger(frame):
        state.ignored = True
        _watch(sock, state)
        return state
    state.peer = how == "accepted" or _is_connected(sock, base)
    old = recorder.inherited.pop(id(sock), None)
    if old is not None and old.ref() is not sock:
        old = None
    if not how:
        how = "created"
        if old is not None:
            how = "inherited"
            state.forks = -1
        elif state.peer and recorder.late:
            how = "existing"
    if old is not None:
        state.pushback, state.terminal = old.pushback, old.terminal
    number = recorder.ids["socket"]()
    stack, _ = stack_of(thread, frame)
    members: dict[str, Any] = {
        "id": number,
        "family": _constant(module, "AF_", family),
        "type": _constant(module, "SOCK_", kind),
        "proto": proto,
        "fd": fd,
        "how": how,
        "listener": listener or None,
        "thread": thread.id,
        "stack": stack,
    }
    recorder.json(SOCKET, monotonic_ns(), members)
    state.id = number
    _watch(sock, state)
    return state


def _is_connected(sock: Any, base: Any) -> bool:
    try:
        base.getpeername(sock)
    except OSError:
        return False
    return True


_constants: dict[Any, str] = {}


def _constant(module: Any, prefix: str, value: int) -> str:
    """The name of a socket constant, or its number."""
    name = _constants.get((prefix, value))
    if name is None:
        names = sorted(key for key, item in vars(module).items() if key.startswith(prefix) and item == value)
        name = names[0] if names else str(value)
        _constants[(prefix, value)] = name
    return name


def address_text(address: Any) -> Any:
    """A unix socket's path as text; other addresses are None here."""
    if type(address) is str:
        return address
    if type(address) is bytes:
        return os.fsdecode(address)
    return None


def is_shared(state: SocketState) -> bool:
    """Whether a process forked off since may hold this socket too."""
    return state.forks != recorder.forks
