#!/usr/bin/env python3
"""Runs the probe's tests under this interpreter. Arguments choose tests by a part of their name."""

import os
import sys
import unittest
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))


def matching(suite: unittest.TestSuite, words: "list[str]") -> unittest.TestSuite:
    """The tests whose id contains one of the words."""
    chosen = unittest.TestSuite()
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            chosen.addTests(matching(one, words))
        elif any(word in one.id() for word in words):
            chosen.addTest(one)
    return chosen


class Result(unittest.TextTestResult):
    """Counts what passed: whether testsRun counts skipped tests depends on the version."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passed = 0

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.passed += 1


def main() -> int:
    """Print "N passed, N failed"; 1 when a test fails."""
    sys.path.insert(0, HERE)
    suite = unittest.defaultTestLoader.discover(HERE, top_level_dir=HERE)
    if sys.argv[1:]:
        suite = matching(suite, sys.argv[1:])
    result = unittest.TextTestRunner(verbosity=1, resultclass=Result).run(suite)
    wrong = [test for test, _ in result.failures + result.errors] + result.unexpectedSuccesses
    # A test with several failing subtests fails once.
    failed = len({getattr(test, "test_case", test).id() for test in wrong})
    version = "%d.%d.%d" % sys.version_info[:3]
    print("python %s: %d passed, %d failed, %d skipped" % (version, result.passed, failed, len(result.skipped)))
    return 1 if failed or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
