"""A small reader of capture files, written from docs/capture-format.md and independent of the probe's own code."""

import glob
import json
import os
import struct
from typing import Any, Dict, Iterator, List, NamedTuple, Optional

NAMES = {
    0x01: "process", 0x02: "thread", 0x03: "code", 0x04: "socket", 0x05: "resolve", 0x06: "connect", 0x07: "tls",
    0x08: "error", 0x09: "scope", 0x0A: "scope-end", 0x0B: "body", 0x0C: "options", 0x0D: "last-words", 0x0E: "close",
    0x0F: "exception", 0x10: "internal", 0x11: "end", 0x12: "shutdown", 0x13: "raised", 0x14: "request",
    0x15: "unseen",
    0x40: "stack", 0x41: "io", 0x42: "counters", 0x43: "run", 0x44: "ledger",
}  # fmt: skip
OPS = {
    1: "send", 2: "sendall", 3: "sendto", 4: "sendmsg", 5: "sendfile", 6: "write", 17: "recv", 18: "recv_into",
    19: "recvfrom", 20: "recvfrom_into", 21: "recvmsg", 22: "recvmsg_into", 23: "read",
}  # fmt: skip
BEGIN, LAST_WORDS, REPLAYED, PARTIAL, PEEK = 1, 2, 4, 8, 16
_IO = struct.Struct("<IIIIIBBHQQqQII")
_RUN = struct.Struct("<IIIIIBBHQ")
_ENTRY = struct.Struct("<QQII")


class Record(NamedTuple):
    """One record. `data` holds the members of a JSON record or the fields of a binary one; `payload` bytes of io."""

    name: str
    at: int
    data: Dict[str, Any]
    payload: bytes


class Capture(NamedTuple):
    """One process file."""

    path: str
    header: Dict[str, int]
    records: List[Record]
    rest: int  # bytes after the last whole record

    def of(self, name: str, **members: Any) -> List[Record]:
        """The records of a name whose members have the given values."""
        return [r for r in self.records if r.name == name and all(r.data.get(k) == v for k, v in members.items())]

    def one(self, name: str, **members: Any) -> Record:
        """The only record of that kind."""
        found = self.of(name, **members)
        if len(found) != 1:
            raise AssertionError("%d %s records with %r, not one:\n%s" % (len(found), name, members, self.summary()))
        return found[0]

    def frames(self, stack: int) -> List[str]:
        """ "file:function" of a whole stack, innermost first."""
        codes = {r.data["id"]: r.data for r in self.of("code")}
        stacks = {r.data["id"]: r.data for r in self.of("stack")}
        out = []
        while stack:
            record = stacks[stack]
            for code, line in record["frames"]:
                assert line > 0, "a frame without a line"
                out.append(os.path.basename(codes[code]["file"]) + ":" + codes[code]["name"].split(".")[-1])
            stack = record["base"]
        return out

    def stream(self, socket: int, out: bool, layer: int = 0, last_words: bool = False) -> bytes:
        """The stored bytes of one direction, put where their offsets say. Last words only when asked for."""
        data = bytearray()
        for record in self.of("io", socket=socket, layer=layer):
            d = record.data
            if (d["op"] < 17) != out or (d["flags"] & PEEK and not d["flags"] & LAST_WORDS):
                continue
            if not record.payload or bool(d["flags"] & LAST_WORDS) > last_words:
                continue
            end = d["offset"] + len(record.payload)
            if len(data) < end:
                data.extend(bytes(end - len(data)))
            data[d["offset"] : end] = record.payload
        return bytes(data)

    def summary(self) -> str:
        """Every record in a line, payloads cut."""
        return "\n".join("%-10s %r %r" % (r.name, r.data, r.payload[:40]) for r in self.records)


def parse(raw: bytes, path: str = "") -> Capture:
    """Read the bytes of a process file."""
    magic, major, minor, size, wall, mono, pid, stopped, flags = struct.unpack_from("<8sHHIQQIII", raw)
    assert magic == b"FWCAP\r\n\x1a", magic
    assert (major, minor, size) == (1, 0, 64), (major, minor, size)
    header = {"wall": wall, "mono": mono, "pid": pid, "stopped": stopped, "flags": flags}
    records: List[Record] = []
    ledger = _Ledger(raw)
    at = 64
    while at + 16 <= len(raw):
        length, kind, zero, zero2, began = struct.unpack_from("<IBBHQ", raw, at)
        assert 16 <= length <= 16 << 20, "record of %d bytes at %d" % (length, at)
        assert (zero, zero2) == (0, 0)
        if at + length > len(raw):
            break
        records.extend(ledger.entered())
        if NAMES[kind] == "ledger":
            ledger.begin(at, length)
        else:
            records.append(_record(kind, began, raw[at + 16 : at + length]))
            if NAMES[kind] == "run":
                ledger.runs[records[-1].data["id"]] = dict(records[-1].data)
        at += length
    records.extend(ledger.entered())
    assert not ledger.next_run(), "an entry of an unknown run"
    return Capture(path, header, records, len(raw) - at)


