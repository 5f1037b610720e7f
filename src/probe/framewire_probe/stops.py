"""Wire breakpoints: their configuration, and what the debugger's client can ask about a stop.

Called by the debug adapter through `evaluate`, at any time and from any thread. The message is described in
src/messages/wireBreakpoints.ts. Loaded by the first such call only.
"""

import json
import os
from _thread import get_ident
from typing import Any, Dict, List, Optional

from . import errorpaths, runs, suspend, watch
from .conditions import compile_condition
from .errors import chain_of
from .moments import Moment
from .places import Place, Places
from .recorder import recorder
from .suspend import Spot
from .tracebacks import Hidden

VERSION = 1
_MOST = 1 << 20  # characters of a configuration

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=suspend.after_fork)

_places: Optional[Places] = None  # those of the last configuration: a place is come to once
_stopped: Dict[int, Dict[str, Any]] = {}  # DAP thread id -> description, while the thread is stopped
_moments: Dict[int, Moment] = {}  # the same, with the program's own objects


def configure(configuration: Any) -> str:
    """Replace all wire breakpoints by these, at once. `configuration`: the message as JSON text or as a dict.

    Returns JSON text: {"version", "filters": [ids], "autoBreakpoints": [names]} as they are now, and "recording":
    whether the probe records this process, without which nothing stops. Raises ValueError for
    what is malformed or not known; the breakpoints are then as they were.
    """
    if type(configuration) is str:
        if len(configuration) > _MOST:
            raise ValueError("the configuration is too long")
        configuration = json.loads(configuration)
    if type(configuration) is not dict or configuration.get("version") != VERSION:
        raise ValueError("a configuration of version %d is needed" % VERSION)
    filters = {}
    for item in _list(configuration, "filters"):
        name = item.get("id") if type(item) is dict else None
        if name not in watch.FILTERS:
            raise ValueError("there is no wire breakpoint %r" % (name,))
        tree = item.get("condition")
        filters[name] = None if tree is None else compile_condition(tree)
    names = _list(configuration, "autoBreakpoints")
    unknown = [name for name in names if name not in errorpaths.NAMES]
    if unknown:
        raise ValueError("there is no automatic breakpoint %r" % (unknown[0],))
    paths = tuple(path for path in errorpaths.PATHS if path.name in names)
    top = configuration.get("topFrame", "library")
    if top not in ("library", "program"):
        raise ValueError("topFrame is library or program, not %r" % (top,))
    places = _configured(_list(configuration, "stopAt"))
    # One assignment: a thread in a wrapper sees the old breakpoints or the new ones.
    needed = filters or paths or places
    recorder.watch = watch.Watch(filters, paths, top == "program", _stop, places) if needed else None
    runs.end_all()  # what a wire breakpoint must know of a connection is found on the long way
    active = {"filters": list(filters), "autoBreakpoints": [path.name for path in paths], "recording": recorder.on}
    return json.dumps(dict(active, version=VERSION))


def _configured(given: List[Any]) -> Optional[Places]:
    """The places of a configuration; the same ones as before keep what is known of them."""
    global _places
    wanted = []
    for item in given:
        file, first = (item.get("file"), item.get("line")) if type(item) is dict else (None, None)
        last = item.get("endLine", first) if type(item) is dict else None
        if type(file) is not str or type(first) is not int or type(last) is not int or not 0 < first <= last:
            raise ValueError("%r is no place: file, line and endLine are needed" % (item,))
        wanted.append(Place(file, first, last))
    if _places is None or _places.all != tuple(wanted):
        _places = Places(wanted) if wanted else None
    return _places


def _list(configuration: Dict[str, Any], name: str) -> Any:
    value = configuration.get(name, [])
    if type(value) is not list:
        raise ValueError("%s is a list" % name)
    return value


def describe(thread: Optional[int] = None) -> str:
    """What a thread is stopped for at a wire breakpoint, as JSON text; "null" when it is not stopped at one.

    thread: its id in the debug adapter protocol, or its ident; None for the one that stopped last.
    """
    found = None
    for number, description in list(_stopped.items()):
        if thread is None or thread == number or thread == description["threadIdent"]:
            found = description
    return json.dumps(found)


