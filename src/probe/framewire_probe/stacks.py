"""Threads, code objects and stacks: interned, so that an operation names its whole stack by one number."""

from __future__ import annotations

import os
import sys
from _struct import Struct
from _thread import _local, get_ident
from time import monotonic_ns

from .recorder import CODE, STACK, THREAD, is_ours, recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LIMIT = 20000  # entries after which a table starts anew, so that generated code cannot fill the memory
_STACK = Struct("<IBBHQIII")
_DEBUGGER = ("pydevd", "_pydev", "debugpy")


class ThreadState:
    """What we know of one thread.

    `nest` is the socket whose outer operation is under way, so that inner ones are not recorded again.
    `base_frame` is our own frame of the innermost library call in progress and `base_stack` the stack under it:
    operations inside walk the stack only that far. It is let go when the call returns.
    """

    __slots__ = (
        "adopt",
        "base_frame",
        "base_stack",
        "body",
        "epoch",
        "error",
        "id",
        "loop",
        "looping",
        "nest",
        "path",
        "replayed",
        "scope",
        "skip",
    )

    def __init__(self) -> None:
        self.id = 0
        self.skip = False
        self.nest: Any = None
        self.replayed = False  # an inner read gave bytes that had been read early
        self.base_frame: Any = None
        self.base_stack = 0
        self.scope = 0
        self.path: Any = (-1, 0, (), 0)  # (base stack, scope, ((code, lasti), …), stack) of the last stack looked up
        self.epoch = 0
        self.error: Any = None  # ((id, type id, args id), error id) of the exception last described
        self.adopt: Any = None  # (fd, state) of a plain socket that is being wrapped into TLS
        # Of the library call in progress, see runs: a frame which may be a loop, and the run that holds one.
        self.loop: Any = None
        self.looping: Any = None
        self.body = 0  # id() of the body last recorded in the outermost library call


class Nested:
    """Code objects of frames between an operation and its caller.

    `sendall`: SSLSocket's, a loop over send; the sends count as its own. `short`: the wrapper of fastsend, when it took
    the long way.
    """

    __slots__ = ("sendall", "short")

    def __init__(self) -> None:
        self.sendall: Any = None
        self.short: Any = None


nested = Nested()


class Threads:
    """Holds the thread-local storage; replaced as a whole after a fork."""

    def __init__(self) -> None:
        self.local: Any = _local()

    def renew(self) -> None:
        """Forget every thread: a forked child has one, and its ids start anew."""
        self.local = _local()


threads = Threads()


def this_thread() -> ThreadState:
    """The state of the calling thread, introduced when new."""
    try:
        state = threads.local.state
        if state.epoch == recorder.epoch:
            return state
    except AttributeError:
        pass
    state = ThreadState()
    state.epoch = recorder.epoch
    threads.local.state = state
    ident = get_ident()
    name = None
    threading = sys.modules.get("threading")
    thread = getattr(threading, "_active", {}).get(ident)
    if thread is not None:
        attributes = object.__getattribute__(thread, "__dict__")
        name = attributes.get("_name")
        # The debugger's own threads talk to the editor, not for the program.
        state.skip = attributes.get("is_pydev_daemon_thread") is True
    if state.skip:
        return state
    state.id = recorder.ids["thread"]()
    recorder.json(THREAD, monotonic_ns(), {"id": state.id, "ident": ident, "name": name if type(name) is str else None})
    return state


def code_id(code: Any) -> int:
    """The id of a code object, introduced when new."""
    known = recorder.codes.get(id(code))
    if known is not None:
        return known[1]
    number = recorder.ids["code"]()
    file = code.co_filename
    if not file.startswith("<"):
        try:
            file = os.path.abspath(file)
        except OSError:
            pass  # the working directory is gone
    name = getattr(code, "co_qualname", None) or code.co_name
    recorder.json(CODE, monotonic_ns(), {"id": number, "file": file, "name": name, "line": code.co_firstlineno})
    recorder.codes[id(code)] = (code, number)
    return number


def stack_of(state: ThreadState, frame: Any) -> tuple[int, int]:
    """The ids of the stack that starts at `frame` and of the innermost library call open on it."""
    base = state.base_frame
    # Most often it is the stack of last time, as in a loop that sends block after block.
    under, scope, path, known = state.path
    if under == state.base_stack and scope == state.scope:
        walk = frame
        try:
            for code, lasti in path:
                if walk.f_code is not code or walk.f_lasti != lasti:
                    break
                walk = walk.f_back
            else:
                if walk is base:
                    return known, scope
        except AttributeError:
            pass  # this stack is shorter
    key: list[int] = []
    add = key.append
    walk = frame
    while walk is not None and walk is not base:
        add(id(walk.f_code))
        add(walk.f_lasti)
        walk = walk.f_back
    # Without the base on this stack (a greenlet was switched in) its call is not the one we are in.
    if walk is None:
        under = scope = 0
    else:
        under = state.base_stack
        scope = state.scope
    add(under)
    whole = tuple(key)
    known = recorder.stacks.get(whole)
    if known is None:
        known = _introduce(whole, frame, base)
    if walk is base:
        # The code objects stay: what holds them here is held by the table of codes too.
        path = []
        walk = frame
        while walk is not base:
            path.append((walk.f_code, walk.f_lasti))
            walk = walk.f_back
        state.path = (under, scope, path, known)
    return known, scope


def _introduce(key: tuple[int, ...], frame: Any, base: Any) -> int:
    if len(recorder.codes) > _LIMIT or len(recorder.stacks) > _LIMIT:
        recorder.codes = {}
        recorder.stacks = {}
    frames: list[int] = []
    while frame is not None and frame is not base:
        code = frame.f_code
        # Our own code lives as long as the probe; the program's is held by the table, so its id() stays its own.
        if not is_ours(code.co_filename):
            frames.append(code_id(code))
            frames.append(frame.f_lineno or 0)
        frame = frame.f_back
    number = recorder.ids["stack"]()
    depth = len(frames) // 2
    head = _STACK.pack(28 + 8 * depth, STACK, 0, 0, monotonic_ns(), number, key[-1], depth)
    recorder.write_checked(head + Struct("<%dI" % len(frames)).pack(*frames))
    recorder.stacks[key] = number
    return number


def of_debugger(frame: Any) -> bool:
    """Whether the debugger itself makes this call: the first frame outside the socket module is its own."""
    while frame is not None:
        file = frame.f_code.co_filename
        if not is_ours(file) and not file.endswith(("socket.py", "ssl.py")):
            return any(part.startswith(_DEBUGGER) for part in file.replace("\\", "/").split("/")[-4:])
        frame = frame.f_back
    return False
