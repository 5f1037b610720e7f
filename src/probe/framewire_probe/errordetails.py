"""What an exception says beyond its arguments: the meaning of its number, its notes, attributes and headers.

Read past every property and `__getattr__`: from the instance dict, and of values only those of exact builtin types.
"""

from __future__ import annotations

import sys
from errno import errorcode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAIN = (str, int, float, bool, bytes, type(None))
_MOST = 64  # attributes, notes, headers
_HIDDEN = ("__notes__",)
# Classes of the standard library and of HTTP libraries that are looked into: their instance dicts are their own.
_KNOWN = (
    "http.client",
    "email.message",
    "requests.models",
    "requests.structures",
    "httpx",
    "aiohttp.client_reqrep",
)
_OF_REPLY = ("status_code", "reason", "url")

_name_of = type.__dict__["__qualname__"].__get__
_module_of = type.__dict__["__module__"].__get__


def errno(cls: type, number: int, error: OSError) -> tuple[str | None, str | None]:
    """Name and meaning of an exception's number, as far as this system has them."""
    socket = sys.modules.get("_socket")
    if socket is not None and issubclass(cls, (socket.gaierror, socket.herror)):
        # These numbers are the resolver's.
        name = next((key for key, value in vars(socket).items() if key.startswith("EAI_") and value == number), None)
        return name, _strerror(error)
    ssl = sys.modules.get("_ssl")
    if ssl is not None and issubclass(cls, ssl.SSLError):
        return None, None  # OpenSSL's
    name = errorcode.get(number)
    if name is None:
        return None, _strerror(error)
    if sys.platform == "win32" and number >= 10000:
        return name, _strerror(error)  # strerror() knows none of the socket errors there
    import os

    return name, os.strerror(number)


def _strerror(error: OSError) -> str | None:
    text = OSError.strerror.__get__(error)  # type: ignore[attr-defined]
    return text if type(text) is str else None


def of(error: BaseException, fields: dict[str, Any]) -> dict[str, Any]:
    """Members `notes`, `attributes` and `headers` of an error record; those that there are."""
    members: dict[str, Any] = {}
    notes = fields.get("__notes__")
    if type(notes) is list:
        texts = [note for note in notes[:_MOST] if type(note) is str]
        if texts:
            members["notes"] = texts
    attributes: list[dict[str, str]] = []
    if isinstance(error, OSError):
        for name in ("filename", "filename2", "winerror"):
            slot = getattr(OSError, name, None)
            value = slot.__get__(error) if slot is not None else None  # type: ignore[attr-defined]
            if value is not None and name not in fields:
                attributes.append({"name": name, "value": _text_of(value)})
    headers: Any = None
    for name, value in list(fields.items())[:_MOST]:
        if type(name) is not str or name in _HIDDEN or isinstance(value, BaseException):
            continue
        found = _headers(value)
        if found is not None:
            headers = headers or found
            continue
        attributes.append({"name": name, "value": _text_of(value)})
        if name == "response":
            reply = _dict_of(value)
            for inner in _OF_REPLY:
                if reply.get(inner) is not None and type(reply[inner]) in _PLAIN:
                    attributes.append({"name": "response." + inner, "value": _text_of(reply[inner])})
            headers = headers or _headers(reply.get("headers"))
    if attributes:
        members["attributes"] = attributes
    if headers:
        members["headers"] = headers
    return members


def _text_of(value: Any) -> str:
    return repr(value) if type(value) in _PLAIN else "<" + _name_of(type(value)) + ">"


def _dict_of(value: Any) -> dict[str, Any]:
    """The instance dict of an object of a class that is known."""
    module = _module_of(type(value))
    if type(module) is not str or module not in _KNOWN:
        return {}
    try:
        fields = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return fields if type(fields) is dict else {}


def _headers(value: Any) -> list[list[str]] | None:
    """A reply's headers in their order, of the classes that http.client, requests and httpx keep them in."""
    fields = _dict_of(value)
    pairs: Any = None
    if type(fields.get("_headers")) is list:
        pairs = fields["_headers"]
    elif type(fields.get("_list")) is list:
        pairs = [(item[0], item[-1]) for item in fields["_list"] if type(item) is tuple and item]
    elif "_store" in fields and isinstance(fields["_store"], dict):
        pairs = list(dict.values(fields["_store"]))
    if pairs is None:
        return None
    found = []
    for pair in pairs[:_MOST]:
        if type(pair) is tuple and len(pair) == 2:
            name, text = (_header_text(one) for one in pair)
            if name is not None and text is not None:
                found.append([name, text])
    return found


def _header_text(value: Any) -> str | None:
    if type(value) is bytes:
        return value.decode("latin-1")
    return value if type(value) is str else None
