"""Wrappers for name resolution: what was asked and every address that came back."""

from __future__ import annotations

import os
import sys
from time import monotonic_ns

from .errors import error_id
from .recorder import RESOLVE, recorder
from .stacks import of_debugger, stack_of, this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMES_KEPT = 4096


def _text(value: Any) -> Any:
    if type(value) is bytes:
        return os.fsdecode(value)
    return value if type(value) in (str, int) else None


def _addresses(function: str, result: Any) -> list[dict[str, Any]]:
    found = []
    if function == "getaddrinfo":
        families = {2: "AF_INET"}
        module = sys.modules["_socket"]
        families[int(module.AF_INET)] = "AF_INET"
        if hasattr(module, "AF_INET6"):
            families[int(module.AF_INET6)] = "AF_INET6"
        for family, _, _, _, address in result:
            if type(address) is tuple and len(address) > 1 and type(address[0]) is str:
                entry = {"family": families.get(int(family)), "address": address[0], "port": address[1]}
                if entry not in found:  # once, though it is answered for every socket type
                    found.append(entry)
    elif function == "gethostbyname":
        found.append({"family": "AF_INET", "address": result, "port": None})
    else:
        for address in result[2]:
            found.append({"family": "AF_INET", "address": address, "port": None})
    return found


def _note(function: str, args: Any, kwargs: Any, began: int, result: Any, error: Any, frame: Any) -> None:
    ended = monotonic_ns()
    thread = this_thread()
    if thread.skip or of_debugger(frame):
        return
    stack, scope = stack_of(thread, frame)
    host = _text(args[0] if args else kwargs.get("host"))
    port = None
    if function == "getaddrinfo":
        port = _text(args[1] if len(args) > 1 else kwargs.get("port"))
    addresses = [] if error is not None else _addresses(function, result)
    number = error_id(thread, error) if error is not None else None
    if type(host) is str:
        if len(recorder.names) > _NAMES_KEPT:
            recorder.names = {}
        for entry in addresses:
            recorder.names[entry["address"]] = host
    recorder.json(
        RESOLVE,
        began,
        {
            "thread": thread.id,
            "stack": stack,
            "scope": scope or None,
            "duration": ended - began,
            "function": function,
            "host": host if host is None else str(host),
            "port": port,
            "addresses": addresses,
            "error": number,
        },
    )
    watch = recorder.watch
    if watch is not None and error is not None:
        watch.unable(error, "looking up %s" % (host if type(host) is str else "a name"))


def make(function: str) -> Any:
    """A maker of wrappers for the resolving function of that name."""

    def make_resolve(original: Any) -> Any:
        def resolve(*args: Any, **kwargs: Any) -> Any:
            began = monotonic_ns()
            try:
                result = original(*args, **kwargs)
            except BaseException as error:
                if recorder.on:
                    try:
                        _note(function, args, kwargs, began, None, error, sys._getframe(1))
                    except BaseException as inner:
                        recorder.internal(function, inner)
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                args = kwargs = None  # type: ignore[assignment]
                raise
            if recorder.on:
                try:
                    _note(function, args, kwargs, began, result, None, sys._getframe(1))
                except BaseException as error:
                    recorder.internal(function, error)
            return result

        return resolve

    return make_resolve
