"""TLS in memory (ssl.SSLObject, as asyncio, anyio and trio use it): handshake and plaintext.

They are recorded for the socket that carries the ciphertext, in its layer 1; the ciphertext stays layer 0. What an
SSLObject takes is only in memory: what the kernel took is told by the sends of layer 0.
"""

from __future__ import annotations

import _weakref
import sys
from _thread import get_ident
from time import monotonic_ns

from . import hellos, memorywords
from .buffers import size_of
from .closing import note_shutdown
from .handshake import write_tls
from .operations import READ, REPLAYED, WRITE, emit
from .recorder import recorder
from .stacks import this_thread
from .tlsreceiving import _asked, _replay
from .wrappers import is_routine, receive_failed, send_failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class MemoryTls:
    """What we know of one SSLObject."""

    __slots__ = (
        "active",
        "ahead",
        "began",
        "broken",
        "consumed",
        "epoch",
        "incoming",
        "listening",
        "outgoing",
        "random",
        "ref",
        "sslobj",
        "start",
        "state",
        "units",
    )

    def __init__(self, incoming: Any, outgoing: Any) -> None:
        self.ref: Any = None
        self.epoch = recorder.epoch
        self.incoming = incoming  # the MemoryBIO with what has come; OpenSSL keeps what is in it as long as we do
        self.outgoing = outgoing  # the one with what is to be sent; let go after the handshake
        self.random: Any = None  # of its first message, once that is made
        self.began = 0  # the handshake, monotonic nanoseconds
        self.state: Any = None  # of the socket that carries it, once known
        self.start = 0  # where TLS begins in what that receives
        self.consumed = 0  # bytes that the program's operations have taken out of `incoming`
        self.active: set[int] = set()  # threads inside an operation
        self.listening = False  # what waits is being decrypted ahead of the program
        self.units: list[Any] = []  # of ciphertext: see memorywords
        self.ahead = 0  # bytes of them that the program has not come to
        # The C object, from the end of the handshake until the socket closes: asyncio lets go of the SSLObject before.
        self.sslobj: Any = None
        self.broken = False  # it has raised what it does not recover from

    def carried_by(self, state: Any) -> None:
        """Its first message goes out on this socket."""
        self.state = state
        self.start = state.incoming.offset - self.consumed - self.incoming.pending


class _Described:
    """An SSLObject with the attributes that handshake.write_tls reads, past what a subclass may define."""

    __slots__ = ("_context", "_sslobj", "server_hostname", "server_side")

    def __init__(self, sslobj: Any) -> None:
        self._sslobj = sslobj
        self._context = sslobj.context
        self.server_hostname = sslobj.server_hostname
        self.server_side = bool(sslobj.server_side)


class _Reference(_weakref.ref):
    __slots__ = ("key",)


_objects: dict[int, MemoryTls] = {}  # id(SSLObject) -> what we know


def _collected(reference: Any) -> None:
    tls = _objects.get(reference.key)
    if tls is not None and tls.ref is reference:
        del _objects[reference.key]
        hellos.expected.pop(tls.random, None)
        tls.state = None  # the two hold each other


def _watch(obj: Any, incoming: Any, outgoing: Any) -> None:
    bio = sys.modules["_ssl"].MemoryBIO
    if type(incoming) is not bio or type(outgoing) is not bio:
        return
    tls = MemoryTls(incoming, outgoing)
    reference = _Reference(obj, _collected)
    reference.key = id(obj)
    tls.ref = reference
    _objects[id(obj)] = tls


def _known(obj: Any) -> MemoryTls | None:
    tls = _objects.get(id(obj))
    return tls if tls is not None and tls.ref() is obj and tls.epoch == recorder.epoch else None


def _enter(obj: Any) -> tuple[Any, int]:
    """An operation of the program's begins: (what we know of the object, bytes in its MemoryBIO), (None, 0) unknown."""
    tls = _objects.get(id(obj))
    if tls is None or tls.ref() is not obj:
        return None, 0
    tls.active.add(get_ident())
    if tls.listening:
        memorywords.wait_for_turn(tls)
    return tls, tls.incoming.pending


def _leave(tls: MemoryTls, pending: int, error: BaseException | None = None) -> None:
    tls.active.discard(get_ident())
    tls.consumed += pending - tls.incoming.pending
    if error is not None and isinstance(error, OSError) and not is_routine(error):
        tls.broken = True


