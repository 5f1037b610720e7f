"""Runs of like sends: one socket, thread and stack, small buffers taken whole, no payload to store any more.

Such a send is one entry in the ledger, which names its run; the run's record holds what they have in common. Any other
`io` record of the socket ends its run, so that all operations of one socket stay in order.
"""

from __future__ import annotations

from _struct import Struct
from time import monotonic_ns

from .ledger import ledger
from .recorder import RUN, recorder
from .stacks import nested

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .sockets import SocketState, Stream
    from .stacks import ThreadState

ENOUGH = 8  # like sends in a row before a run begins
NEARLY = ENOUGH - 1  # when to look which loop they come from
_RUN = Struct("<IBBHQIIIIIIQ")

runs: dict[int, Run] = {}  # id(socket) -> its run
loops: set[Any] = set()  # code of library functions that hand one block of a body after another to `senders`
senders: set[Any] = set()  # code of library functions that call a socket's sendall


class Run:
    """A run in progress; `live` until it ends.

    A send belongs to it when it comes from the same place: `path` is (code, lasti) from the wrapper's caller to the
    base. Where a library's loop hands block after block to a sender, it is shorter: the frame of the code `sender` is
    `depth` frames above the wrapper's, at `lasti`, and under it the very frame of the `loop`, at `loop_lasti`. While
    a frame is at the same place, what lies under it is as it was.
    """

    __slots__ = (
        "depth",
        "lasti",
        "live",
        "loop",
        "loop_lasti",
        "number",
        "path",
        "scope",
        "sender",
        "start",
        "state",
        "stream",
        "thread",
    )

    live: bool


def look_for_loop(thread: ThreadState, frame: Any) -> None:
    """Note the loop, if any, that a send comes from; begin() takes it when the next one comes from there, too.

    Only a library's own frame is held, and only within the library call in progress: let_go() comes with its end.
    """
    if thread.base_frame is not None and frame.f_code in senders and frame.f_back.f_code in loops:
        thread.loop = frame.f_back


def let_go(thread: ThreadState) -> None:
    """A library call ends: hold none of its frames any more."""
    thread.loop = None
    if thread.looping is not None:
        end(thread.looping)


def begin(
    thread: ThreadState, state: SocketState, stream: Stream, op: int, layer: int, stack: int, scope: int, frame: Any
) -> None:
    """The next send of this thread on this socket will most likely come from where the last one did.

    stack, scope: as in the last send's record. frame: the one that called the wrapper.
    """
    state.likes = 0
    loop, thread.loop = thread.loop, None
    run = Run()
    run.loop = None
    # SSLSocket.sendall has one place that sends, so it needs no look.
    run.depth, walk = (2, frame.f_back) if frame.f_code is nested.sendall else (1, frame)
    if loop is not None and walk.f_code in senders and walk.f_back is loop:
        run.loop, run.loop_lasti = loop, loop.f_lasti
        run.sender, run.lasti = walk.f_code, walk.f_lasti
    base = thread.base_frame
    path = []
    while frame is not None and frame is not base:
        path.append((frame.f_code, frame.f_lasti))
        frame = frame.f_back
    if frame is not base or not ledger.ready():
        return
    run.state, run.stream, run.thread = state, stream, thread
    run.scope, run.path = scope, path
    run.number = recorder.ids["run"]()
    run.start = stream.offset
    run.live = True
    recorder.write_checked(
        _RUN.pack(
            _RUN.size,
            RUN,
            0,
            0,
            monotonic_ns(),
            run.number,
            state.id,
            thread.id,
            stack,
            scope,
            op | layer << 8,
            stream.offset,
        )  # fmt: skip
    )
    # Writing lets other threads run.
    if recorder.on and state.run is None and stream.offset == run.start and thread.epoch == recorder.epoch:
        let_go(thread)
        if run.loop is not None:
            thread.looping = run
        state.run = run
        runs[state.key] = run


def end(run: Run) -> None:
    """Something else happens on the socket."""
    run.loop = None
    if run.thread.looping is run:
        run.thread.looping = None
    if run.live:
        run.live = False
        recorder.dropped += run.stream.offset - run.start
    if run.state.run is run:
        run.state.run = None
    if runs.get(run.state.key) is run:
        del runs[run.state.key]


def end_all() -> None:
    """No run goes on."""
    for run in list(runs.values()):
        end(run)


def forget() -> None:
    """A forked child: the runs and the ledger are its parent's."""
    for run in list(runs.values()):
        run.live = False
        end(run)
    ledger.reset()
