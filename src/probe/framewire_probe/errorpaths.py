"""Places in HTTP libraries that an exception of the network passes on its way to the program, by name.

An automatic breakpoint stops where the exception leaves such a place, with the library's frame on top, without a line
number that a new version of the library would move.
"""

import sys
from typing import Any, List, NamedTuple, Optional, Tuple

from . import errors
from .recorder import is_ours
from .suspend import Spot

_NETWORK = ("http", "urllib", "urllib3", "requests", "httpcore", "httpx", "aiohttp")


class ErrorPath(NamedTuple):
    """`module`, `functions`: the frame shown. `place`: "passing", the exception left it; "waiting", it is about to
    arrive there; "raised", it was raised there."""

    name: str
    module: str
    functions: Tuple[str, ...]
    place: str


PATHS = (
    ErrorPath("http.client.connect", "http.client", ("connect",), "passing"),
    ErrorPath("http.client.send", "http.client", ("send",), "passing"),
    ErrorPath("http.client.getresponse", "http.client", ("getresponse",), "passing"),
    ErrorPath("urllib.do_open", "urllib.request", ("do_open",), "waiting"),
    ErrorPath("urllib.error", "urllib.request", ("do_open",), "raised"),
    ErrorPath("urllib3.urlopen", "urllib3.connectionpool", ("urlopen",), "passing"),
    ErrorPath("requests.send", "requests.adapters", ("send",), "passing"),
    ErrorPath(
        "httpx",
        "httpx._transports.default",
        ("handle_request", "handle_async_request", "__iter__", "__aiter__"),
        "waiting",
    ),
    ErrorPath("aiohttp", "aiohttp.client_proto", ("connection_lost", "_on_read_timeout"), "waiting"),
)
NAMES = tuple(path.name for path in PATHS)


def is_network(error: BaseException) -> bool:
    """Whether an exception can tell of the network: an OSError, or one of an HTTP library's own."""
    if isinstance(error, OSError):
        return True
    if not isinstance(error, Exception):
        return False
    for cls in errors._mro_of(type(error)):
        module = errors._module(cls) or ""
        if module.partition(".")[0] in _NETWORK:
            return True
    return False


def comes_of(error: BaseException, number: int) -> bool:
    """Whether the exception with this id() is `error` or one that it names, at whatever remove."""
    todo, seen = [error], set()
    while todo and len(seen) < 16:
        one = todo.pop()
        if id(one) == number:
            return True
        if id(one) not in seen:
            seen.add(id(one))
            todo.extend(named for _, named in errors.named_by(one))
    return False


def _is_at(path: ErrorPath, frame: Any) -> bool:
    return frame.f_code.co_name in path.functions and frame.f_globals.get("__name__") == path.module


def find(path: ErrorPath, error: BaseException, live: Any) -> Optional[Spot]:
    """Where to stop for `path` when `error` has come out of a call that the frame `live` made; None for nowhere."""
    live_entry = (live, live.f_lasti, live.f_lineno or 0)
    if path.place == "waiting":
        return Spot([live_entry]) if _is_at(path, live) else None
    entries: List[Any] = [live_entry]
    trace = BaseException.__traceback__.__get__(error)  # type: ignore[attr-defined]
    at = 0
    while trace is not None:
        frame = trace.tb_frame
        if not is_ours(frame.f_code.co_filename) and frame is not live:
            entries.append((frame, trace.tb_lasti, trace.tb_lineno))
            if _is_at(path, frame):
                at = len(entries)
        trace = trace.tb_next
    if at < 2 or (path.place == "raised" and at != len(entries)):
        return None
    return Spot(entries[:at])


def caller(frame: Any) -> Any:
    """The frame or the nearest outside it that is the program's or a library's, not ours."""
    while frame is not None and is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def above_transport(frame: Any) -> Any:
    """The nearest frame outside the socket and ssl modules (and us): who asked for the operation."""
    transports = tuple(vars(module).get("__file__") for module in map(sys.modules.get, ("socket", "ssl")) if module)
    found = frame
    while found is not None and (found.f_code.co_filename in transports or is_ours(found.f_code.co_filename)):
        found = found.f_back
    return found if found is not None else caller(frame)
