"""Stopping the calling thread in the debugger, with a frame of our choice on top.

pydevd has no public call for that: `breakpoint` and `settrace` stop a line too late, in our own frame. What is used
here is what its exception breakpoints use (pydevd_frame.handle_exception, PyDB.do_stop_on_unhandled_exception).
Without a debugger nothing here ever stops.
"""

import os
import sys
from _thread import allocate_lock, get_ident
from time import monotonic_ns
from types import TracebackType
from typing import Any, Callable, Dict, List, Optional, Tuple

from .recorder import INTERNAL, is_ours, recorder

EVENT = "framewireStop"

_STEPS = {"CMD_STEP_OVER": 0, "CMD_STEP_OVER_MY_CODE": 1, "CMD_STEP_RETURN": 0, "CMD_STEP_RETURN_MY_CODE": 1}


class Spot:
    """Where to stop. `entries`: (frame, f_lasti, line) from the outermost to the one shown on top.

    The first frame is alive: it is on the calling thread's stack. Those after it may have been left by an exception.
    """

    __slots__ = ("entries",)

    def __init__(self, entries: List[Tuple[Any, int, int]]) -> None:
        self.entries = entries

    @property
    def top(self) -> Any:
        return self.entries[-1][0]

    @property
    def line(self) -> int:
        return self.entries[-1][2]

    @property
    def live(self) -> Any:
        return self.entries[0][0]

    def traceback(self) -> Any:
        """A traceback of these frames only: the real one has our own in it."""
        trace = None
        for frame, instruction, line in reversed(self.entries):
            trace = TracebackType(trace, frame, instruction, line)
        return trace


def at(frame: Any) -> Spot:
    """A frame that is being executed."""
    return Spot([(frame, frame.f_lasti, frame.f_lineno or 0)])


class _Turn:
    """One stop at a time: stops that fall together would become one."""

    def __init__(self) -> None:
        self.lock: Any = allocate_lock()
        self.owner = 0


_turn = _Turn()


def after_fork() -> None:
    """The thread that held the turn may not exist in the child."""
    global _turn
    _turn = _Turn()


def attached() -> Any:
    """pydevd's debugger object when a client is connected and has finished its configuration, else None."""
    pydevd = sys.modules.get("pydevd")
    if pydevd is None:
        return None
    try:
        return pydevd.get_global_debugger() if pydevd._is_attached() else None
    except Exception:
        return None  # not the pydevd we know


def stop(spot: Spot, error: Optional[BaseException], announce: Callable[[Any], Optional[Dict[str, Any]]]) -> bool:
    """Stop here until the user goes on. Returns whether there was a stop.

    announce(DAP thread id) gives the body of the event that goes ahead of `stopped`, or None for no stop after all; it
    is called when it is this thread's turn. Raises only what is the program's, such as a KeyboardInterrupt.
    """
    turn = _turn
    if attached() is None or turn.owner == get_ident():
        return False  # the second: code evaluated by the user at a stop
    with turn.lock:
        turn.owner = get_ident()
        try:
            db = attached()
            return db is not None and _suspend(db, spot, error, announce)
        except Exception as failure:
            if _is_programs(failure):
                raise
            # Whatever it was, it would come again: no more stops, while the recording goes on.
            recorder.watch = None
            message = "%s: %s" % (type(failure).__name__, failure)
            recorder.json(INTERNAL, monotonic_ns(), {"where": "stop", "message": message, "thread": get_ident()})
            return False
        finally:
            turn.owner = 0


