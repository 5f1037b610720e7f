"""Conditions of wire breakpoints: the tree that the editor's side checked, evaluated with what is known."""

import sys
import unittest

from support.case import PROBE

sys.path.insert(0, PROBE)
from framewire_probe.conditions import Classes, compile_condition, matches  # noqa: E402
from framewire_probe.moments import class_names  # noqa: E402

KNOWN = {
    "host": "Upload.Example.com",
    "port": 443,
    "method": "POST",
    "path": "/api/asciicasts",
    "status": 413,
    "sent": 115906,
    "acked": None,
    "elapsed": 0.25,
    "exception": class_names(BrokenPipeError),
}


def compare(name, op, value):
    right = {"list": value} if isinstance(value, list) else {"value": value}
    return {"op": op, "left": {"name": name}, "right": right}


class ConditionTest(unittest.TestCase):
    def check(self, tree, expected, facts=KNOWN):
        self.assertIs(compile_condition(tree)(facts.__getitem__), expected, tree)

    def test_comparisons(self):
        for name, op, value, expected in (
            ("status", "==", 413, True),
            ("status", "!=", 413, False),
            ("status", ">=", 400, True),
            ("status", "<", 413, False),
            ("status", "<=", 413, True),
            ("sent", ">", 115905.5, True),
            ("elapsed", "<", 0.2, False),
            ("status", "in", [413, 414], True),
            ("status", "not in", [413, 414], False),
            ("path", "startswith", "/api", True),
            ("path", "endswith", "/api", False),
            ("path", "matches", "/api/*", True),
            ("path", "==", "/API/asciicasts", False),
        ):
            self.check(compare(name, op, value), expected)

    def test_the_value_may_stand_before_the_name(self):
        self.check({"op": "<=", "left": {"value": 400}, "right": {"name": "status"}}, True)
        self.check({"op": "in", "left": {"value": "cast"}, "right": {"name": "path"}}, True)
        self.check({"op": "not in", "left": {"value": "cast"}, "right": {"name": "path"}}, False)

    def test_case_does_not_matter_in_hosts_and_methods(self):
        self.check(compare("host", "==", "upload.example.COM"), True)
        self.check(compare("host", "matches", "*.EXAMPLE.com"), True)
        self.check(compare("method", "in", ["put", "post"]), True)
        self.check({"op": "in", "left": {"value": "EXAMPLE"}, "right": {"name": "host"}}, True)

    def test_an_exception_is_any_of_its_classes(self):
        for op, value, expected in (
            ("==", "BrokenPipeError", True),
            ("==", "ConnectionError", True),
            ("==", "OSError", True),
            ("==", "Exception", True),
            ("==", "ValueError", False),
            ("!=", "OSError", False),
            ("!=", "TimeoutError", True),
            ("in", ["TimeoutError", "ConnectionError"], True),
            ("not in", ["TimeoutError", "ConnectionError"], False),
            ("matches", "Broken*", True),
            ("startswith", "Connection", True),
            ("endswith", "Pipe", False),
        ):
            self.check(compare("exception", op, value), expected)

    def test_an_exception_may_be_named_with_its_module(self):
        import socket
        import ssl

        names = class_names(ssl.SSLEOFError)
        self.assertIn("ssl.SSLEOFError", names)
        self.assertIn("SSLEOFError", names)
        self.assertIn("OSError", names)
        self.assertNotIn("object", names)
        # A class of its own before 3.10, and TimeoutError since.
        self.assertIn("TimeoutError", class_names(socket.timeout))

    def test_what_is_not_known_makes_a_comparison_unknown(self):
        unknown = compare("acked", ">", 5)
        yes, no = compare("status", "==", 413), compare("status", "==", 200)
        self.check(unknown, None)
        self.check(compare("acked", "!=", 5), None)
        self.check({"op": "not", "of": unknown}, None)
        for op, other, expected in (("and", yes, None), ("and", no, False), ("or", yes, True), ("or", no, None)):
            self.check({"op": op, "of": [unknown, other]}, expected)
            self.check({"op": op, "of": [other, unknown]}, expected)
        self.check({"op": "unknown", "left": {"name": "acked"}}, True)
        self.check({"op": "known", "left": {"name": "acked"}}, False)
        self.check({"op": "known", "left": {"name": "status"}}, True)
        nothing = dict.fromkeys(KNOWN)
        self.check(yes, None, nothing)

    def test_a_text_and_a_number_have_no_order(self):
        self.check(compare("path", "<", 5), None)
        self.check(compare("status", "startswith", "4"), None)

    def test_only_what_is_needed_is_looked_up(self):
        asked = []

        def facts(name):
            asked.append(name)
            return KNOWN[name]

        tree = {"op": "and", "of": [compare("status", "==", 200), compare("sent", ">", 0)]}
        self.assertIs(compile_condition(tree)(facts), False)
        self.assertEqual(asked, ["status"])

    def test_a_malformed_tree_is_refused(self):
        deep = compare("status", "==", 1)
        for _ in range(100):
            deep = {"op": "not", "of": deep}
        for tree in (
            None,
            [],
            "status == 413",
            {},
            {"op": "and"},
            {"op": "and", "of": []},
            {"op": "or", "of": [None]},
            {"op": "not"},
            {"op": "=="},
            {"op": "__class__", "left": {"name": "status"}, "right": {"value": 1}},
            {"op": [], "left": {"name": "status"}, "right": {"value": 1}},
            compare("password", "==", 1),
            {"op": "==", "left": {"name": "status"}, "right": {"value": None}},
            {"op": "==", "left": {"name": "status"}, "right": {"value": {}}},
            {"op": "in", "left": {"name": "status"}, "right": {"list": [[]]}},
            {"op": "known", "left": {"value": 1}},
            deep,
        ):
            with self.subTest(tree=str(tree)[:60]), self.assertRaises(ValueError):
                compile_condition(tree)


class PatternTest(unittest.TestCase):
    def test_patterns(self):
        for text, pattern, expected in (
            ("", "", True),
            ("", "*", True),
            ("abc", "abc", True),
            ("abc", "a?c", True),
            ("abc", "a?", False),
            ("abc", "*", True),
            ("abc", "a*c", True),
            ("abc", "*b", False),
            ("abcbc", "*bc", True),
            ("/api/v1/x", "/api/*/x", True),
            ("/api/v1/y", "/api/*/x", False),
            ("a.b", "a[.]b", False),
        ):
            self.assertIs(matches(text, pattern), expected, (text, pattern))

    def test_a_hostile_text_is_matched_in_time(self):
        self.assertFalse(matches("a" * 20000, "*a*a*a*a*a*b"))

    def test_classes_equal_each_of_their_names(self):
        self.assertEqual(Classes(("A", "B")), ("A", "B"))


if __name__ == "__main__":
    unittest.main()
