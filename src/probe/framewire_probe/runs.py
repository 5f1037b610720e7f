"""Runs of like sends: one socket, thread and stack, small buffers taken whole, no payload to store any more.

Such a send is one entry in the ledger, which names its run; the run's record holds what they have in common. Any other
`io` record of the socket ends its run, so that all operations of one socket stay in order.
"""

from __future__ import annotations

from _struct import Struct
from time import monotonic_ns

from .ledger import ledger
from .recorder import RUN, recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .sockets import SocketState, Stream
    from .stacks import ThreadState

ENOUGH = 8  # like sends in a row before a run begins
_RUN = Struct("<IBBHQIIIIIIQ")

runs: dict[int, Run] = {}  # id(socket) -> its run


class Run:
    """A run in progress; `live` until it ends. `path`: (code, lasti) from the wrapper's caller to the base."""

    __slots__ = ("live", "number", "path", "scope", "start", "state", "stream", "thread")

    live: bool


def begin(
    thread: ThreadState, state: SocketState, stream: Stream, op: int, layer: int, stack: int, scope: int, frame: Any
) -> None:
    """The next send of this thread on this socket will most likely come from where the last one did.

    stack, scope: as in the last send's record. frame: the one that called the wrapper.
    """
    state.likes = 0
    base = thread.base_frame
    path = []
    while frame is not None and frame is not base:
        path.append((frame.f_code, frame.f_lasti))
        frame = frame.f_back
    if frame is not base or not ledger.ready():
        return
    run = Run()
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
        state.run = run
        runs[state.key] = run


def end(run: Run) -> None:
    """Something else happens on the socket."""
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
    for run in runs.values():
        run.live = False
    runs.clear()
    ledger.reset()
