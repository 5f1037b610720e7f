"""What a stop shows of an exception's traceback: the program's own frames. While the thread is stopped, no longer."""

from types import TracebackType
from typing import Any, List, Tuple

from .errors import named_by
from .recorder import is_ours

_MOST = 16  # exceptions of a chain

_get = BaseException.__traceback__.__get__  # type: ignore[attr-defined]
_set = BaseException.__traceback__.__set__  # type: ignore[attr-defined]


def _is_ours(trace: Any) -> bool:
    return is_ours(trace.tb_frame.f_code.co_filename)


def without_ours(trace: Any) -> Any:
    """The same traceback without the probe's frames; the very object where it has none."""
    entries = []
    while trace is not None:
        entries.append(trace)
        trace = trace.tb_next
    ours = [index for index, entry in enumerate(entries) if _is_ours(entry)]
    if not ours:
        return entries[0] if entries else None
    # What lies behind the last of ours is shared, what lies before it is made anew: nothing is changed.
    clean = entries[ours[-1]].tb_next
    for entry in reversed(entries[: ours[-1]]):
        if not _is_ours(entry):
            clean = TracebackType(clean, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return clean


class Hidden:
    """The probe's frames, taken out of the tracebacks of `error` and of those it comes of; back() undoes that.

    here: the traceback for an exception that has left no frame of the program's yet.
    """

    def __init__(self, error: BaseException, here: Any) -> None:
        self.changed: List[Tuple[BaseException, Any, Any]] = []
        chain = [error]
        for one in chain:
            trace = _get(one)
            clean = without_ours(trace)
            if clean is not trace:
                clean = here if clean is None and one is error else clean
                _set(one, clean)
                self.changed.append((one, trace, clean))
            for _, other in named_by(one):
                if len(chain) < _MOST and not any(other is known for known in chain):
                    chain.append(other)

    def back(self) -> None:
        """As before. What the user has set meanwhile stays, behind the entries that the wrappers on the way up drop."""
        for error, trace, clean in self.changed:
            now = _get(error)
            if now is clean:
                _set(error, trace)
                continue
            first = []
            while trace is not None and _is_ours(trace):
                first.append(trace)
                trace = trace.tb_next
            for entry in reversed(first):
                now = TracebackType(now, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
            _set(error, now)
        self.changed = []
