"""What the wrappers tell while wire breakpoints are set, and which of it stops the program.

`recorder.watch` is None or one Watch: the wrappers' only cost without wire breakpoints is that test. A change of the
configuration puts a new Watch in its place; what is known of connections stays with their SocketState.
"""

from _thread import get_ident
from itertools import count
from time import monotonic_ns
from typing import Any, Callable, Dict, Optional, Set, Tuple

from .conditions import Condition
from .earlyreply import came_early, has_reply, may_end
from .errorpaths import ErrorPath, above_transport, caller, comes_of, find, is_network
from .exchanges import NEVER, Exchange
from .moments import Moment
from .places import Places
from .stacks import this_thread
from .suspend import Spot, at, attached

FAILED = "wire.failed"
STATUS_UNREAD = "wire.errorStatusUnread"
STATUS_READ = "wire.errorStatusRead"
EARLY_REPLY = "wire.earlyReply"
REQUEST_SENT = "wire.requestSent"
CONNECTED = "wire.connectionOpened"
SLOW_REPLY = "wire.slowReply"
PLACE = "wire.stopAt"  # the first send from a place
FILTERS = (FAILED, STATUS_UNREAD, STATUS_READ, EARLY_REPLY, REQUEST_SENT, CONNECTED, SLOW_REPLY)

ERROR_STATUS = 400  # from here on
LOOK_EVERY = 250_000  # nanoseconds between two looks for an early reply
SLOW = 5.0  # seconds: what "slow" means without a condition

_HTTP_CLIENT = "http.client."

_numbers = count(1)

# In the set of what was shown of a library call: with places one stop tells of its failure.
_ONCE = (0, "")

# Stops the thread: (filter or path id, spot, moment) -> whether it did.
Stopper = Callable[[str, Spot, Moment], bool]


def _always(facts: Any) -> bool:
    return True


def _slow(facts: Any) -> bool:
    elapsed = facts("elapsed")
    return elapsed is not None and elapsed > SLOW


def _offset(state: Any) -> int:
    """Bytes sent on the program's own layer of a connection."""
    stream = state.plain_outgoing if state.plain_outgoing is not None else state.outgoing
    return int(stream.offset)


def _tls_of(sock: Any) -> Any:
    """The object that does TLS for a socket; None for a plain one, whose class may be the program's own."""
    return sock.__dict__.get("_sslobj") if hasattr(type(sock), "do_handshake") else None


