"""Exceptions into `error` records, without running the program's code: no repr, no property, no __getattr__."""

from __future__ import annotations

import sys
from time import monotonic_ns

from . import errordetails
from .recorder import ERROR, RAISED, is_ours, recorder
from .stacks import ThreadState, code_id, of_debugger, stack_of, this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_MAX_CHAIN = 16
_PLAIN = (str, int, float, bool, bytes, type(None))
_OWN_FORMAT = ("builtins", "ssl", "_ssl", "socket", "urllib.error", "http.client")

_name_of = type.__dict__["__qualname__"].__get__
_module_of = type.__dict__["__module__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_attributes_of = type.__dict__["__dict__"].__get__
_args = BaseException.args
_own = BaseException.__dict__["__dict__"].__get__  # type: ignore[index]


def _module(cls: type) -> str | None:
    name = _module_of(cls)
    return name if type(name) is str else None


def _text_of(value: Any) -> str:
    return repr(value) if type(value) in _PLAIN else "<" + _name_of(type(value)) + ">"


def _fields(error: BaseException) -> dict[str, Any]:
    """The instance dict; empty where the program has put one of a class of its own in its place."""
    fields = _own(error)
    return fields if type(fields) is dict else {}


def _attribute(error: BaseException, name: str) -> Any:
    """An instance attribute of exact builtin type, else None."""
    value = _fields(error).get(name)
    return value if type(value) in _PLAIN else None


def _safe_to_format(error: BaseException, depth: int = 0) -> bool:
    """Whether str(error) runs nothing but the standard library."""
    if depth > 3:
        return False
    for cls in _mro_of(type(error)):
        if "__str__" in _attributes_of(cls):
            # object.__str__, as IncompleteRead has it, goes on to __repr__.
            if _module(cls) not in _OWN_FORMAT or _attributes_of(cls)["__str__"] is object.__str__:
                return False
            break
    parts: list[Any] = list(_args.__get__(error))
    if isinstance(error, OSError):
        parts += [OSError.errno.__get__(error), OSError.strerror.__get__(error)]  # type: ignore[attr-defined]
        parts += [OSError.filename.__get__(error), OSError.filename2.__get__(error)]  # type: ignore[attr-defined]
    fields = _fields(error)
    parts += [fields.get(name) for name in ("reason", "code", "msg", "filename", "line")]
    for part in parts:
        if type(part) in _PLAIN:
            continue
        if not isinstance(part, BaseException) or not _safe_to_format(part, depth + 1):
            return False
    return True


def _message(error: BaseException) -> str | None:
    if not _safe_to_format(error):
        return None
    try:
        text = str(error)
    except Exception:
        return None
    return text if type(text) is str else None


def _by_id(code: Any, line: int) -> dict[str, Any]:
    return {"code": code_id(code), "line": line}


def _by_name(code: Any, line: int) -> dict[str, Any]:
    return {"file": code.co_filename, "function": getattr(code, "co_qualname", code.co_name), "line": line}


def _frames(error: BaseException, place: Callable[[Any, int], dict[str, Any]]) -> list[dict[str, Any]]:
    frames = []
    trace = BaseException.__traceback__.__get__(error)  # type: ignore[attr-defined]
    while trace is not None:
        code = trace.tb_frame.f_code
        if not is_ours(code.co_filename):
            frames.append(place(code, trace.tb_lineno))
        trace = trace.tb_next
    frames.reverse()
    return frames


def _describe(error: BaseException, place: Callable[[Any, int], dict[str, Any]] = _by_id) -> dict[str, Any]:
    cls = type(error)
    bases = []
    for base in _mro_of(cls)[1:]:
        bases.append(_name_of(base))
        if base is Exception or base is BaseException:
            break
    members: dict[str, Any] = {
        "type": _name_of(cls),
        "module": _module(cls),
        "bases": bases,
        "args": [_text_of(item) for item in _args.__get__(error)],
        "message": _message(error),
        "frames": _frames(error, place),
    }
    members.update(errordetails.of(error, _fields(error)))
    if isinstance(error, OSError):
        number = OSError.errno.__get__(error)  # type: ignore[attr-defined]
        if type(number) is int:
            members["errno"] = number
            members["errnoName"], members["errnoMeaning"] = errordetails.errno(cls, number, error)
        if _is_ssl(cls):
            members["library"] = _attribute(error, "library")
            members["reason"] = _attribute(error, "reason")
            members["verifyCode"] = _attribute(error, "verify_code")
            members["verifyMessage"] = _attribute(error, "verify_message")
    return members


def _is_ssl(cls: type) -> bool:
    ssl = sys.modules.get("_ssl")
    return ssl is not None and issubclass(cls, ssl.SSLError)


def named_by(error: BaseException) -> list[tuple[str, BaseException]]:
    """The exceptions an exception names, with how."""
    named = []
    cause = BaseException.__cause__.__get__(error)  # type: ignore[attr-defined]
    context = BaseException.__context__.__get__(error)  # type: ignore[attr-defined]
    reason = _fields(error).get("reason")
    for item in (reason, *_args.__get__(error)):
        if isinstance(item, BaseException):
            named.append(("reason", item))
    if cause is not None:
        named.append(("cause", cause))
    elif context is not None and not BaseException.__suppress_context__.__get__(error):  # type: ignore[attr-defined]
        named.append(("context", context))
    return named


def chain_of(error: BaseException, place: Callable[[Any, int], dict[str, Any]] = _by_id) -> list[dict[str, Any]]:
    """The exception and those it names, breadth first; an exception that is named twice appears once."""
    chain = [_describe(error, place)]
    seen = [error]
    at = 0
    while at < len(seen):
        for relation, named in named_by(seen[at]):
            if len(seen) >= _MAX_CHAIN:
                return chain
            if any(named is one for one in seen):
                continue
            seen.append(named)
            chain.append(dict(_describe(named, place), relation=relation, of=at))
        at += 1
    return chain


def located_chain_of(error: BaseException) -> list[dict[str, Any]]:
    """The same for who has no capture at hand: frames have `file`, `function` and `line`."""
    return chain_of(error, _by_name)


def error_id(state: ThreadState, error: BaseException) -> int:
    """The id of an exception on its way up in this thread, introduced when new."""
    key = (id(error), id(type(error)), id(_args.__get__(error)))
    if state.error is not None and state.error[0] == key:
        return state.error[1]
    number = recorder.ids["error"]()
    recorder.json(ERROR, monotonic_ns(), {"id": number, "chain": chain_of(error)})
    state.error = (key, number)
    return number


def routine_error_id(error: BaseException) -> int:
    """The id for an exception that only says "not now": one record for all of its kind, as they come in floods."""
    number = OSError.errno.__get__(error) if isinstance(error, OSError) else None  # type: ignore[attr-defined]
    key = (type(error), number if type(number) is int else None)
    known = recorder.errors.get(key)
    if known is None:
        chain = [dict(_describe(error), frames=[])]
        known = recorder.ids["error"]()
        recorder.json(ERROR, monotonic_ns(), {"id": known, "chain": chain})
        if len(recorder.errors) > 256:
            recorder.errors = {}
        recorder.errors[key] = known
    return known


def raised(
    error: BaseException, function: str, frame: Any, target: tuple[str | None, str | None] = (None, None), sock: int = 0
) -> None:
    """A `raised` record: a library raised `error` where no call of it is recorded as a scope.

    `target` is method and URL of the request that it came from, `sock` the id of that one's socket, as far as known.
    """
    thread = this_thread()
    if thread.skip or of_debugger(frame):
        return
    stack, scope = stack_of(thread, frame)
    members = {
        "error": error_id(thread, error),
        "thread": thread.id,
        "stack": stack,
        "scope": scope or None,
        "function": function,
        "method": target[0],
        "url": target[1],
        "socket": sock or None,
    }
    recorder.json(RAISED, monotonic_ns(), members)
