"""One process's capture file: created, appended to by single writes, marked when recording stops early."""

import errno
import os
import time
from _struct import Struct

try:
    from fcntl import F_DUPFD_CLOEXEC, fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MAGIC = b"FWCAP\r\n\x1a"
HEADER = Struct("<8sHHIQQIII20x")
INTERNAL_ERROR = 0xFFFFFFFF
STOPPED_AT = 36
FLAGS_AT = 40
_FLAG_ENDED = 1
_U32 = Struct("<I")


def _out_of_the_way(fd: int) -> int:
    """Move a descriptor up, where programs that number or close their own descriptors seldom reach."""
    if fcntl is None:
        return fd
    for lowest in (900, 400, 200, 100, 50, 25):
        try:
            high = fcntl(fd, F_DUPFD_CLOEXEC, lowest)
        except OSError:
            continue  # beyond RLIMIT_NOFILE
        os.close(fd)
        return high
    return fd


class CaptureFile:
    """An open process file. `write` appends one record; `stopped` is the errno that ended it, 0 while it works."""

    __slots__ = ("fd", "identity", "path", "pid", "stopped")

    def __init__(self, folder: str) -> None:
        """Create the next free process-<pid>-<n>.fwp in `folder`. Raises OSError."""
        self.stopped = 0
        self.pid = os.getpid()
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        number = 0
        while True:
            self.path = os.path.join(folder, "process-%d-%d.fwp" % (self.pid, number))
            try:
                fd = os.open(self.path, flags, 0o600)
                break
            except FileExistsError:
                number += 1
        self.fd = _out_of_the_way(fd)
        status = os.fstat(self.fd)
        self.identity = (status.st_dev, status.st_ino)
        header = HEADER.pack(MAGIC, 1, 0, HEADER.size, time.time_ns(), time.monotonic_ns(), self.pid, 0, 0)
        self.write(header)

    def write(self, record: bytes) -> bool:
        """Append `record` with one write; a second one, for a rest, only tells why there is one.

        Returns False when the record did not go out whole; recording is over then.
        """
        if self.stopped:
            return False
        try:
            written = os.write(self.fd, record)
            if written == len(record) or os.write(self.fd, record[written:]) == len(record) - written:
                return True
            number = errno.ENOSPC
        except OSError as error:
            number = error.errno or errno.EIO
            if number == errno.EBADF and self._reopen():
                return self.write(record)
        self.stop(number)
        return False

    def write_parts(self, head: bytes, payload: memoryview) -> bool:
        """Append head and payload as one record without copying them together where the system can."""
        if not hasattr(os, "writev"):
            return self.write(head + payload)
        if self.stopped:
            return False
        try:
            written = os.writev(self.fd, (head, payload))
            if written == len(head) + payload.nbytes:
                return True
            number = errno.ENOSPC
            if written >= len(head):
                # A second try brings the true reason to light: a full disk, a size limit.
                rest = payload[written - len(head) :]
                if os.write(self.fd, rest) == rest.nbytes:
                    return True
        except OSError as error:
            number = error.errno or errno.EIO
            if number == errno.EBADF and self._reopen():
                return self.write_parts(head, payload)
        self.stop(number)
        return False

    def still_ours(self) -> bool:
        """Whether the descriptor still is our file: a program may close all descriptors and open others."""
        if self.stopped:
            return False
        try:
            status = os.fstat(self.fd)
            if (status.st_dev, status.st_ino) == self.identity:
                return True
        except OSError:
            pass
        if self._reopen():
            return True
        self.stopped = errno.EBADF
        return False

    def _reopen(self) -> bool:
        """The program closed our descriptor, as daemons do: open the same file again and go on at its end."""
        flags = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            fd = os.open(self.path, flags)
        except OSError:
            return False
        try:
            status = os.fstat(fd)
            if (status.st_dev, status.st_ino) != self.identity:
                os.close(fd)
                return False
            fd = _out_of_the_way(fd)
            os.lseek(fd, 0, os.SEEK_END)
        except OSError:
            return False
        self.fd = fd
        return True

    def _rewrite(self, offset: int, value: int) -> None:
        try:
            if hasattr(os, "pwrite"):
                os.pwrite(self.fd, _U32.pack(value), offset)
            else:
                os.lseek(self.fd, offset, os.SEEK_SET)
                os.write(self.fd, _U32.pack(value))
                os.lseek(self.fd, 0, os.SEEK_END)
        except OSError:
            pass

    def stop(self, number: int) -> None:
        """Recording ends early: say why in the header, which needs no new space on the disk."""
        if self.stopped:
            return
        ours = number == errno.EBADF or self.still_ours()
        self.stopped = number
        if ours and number != errno.EBADF:
            self._rewrite(STOPPED_AT, number)

    def mark_ended(self) -> None:
        """The end record is written."""
        if not self.stopped:
            self._rewrite(FLAGS_AT, _FLAG_ENDED)

    def close(self) -> None:
        """Give the descriptor back; what is written after that is lost without a word."""
        if not self.still_ours():
            self.fd = -1
        self.path = ""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            try:
                os.close(fd)
            except OSError:
                pass
