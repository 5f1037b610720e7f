"""Sizes of TLS records: what plaintext becomes on the wire, and what came of a record that did not come whole."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAINTEXT = 1 << 14  # most bytes in a record: RFC 8446 section 5.1
_HEAD = 5  # bytes: type, version, length of the fragment
_FRAGMENT = _PLAINTEXT + 2048  # most bytes of one, RFC 5246 section 6.2.3
_TYPES = range(20, 25)
_APPLICATION_DATA = 23


def overhead(version: Any, cipher: Any) -> int | None:
    """Bytes that a record adds: header, content type or explicit nonce, tag. None where the content has a say (CBC).

    RFC 8446 section 5.2; RFC 5288 (AES-GCM); RFC 6655 (AES-CCM); RFC 7905 (ChaCha20-Poly1305). cipher: OpenSSL's name.
    """
    if type(version) is not str or type(cipher) is not str:
        return None
    tag = 8 if "CCM8" in cipher or "CCM_8" in cipher else 16
    if not any(kind in cipher for kind in ("GCM", "CCM", "CHACHA20")):
        return None
    if version == "TLSv1.3":
        return 5 + 1 + tag
    if version == "TLSv1.2":
        return 5 + tag if "CHACHA20" in cipher else 5 + 8 + tag
    return None


def wire_size(size: int, sslobj: Any) -> int | None:
    """Bytes on the wire for `size` bytes of plaintext handed over in one call; None where that is not known."""
    cipher = sslobj.cipher()
    each = overhead(sslobj.version(), cipher[0] if cipher else None)
    return None if each is None else size + -(-size // _PLAINTEXT) * each


def cut_record(data: bytes) -> tuple[int, int] | None:
    """(bytes that are there, bytes that it announces) of a record of application data in which `data` ends.

    None when there is none, or when data does not begin with a record: OpenSSL has had the beginning of one then.
    """
    at = 0
    while at + _HEAD <= len(data):
        size = int.from_bytes(data[at + 3 : at + _HEAD], "big")
        if data[at] not in _TYPES or data[at + 1] != 3 or size > _FRAGMENT:
            return None
        if at + _HEAD + size > len(data):
            return (len(data) - at, _HEAD + size) if data[at] == _APPLICATION_DATA else None
        at += _HEAD + size
    return None
