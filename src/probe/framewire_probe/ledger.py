"""The ledger: a part of the capture file that is mapped into memory, where a send is entered without a system call.

The pages are the kernel's, so what was entered is in the file whatever becomes of the process. See
docs/capture-format.md.

A store into a mapped page cannot fail as a write can: it kills the process. So it is done only on file systems that
have given the space for good once it was written; the others copy on write and may find the disk full then.
"""

from __future__ import annotations

import os
import sys
from _struct import Struct
from _struct import error as StructError
from time import monotonic_ns

from .recorder import LEDGER, RECORD_HEAD, recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENTRY = Struct("@QQII")  # began, ended: monotonic nanoseconds; bytes; run. The last one, never 0, makes it valid.
HEAD = 16
_SIZES = (4 << 10, 64 << 10)  # of the first ledger in a file, and of every later one
_IN_PLACE = ("ext2", "ext3", "ext4", "xfs", "tmpfs")
_MOST_STUCK = 4
_TRACKFD = sys.version_info < (3, 13)  # mmap keeps a descriptor of its own


def _device_type(device: int) -> str:
    """The type of the mounted file system with that device number; empty when not found."""
    wanted = "%d:%d" % (os.major(device), os.minor(device))
    fd = os.open("/proc/self/mountinfo", os.O_RDONLY | os.O_CLOEXEC)
    try:
        text = b""
        while True:
            part = os.read(fd, 64 << 10)
            text += part
            if not part or len(text) > 1 << 20:
                break
    finally:
        os.close(fd)
    for line in text.decode("utf-8", "replace").split("\n"):
        fields = line.split(" ")
        if len(fields) > 6 and fields[2] == wanted and "-" in fields:
            return fields[fields.index("-") + 1]
    return ""


def is_writable_in_place(fd: int) -> bool:
    """Whether a page of this file, once written, can be written again without new space."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        kind = _device_type(os.fstat(fd).st_dev)
        # What lies under an overlay is not told, but for btrfs, which counts no inodes.
        return kind in _IN_PLACE or (kind == "overlay" and os.fstatvfs(fd).f_files > 0)
    except (OSError, ValueError):
        return False


class Ledger:
    """The one that is open, if any: `at` is where the next entry goes in `mapping`, `end` where the last one ends."""

    __slots__ = ("at", "end", "mapping", "opened", "opening", "own", "stuck", "usable")

    def __init__(self) -> None:
        self.stuck: list[Any] = []
        self.mapping: Any = None
        self.own: Any = None  # (number, identity) of the descriptor that mmap made for itself, if known
        self.reset()

    def reset(self) -> None:
        """For a new process file: nothing is known of its file system yet."""
        self.close()
        self.opened = 0
        self.opening = False
        self.usable: Any = None  # None: not asked yet

    def ready(self) -> bool:
        """Whether there is room for an entry; opens another ledger when there is none."""
        return self.at < self.end or self._open()

    def close(self) -> None:
        """Let go of the mapped part; what is in it stays in the file."""
        self.at = self.end = 0
        mapping, self.mapping = self.mapping, None
        if mapping is not None:
            self.stuck.append((mapping, self.own))
        # Closing a mapping closes a descriptor by its number: not while that is somebody else's.
        self.stuck = [pair for pair in self.stuck if not _let_go(*pair)]
        if len(self.stuck) > _MOST_STUCK:
            self.usable = False

    def release(self) -> None:
        """The process ends: give up also the mappings whose descriptor the program has closed and opened anew."""
        self.close()
        for mapping, own in self.stuck:
            try:
                inheritable = os.get_inheritable(own[0])
                kept = os.dup(own[0])
                mapping.close()
                os.dup2(kept, own[0], inheritable)
                os.close(kept)
            except OSError:
                pass
        self.stuck = []

    def _open(self) -> bool:
        if self.opening or self.usable is False:
            return False  # another thread is at it, or it does not go here
        self.opening = True
        try:
            self.close()
            file = recorder.file
            if self.usable is None and file is not None:
                self.usable = is_writable_in_place(file.fd)
            return bool(self.usable) and file is not None and self._append(file)
        except (OSError, ValueError, ImportError, StructError) as error:
            if recorder.foreign(error):
                raise
            self.usable = False  # no descriptor, no memory, no mmap
            return False
        finally:
            self.opening = False

    def _append(self, file: Any) -> bool:
        size = _SIZES[min(self.opened, 1)]
        self.opened += 1
        head = RECORD_HEAD.pack(size, LEDGER, 0, 0, monotonic_ns())
        offset = os.lseek(file.fd, 0, os.SEEK_CUR)
        recorder.write_checked(head + bytes(size - len(head)))
        if file.stopped or recorder.file is not file:
            return False
        while True:
            # Other threads may have written before it.
            found = os.pread(file.fd, HEAD, offset)
            if found == head:
                break
            offset += RECORD_HEAD.unpack(found)[0]
        import mmap

        before = offset % mmap.ALLOCATIONGRANULARITY
        options: dict[str, Any] = {}
        if _TRACKFD:
            number = os.dup(file.fd)  # the lowest free number: it is taken again at once
            os.close(number)
        else:
            options["trackfd"] = False
        mapping = mmap.mmap(file.fd, before + size, offset=offset - before, **options)
        self.own = (number, file.identity) if _TRACKFD and _is(number, file.identity) else None
        first = before + HEAD + -(offset + HEAD) % 8
        self.mapping = mapping
        self.at, self.end = first, first + (before + size - first) // ENTRY.size * ENTRY.size
        return True


def _is(number: int, identity: Any) -> bool:
    status = os.fstat(number)
    return (status.st_dev, status.st_ino) == identity


def _let_go(mapping: Any, own: Any) -> bool:
    try:
        if own is not None and not _is(*own):
            return False
    except OSError:
        pass  # the program has closed it
    mapping.close()
    return True


ledger = Ledger()
