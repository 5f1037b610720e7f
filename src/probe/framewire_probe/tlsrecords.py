"""Sizes of TLS records: what plaintext becomes on the wire."""

from typing import Any, Optional

_PLAINTEXT = 1 << 14  # most bytes in a record: RFC 8446 section 5.1


def overhead(version: Any, cipher: Any) -> Optional[int]:
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


def wire_size(size: int, sslobj: Any) -> Optional[int]:
    """Bytes on the wire for `size` bytes of plaintext handed over in one call; None where that is not known."""
    cipher = sslobj.cipher()
    each = overhead(sslobj.version(), cipher[0] if cipher else None)
    return None if each is None else size + -(-size // _PLAINTEXT) * each
