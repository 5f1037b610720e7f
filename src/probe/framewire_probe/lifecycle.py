"""Start, fork and end of a recording."""

from __future__ import annotations

import atexit
import os
import sys
from time import monotonic_ns

from . import (
    closing,
    importhook,
    patch_aiohttp,
    patch_http,
    patch_httpx,
    patch_requests,
    patch_socket,
    patch_ssl,
    patching,
    raising,
    runs,
    sampling,
    unseen,
)
from .errors import chain_of
from .kernel import descriptor
from .ledger import ledger
from .recorder import END, ERROR, EXCEPTION, recorder
from .stacks import this_thread, threads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PATCHES: dict[str, Callable[[Any], None]] = {
    "socket": patch_socket.patch,
    "ssl": patch_ssl.patch,
    "http.client": patch_http.patch_client,
    "urllib.request": patch_http.patch_urllib,
    "urllib3.connection": patch_requests.patch_urllib3_connection,
    "urllib3.connectionpool": patch_requests.patch_urllib3_pool,
    "requests.sessions": patch_requests.patch_requests,
    "requests.models": raising.patch_requests,
    "httpx._models": raising.patch_httpx,
    "httpx._client": patch_httpx.patch_client,
    "httpx._transports.default": patch_httpx.patch,
    "aiohttp.client": patch_aiohttp.patch_session,
    "aiohttp.client_proto": patch_aiohttp.patch,
    "aiohttp.client_reqrep": raising.patch_aiohttp,
    "aiohttp.http_writer": patch_aiohttp.patch_writer,
    **unseen.PATCHES,
}

_finder: importhook.Finder | None = None
_registered = False


def _budget(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else default


def start(capture: str) -> bool:
    """See framewire_probe.start."""
    global _finder, _registered
    if recorder.on or recorder.file is not None:
        return recorder.on
    recorder.folder = os.path.abspath(capture)
    recorder.stream_budget = _budget("FRAMEWIRE_STREAM_BUDGET", 16 << 20)
    recorder.body_budget = max(recorder.stream_budget >> 2, 1 << 20)
    recorder.capture_budget = _budget("FRAMEWIRE_CAPTURE_BUDGET", 512 << 20)
    recorder.forget()
    recorder.late = "socket" in sys.modules
    ledger.reset()
    recorder.open()
    recorder.on = True
    if not _registered:
        _registered = True
        atexit.register(finish)  # first in, last out: after the program's own handlers
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=sampling.before_fork)
            os.register_at_fork(after_in_parent=_after_in_parent, after_in_child=_after_in_child)
    _finder = importhook.install(PATCHES, recorder.internal)
    return True


def _after_in_parent() -> None:
    recorder.forks += 1


def _after_in_child() -> None:
    """The child writes a file of its own and introduces everything again."""
    if not recorder.on:
        return
    try:
        if recorder.file is not None:
            recorder.file.close()
        recorder.file = None
        recorder.forked = True
        recorder.forks += 1
        runs.forget()
        sampling.forget()
        states = recorder.states
        for state in states.values():
            state.id = 0
        threads.renew()
        recorder.forget()
        recorder.inherited = states
    except BaseException as error:
        recorder.on = False
        if recorder.foreign(error):
            raise


def _uncaught() -> BaseException | None:
    error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
    return error if isinstance(error, BaseException) else None


def _write_uncaught() -> None:
    error = _uncaught()
    if error is None:
        return
    # Described anew: on its way up it has gained frames.
    number = recorder.ids["error"]()
    recorder.json(ERROR, monotonic_ns(), {"id": number, "chain": chain_of(error)})
    recorder.json(EXCEPTION, monotonic_ns(), {"error": number, "thread": this_thread().id})


def finish() -> None:
    """The process ends: last words of what is still open, then the end record."""
    global _finder
    sampling.end_all()
    if not recorder.on:
        ledger.release()
        return
    try:
        _write_uncaught()
        thread = this_thread()
        for state in list(recorder.states.values()):
            sock = state.ref()
            if sock is not None and state.id and not state.closed and not state.ignored and descriptor(sock) >= 0:
                closing.before_close(thread, state, sock, None, "exit")
        runs.end_all()
        if recorder.file is not None:
            recorder.json(END, monotonic_ns(), {"droppedPayload": recorder.dropped})
            if recorder.on:
                recorder.file.mark_ended()
    except BaseException as error:
        recorder.internal("finish", error)
    finally:
        recorder.on = False
    if _finder is not None:
        importhook.remove(_finder)
        _finder = None
    if not recorder.held:
        patching.undo()
    ledger.release()
    if recorder.file is not None:
        recorder.file.close()
        recorder.file = None
