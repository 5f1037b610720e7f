"""A small JSON encoder: ASCII only, lone surrogates kept. The json module is too heavy to load at start-up."""

MAX_TEXT = 4096
MAX_ITEMS = 256


class Whole(str):
    """A text that is not to be cut, such as a certificate."""


def _escape(text: str) -> str:
    out = []
    for char in text:
        number = ord(char)
        if char == '"' or char == "\\":
            out.append("\\" + char)
        elif 32 <= number < 127:
            out.append(char)
        elif number < 0x10000:
            out.append("\\u%04x" % number)
        else:
            number -= 0x10000
            out.append("\\u%04x\\u%04x" % (0xD800 + (number >> 10), 0xDC00 + (number & 0x3FF)))
    return "".join(out)


def quote(text: str) -> str:
    """A JSON string of at most MAX_TEXT characters."""
    if len(text) > MAX_TEXT and type(text) is not Whole:
        text = text[:MAX_TEXT]
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return '"' + text + '"'
    return '"' + _escape(text) + '"'


def encode(value: object) -> str:
    """The JSON of None, bool, int, float, str and of lists, tuples and dicts of them; anything else is null."""
    kind = type(value)
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if kind is str or kind is Whole:
        return quote(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    if kind is float:
        text = repr(value)
        return "null" if "n" in text else text  # nan and inf are not JSON
    if kind is dict:
        return "{" + ",".join([quote(k) + ":" + encode(v) for k, v in value.items()]) + "}"  # type: ignore[attr-defined]
    if kind is list or kind is tuple:
        return "[" + ",".join([encode(item) for item in value[:MAX_ITEMS]]) + "]"  # type: ignore[index]
    return "null"