def _look(tls: MemoryTls) -> None:
    """The first message waits to be sent: note its random. Reading is the only way to look, so it is put back."""
    outgoing = tls.outgoing
    if tls.random is not None or outgoing is None or outgoing.pending < hellos.HEAD:
        return
    data = outgoing.read()
    outgoing.write(data)
    tls.random = hellos.random_of(data)
    if tls.random is not None:
        hellos.expect(tls.random, tls)


def _handshake(obj: Any, began: int, frame: Any, error: BaseException | None) -> None:
    """An operation in which the handshake may have gone on has come back."""
    tls = _known(obj)
    if tls is None or tls.outgoing is None:
        return
    thread = this_thread()
    if thread.skip:
        return
    tls.began = tls.began or began
    _look(tls)
    if error is not None and is_routine(error):
        return
    outgoing, tls.outgoing = tls.outgoing, None
    state = tls.state
    sock = state.ref() if state is not None else None
    if sock is None or state.closed:
        tls.state = None
        hellos.expected.pop(tls.random, None)
        return
    # All that was made before has been sent: the peer has answered it. The last flight is still in memory.
    first = state.outgoing.offset + outgoing.pending
    sslobj = obj._sslobj
    if error is None and type(sslobj) is sys.modules["_ssl"]._SSLSocket:
        tls.sslobj = sslobj
    described = _Described(sslobj)
    write_tls(thread, state, sock, frame, tls.began, error, described, {"dataOffset": first})


def _carried(obj: Any) -> tuple[Any, Any]:
    """State and socket that an SSLObject's plaintext is recorded for; (None, None) for not at all."""
    tls = _known(obj)
    state = tls.state if tls is not None else None
    sock = state.ref() if state is not None and not state.closed else None
    return (state, sock) if sock is not None else (None, None)


