"""The kernel's counters of one large send while it is under way: sampled by a short-lived thread of their own.

A send that hands over a whole body may take minutes, and the thread that called it sits in the kernel until then. So
another one asks for the counters, seldom and ever more seldom. It must not show:

- It starts only for a send that the kernel's buffer cannot hold, and ends with it: the end waits for a sample in
  progress, a few microseconds, so that none is taken of a socket that the program has got back.
- It asks through the socket object while it holds the GIL, so a descriptor closed meanwhile is never somebody else's;
  and it holds no reference to that object between samples.
- It allocates nothing that the garbage collector tracks, so that no finalizer of the program's runs in it.
- It is no `threading.Thread`, and its only frame looks to pydevd like a thread that is still being set up: for any
  other one pydevd makes a dummy thread, which `threading.enumerate()` would show.
- A process that forks does not find itself with two threads because of it: see before_fork.
- The main interpreter only: a subinterpreter cannot end while a thread of it lives.
"""

from __future__ import annotations

import _thread
import sys
from _struct import Struct
from _thread import allocate_lock, get_ident
from os import F_OK, O_CLOEXEC, O_RDONLY, access, close, read, write
from os import open as open_fd
from time import monotonic_ns

from . import kernel
from .recorder import COUNTERS, recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .sockets import SocketState

# Nanoseconds until the first sample, and between two at least: a send that is over by then gets none. Each sample takes
# a processor from who sends or receives, and its socket from the kernel, which shows in a fast send.
FIRST = 20_000_000
_LONGEST = 1_000_000_000  # nanoseconds between two samples of a send that takes long, but for one that takes hours
_MOST = 4096  # samples of one send
# The kernel locks a socket while it copies data, for milliseconds at times. Asking what waits lets go of the GIL,
# asking for the counters does not: when the first took this long, nanoseconds, the other is put off, but not always.
_BUSY = 50_000
_MOST_SKIPPED = 3
_AT_ONCE = 16  # sends sampled at the same time
_PATIENCE = 1_000_000_000  # nanoseconds that a fork, or the end of the process, waits for a thread that is about to end
_NAP = 0.0005  # seconds

# As kernel.write_counters writes it, with what waits as the system returned it.
_HEAD = Struct("<IBBHQIBBH4s").pack
_NONE = bytes(4)


