"""Putting wrappers in place of methods and functions, so that little tells them apart, and taking them out again."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_MISSING = object()
_done: list[tuple[Any, str, Any, Any]] = []  # (owner, name, what its own dict held before, our wrapper)
_ours: dict[int, Any] = {}  # id(wrapper) -> wrapper

# From 3.11 on a bare `raise` adds no entry of its own, so a wrapper that drops its entry leaves no trace.
TRACELESS = sys.version_info >= (3, 11)


def _dress(wrapper: Any, original: Any, module: str, owner: Any, name: str) -> None:
    wrapper.__name__ = getattr(original, "__name__", name)
    qualified = name if owner is None else owner.__qualname__ + "." + name
    wrapper.__qualname__ = getattr(original, "__qualname__", qualified) if owner is None else qualified
    wrapper.__doc__ = getattr(original, "__doc__", None)
    wrapper.__module__ = module
    # inspect.signature follows this and answers, or refuses, as it does for the original. The defaults are not copied:
    # a wrapper has other parameters, and would pass on what the program left out.
    wrapper.__wrapped__ = original


def put(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace the attribute `name` of a class or module by make(original). Does nothing where there is none."""
    held = vars(owner).get(name, _MISSING)
    if id(held) in _ours and _ours[id(held)] is held:
        return
    original = getattr(owner, name, _MISSING)
    if original is _MISSING or (id(original) in _ours and not isinstance(owner, type)):
        return
    wrapper = make(original)
    is_class = isinstance(owner, type)
    _dress(wrapper, original, owner.__module__ if is_class else owner.__name__, owner if is_class else None, name)
    _ours[id(wrapper)] = wrapper
    setattr(owner, name, wrapper)
    _done.append((owner, name, held, wrapper))


def put_classmethod(owner: type, name: str, make: Callable[[Any], Any]) -> None:
    """The same for a class method; make() gets the function underneath."""
    held = vars(owner).get(name, _MISSING)
    if type(held) is not classmethod or id(held) in _ours:
        return
    wrapper = make(held.__func__)  # type: ignore[attr-defined]
    _dress(wrapper, held.__func__, owner.__module__, owner, name)  # type: ignore[attr-defined]
    placed = classmethod(wrapper)
    _ours[id(placed)] = placed
    setattr(owner, name, placed)
    _done.append((owner, name, held, placed))


def undo() -> None:
    """Take out every wrapper that is still where it was put."""
    while _done:
        owner, name, held, placed = _done.pop()
        if vars(owner).get(name) is not placed:
            continue  # somebody else patched on top: theirs calls ours, which passes through
        if held is _MISSING:
            delattr(owner, name)
        else:
            setattr(owner, name, held)
