"""Conditions of wire breakpoints: a checked JSON tree in, a function of the facts out.

The language is parsed and checked in the editor's process (src/messages/conditions.ts, which describes the tree). Here
the tree is compiled into closures: no eval, no code of the program's. Logic has three values: what is not known
compares as unknown (None), and a condition that is not true does not hold.
"""

from typing import Any, Callable, Dict, Optional

# name of a fact -> its value, None when unknown
Facts = Callable[[str], Any]
Truth = Optional[bool]
Condition = Callable[[Facts], Truth]

NAMES = ("host", "port", "method", "path", "status", "sent", "acked", "elapsed", "exception")
_FOLDED = ("host", "method")  # compared without regard to case
_DEPTH = 64


def compile_condition(tree: Any, depth: int = 0) -> Condition:
    """A function of the facts that answers True, False or None (unknown). Raises ValueError for a malformed tree."""
    if depth > _DEPTH:
        raise ValueError("the condition is nested too deeply")
    if type(tree) is not dict:
        raise ValueError("a condition is an object, not %s" % type(tree).__name__)
    op = tree.get("op")
    if op in ("and", "or"):
        parts = tree.get("of")
        if type(parts) is not list or not parts:
            raise ValueError("%r needs a list" % op)
        compiled = [compile_condition(part, depth + 1) for part in parts]
        return _all(compiled) if op == "and" else _any(compiled)
    if op == "not":
        return _not(compile_condition(tree.get("of"), depth + 1))
    return _comparison(tree)


def _all(parts: Any) -> Condition:
    def all_of(facts: Facts) -> Truth:
        unknown = False
        for part in parts:
            value = part(facts)
            if value is False:
                return False
            unknown = unknown or value is None
        return None if unknown else True

    return all_of


def _any(parts: Any) -> Condition:
    def any_of(facts: Facts) -> Truth:
        unknown = False
        for part in parts:
            value = part(facts)
            if value is True:
                return True
            unknown = unknown or value is None
        return None if unknown else False

    return any_of


def _not(part: Condition) -> Condition:
    def negated(facts: Facts) -> Truth:
        value = part(facts)
        return None if value is None else not value

    return negated


def _operand(tree: Any) -> Any:
    """(name or None, constant)"""
    if type(tree) is dict:
        name = tree.get("name")
        if name in NAMES:
            return name, None
        if "value" in tree and type(tree["value"]) in (int, float, str):
            return None, tree["value"]
        values = tree.get("list")
        if type(values) is list and all(type(value) in (int, float, str) for value in values):
            return None, tuple(values)
    raise ValueError("%r is no operand" % (tree,))


def _fold(value: Any) -> Any:
    if type(value) is str:
        return value.lower()
    return tuple([_fold(item) for item in value]) if type(value) is tuple else value


def _comparison(tree: Dict[str, Any]) -> Condition:
    op = tree.get("op")
    if op in ("known", "unknown"):
        name, _ = _operand(tree.get("left"))
        if name is None:
            raise ValueError("%r needs a name" % op)
        wanted = op == "known"
        return lambda facts: (facts(name) is not None) is wanted
    test = _TESTS.get(op) if type(op) is str else None
    if test is None:
        raise ValueError("%r is no operator" % (op,))
    left, left_value = _operand(tree.get("left"))
    right, right_value = _operand(tree.get("right"))
    fold = left in _FOLDED or right in _FOLDED
    if fold:
        left_value, right_value = _fold(left_value), _fold(right_value)

    def compare(facts: Facts) -> Truth:
        a = left_value if left is None else facts(left)
        b = right_value if right is None else facts(right)
        if a is None or b is None:
            return None
        if fold:
            a, b = _fold(a), _fold(b)
        try:
            return test(a, b)
        except TypeError:
            return None  # a text and a number have no order

    return compare


class Classes(tuple):
    """Names of an exception's class and of its bases, qualified and not. Equal to any name in it."""


def _equal(a: Any, b: Any) -> bool:
    if type(a) is Classes:
        return b in tuple(a)
    if type(b) is Classes:
        return a in tuple(b)
    return bool(a == b)


def _within(a: Any, b: Any) -> bool:
    if type(b) is str:
        return type(a) is str and a in b
    return any(_equal(a, item) for item in b)


def matches(text: str, pattern: str) -> bool:
    """Whether a text is what a pattern describes: `*` stands for any run of characters, `?` for one.

    At worst the product of both lengths in time: nothing a server sends can hang it.
    """
    at = p = 0
    star = mark = -1
    while at < len(text):
        if p < len(pattern) and pattern[p] == "*":
            star, mark = p, at
            p += 1
        elif p < len(pattern) and (pattern[p] == "?" or pattern[p] == text[at]):
            at += 1
            p += 1
        elif star >= 0:
            p = star + 1
            mark += 1
            at = mark
        else:
            return False
    return all(char == "*" for char in pattern[p:])


def _of_text(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    """A test of texts; of an exception it holds when it holds for one of its class names."""

    def of_text(a: Any, b: Any) -> bool:
        if type(b) is not str:
            raise TypeError
        if type(a) is Classes:
            return any(test(name, b) for name in a)
        if type(a) is not str:
            raise TypeError
        return test(a, b)

    return of_text


_TESTS: Dict[str, Callable[[Any, Any], bool]] = {
    "==": _equal,
    "!=": lambda a, b: not _equal(a, b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "in": _within,
    "not in": lambda a, b: not _within(a, b),
    "startswith": _of_text(str.startswith),
    "endswith": _of_text(str.endswith),
    "matches": _of_text(matches),
}
