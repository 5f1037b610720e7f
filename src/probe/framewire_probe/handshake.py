"""`tls` records: what came of a handshake, and the wrappers around it."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import kernel
from .errors import error_id
from .jsontext import Whole
from .recorder import TLS, recorder
from .sockets import SocketState, known_state, state_of
from .stacks import ThreadState, stack_of, this_thread
from .wrappers import is_routine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_VERIFY = {0: "none", 1: "optional", 2: "required"}
_DER = 2  # _ssl.ENCODING_DER


def _certificate(sslobj: Any, done: bool) -> str | None:
    """The peer's leaf certificate, base64 of DER. A failed handshake has it only as an unverified chain (3.10+)."""
    from binascii import b2a_base64

    data = None
    try:
        if done:
            data = sslobj.getpeercert(True)
        elif hasattr(sslobj, "get_unverified_chain"):
            chain = sslobj.get_unverified_chain()
            data = chain[0].public_bytes(_DER) if chain else None
    except Exception:
        return None
    return Whole(b2a_base64(data, newline=False).decode("ascii")) if type(data) is bytes else None


def _context_of(sock: Any) -> dict[str, Any]:
    base = sys.modules["_ssl"]._SSLContext
    context = getattr(sock, "_context", None)
    if not isinstance(context, base):
        return {}
    return {
        "verifyMode": _VERIFY.get(int(base.verify_mode.__get__(context))),
        "checkHostname": bool(base.check_hostname.__get__(context)),
    }


def write_tls(
    thread: ThreadState,
    state: SocketState,
    sock: Any,
    frame: Any,
    began: int,
    error: BaseException | None,
    tls: Any = None,
    more: Any = None,
) -> None:
    """Write the `tls` record and the counters after the handshake.

    tls: what has the attributes of TLS where it is not the socket itself. more: further members of the record.
    """
    if tls is None:
        tls = sock
    ended = monotonic_ns()
    began = state.handshake or began
    state.tls = True
    sslobj = tls._sslobj
    stack, scope = stack_of(thread, frame)
    name = getattr(tls, "server_hostname", None)
    members: dict[str, Any] = {
        "socket": state.id,
        "thread": thread.id,
        "stack": stack,
        "scope": scope or None,
        "duration": ended - began,
        "side": "server" if getattr(tls, "server_side", False) is True else "client",
        "serverName": name if type(name) is str else None,
        "error": error_id(thread, error) if error is not None else None,
    }
    members.update(_context_of(tls))
    members.update(more or {})
    if sslobj is not None:
        members["version"] = sslobj.version() if error is None else None
        cipher = sslobj.cipher() if error is None else None
        members["cipher"] = cipher[0] if cipher else None
        members["alpn"] = sslobj.selected_alpn_protocol()
        members["reused"] = bool(sslobj.session_reused) if error is None else None
        members["certificate"] = _certificate(sslobj, error is None)
    recorder.json(TLS, began, members)
    if kernel.descriptor(sock) >= 0:
        moment = kernel.HANDSHAKE_DONE if error is None else kernel.FAILED
        kernel.write_counters(state, sock, moment, kernel.unread(sock) if error is not None else -1)
    if error is not None:
        state.failed = True
        watch = recorder.watch
        if watch is not None:
            watch.unable(error, "in the TLS handshake with %s" % (name if type(name) is str else "the server"))


def _note(sock: Any, began: int, frame: Any, error: BaseException | None) -> None:
    thread = this_thread()
    if thread.skip:
        return
    state = state_of(sock, thread, frame)
    if state.ignored:
        return
    if state.plain_outgoing is None:
        state.begin_tls()
    if state.tls:
        return  # asked again after it was done
    state.handshake = state.handshake or began
    if error is None or not is_routine(error):
        write_tls(thread, state, sock, frame, began, error)


def do_handshake(original: Any) -> Any:
    """SSLSocket.do_handshake(block=False)."""

    def do_handshake(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        began = monotonic_ns()
        try:
            result = original(self, *args, **kwargs)
        except BaseException as error:
            if recorder.on and isinstance(error, OSError):
                try:
                    _note(self, began, sys._getframe(1), error)
                except BaseException as inner:
                    recorder.internal("do_handshake", inner)
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            self = args = kwargs = None  # type: ignore[assignment]
            raise
        if recorder.on:
            try:
                _note(self, began, sys._getframe(1), None)
            except BaseException as error:
                recorder.internal("do_handshake", error)
        return result

    return do_handshake


def create(original: Any) -> Any:
    """SSLSocket._create(sock, ...): the plain socket's state goes over to the TLS object."""

    def _create(cls: Any, /, *args: Any, **kwargs: Any) -> Any:
        thread = state = None
        if recorder.on:
            try:
                plain = args[0] if args else kwargs.get("sock")
                if plain is not None:
                    thread = this_thread()
                    state = None if thread.skip else known_state(plain)
                    if state is not None and not state.ignored:
                        thread.adopt = (kernel.descriptor(plain), state)
                plain = None
            except BaseException as error:
                recorder.internal("wrap_socket", error)
        try:
            result = original(cls, *args, **kwargs)
        except BaseException as error:
            if thread is not None:
                thread.adopt = None
            error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
            args = kwargs = None  # type: ignore[assignment]
            raise
        if thread is not None and thread.adopt is not None:
            try:
                if recorder.on:
                    state_of(result, thread, sys._getframe(1))
            except BaseException as error:
                recorder.internal("wrap_socket", error)
            thread.adopt = None
        return result

    return _create
