"""Places in the source that wire breakpoints are restricted to: a call, a function or a file, by its lines."""

import os
from _contextvars import ContextVar
from typing import Any, Dict, NamedTuple, Optional, Sequence, Set, Tuple

from .suspend import Spot, at

_MOST = 4096  # names of files remembered


class Place(NamedTuple):
    """Lines of a file, both inclusive. A call that is written on several lines runs on any of them."""

    file: str
    first: int
    last: int


class Places:
    """Some places, which of them have been come to, and a memory of which files they are in."""

    __slots__ = ("_handed", "_known", "_wanted", "all", "reached")

    def __init__(self, places: Sequence[Place]) -> None:
        self.all = tuple(places)
        self.reached: Set[Place] = set()  # a send from there has been told
        self._wanted = [(os.path.basename(place.file), _real(place.file), place) for place in self.all]
        self._known: Dict[str, Tuple[Place, ...]] = {}  # code's name of its file -> the places in it
        # of the task that makes a request; the tasks that it starts have it, too
        self._handed: Any = ContextVar("framewire_place", default=None)

    @property
    def pending(self) -> bool:
        """Whether there are places that nothing has been sent from."""
        return len(self.reached) < len(self.all)

    def around(self, frame: Any) -> Optional[Tuple[Any, Place]]:
        """The innermost frame from this one outwards that is at one of the places, and that place."""
        known = self._known
        while frame is not None:
            file = frame.f_code.co_filename
            places = known.get(file)
            if places is None:
                places = self._in(file)
            for place in places:
                if place.first <= (frame.f_lineno or 0) <= place.last:
                    return frame, place
            frame = frame.f_back
        return None

    def hand_over(self, frame: Any) -> None:
        """A request begins, which may be sent by a task of its own: that has nothing of this stack."""
        found = self.around(frame)
        if found is not None or self._handed.get() is not None:
            self._handed.set(None if found is None else found[1])

    def handed_over(self, frame: Any) -> Optional[Place]:
        """The place that a task of aiohttp's, in which `frame` runs, sends for."""
        while frame is not None:
            if frame.f_code.co_name == "write_bytes" and frame.f_globals.get("__name__") == "aiohttp.client_reqrep":
                place: Optional[Place] = self._handed.get()
                return place
            frame = frame.f_back
        return None

    def spot(self, spot: Spot) -> Optional[Spot]:
        """The same stop with the innermost frame that is at one of the places on top; None where there is none."""
        entries = spot.entries
        # those behind the first may have been left: where they were is written down, where they are is not
        for index in range(len(entries) - 1, 0, -1):
            frame, _, line = entries[index]
            if any(place.first <= line <= place.last for place in self._in(frame.f_code.co_filename)):
                return Spot(entries[: index + 1])
        found = self.around(spot.live)
        return None if found is None else at(found[0])

    def _in(self, file: str) -> Tuple[Place, ...]:
        places = self._known.get(file)
        if places is None:
            if len(self._known) >= _MOST:
                self._known.clear()  # generated code has a new name each time
            base = os.path.basename(file)
            named = [(real, place) for name, real, place in self._wanted if name == base]
            # links are followed only for files that have the right name
            places = tuple([place for real, place in named if _real(file) == real])
            self._known[file] = places
        return places


def _real(file: str) -> str:
    try:
        return os.path.normcase(os.path.realpath(file))
    except (OSError, ValueError):
        return file  # the working folder is gone, or the name is none
