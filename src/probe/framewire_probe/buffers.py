"""Looking at the program's buffers without running its code: only exact builtin types are touched."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SIMPLE = (bytes, bytearray)
_WORTH_A_VIEW = 128 << 10  # bytes; fewer are copied as fast as looked at, and may be parsed


def _viewable(kind: type) -> bool:
    if kind is memoryview:
        return True
    for module, name in (("array", "array"), ("mmap", "mmap")):
        loaded = sys.modules.get(module)
        if loaded is not None and kind is getattr(loaded, name, None):
            return True
    return False


def size_of(data: Any) -> int:
    """The bytes in a buffer; -1 for a type we do not look into."""
    kind = type(data)
    if kind is bytes or kind is bytearray:
        return len(data)
    if kind is memoryview:
        try:
            return int(data.nbytes)
        except ValueError:
            return -1  # released
    if _viewable(kind):
        with memoryview(data) as view:
            return view.nbytes
    return -1


def first_bytes(data: Any, size: int) -> Any:
    """The first `size` bytes of a buffer as something bytes can be joined with; None if it cannot be looked at."""
    kind = type(data)
    if kind in _SIMPLE:
        if len(data) == size:
            return data
        # A view of a bytearray would forbid the program to resize it meanwhile.
        return memoryview(data)[:size] if kind is bytes and size >= _WORTH_A_VIEW else data[:size]
    if _viewable(kind):
        view = memoryview(data)
        if not view.c_contiguous or view.nbytes == 0:
            return None
        return view.cast("B")[:size]
    return None