def exception_of(thread: int) -> Optional[BaseException]:
    """The exception that a thread, by its id in the debug adapter protocol, is stopped for; None for none."""
    moment = _moments.get(thread)
    return None if moment is None else moment.error


def socket_of(thread: int) -> Any:
    """The program's socket that a thread is stopped for; None where the stop is not at an operation on one."""
    moment = _moments.get(thread)
    return None if moment is None else moment.sock


def _stop(name: str, spot: Spot, moment: Moment) -> bool:
    """Stop the calling thread at `spot` for the filter or automatic breakpoint `name`."""
    config = recorder.watch
    if config is not None and config.places is not None:
        # What a call has set off may go wrong elsewhere. Under an event loop the program's own frame is the one that
        # runs the loop, which tells nothing.
        spot = config.places.spot(spot) or (spot if _in_loop(spot.live) else suspend.in_program(spot))
    elif config is not None and config.in_program:
        spot = suspend.in_program(spot)
    number = 0
    hidden: Optional[Hidden] = None

    def announce(thread: int) -> Optional[Dict[str, Any]]:
        nonlocal number, hidden
        number = thread
        _moments[thread] = moment
        _stopped[thread] = _description(name, spot, moment, thread)
        if moment.error is not None:
            hidden = Hidden(moment.error, spot.traceback())
        return _stopped[thread]

    try:
        return suspend.stop(spot, moment.error, announce)
    finally:
        if hidden is not None:
            hidden.back()
        _stopped.pop(number, None)
        _moments.pop(number, None)
        moment.sock = None


def _in_loop(frame: Any) -> bool:
    """Whether asyncio's event loop runs this frame."""
    while frame is not None:
        if frame.f_code.co_name == "_run_once" and frame.f_globals.get("__name__") == "asyncio.base_events":
            return True
        frame = frame.f_back
    return False


def _description(name: str, spot: Spot, moment: Moment, thread: int) -> Dict[str, Any]:
    error = moment.error
    code = spot.top.f_code
    exchange = moment.describe() if moment.exchange is not None else None
    return {
        "version": VERSION,
        "threadId": thread,
        "threadIdent": get_ident(),
        "breakpoint": name,
        "kind": "filter" if name in watch.FILTERS else "place" if name == watch.PLACE else "autoBreakpoint",
        "text": _text(name, moment),
        "exception": None if error is None else _exception(error),
        "frame": {"file": code.co_filename, "line": spot.line, "function": code.co_name},
        "socket": moment.state.id if moment.state is not None else None,
        "exchange": exchange,
    }


def _exception(error: BaseException) -> Dict[str, Any]:
    """As in the capture's error records, without the frames."""
    chain = [{key: value for key, value in one.items() if key != "frames"} for one in chain_of(error)]
    return {"type": chain[0]["type"], "message": chain[0]["message"], "chain": chain}


def _text(name: str, moment: Moment) -> str:
    """The stop in one sentence, in the words of the network."""
    status, line = moment.status()
    exchange = moment.exchange
    host = moment.host() or "the server"
    if moment.error is not None:
        first = chain_of(moment.error)[0]
        text = first["type"] + (": " + first["message"] if first["message"] else "")
        if exchange is not None and exchange.status is None and line is not None:
            return "%s, after the server had already replied %s" % (text, line)
        return text if moment.what is None else "%s, %s" % (text, moment.what)
    what = (
        "%s %s" % (exchange.head.method, exchange.head.path)
        if exchange is not None and exchange.is_http
        else "a request"
    )
    if name == watch.CONNECTED:
        return "Connected to %s, port %s" % (host, exchange.port if exchange is not None else "?")
    if name == watch.PLACE and (exchange is None or not exchange.is_http):
        return "Sending to %s" % host
    if name in (watch.REQUEST_SENT, watch.PLACE):
        return "Sending %s to %s" % (what, host)
    if name == watch.EARLY_REPLY:
        return "%s replied %sbefore the whole request was sent" % (host, line + " " if line else "")
    if name == watch.SLOW_REPLY:
        return "%s took %.1f s to reply %s to %s" % (host, moment.elapsed() or 0.0, line or "", what)
    unread = ", which the program has not read" if name == watch.STATUS_UNREAD else ""
    return "%s replied %s to %s%s" % (host, line or status, what, unread)
