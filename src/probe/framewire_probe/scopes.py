"""Library calls as scopes: what was called for which URL, and the stack its operations stand on."""

from __future__ import annotations

import sys
from time import monotonic_ns

from .errors import error_id
from .recorder import SCOPE, SCOPE_END, recorder
from .runs import let_go
from .stacks import ThreadState, of_debugger, stack_of, this_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Tuple

    # method, URL: as far as the arguments tell
    Target = Tuple[Optional[str], Optional[str]]


class _Open:
    """A scope in progress, with what to restore at its end."""

    __slots__ = ("began", "body", "frame", "id", "scope", "stack", "thread")


def argument(args: tuple[Any, ...], kwargs: Any, at: int, name: str) -> Any:
    """A positional or keyword argument of a call, self not counted; None when absent."""
    return args[at] if len(args) > at else kwargs.get(name)


def text(value: Any) -> str | None:
    """An exact str or bytes as text."""
    if type(value) is bytes:
        return value.decode("latin-1")
    return value if type(value) is str else None


def attributes(value: Any) -> Any:
    """The instance dict of an object, past any __getattribute__ of its own."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found if type(found) is dict else {}


def enter(function: str, target: Target, own: Any) -> _Open | None:
    """Open a scope. `own` is the wrapper's frame: it becomes the base that inner stacks are walked to."""
    thread = this_thread()
    if thread.skip or of_debugger(own.f_back):
        return None
    opened = _Open()
    opened.thread = thread
    stack, parent = stack_of(thread, own.f_back)
    opened.began = monotonic_ns()
    opened.id = recorder.ids["scope"]()
    recorder.json(
        SCOPE,
        opened.began,
        {
            "id": opened.id,
            "parent": parent or None,
            "thread": thread.id,
            "stack": stack,
            "function": function,
            "method": target[0],
            "url": target[1],
        },
    )
    opened.frame, opened.stack, opened.scope = thread.base_frame, thread.base_stack, thread.scope
    opened.body = thread.body
    thread.base_frame, thread.base_stack, thread.scope = own, stack, opened.id
    return opened


def leave(opened: _Open) -> None:
    """Restore what was there before; holds no frame any more."""
    thread = opened.thread
    let_go(thread)
    thread.base_frame, thread.base_stack, thread.scope = opened.frame, opened.stack, opened.scope
    thread.body = opened.body
    opened.frame = None


def finish(opened: _Open, error: BaseException | None) -> None:
    """Write the scope's end."""
    thread = opened.thread
    if thread.epoch != recorder.epoch:
        return  # begun before a fork, by the parent
    number = error_id(thread, error) if error is not None else None
    members = {"id": opened.id, "duration": monotonic_ns() - opened.began, "error": number}
    recorder.json(SCOPE_END, monotonic_ns(), members)


def make(
    function: str,
    target: Callable[[Any, tuple[Any, ...], Any], Target],
    body: Callable[[ThreadState, Any, tuple[Any, ...], Any, Any], None] | None = None,
) -> Any:
    """A maker of wrappers for a method.

    target(self, args, kwargs) tells method and URL; body(thread, self, args, kwargs, frame) records a body handed
    over. Neither may run the program's code.
    """

    def make_scope(original: Any) -> Any:
        def call(self: Any, /, *args: Any, **kwargs: Any) -> Any:
            opened = None
            if recorder.on:
                try:
                    opened = enter(function, target(self, args, kwargs), sys._getframe())
                    if opened is not None and body is not None:
                        body(opened.thread, self, args, kwargs, sys._getframe(1))
                except BaseException as error:
                    if opened is not None:
                        leave(opened)
                        opened = None
                    recorder.internal(function, error)
            try:
                result = original(self, *args, **kwargs)
            except BaseException as error:
                if opened is not None:
                    leave(opened)
                    try:
                        if recorder.on:
                            finish(opened, error)
                            watch = recorder.watch
                            if watch is not None:
                                watch.leaving(error, sys._getframe(1), not opened.scope)
                    except BaseException as inner:
                        recorder.internal(function, inner)
                    opened = None
                error.__traceback__ = error.__traceback__.tb_next  # type: ignore[union-attr]
                self = args = kwargs = None  # type: ignore[assignment]
                raise
            if opened is not None:
                leave(opened)
                try:
                    if recorder.on:
                        finish(opened, None)
                except BaseException as error:
                    recorder.internal(function, error)
            return result

        return call

    return make_scope
