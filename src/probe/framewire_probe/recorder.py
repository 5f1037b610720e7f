"""What one process records into: its capture file, its budgets, its interned ids. One instance, `recorder`.

Nothing here takes a lock: wrappers are re-entered by signal handlers and by the garbage collector, and a lock
held by the interrupted frame would never come free. An id is written before it is published in its table, so
two threads may introduce the same thing twice, but neither uses an id before its record.
"""

from __future__ import annotations

import sys
from _struct import Struct
from itertools import count
from time import monotonic_ns

from . import __version__
from .capturefile import INTERNAL_ERROR, CaptureFile
from .jsontext import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PROCESS, THREAD, CODE, SOCKET, RESOLVE, CONNECT, TLS, ERROR, SCOPE, SCOPE_END, BODY, OPTIONS, LAST_WORDS = range(1, 14)
CLOSE, EXCEPTION, INTERNAL, END, SHUTDOWN, RAISED, REQUEST, UNSEEN = range(14, 22)
STACK, IO, COUNTERS, RUN, LEDGER = range(0x40, 0x45)

MAX_RECORD = 16 << 20
RECORD_HEAD = Struct("<IBBHQ")
_PACKAGE = __file__[: -len("recorder.py")]


def is_ours(filename: str) -> bool:
    """Whether a co_filename belongs to the probe."""
    return filename.startswith(_PACKAGE)


class Recorder:
    """`on` is what every wrapper asks first. `epoch` changes when ids start anew, that is after a fork."""

    def __init__(self) -> None:
        self.on = False
        self.folder = ""
        self.file: Any = None
        self.epoch = 0
        self.forks = 0  # forks made by this process: sockets older than the last one may be shared
        self.forked = False
        self.stream_budget = 16 << 20
        self.body_budget = self.stream_budget >> 2  # of a body in small blocks, or larger than the room left
        self.capture_budget = 512 << 20
        self.room = self.capture_budget  # payload bytes that may still be stored
        self.dropped = 0
        self.late = False  # started after the program had
        # Wire breakpoints, see watch.py; None when there are none. Read it once: another thread may change it.
        self.watch: Any = None
        self.held = False  # some TLS connection holds, or held, bytes read early
        self.forget()

    def forget(self) -> None:
        """Start ids and tables anew."""
        self.epoch += 1
        self.ids: dict[str, Any] = {
            kind: count(1).__next__ for kind in ("thread", "code", "stack", "socket", "scope", "error", "run")
        }
        self.codes: dict[int, Any] = {}  # id(code) -> (code, our id); holding the code keeps its id() taken
        self.stacks: dict[Any, int] = {}
        self.errors: dict[Any, int] = {}
        self.names: dict[str, str] = {}  # address -> host name that resolved to it
        self.states: dict[int, Any] = {}  # id(socket) -> SocketState
        self.inherited: dict[int, Any] = {}  # the same of the parent, for sockets not used yet since a fork
        self.room = self.capture_budget
        self.dropped = 0

    def open(self) -> None:
        """Create the process file and introduce the process. Raises OSError."""
        import os

        self.file = CaptureFile(self.folder)
        try:
            cwd = os.getcwd()
        except OSError:
            cwd = None  # it was removed
        argv = getattr(sys, "orig_argv", None) or getattr(sys, "argv", None) or []
        self.json(
            PROCESS,
            monotonic_ns(),
            {
                "pid": os.getpid(),
                "ppid": os.getppid(),
                "python": "%d.%d.%d" % sys.version_info[:3],
                "implementation": sys.implementation.name,
                "executable": sys.executable,
                "argv": [item for item in argv if type(item) is str],
                "cwd": cwd,
                "platform": sys.platform,
                "probe": __version__,
                "forked": self.forked,
                "streamBudget": self.stream_budget,
                "captureBudget": self.capture_budget,
            },
        )

    def write(self, record: bytes) -> None:
        """Append one whole record."""
        file = self.file or self._first()
        if file is not None and not file.write(record):
            self.on = False

    def write_checked(self, record: bytes) -> None:
        """The same for records that are few: first looks whether the descriptor still is our file."""
        if self.file is not None and not self.file.still_ours():
            self.on = False
            return
        self.write(record)

    def _first(self) -> Any:
        """A forked child makes its file when it has something to say; after the end there is none."""
        if self.on:
            self.open()
        return self.file

    def write_parts(self, head: bytes, payload: memoryview) -> None:
        """Append one record whose payload is large."""
        file = self.file or self._first()
        if file is not None and not file.write_parts(head, payload):
            self.on = False

    def json(self, kind: int, at: int, members: dict[str, Any]) -> None:
        """Append a JSON record."""
        body = encode(members).encode("ascii")
        self.write_checked(RECORD_HEAD.pack(16 + len(body), kind, 0, 0, at) + body)

    def foreign(self, error: BaseException) -> bool:
        """Whether an exception seen in our bookkeeping is the program's: raised by its signal handler meanwhile."""
        if not isinstance(error, Exception):
            return True  # KeyboardInterrupt, SystemExit: never ours
        trace = error.__traceback__
        if trace is None:
            return False
        while trace.tb_next is not None:
            trace = trace.tb_next
        return not is_ours(trace.tb_frame.f_code.co_filename)

    def internal(self, where: str, error: BaseException) -> None:
        """An error of our own: record it and switch the probe off. Raises only what is the program's."""
        if self.foreign(error):
            raise error
        if isinstance(error, RecursionError):
            return  # the program is at its limit, not us: this one record is missing
        if not self.on:
            return
        try:
            trace, line = error.__traceback__, 0
            while trace is not None:
                line, trace = trace.tb_lineno, trace.tb_next
            message = "%s: %s (line %d)" % (type(error).__name__, error, line)
            self.json(INTERNAL, monotonic_ns(), {"where": where, "message": message})
            self.on = False
            if self.file is not None:
                self.file.stop(INTERNAL_ERROR)
        except Exception:
            pass
        finally:
            self.on = False


recorder = Recorder()
