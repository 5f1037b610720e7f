"""`io` records: one operation on a byte stream each. The hot path of the probe."""

from __future__ import annotations

from _struct import Struct
from errno import ENOSPC
from os import write

from .buffers import first_bytes
from .recorder import IO, recorder
from .sockets import SocketState, Stream
from .stacks import ThreadState, stack_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEND, SENDALL, SENDTO, SENDMSG, SENDFILE, WRITE = range(1, 7)
RECV, RECV_INTO, RECVFROM, RECVFROM_INTO, RECVMSG, RECVMSG_INTO, READ = range(17, 24)

BEGIN, LAST_WORDS, REPLAYED, PARTIAL, PEEK = 1, 2, 4, 8, 16

LARGE = 64 << 10  # from here on a send's payload is written before it starts
_MOST = (16 << 20) - 80  # payload of the largest record

# Neighbouring small fields go as one number, the reserved ones as its high part: fewer to convert.
_IO = Struct("<IIQIIIIIIQQqQQ").pack


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
    stack, scope = stack_of(thread, frame)
    stored = 0
    payload = None
    if size and data is not None and state.stream:
        stored = stream.room
        if stored > recorder.room:
            stored = recorder.room
        if stored > size:
            stored = size
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
    head = _IO(
        80 + stored, IO, began, state.id, thread.id, stack, scope, error, op | layer << 8 | flags << 16,
        ended - began, handed, result, stream.offset, stored,
    )  # fmt: skip
    if payload is None:
        file = recorder.file
        if file is None or file.stopped:
            recorder.write(head)
            return
        # recorder.write() without its calls; what goes wrong is left to it.
        try:
            if write(file.fd, head) == 80:
                return
        except OSError:
            recorder.write(head)
            return
        recorder.file.stop(ENOSPC)
        recorder.on = False
    elif stored < LARGE:
        recorder.write(head + payload)
    else:
        recorder.write_parts(head, memoryview(payload))
