"""Looking for a reply while the request is still being sent. Never blocks, and takes no byte from the program."""

from typing import Any

from . import kernel, lastwords
from .recorder import recorder


def has_reply(thread: Any, state: Any, sock: Any, sslobj: Any, frame: Any) -> bool:
    """Whether bytes of a reply wait on a connection in the middle of a send.

    Bytes that wait on a TLS connection may be session tickets only: these are taken in as a read would, and what turns
    out to be a reply is recorded and kept for the program's next read, as last words are. Not with another thread in
    the connection, nor on a non-blocking socket: there the program may wait for bytes that are no longer in the queue.
    """
    if state.pushback:
        return True
    waiting = kernel.unread(sock)
    if waiting <= 0:
        return False
    if sslobj is None:
        if recorder.watch is not None:
            recorder.watch.overheard(state, lastwords._peek(sock, min(waiting, lastwords.MOST)))
        return True
    if state.active - {thread} or kernel.timeout_of(sock) == 0 or lastwords.is_shared(state):
        return False
    return lastwords._tls(thread, state, sock, sslobj, frame, True) > 0