class _Ledger:
    """The entries of a file's ledgers, as `io` records: each stands before the record that was written next."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.runs: Dict[int, Dict[str, Any]] = {}
        self.at = self.end = 0

    def begin(self, at: int, length: int) -> None:
        """Another ledger; the one before must be full."""
        assert self.at + _ENTRY.size > self.end, "a ledger was left before it was full: %d of %d" % (self.at, self.end)
        self.at, self.end = (at + 16 + 7) // 8 * 8, at + length

    def next_run(self) -> int:
        """The run of the next entry, 0 if there is none yet."""
        if self.at + _ENTRY.size > self.end:
            return 0
        return int(_ENTRY.unpack_from(self.raw, self.at)[3])

    def entered(self) -> Iterator[Record]:
        """Take all entries whose run is known."""
        while self.next_run() in self.runs:
            began, ended, size, number = _ENTRY.unpack_from(self.raw, self.at)
            self.at += _ENTRY.size
            assert 0 < began <= ended
            run = self.runs[number]
            data = {k: run[k] for k in ("socket", "thread", "stack", "scope")}
            data.update(error=0, op=run["op"], layer=run["layer"], flags=0, duration=ended - began)
            data.update(handed=size, result=size, offset=run["offset"], stored=0, call=OPS[run["op"]], run=number)
            run["offset"] += size
            yield Record("io", began, data, b"")


def _record(kind: int, began: int, body: bytes) -> Record:
    name = NAMES[kind]
    if kind < 0x40:
        return Record(name, began, json.loads(body.decode("utf-8")), b"")
    if kind == 0x40:
        number, base, count = struct.unpack_from("<III", body)
        flat = struct.unpack("<%dI" % (2 * count), body[12:])
        return Record(name, began, {"id": number, "base": base, "frames": list(zip(flat[::2], flat[1::2]))}, b"")
    if kind == 0x42:
        socket, source, moment, zero, waiting = struct.unpack_from("<IBBHi", body)
        assert zero == 0
        return Record(
            name, began, {"socket": socket, "source": source, "moment": moment, "waiting": waiting}, body[12:]
        )
    if kind == 0x43:
        keys = ("id", "socket", "thread", "stack", "scope", "op", "layer", "zero", "offset")
        data = dict(zip(keys, _RUN.unpack(body)))
        assert data.pop("zero") == 0
        return Record(name, began, data, b"")
    fields = _IO.unpack_from(body)
    keys = ("socket", "thread", "stack", "scope", "error", "op", "layer", "flags", "duration", "handed", "result")
    data = dict(zip((*keys, "offset", "stored", "zero"), fields))
    assert data.pop("zero") == 0
    payload = body[_IO.size :]
    assert len(payload) == data["stored"], (len(payload), data)
    data["call"] = OPS[data["op"]]
    return Record(name, began, data, payload)


def read(path: str) -> Capture:
    """Read one process file and check that every id is introduced before it is used."""
    with open(path, "rb") as file:
        capture = parse(file.read(), path)
    check_ids(capture)
    return capture


def check_ids(capture: Capture) -> None:
    """Raise AssertionError at the first id used before its record."""
    known: Dict[str, set] = {kind: {0, None} for kind in ("thread", "code", "stack", "socket", "scope", "error", "run")}
    for record in capture.records:
        uses = dict(record.data)
        if record.name in known:
            number = uses.pop("id")
            assert number not in known[record.name], "%s %d comes twice" % (record.name, number)
            if record.name == "stack":
                assert uses["base"] in known["stack"], record
                for code, _ in uses["frames"]:
                    assert code in known["code"], record
            known[record.name].add(number)
        for kind in ("thread", "stack", "socket", "scope", "error", "run"):
            assert uses.get(kind) in known[kind], "%s %r used before its record: %r" % (kind, uses.get(kind), record)


def read_all(folder: str) -> List[Capture]:
    """All process files of a capture, by process start."""
    captures = [read(path) for path in glob.glob(os.path.join(folder, "process-*.fwp"))]
    return sorted(captures, key=lambda one: one.header["mono"])


def find(folder: str, pid: Optional[int] = None) -> Capture:
    """The only process file, or that of a process id."""
    found = [one for one in read_all(folder) if pid is None or one.header["pid"] == pid]
    if len(found) != 1:
        raise AssertionError("%d process files, not one, in %s: %r" % (len(found), folder, os.listdir(folder)))
    return found[0]


if __name__ == "__main__":
    import sys

    for one in read_all(sys.argv[1]):
        print(one.path, one.header, "rest", one.rest)
        print(one.summary())
