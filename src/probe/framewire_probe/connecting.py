"""Wrappers for connecting and accepting."""

from __future__ import annotations

import os
import sys
from errno import EALREADY, EINPROGRESS, EISCONN, EWOULDBLOCK
from time import monotonic_ns

from . import kernel
from .errors import error_id
from .recorder import CONNECT, recorder
from .sockets import SocketState, address_text, state_of
from .stacks import ThreadState, stack_of, this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PENDING = (EINPROGRESS, EWOULDBLOCK, EALREADY, 10035)


def _record(
    thread: ThreadState,
    state: SocketState,
    sock: Any,
    address: Any,
    frame: Any,
    began: int,
    result: str,
    error: BaseException | None,
) -> None:
    """Write the `connect` record and, once connected, the options and counters."""
    ended = monotonic_ns()
    stack, scope = stack_of(thread, frame)
    base = kernel.raw(sock)
    module = sys.modules["_socket"]
    members: dict[str, Any] = {
        "socket": state.id,
        "thread": thread.id,
        "stack": stack,
        "scope": scope or None,
        "duration": ended - began,
        "timeout": kernel.timeout_of(sock),
        "result": result,
        "error": error_id(thread, error) if error is not None else None,
    }
    family = base.family.__get__(sock)
    members["family"] = {int(module.AF_INET): "AF_INET"}.get(family)
    if hasattr(module, "AF_INET6") and family == module.AF_INET6:
        members["family"] = "AF_INET6"
    elif hasattr(module, "AF_UNIX") and family == module.AF_UNIX:
        members["family"] = "AF_UNIX"
        members["address"] = address_text(address)
    if type(address) is tuple and len(address) > 1:
        host, port = address[0], address[1]
        if type(host) is bytes:
            host = os.fsdecode(host)
        members["address"] = host if type(host) is str else None
        members["port"] = port if type(port) is int else None
    if result == "connected" and family in (module.AF_INET, getattr(module, "AF_INET6", -1)):
        try:
            local, peer = base.getsockname(sock), base.getpeername(sock)
            members["localAddress"], members["localPort"] = local[0], local[1]
            if peer[0] != members.get("address"):
                # The program named the host in connect itself.
                members["host"], members["address"] = members.get("address"), peer[0]
        except OSError:
            pass  # gone again already
    if not members.get("host"):
        members["host"] = recorder.names.get(members.get("address") or "")
    recorder.json(CONNECT, began, members)
    if result == "connected" and state.stream:
        state.peer = True
        kernel.write_options(state, sock, "connected")
        kernel.write_counters(state, sock, kernel.CONNECTED)
        watch = recorder.watch
        if watch is not None:
            watch.connected(state, sock, frame)


def _note(sock: Any, args: Any, began: int, frame: Any, number: int, error: BaseException | None) -> None:
    """What came of a connect: `number` is its errno, 0 for none, -1 for another kind of failure."""
    thread = this_thread()
    if thread.skip or thread.nest is sock:
        return
    state = state_of(sock, thread, frame, "created")
    if state.ignored:
        return
    address = args[0] if args else None
    if state.connecting is not None:
        if number in _PENDING:
            return
        began, address = state.connecting
    if number in _PENDING:
        state.connecting = (began, address)
        _record(thread, state, sock, address, frame, began, "in-progress", None)
        return
    if number == EISCONN and state.connecting is None:
        return  # asked again after it had been connected
    state.connecting = None
    if number in (0, EISCONN):
        _record(thread, state, sock, address, frame, began, "connected", None)
        return
    if error is None:
        error = OSError(number, os.strerror(number))
    _record(thread, state, sock, address, frame, began, "failed", error)
    watch = recorder.watch
    if watch is not None:
        watch.unable(error, "connecting to %s" % _place(address))


def _place(address: Any) -> str:
    """An address for people; only of exact builtin types, so that nothing of the program's runs."""
    if type(address) is str:
        return address
    if type(address) is tuple and len(address) > 1 and type(address[0]) is str and type(address[1]) is int:
        return "%s, port %d" % (address[0], address[1])
    return "the server"


def connect(original: Any) -> Any:
    """socket.connect(address)."""

    def connect(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if recorder.on and isinstance(error, (OSError, KeyboardInterrupt)):
                try:
                    number = OSError.errno.__get__(error) if isinstance(error, OSError) else -1  # type: ignore
                    number = number if type(number) is int else -1
                    _note(self, args, began, sys._getframe(1), number, error)
                except BaseException as inner:
                    recorder.internal("connect", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                _note(self, args, began, sys._getframe(1), 0, None)
            except BaseException as error:
                recorder.internal("connect", error)
        return result

    return connect


def connect_ex(original: Any) -> Any:
    """socket.connect_ex(address): answers with an errno instead of raising."""

    def connect_ex(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if recorder.on and isinstance(error, OSError):
                try:
                    _note(self, args, began, sys._getframe(1), -1, error)
                except BaseException as inner:
                    recorder.internal("connect_ex", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on and type(result) is int:
            try:
                _note(self, args, began, sys._getframe(1), result, None)
            except BaseException as error:
                recorder.internal("connect_ex", error)
        return result

    return connect_ex


def getsockopt(original: Any) -> Any:
    """socket.getsockopt: SO_ERROR is how the outcome of a non-blocking connect is learnt."""

    def getsockopt(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                state = recorder.states.get(id(self))
                pending = state is not None and state.connecting is not None
                if pending and _asks_for_error(args) and type(result) is int and (result or _has_peer(self)):
                    _note(self, (), 0, sys._getframe(1), result, None)
            except BaseException as error:
                recorder.internal("getsockopt", error)
        return result

    return getsockopt


def _asks_for_error(args: Any) -> bool:
    module = sys.modules["_socket"]
    return args == (module.SOL_SOCKET, module.SO_ERROR) if [type(one) for one in args] == [int, int] else False


def _has_peer(sock: Any) -> bool:
    try:
        kernel.raw(sock).getpeername(sock)
    except OSError:
        return False
    return True


def accept(original: Any) -> Any:
    """socket.accept(): the new socket is introduced with its listener."""

    def accept(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                _accepted(self, result, sys._getframe(1))
            except BaseException as error:
                recorder.internal("accept", error)
        return result

    return accept


def _accepted(listener: Any, result: Any, frame: Any) -> None:
    thread = this_thread()
    if thread.skip or type(result) is not tuple or not isinstance(result[0], kernel.raw(listener)):
        return
    owner = state_of(listener, thread, frame)
    if owner.ignored:
        return
    state_of(result[0], thread, frame, "accepted", owner.id)
