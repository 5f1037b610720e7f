"""`body` records: what was handed over as an HTTP body, how it was held, and the files it may have come from."""

from __future__ import annotations

import gc
import os
import sys
from time import monotonic_ns

from .buffers import size_of
from .operations import LARGE
from .recorder import BODY, recorder
from .stacks import ThreadState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable

_MOST_FRAMES = 64
_MOST_SOURCES = 16
_PEEKS_AT_LOCALS = ("locals", "vars", "dir", "eval", "exec")


def _raw_file(value: Any) -> Any:
    """The exact FileIO under an exact file object of the io module, else None. Touches no other object."""
    io = sys.modules["_io"]
    if type(value) is io.TextIOWrapper:
        value = value.buffer
    if type(value) in (io.BufferedReader, io.BufferedRandom, io.BufferedWriter):
        try:
            value = value.raw
        except ValueError:
            return None  # detached
    return value if type(value) is io.FileIO and not value.closed else None


def describe_file(value: Any) -> dict[str, Any] | None:
    """Path, size and position of an open regular file; None for anything else. Moves nothing and locks nothing."""
    raw = _raw_file(value)
    if raw is None:
        return None
    from stat import S_ISREG

    try:
        fd = raw.fileno()
        status = os.fstat(fd)
        if not S_ISREG(status.st_mode):
            return None
        position = os.lseek(fd, 0, os.SEEK_CUR)
    except (OSError, ValueError):
        return None
    name = vars(raw).get("name")
    if type(name) is bytes:
        name = os.fsdecode(name)
    path = os.path.abspath(name) if type(name) is str else None
    return {"path": path, "size": status.st_size, "position": position}


def _locals_of(frame: Any) -> Iterable[Any]:
    """The values of a frame's local variables, without making any of them live longer."""
    code = frame.f_code
    if not code.co_flags & 0x1:  # not CO_OPTIMIZED: a module or class body, its locals are a real dict
        return list(frame.f_locals.values()) if type(frame.f_locals) is dict else []
    if sys.version_info >= (3, 13):
        return list(frame.f_locals.values())
    if sys.version_info < (3, 11):
        found = []
        for value in gc.get_referents(frame):
            if type(value).__name__ == "cell":
                try:
                    value = value.cell_contents
                except ValueError:
                    continue
            found.append(value)
        return found
    # 3.11 and 3.12 leave a snapshot in the frame, and a dict that the program got from locals() is that very
    # snapshot: keep away from frames that may have asked, and empty it again.
    if any(name in _PEEKS_AT_LOCALS for name in code.co_names):
        return []
    snapshot = frame.f_locals
    if type(snapshot) is not dict:
        return []
    found = list(snapshot.values())
    if sys.getrefcount(snapshot) <= 3:  # the frame, our variable, the argument
        snapshot.clear()
    return found


def _sources(frame: Any) -> list[dict[str, Any]]:
    """Open files in the local variables of the calling frames, innermost first."""
    sources: list[dict[str, Any]] = []
    steps = 0
    while frame is not None and steps < _MOST_FRAMES and len(sources) < _MOST_SOURCES:
        io = sys.modules["_io"]
        kinds = (io.BufferedReader, io.FileIO, io.TextIOWrapper, io.BufferedRandom)
        for value in _locals_of(frame):
            if type(value) in kinds:
                found = describe_file(value)
                if found is not None and found["path"] is not None and found not in sources:
                    sources.append(found)
        frame = frame.f_back
        steps += 1
    return sources


def write_body(thread: ThreadState, sock: int, body: Any, frame: Any) -> None:
    """Write a `body` record for the scope just opened. sock: socket id, 0 when not connected yet.

    frame: of the caller, from where to look for open files. Once per body: inner calls hand on the same one.
    """
    if body is None or thread.body == id(body):
        return
    thread.body = id(body)
    kind = type(body)
    members: dict[str, Any] = {
        "scope": thread.scope or None,
        "socket": sock,
        "thread": thread.id,
        "stack": thread.base_stack,
        "type": type.__dict__["__qualname__"].__get__(kind),
        "size": None,
        "storage": "stream",
    }
    io = sys.modules["_io"]
    size = len(body) if kind is str else size_of(body)
    if size >= 0:
        members["storage"] = "memory"
        members["size"] = size
        if size >= LARGE:
            members["sources"] = _sources(frame)
    elif kind is io.BytesIO or kind is io.StringIO:
        members["storage"] = "memory"
        if kind is io.BytesIO and not body.closed:
            with body.getbuffer() as view:
                members["size"] = view.nbytes
            if members["size"] >= LARGE:
                members["sources"] = _sources(frame)
    else:
        file = describe_file(body)
        if file is not None:
            members["storage"] = "file"
            members["size"] = max(file["size"] - file["position"], 0)
            members["file"] = {"path": file["path"], "size": file["size"]}
    recorder.json(BODY, monotonic_ns(), members)