class Watch:
    """One configuration at work. filters: id -> condition, or None for none; a filter that is off is absent.

    places: only what is sent from there, and what comes of it, is judged.
    """

    __slots__ = (
        "connects",
        "early",
        "failures",
        "in_program",
        "lost",
        "number",
        "paths",
        "places",
        "reads",
        "requests",
        "seen",
        "slows",
        "stopper",
        "unreads",
    )

    def __init__(
        self,
        filters: Dict[str, Optional[Condition]],
        paths: Tuple[ErrorPath, ...],
        in_program: bool,
        stopper: Stopper,
        places: Optional[Places] = None,
    ) -> None:
        def condition(name: str, default: Condition = _always) -> Optional[Condition]:
            return filters[name] or default if name in filters else None

        self.number = next(_numbers)  # no other has it
        self.failures = condition(FAILED)
        self.unreads = condition(STATUS_UNREAD)
        self.reads = condition(STATUS_READ)
        self.early = condition(EARLY_REPLY)
        self.requests = condition(REQUEST_SENT)
        self.connects = condition(CONNECTED)
        self.slows = condition(SLOW_REPLY, _slow)
        self.paths = paths
        self.in_program = in_program
        self.places = places  # None: everything anywhere
        self.stopper = stopper
        # thread ident -> (id of an exception, name of the path it was shown at), until its outermost library call ends
        self.seen: Dict[int, Set[Tuple[int, str]]] = {}
        # thread ident -> (id of the exception, moment) of its last failed operation, as long
        self.lost: Dict[int, Tuple[int, Moment]] = {}

    def sent(self, thread: Any, state: Any, sock: Any, sslobj: Any, frame: Any, data: Any, taken: int) -> None:
        """A send returned; `taken` bytes of `data`. Need not be called while the exchange is quiet."""
        if not state.stream or (state.memory is not None and sslobj is None):
            return  # no stream, or ciphertext
        exchange = state.exchange
        if exchange is None:
            exchange = state.exchange = Exchange(sock, _offset(state) == taken)
        elif exchange.quiet_for == self.number:
            handed = exchange.handed + taken
            if handed < exchange.quiet_to and (self.early is None or monotonic_ns() < exchange.quiet_till):
                exchange.handed = handed
                return
        was_complete = exchange.complete
        began = exchange.sent(sock, data, taken, sslobj, state.memory is not None)
        if self.places is not None and self._sent_from(self.places, state, sock, exchange, frame):
            return
        if began and self.requests is not None:
            self._judge(REQUEST_SENT, self.requests, frame, Moment(state, sock, exchange, None))
        till = NEVER
        if self.early is not None and not exchange.early_told and exchange.status is None:
            if exchange.open_request:
                # A look asks the system; every send would be too often.
                now = monotonic_ns()
                if now >= exchange.look_at:
                    exchange.look_at = now + LOOK_EVERY
                    if has_reply(state, sock, sslobj) and (
                        exchange.end is not None or not may_end(data) or came_early(sock)
                    ):
                        self._early(frame, Moment(state, sock, exchange, None))
                till = exchange.look_at
            elif (
                exchange.complete
                and (began or not was_complete)
                and has_reply(state, sock, sslobj)
                and came_early(sock)  # all of the request has left the program, but the reply did not wait for it
            ):
                self._early(frame, Moment(state, sock, exchange, None))
        if self.places is None:
            exchange.quiet(self.number, till)

    def _sent_from(self, places: Places, state: Any, sock: Any, exchange: Exchange, frame: Any) -> bool:
        """Notes where a send came from. Returns whether it was the first from there, and stopped."""
        if exchange.placed and not places.pending:
            return False
        found = places.around(frame)
        place = places.handed_over(frame) if found is None else found[1]
        if place is None:
            return False
        exchange.placed = True
        if place in places.reached or attached() is None:
            return False
        places.reached.add(place)
        spot = at(above_transport(frame) if found is None else found[0])
        return self.stopper(PLACE, spot, Moment(state, sock, exchange, None))

    def received(self, state: Any, sock: Any, frame: Any, data: Any, size: int) -> None:
        """The program received `size` bytes into `data`."""
        exchange = state.exchange
        if exchange is None or not exchange.received(data, size):
            return
        # A reply may have come between two looks, or while all that was left of the request waited in the system.
        early = self.early is not None and not exchange.early_told and (exchange.unfinished or came_early(sock))
        if early and self._early(frame, Moment(state, sock, exchange, None)):
            exchange.told = True
            return
        if self.slows is not None and self._judge(SLOW_REPLY, self.slows, frame, Moment(state, sock, exchange, None)):
            return
        if self.reads is not None and exchange.status >= ERROR_STATUS:
            exchange.told |= self._judge(STATUS_READ, self.reads, frame, Moment(state, sock, exchange, None))

    def overheard(self, state: Any, data: bytes) -> None:
        """What waits for the program on a connection, from the first byte it has not read."""
        if state.exchange is not None:
            state.exchange.overhear(data)

    def listened(self, state: Any, outcome: str, reason: Optional[str], size: int) -> None:
        """What came of listening for last words: as in the capture's record."""
        if state.exchange is not None:
            state.exchange.last_words = {"outcome": outcome, "reason": reason, "bytes": size}

    def failed(self, state: Any, sock: Any, frame: Any, error: BaseException, data: Any = None, size: int = 0) -> None:
        """A send or receive raised `error`; last words have been taken. `data`, `size`: what a send was handed."""
        exchange = state.exchange
        if exchange is None:
            exchange = state.exchange = Exchange(sock, _offset(state) == 0)
        sending = exchange.open_request
        if size > 0 and data is not None and exchange.began == 0:
            sending = exchange.sent(sock, data, size, _tls_of(sock), whole=False)
            size = 0
        # A body in one piece keeps its thread in the system until now.
        early = sending and exchange.status is None
        if early and exchange.heard is None:
            # after a time-out nothing was listened for; on a socket with TLS in memory there is ciphertext
            early = not state.memory and has_reply(state, sock, _tls_of(sock))
        moment = Moment(state, sock, exchange, error, max(size, 0))
        if self.paths:
            self.lost[get_ident()] = (id(error), moment.kept())
        if self.places is not None and exchange.told:
            return  # one failure of what is asked about stops once
        if self.failures is not None and self._judge(FAILED, self.failures, frame, moment):
            exchange.told = True
            if self.paths and this_thread().scope:
                seen = self.seen.setdefault(get_ident(), set())
                if self.places is not None:
                    seen.add(_ONCE)
                self._pass_by(seen, error)
            return
        if early and self.early is not None and not exchange.early_told:
            exchange.told |= self._early(frame, moment)
        self._unread(state, sock, frame, moment)

    def _early(self, frame: Any, moment: Moment) -> bool:
        moment.exchange.early_told = True  # type: ignore[union-attr]
        return self.early is not None and self._judge(EARLY_REPLY, self.early, frame, moment)

    def closing(self, state: Any, sock: Any, frame: Any) -> None:
        """A connection is about to close; last words have been taken."""
        exchange = state.exchange
        if exchange is not None and frame is not None:
            self._unread(state, sock, frame, Moment(state, sock, exchange, None))

    def _unread(self, state: Any, sock: Any, frame: Any, moment: Moment) -> None:
        exchange = moment.exchange
        if self.unreads is None or exchange is None or exchange.told or exchange.status is not None:
            return
        if exchange.heard is not None and exchange.heard >= ERROR_STATUS:
            exchange.told = self._judge(STATUS_UNREAD, self.unreads, frame, moment)

    def connected(self, state: Any, sock: Any, frame: Any) -> None:
        """A connection of the program's own making stands."""
        self.lost.pop(get_ident(), None)  # what was tried before it has come to nothing
        if state.stream and self.connects is not None:
            exchange = state.exchange = Exchange(sock, True)
            self._judge(CONNECTED, self.connects, frame, Moment(state, sock, exchange, None))

    def unable(self, error: BaseException, what: str) -> None:
        """Something that comes before a connection's first byte has failed. what: "connecting to 127.0.0.1, port 1"."""
        if self.paths:
            self.lost[get_ident()] = (id(error), Moment(None, None, None, None, what=what))

    def leaving(self, error: BaseException, frame: Any, outermost: bool, cause: Any = None) -> None:
        """An exception has come out of a library call that `frame` made. cause: what it was made of, unnamed yet."""
        try:
            if self.paths and is_network(error) and attached() is not None:
                self._follow(error, caller(frame), cause)
        finally:
            if outermost:
                self.seen.pop(get_ident(), None)
                self.lost.pop(get_ident(), None)

    def _follow(self, error: BaseException, live: Any, cause: Any) -> None:
        ident = get_ident()
        seen = self.seen.setdefault(ident, set())
        number, lost = self.lost.get(ident, (0, None))
        for path in self.paths:
            key = (id(error), path.name)
            if key in seen or live is None or _ONCE in seen:
                continue
            spot = find(path, error, live)
            if spot is None:
                continue
            known = comes_of(error, number) or (isinstance(cause, BaseException) and comes_of(cause, number))
            moment = lost.of(error) if lost is not None and known else Moment(None, None, None, error)
            if self.places is not None:
                if not moment.placed and self.places.spot(spot) is None:
                    continue
                seen.add(_ONCE)
            seen.add(key)
            if path.name.startswith(_HTTP_CLIENT):
                self._pass_by(seen, error)
            self.stopper(path.name, spot, moment)

    def _pass_by(self, seen: Set[Any], error: BaseException) -> None:
        """The same exception leaving the next frame of the same library would tell nothing new."""
        seen.update((id(error), path.name) for path in self.paths if path.name.startswith(_HTTP_CLIENT))

    def _judge(self, name: str, condition: Condition, frame: Any, moment: Moment) -> bool:
        if attached() is None:
            return False
        if self.places is not None and not moment.placed and self.places.around(frame) is None:
            return False
        if condition(moment.fact) is not True:
            return False
        return self.stopper(name, at(above_transport(frame)), moment)