def _waits() -> tuple[tuple[bool, float], ...]:
    """Arguments for acquire() between samples: a tenth of the time so far each, within limits."""
    waits = []
    so_far = wait = FIRST
    for _ in range(_MOST):
        waits.append((True, wait / 1e9))
        wait = max(min(so_far // 10, _LONGEST), FIRST, so_far // 1000)
        so_far += wait
    return tuple(waits)


_WAITS = _waits()


class Sampling:
    """One send that is being sampled. Only `live` and the thread itself hold it besides the wrapper."""

    __slots__ = ("began", "done", "guard", "native", "once", "owner", "size", "state", "wake")

    def __init__(self, state: SocketState, size: int) -> None:
        self.state = state
        self.size = size
        self.owner = get_ident()
        self.native = 0  # the system's id of the thread, once it runs
        self.once = allocate_lock()  # taken by whoever ends it
        self.wake = allocate_lock()  # released for the thread to end
        self.guard = allocate_lock()  # held while a sample is taken, and for good after the send
        self.done = allocate_lock()  # released when the thread is about to end
        self.wake.acquire()
        self.done.acquire()
        self.began = monotonic_ns()

    @property
    def over(self) -> bool:
        """Whether it has been ended."""
        return self.once.locked()

    def end(self) -> None:
        """The send is over: no sample is taken after this."""
        if not self.once.acquire(False):
            return
        self.wake.release()  # first of all, should a signal handler raise in here
        self.state.swift = max(self.state.swift, self.size) if monotonic_ns() - self.began < FIRST else 0
        self.guard.acquire()

    def wait(self) -> None:
        """Wait for the end of the thread, in the system's eyes, too; not for ever."""
        until = monotonic_ns() + _PATIENCE
        if self.done.acquire(True, _PATIENCE / 1e9):
            while self.native and _exists(self.native) and monotonic_ns() < until:
                self.done.acquire(True, _NAP)  # it is ours: a short sleep
        live.discard(self)


live: set[Sampling] = set()  # those whose thread may still be there


def _exists(native: int) -> bool:
    return access("/proc/self/task/%d" % native, F_OK)


def _sample(
    sampling: Any,
    wait: Any,
    guard: Any,
    release: Any,
    done: Any,
    ref: Any,
    number: int,
    getsockopt: Any,
    fileno: Any,
    ioctl: Any,
    fionread: int,
) -> None:
    """The whole life of the thread, in one frame that calls C alone as long as all goes well.

    What it calls comes as arguments: looking up a method makes an object that the garbage collector tracks.
    """
    try:
        sampling.native = _native_id()
        file = recorder.file
        index = skipped = 0
        sock = None
        while index < _MOST:
            if wait(*_WAITS[index]) or not recorder.on or recorder.file is not file or file.stopped:
                break
            index += 1
            if not guard(False):
                break
            try:
                sock = ref()
                if sock is None:
                    break
                asked = monotonic_ns()
                waiting = ioctl(fileno(sock), fionread, _NONE)
                if monotonic_ns() - asked > _BUSY and skipped < _MOST_SKIPPED:
                    skipped += 1
                    continue
                skipped = 0
                info = getsockopt(sock, 6, 11, 256)
                now = monotonic_ns()
            except (OSError, ValueError):
                break  # closed by another thread
            finally:
                sock = None
                release()
            record = _HEAD(28 + len(info), COUNTERS, 0, 0, now, number, 1, 6, 0, waiting) + info
            written = write(file.fd, record)
            if written != len(record):
                recorder.write(record[written:])
    except BaseException:
        pass  # nobody to raise it to: samples are missing
    finally:
        done()


_NAME = "_bootstrap"  # of `threading.py`: pydevd lets threads be as long as that is their outermost frame
_sample.__code__ = _sample.__code__.replace(
    co_name=_NAME,
    co_filename=__file__[: -len("sampling.py")] + "threading.py",
    **({"co_qualname": _NAME} if sys.version_info >= (3, 11) else {}),
)

_native_id: Callable[[], int] = getattr(_thread, "get_native_id", lambda: 0)
# gevent and debuggers put theirs in its place; the probe is mostly there before them.
_start: Any = getattr(_thread, "_original_start_new_thread", _thread.start_new_thread)
_possible: bool | None = None  # None: not asked yet


def _is_possible() -> bool:
    """Whether a thread of ours goes unnoticed here."""
    if (
        not sys.platform.startswith("linux")
        or sys.implementation.name != "cpython"
        or not getattr(sys, "_is_gil_enabled", lambda: True)()
        or type(_start) is not type(len)
        or not hasattr(_thread, "get_native_id")
    ):
        return False
    try:
        import fcntl  # noqa: F401

        return not _is_address_space_limited() and _is_main_interpreter()
    except (ImportError, OSError, ValueError):
        return False


def _is_main_interpreter() -> bool:
    known = getattr(_thread, "_is_main_interpreter", None)
    if known is not None:
        return bool(known())
    import _xxsubinterpreters  # type: ignore[import-not-found]

    return bool(_xxsubinterpreters.get_current() == _xxsubinterpreters.get_main())


def _is_address_space_limited() -> bool:
    """A thread takes a stack and an arena of it, which the program might miss then."""
    fd = open_fd("/proc/self/limits", O_RDONLY | O_CLOEXEC)
    try:
        text = read(fd, 8192)
    finally:
        close(fd)
    for line in text.split(b"\n"):
        if line.startswith(b"Max address space"):
            return not line[len("Max address space") :].strip().startswith(b"unlimited")
    return True


def begin(state: SocketState, sock: Any, size: int) -> Sampling | None:
    """A send of `size` bytes is about to start; None when it is not to be sampled. end() ends it."""
    global _possible
    if not state.tcp or _possible is False or size <= 2 * state.swift:
        return None
    raw = kernel.raw(sock)
    if raw.gettimeout(sock) == 0 or size <= _room(raw, sock):
        return None
    if _possible is None:
        _possible = _is_possible()
        # Once in this thread, where it gives up at once: up to 3.10 the first call makes the frame for the later ones.
        _sample(None, None, None, None, int, None, 0, None, None, None, 0)
    for other in list(live):
        if other.over and (not other.native or not _exists(other.native)) and not other.done.locked():
            live.discard(other)
    file = recorder.file
    if not _possible or len(live) >= _AT_ONCE or file is None or not file.still_ours():
        return None
    # The last call before the send leaves behind a tuple of the size that a sample needs.
    if kernel.tcp_info(sock) is None:
        return None
    from fcntl import ioctl

    sampling = Sampling(state, size)
    live.add(sampling)
    wake, guard, done = sampling.wake, sampling.guard, sampling.done
    calls = (wake.acquire, guard.acquire, guard.release, done.release)
    try:
        _start(_sample, (sampling, *calls, state.ref, state.id, raw.getsockopt, raw.fileno, ioctl, kernel._FIONREAD))
    except (RuntimeError, MemoryError):  # too many threads, or the end of the interpreter
        live.discard(sampling)
        return None
    return sampling


def _room(raw: Any, sock: Any) -> int:
    """Bytes that the kernel takes without waiting when nothing is under way."""
    module = sys.modules["_socket"]
    try:
        return int(raw.getsockopt(sock, module.SOL_SOCKET, module.SO_SNDBUF))
    except OSError:
        return 0


def before_fork() -> None:
    """Python 3.12 and later warn where a process with several threads forks: not because of ours.

    A thread lingers for a moment after its send; or a signal handler forks in the middle of one.
    """
    if not live:
        return
    me = get_ident()
    for sampling in list(live):
        if sampling.over or sampling.owner == me:
            sampling.end()
            sampling.wait()


def forget() -> None:
    """A forked child: the threads are its parent's."""
    live.clear()


def end_all() -> None:
    """The recording ends."""
    for sampling in list(live):
        sampling.end()
        sampling.wait()
