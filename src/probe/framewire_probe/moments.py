"""A moment at which a wire breakpoint may hold: its facts, for the condition and for the description of the stop."""

from time import monotonic_ns
from typing import Any, Dict, Optional, Tuple

from . import errors, kernel
from .conditions import Classes
from .exchanges import Exchange, tcp_progress


class Moment:
    """Facts are looked up when asked for; most conditions end after the first."""

    __slots__ = ("arrived", "error", "exchange", "handed", "now", "progress", "sock", "state", "what")

    def __init__(
        self,
        state: Any,
        sock: Any,
        exchange: Optional[Exchange],
        error: Optional[BaseException],
        handed: int = 0,
        what: Optional[str] = None,
    ) -> None:
        self.state = state
        self.sock = sock
        self.exchange = exchange
        self.error = error
        self.handed = handed  # bytes passed to the send that is failing, on top of the exchange's
        self.what = what  # what was being done, where there is no exchange yet
        self.now = monotonic_ns()
        self.progress: Any = None
        self.arrived: Optional[int] = None  # milliseconds since the peer's last bytes came, see waited()

    def kept(self) -> "Moment":
        """The same moment to be remembered: without the socket and the exception."""
        self.tcp()
        self.waited()
        return self.of(None)

    def of(self, error: Optional[BaseException]) -> "Moment":
        """The same moment with another exception, what it has become on its way; without the socket."""
        moment = Moment(self.state, None, self.exchange, error, self.handed, self.what)
        moment.now, moment.progress, moment.arrived = self.now, self.progress, self.arrived
        return moment

    @property
    def placed(self) -> bool:
        """Whether the exchange was sent from one of the places that stops are restricted to."""
        return self.exchange is not None and self.exchange.placed

    def fact(self, name: str) -> Any:
        """The value of a condition's name: see conditions.NAMES. None when not known."""
        return _FACTS[name](self)

    def tcp(self) -> Tuple[Optional[int], Optional[int]]:
        """(accepted, acknowledged) bytes of this exchange, as they go over the wire."""
        if self.progress is None:
            accepted, acked = tcp_progress(self.sock) if self.sock is not None else (None, None)
            exchange = self.exchange
            if exchange is not None and exchange.began:
                accepted = _since(accepted, exchange.before)
                acked = _since(acked, exchange.before)
            self.progress = (accepted, acked)
        return self.progress

    def host(self) -> Optional[str]:
        """The host that the request names, else the name that the program asked for, else the address."""
        exchange = self.exchange
        return None if exchange is None else exchange.head.host or exchange.name or exchange.address

    def status(self) -> Tuple[Optional[int], Optional[str]]:
        """(status, status line) received by the program, else the one that waits unread."""
        exchange = self.exchange
        if exchange is None:
            return None, None
        if exchange.status is not None:
            return exchange.status, exchange.status_line
        return exchange.heard, exchange.heard_line

    def sent(self) -> Optional[int]:
        """Bytes of the exchange that the system has taken: the kernel's count, else what calls told."""
        accepted = self.tcp()[0]
        if accepted is not None:
            return accepted
        return None if self.exchange is None else self.exchange.handed

    def waited(self) -> Optional[int]:
        """Milliseconds that a reply which the program has not read has been here."""
        exchange = self.exchange
        if exchange is None or exchange.status is not None or exchange.heard is None:
            return None
        if self.arrived is None and self.sock is not None:
            self.arrived = kernel.data_times(self.sock)[1]
        return self.arrived

    def elapsed(self) -> Optional[float]:
        """Seconds since the request began."""
        exchange = self.exchange
        return None if exchange is None or not exchange.began else (self.now - exchange.began) / 1e9

    def classes(self) -> Optional[Classes]:
        """Names of the exception's class and its bases."""
        return None if self.error is None else class_names(type(self.error))

    def describe(self) -> Dict[str, Any]:
        """The facts as JSON members; bytes, seconds; null for what is not known."""
        exchange = self.exchange
        accepted, acked = self.tcp()
        status, line = self.status()
        known = exchange is not None
        return {
            "host": self.host(),
            "port": exchange.port if known else None,
            "address": exchange.address if known else None,
            "method": exchange.head.method if known else None,
            "path": exchange.head.path if known else None,
            "status": status,
            "statusLine": line,
            "readByProgram": known and exchange.status is not None,
            "handed": exchange.handed + self.handed if known else None,
            "accepted": accepted,
            "acknowledged": acked,
            "announced": exchange.head.body if known and exchange.head.complete else None,
            "elapsed": self.elapsed(),
            "unreadFor": self.waited(),
            "lastWords": exchange.last_words if known else None,
        }


def _since(count: Optional[int], before: Optional[int]) -> Optional[int]:
    if count is None or before is None:
        return None
    return max(count - before, 0)


def class_names(cls: type) -> Classes:
    """Qualified and bare names of a class and its bases, without `object`."""
    names = []
    for base in errors._mro_of(cls):
        if base is object:
            continue
        name, module = errors._name_of(base), errors._module(base)
        names.append(name)
        if module and module != "builtins":
            names.append(module + "." + name)
    # 3.8 and 3.9 call it socket.timeout, a class of its own; conditions may use the name it has had since.
    if "socket.timeout" in names or "timeout" in names:
        names.append("TimeoutError")
    return Classes(names)


_FACTS = {
    "host": Moment.host,
    "port": lambda moment: None if moment.exchange is None else moment.exchange.port,
    "method": lambda moment: None if moment.exchange is None else moment.exchange.head.method,
    "path": lambda moment: None if moment.exchange is None else moment.exchange.head.path,
    "status": lambda moment: moment.status()[0],
    "sent": Moment.sent,
    "acked": lambda moment: moment.tcp()[1],
    "elapsed": Moment.elapsed,
    "exception": Moment.classes,
}
