"""`io` records: one operation on a byte stream each. The hot path of the probe."""

from __future__ import annotations

from _struct import Struct
from os import write

from .buffers import first_bytes
from .recorder import IO, recorder
from .runs import end
from .sockets import SocketState, Stream
from .stacks import ThreadState, nested, stack_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEND, SENDALL, SENDTO, SENDMSG, SENDFILE, WRITE = range(1, 7)
RECV, RECV_INTO, RECVFROM, RECVFROM_INTO, RECVMSG, RECVMSG_INTO, READ = range(17, 24)

BEGIN, LAST_WORDS, REPLAYED, PARTIAL, PEEK = 1, 2, 4, 8, 16


LARGE = 64 << 10  # from here on a send's payload is written before it starts
_MOST = (16 << 20) - 80  # payload of the largest record

# Neighbouring small fields go as one number, the reserved ones as its high part: fewer to convert.
PACK = Struct("<IIQIIIIIIQQqQQ").pack


def emit(
    thread: ThreadState,
    state: SocketState,
    stream: Stream,
    frame: Any,
    op: int,
    layer: int,
    flags: int,
    began: int,
    ended: int,
    handed: int,
    result: int,
    data: Any,
    size: int,
    error: int,
) -> None:
    """Write one `io` record.

    began, ended: monotonic nanoseconds. handed, result: bytes. data, size: the payload is the first `size` bytes of
    `data`, as far as the budgets go; data is None when there is nothing to store. error: error id.
    """
    if state.run is not None:
        end(state.run)
    state.likes = state.alike = 0
    if op == SEND:
        if frame.f_code is nested.short:
            frame = frame.f_back
        if frame.f_code is nested.sendall:
            op, frame = SENDALL, frame.f_back
    stack, scope = stack_of(thread, frame)
    stored = 0
    payload = None
    if size and data is not None and state.stream:
        stored = stream.room
        if stored > recorder.room:
            stored = recorder.room
        if stored >= size:
            stored = size
        elif stored > recorder.body_budget:
            stored = recorder.body_budget  # it will not be whole anyway: as much as of one in small blocks
        if stored > _MOST:
            stored = _MOST
        if stored > 0:
            payload = first_bytes(data, stored)
            if payload is None:
                stored = 0
            else:
                stream.room -= stored
                recorder.room -= stored
        else:
            stored = 0
        if stored < size:
            recorder.dropped += size - stored
    head = PACK(
        80 + stored, IO, began, state.id, thread.id, stack, scope, error, op | layer << 8 | flags << 16,
        ended - began, handed, result, stream.offset, stored,
    )  # fmt: skip
    if payload is None:
        append(head)
    elif stored < LARGE:
        append(head + payload)
    else:
        recorder.write_parts(head, memoryview(payload))


def append(record: bytes) -> None:
    """recorder.write() without its calls; what goes wrong is left to it."""
    file = recorder.file
    if file is None or file.stopped:
        recorder.write(record)
        return
    try:
        written = write(file.fd, record)
    except OSError:
        recorder.write(record)
        return
    if written != len(record):
        recorder.write(record[written:])  # goes out as well, or brings to light why not