def _is_programs(error: Exception) -> bool:
    """Whether a signal handler of the program raised this while the thread was stopped."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or isinstance(error, RecursionError):
        return False
    file = trace.tb_frame.f_code.co_filename
    return not (is_ours(file) or "pydev" in file or "debugpy" in file or file.startswith(os.path.dirname(os.__file__)))


def _suspend(db: Any, spot: Spot, error: Any, announce: Callable[[Any], Optional[Dict[str, Any]]]) -> bool:
    pydevd = sys.modules["pydevd"]
    constants = sys.modules["_pydevd_bundle.pydevd_constants"]
    commands = sys.modules["_pydevd_bundle.pydevd_comm_constants"]
    frames = sys.modules["_pydevd_bundle.pydevd_frame_utils"]
    thread = sys.modules["_pydev_bundle._pydev_saved_modules"].threading.current_thread()
    info = db.set_additional_thread_info(thread)
    schema = sys.modules["_pydevd_bundle._debug_adapter.pydevd_base_schema"].BaseSchema
    body = announce(schema._translate_id_to_dap(constants.get_current_thread_id(thread)))
    if body is None:
        return False
    monitoring = getattr(pydevd, "pydevd_sys_monitoring", None)
    if not getattr(pydevd, "PYDEVD_USE_SYS_MONITORING", False):
        monitoring = None
    argument = None if error is None else (type(error), error, spot.traceback())
    resume = False
    shown = _show(db, spot)
    try:
        if monitoring is not None:
            resume = monitoring.suspend_current_thread_tracing()
        info.is_tracing += 1
        try:
            if argument is not None:
                frames.add_exception_to_frame(spot.top, argument)
            pydevd.send_json_message({"type": "event", "event": EVENT, "body": body})
            if argument is None:
                db.set_suspend(thread, commands.CMD_SET_BREAK)
                db.do_wait_suspend(thread, spot.top, "line", None)
            else:
                db.set_suspend(thread, commands.CMD_STEP_CAUGHT_EXCEPTION)
                db.do_wait_suspend(thread, spot.top, "exception", argument, "handled")
            db.set_trace_for_frame_and_parents(thread.ident, spot.live)
        finally:
            if argument is not None:
                frames.remove_exception_from_frame(spot.top)
            info.is_tracing -= 1
            if resume:
                monitoring.resume_current_thread_tracing()
    finally:
        _hide(db, shown)
        error = None
    _direct_step(db, info, commands, spot, unwinding=argument is not None and monitoring is not None)
    return True


def _is_filtered(db: Any, frame: Any) -> bool:
    """Whether the user's rules (justMyCode and the like) leave this frame out."""
    if is_ours(frame.f_code.co_filename):
        return True
    return bool(db.is_files_filter_enabled and db.apply_files_filter(frame, frame.f_code.co_filename, False))


def in_program(spot: Spot) -> Spot:
    """The same stop with the innermost frame of the user's own code on top; unchanged where there is none."""
    db = attached()
    frame = spot.live
    while db is not None and frame is not None:
        if not _is_filtered(db, frame) and db.in_project_scope(frame):
            return at(frame)
        frame = frame.f_back
    return spot


def _program_frame(db: Any, frame: Any) -> Any:
    """The innermost frame from `frame` outwards that the user's rules do not leave out."""
    while frame is not None and _is_filtered(db, frame):
        frame = frame.f_back
    return frame


def _show(db: Any, spot: Spot) -> List[Tuple[Any, Any]]:
    """Let the frames between the top and the program be seen at this stop, whatever the rules say.

    The rules decide by a cache of answers per code object, which also decides what a stack trace shows. Answers are
    put there for the length of the stop only, so that steps go on leaving these frames out.
    """
    cache = getattr(db, "_apply_filter_cache", None)
    if type(cache) is not dict or not db.is_files_filter_enabled:
        return []
    hidden = [entry[0] for entry in reversed(spot.entries)]
    frame = spot.live.f_back
    while frame is not None:
        hidden.append(frame)
        frame = frame.f_back
    utils = sys.modules["pydevd_file_utils"]
    changed: List[Tuple[Any, Any]] = []
    codes = set()
    for frame in hidden:
        code = frame.f_code
        if is_ours(code.co_filename) or code in codes:
            continue
        codes.add(code)
        if not _is_filtered(db, frame):
            break  # the program's own
        absolute = utils.get_abs_path_real_path_and_base_from_frame(frame)[0]
        for name in {code.co_filename, absolute}:
            key = (code.co_firstlineno, name, False, code)
            changed.append((key, cache.get(key)))
            cache[key] = False
    return changed


def _hide(db: Any, changed: List[Tuple[Any, Any]]) -> None:
    cache = db._apply_filter_cache if changed else {}
    for key, value in reversed(changed):
        if value is None:
            cache.pop(key, None)
        else:
            cache[key] = value


def _direct_step(db: Any, info: Any, commands: Any, spot: Spot, unwinding: bool) -> None:
    """A step over or out of a frame that pydevd does not trace, or that is over, would never end: it ends in the
    program's own innermost frame instead.

    unwinding: an exception is on its way, and pydevd (on sys.monitoring) does not follow a step out of a frame that
    one leaves. The step then ends at the next line that runs, which is where the exception is handled.
    """
    mine = None
    for name, value in _STEPS.items():
        if info.pydev_step_cmd == getattr(commands, name, None):
            mine = value
    if mine is None:
        return
    if unwinding:
        info.pydev_step_cmd = commands.CMD_STEP_INTO_MY_CODE if mine else commands.CMD_STEP_INTO
        info.pydev_step_stop = None
        target = spot.live
    else:
        target = _program_frame(db, spot.live)
        if target is None or (len(spot.entries) == 1 and target is spot.top):
            return
        info.pydev_step_cmd = commands.CMD_STEP_OVER_MY_CODE if mine else commands.CMD_STEP_OVER
        info.pydev_step_stop = target
    info.update_stepping_info()
    db.set_trace_for_frame_and_parents(get_ident(), target)