def create(original: Any) -> Any:
    """SSLObject._create(incoming, outgoing, ...)."""

    def _create(cls: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(cls, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                incoming = args[0] if args else kwargs.get("incoming")
                _watch(result, incoming, args[1] if len(args) > 1 else kwargs.get("outgoing"))
            except BaseException as error:
                recorder.internal("wrap_bio", error)
        return result

    return _create


def do_handshake(original: Any) -> Any:
    """SSLObject.do_handshake()."""

    def do_handshake(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        tls = None
        if recorder.on or recorder.held:
            try:
                tls, pending = _enter(self)
            except BaseException as error:
                recorder.internal("do_handshake", error)
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if tls is not None:
                try:
                    _leave(tls, pending, error)
                except BaseException as inner:
                    recorder.internal("do_handshake", inner)
                tls = None
            if recorder.on and isinstance(error, OSError):
                try:
                    _handshake(self, began, sys._getframe(1), error)
                except BaseException as inner:
                    recorder.internal("do_handshake", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if tls is not None:
            try:
                _leave(tls, pending)
            except BaseException as error:
                recorder.internal("do_handshake", error)
        if recorder.on:
            try:
                _handshake(self, began, sys._getframe(1), None)
            except BaseException as error:
                recorder.internal("do_handshake", error)
        return result

    return do_handshake


def write(original: Any) -> Any:
    """SSLObject.write(data): returns the bytes that TLS took, which is not the kernel."""

    def write(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        tls = None
        if recorder.on or recorder.held:
            try:
                tls, pending = _enter(self)
            except BaseException as error:
                recorder.internal("write", error)
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if tls is not None:
                try:
                    _leave(tls, pending, error)
                except BaseException as inner:
                    recorder.internal("write", inner)
                tls = None
            if recorder.on and isinstance(error, OSError):
                try:
                    if is_routine(error):
                        _handshake(self, began, sys._getframe(1), error)
                    else:
                        state, sock = _carried(self)
                        thread = this_thread()
                        if sock is not None and not thread.skip:
                            data = args[0] if args else kwargs.get("data")
                            size = size_of(data)
                            stream = state.plain_outgoing
                            send_failed(thread, state, stream, WRITE, 1, began, error, data, size, 0, sock, None)
                except BaseException as inner:
                    recorder.internal("write", inner)
                state = sock = thread = data = stream = None
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if tls is not None:
            try:
                _leave(tls, pending)
            except BaseException as error:
                recorder.internal("write", error)
        if recorder.on:
            try:
                frame = sys._getframe(1)
                _handshake(self, began, frame, None)  # may have been done within this call
                state, sock = _carried(self)
                thread = this_thread()
                if sock is not None and not thread.skip:
                    data = args[0] if args else kwargs.get("data")
                    size = max(size_of(data), result)
                    stream = state.plain_outgoing
                    ended = monotonic_ns()
                    emit(thread, state, stream, frame, WRITE, 1, 0, began, ended, size, result, data, result, 0)
                    stream.offset += result
                    watch = recorder.watch
                    if watch is not None:
                        watch.sent(thread, state, sock, self._sslobj, frame, data, result)
            except BaseException as error:
                recorder.internal("write", error)
        return result

    return write


def read(original: Any) -> Any:
    """SSLObject.read(len=1024, buffer=None). That nothing has come yet is not recorded: it ends every delivery.

    What has been decrypted ahead of the program is given to it when it comes to that.
    """

    def read(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        tls = held = None
        if recorder.on or recorder.held:
            try:
                tls, pending = _enter(self)
                if tls is not None and tls.units and _asked(READ, args, kwargs):
                    held = memorywords.next_unit(tls)
            except BaseException as error:
                recorder.internal("read", error)
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs) if held is None else _replay(held, None, *args, **kwargs)
        except BaseException as error:
            if tls is not None:
                try:
                    _leave(tls, pending, error)
                except BaseException as inner:
                    recorder.internal("read", inner)
                tls = None
            if recorder.on and isinstance(error, OSError):
                try:
                    if is_routine(error):
                        _handshake(self, began, sys._getframe(1), error)
                    else:
                        state, sock = _carried(self)
                        thread = this_thread()
                        if sock is not None and not thread.skip:
                            asked = _asked(READ, args, kwargs)
                            stream = state.plain_incoming
                            receive_failed(thread, state, stream, READ, 1, began, error, asked, sock, None)
                except BaseException as inner:
                    recorder.internal("read", inner)
                state = sock = thread = stream = None
            error.__traceback__ = None if held is not None else error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = held = None  # type: ignore[assignment]
            raise
        if tls is not None:
            try:
                _leave(tls, pending)
            except BaseException as error:
                recorder.internal("read", error)
        if recorder.on:
            try:
                frame = sys._getframe(1)
                _handshake(self, began, frame, None)
                state, sock = _carried(self)
                thread = this_thread()
                if sock is not None and not thread.skip:
                    if type(result) is int:
                        size = result
                        data = args[1] if len(args) > 1 else kwargs.get("buffer")
                    else:
                        size, data = len(result), result
                    stream = state.plain_incoming
                    asked = _asked(READ, args, kwargs)
                    ended = monotonic_ns()
                    flags, kept = (0, data) if held is None else (REPLAYED, None)
                    stored = size if held is None else 0
                    emit(thread, state, stream, frame, READ, 1, flags, began, ended, asked, size, kept, stored, 0)
                    stream.offset += size
                    watch = recorder.watch
                    if watch is not None:
                        watch.received(state, sock, frame, data, size)
            except BaseException as error:
                recorder.internal("read", error)
        return result

    return read


def pending(original: Any) -> Any:
    """SSLObject.pending(): the rest of a record of which the program has read some."""

    def pending(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
            if recorder.held:
                tls = _objects.get(id(self))
                if tls is not None and tls.ref() is self:
                    result += memorywords.begun(tls)
            return result
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise

    return pending


def unwrap(original: Any) -> Any:
    """SSLObject.unwrap()."""

    def unwrap(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        tls = None
        if recorder.on or recorder.held:
            try:
                tls, pending = _enter(self)
                if tls is not None:
                    memorywords.drop(tls)
            except BaseException as error:
                recorder.internal("unwrap", error)
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if tls is not None:
                try:
                    _leave(tls, pending, error)
                except BaseException as inner:
                    recorder.internal("unwrap", inner)
                tls = None
            if recorder.on and isinstance(error, OSError) and not is_routine(error):
                try:
                    sock = _carried(self)[1]
                    if sock is not None:
                        note_shutdown(sock, "tls", sys._getframe(1), error)
                except BaseException as inner:
                    recorder.internal("unwrap", inner)
                sock = None
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if tls is not None:
            try:
                _leave(tls, pending)
                tls.sslobj = None
            except BaseException as error:
                recorder.internal("unwrap", error)
        if recorder.on:
            try:
                sock = _carried(self)[1]
                if sock is not None:
                    note_shutdown(sock, "tls", sys._getframe(1), None)
            except BaseException as error:
                recorder.internal("unwrap", error)
        return result

    return unwrap
