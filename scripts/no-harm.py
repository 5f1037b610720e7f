#!/usr/bin/env python3
"""Shows that the probe does a program no harm: CPython's own network tests, test by test, without it and with it.

Every interpreter found from 3.8 to 3.13 that has the `test` package runs each suite twice. Tests whose outcomes
differ are run again, alternating without and with the probe, to tell flaky tests from harm. Prints a table and exits
with 1 on harm. No test of these uses the network beyond this machine.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BOOTSTRAP = os.path.join(ROOT, "src", "probe", "bootstrap")
SUITES = ("test_socket", "test_ssl", "test_httplib", "test_urllib2", "test_urllib2_localnet", "test_asyncio")
VERSIONS = [(3, minor) for minor in range(8, 14)]
RETRIES = 3
DOUBTS = 60  # more tries without the probe, before a difference is called harm
STALL_SECONDS = 60  # a test that takes longer than this hangs, and is cut

# Runs inside the interpreter under test: one line "<outcome> <test id>" per test, written at once, so that a crash
# leaves what came before it.
RUNNER = r"""
import os, sys, unittest
out, known, names = sys.argv[1], sys.argv[2], sys.argv[3:]
from test import support
support.use_resources = []
support.verbose = 0
skipped = set(open(known, encoding="utf-8").read().split("\n"))
if os.path.exists(out):
    skipped.update(line.partition(" ")[2] for line in open(out, encoding="utf-8").read().split("\n"))
sink = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
details = os.open(out + ".details", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
class Result(unittest.TestResult):
    def note(self, outcome, test, error=None):
        os.write(sink, ("%s %s\n" % (outcome, test.id())).encode())
        if error is not None:
            text = "== %s\n%s\n" % (test.id(), self._exc_info_to_string(error, test))
            os.write(details, text.encode("utf-8", "replace"))
    def startTest(self, test): self.note("start", test)
    def addSuccess(self, test): self.note("ok", test)
    def addFailure(self, test, err): self.note("fail", test, err)
    def addError(self, test, err): self.note("error", test, err)
    def addSkip(self, test, reason): self.note("skip", test)
    def addExpectedFailure(self, test, err): self.note("expected", test)
    def addUnexpectedSuccess(self, test): self.note("unexpected", test)
    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note("fail" if issubclass(err[0], test.failureException) else "error", test, err)
loader = unittest.TestLoader()
suite = unittest.TestSuite()
for name in names:
    suite.addTest(loader.loadTestsFromName(name))
def prune(suite):
    kept = [one for one in suite if isinstance(one, unittest.TestSuite) or one.id() not in skipped]
    for one in kept:
        if isinstance(one, unittest.TestSuite):
            prune(one)
    suite._tests = kept
prune(suite)
suite.run(Result())
"""


class Interpreter(NamedTuple):
    """A Python to test under."""

    path: str
    version: Tuple[int, int, int]

    @property
    def name(self) -> str:
        """As in the table."""
        return ".".join(map(str, self.version))


class Run(NamedTuple):
    """What came of one run. outcomes: by test id; a test with several (subtests) has its worst."""

    outcomes: Dict[str, str]
    details: str
    exit: Optional[int]
    internal: List[str]  # errors of the probe's own, as recorded
    files: int


class Row(NamedTuple):
    """A line of the table."""

    interpreter: Interpreter
    suite: str
    tests: int
    same: int
    flaky: List[str]
    harm: List[str]
    note: str
    internal: List[str]


def candidates() -> Iterator[str]:
    """Paths of Pythons, likely ones first."""
    root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    yield from sorted(glob.glob(os.path.join(root, "versions", "*", "bin", "python")))
    for _, minor in VERSIONS:
        found = shutil.which("python3.%d" % minor, path=os.environ.get("PATH", "") + os.pathsep + "/usr/bin")
        if found:
            yield found


def interpreters(wanted: List[str]) -> List[Interpreter]:
    """Every supported interpreter that has the test package, one per exact version."""
    found: Dict[Tuple[int, int, int], Interpreter] = {}
    code = "import sys, test.test_socket; print('%d.%d.%d' % sys.version_info[:3])"
    for path in wanted if any(os.sep in one for one in wanted) else candidates():
        try:
            text = subprocess.run([path, "-c", code], capture_output=True, text=True, timeout=60, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            continue
        parts = tuple(int(part) for part in text.strip().split(".")) if text.strip() else ()
        if len(parts) == 3 and parts[:2] in VERSIONS:
            found.setdefault(parts, Interpreter(path, parts))
    chosen = [found[key] for key in sorted(found)]
    prefixes = [one for one in wanted if os.sep not in one]
    return [one for one in chosen if not prefixes or any((one.name + ".").startswith(p + ".") for p in prefixes)]


_RANK = {"start": -1, "ok": 0, "expected": 1, "skip": 2, "unexpected": 3, "fail": 4, "error": 5, "hang": 6}

# Tests that hang without the probe, here; they are left out from then on.
_hanging: Set[str] = set()
_budgets = {"FRAMEWIRE_CAPTURE_BUDGET": str(64 << 20)}


def run(interpreter: Interpreter, names: List[str], probed: bool) -> Run:
    """Run tests by name in a process of their own, in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="no-harm-") as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FRAMEWIRE", "SSLKEYLOG"))}
        env["TMPDIR"] = folder
        capture = os.path.join(folder, "capture")
        if probed:
            os.mkdir(capture, 0o700)
            env["FRAMEWIRE_CAPTURE"] = capture
            env["PYTHONPATH"] = BOOTSTRAP
            env.update(_budgets)
        work = os.path.join(folder, "work")
        os.mkdir(work)
        out = os.path.join(folder, "out")
        known = os.path.join(folder, "known")
        with open(known, "w", encoding="utf-8") as file:
            file.write("\n".join(sorted(_hanging)))
        code: Optional[int] = None
        with open(os.path.join(folder, "log"), "wb") as log:
            while code is None:
                command = [interpreter.path, "-c", RUNNER, out, known, *names]
                process = subprocess.Popen(
                    command, env=env, cwd=work, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )  # fmt: skip
                code = watch(process, out)
                hung = cut_short(out) if code is None else None
                if hung is not None and not probed:
                    _hanging.add(hung)
                if code is None and hung is None:
                    code = -1  # it hung outside any test: going on would hang again
        outcomes: Dict[str, str] = {}
        if os.path.exists(out):
            with open(out, encoding="utf-8") as lines:
                for line in lines:
                    outcome, _, test = line.rstrip("\n").partition(" ")
                    if outcome == "start":
                        outcomes.setdefault(test, "none")
                    elif outcomes.get(test, "none") == "none" or _RANK[outcome] >= _RANK[outcomes[test]]:
                        outcomes[test] = outcome
        details = ""
        if os.path.exists(out + ".details"):
            with open(out + ".details", encoding="utf-8", errors="replace") as file:
                details = file.read()
        if code != 0:
            with open(os.path.join(folder, "log"), encoding="utf-8", errors="replace") as file:
                details += file.read()[-4000:]
        internal, files = inspect_capture(capture) if probed else ([], 0)
        return Run(outcomes, details, code, internal, files)


def watch(process: "subprocess.Popen[bytes]", out: str) -> Optional[int]:
    """Wait for the tests to end. The exit code; None when nothing was finished or begun for too long."""
    size = -1
    while True:
        try:
            return process.wait(STALL_SECONDS)
        except subprocess.TimeoutExpired:
            now = os.path.getsize(out) if os.path.exists(out) else 0
            if now == size:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return None
            size = now


def cut_short(out: str) -> Optional[str]:
    """The test that was running when the process was killed, now marked as hanging in `out`."""
    started = None
    if os.path.exists(out):
        with open(out, encoding="utf-8") as lines:
            for line in lines:
                outcome, _, test = line.rstrip("\n").partition(" ")
                if outcome == "start":
                    started = test
                elif test == started:
                    started = None
    if started is not None:
        with open(out, "a", encoding="utf-8") as file:
            file.write("hang %s\n" % started)
    return started


def inspect_capture(folder: str) -> Tuple[List[str], int]:
    """The probe's own errors recorded in a capture, and how many process files it has."""
    sys.path.insert(0, os.path.join(ROOT, "test", "probe"))
    from support.capture import read

    internal = []
    paths = glob.glob(os.path.join(folder, "process-*.fwp"))
    for path in paths:
        try:
            capture = read(path)
        except AssertionError as error:
            internal.append("unreadable capture: %s" % error)
            continue
        internal += ["%(where)s: %(message)s" % record.data for record in capture.of("internal")]
        if capture.header["stopped"]:
            internal.append("recording stopped: %d" % capture.header["stopped"])
    for path in glob.glob(os.path.join(folder, "notice-*.json")):
        with open(path, encoding="utf-8") as file:
            internal.append(json.load(file)["message"])
    return internal, len(paths)


def is_harm(plain: List[str], probed: List[str]) -> bool:
    """Whether outcomes with the probe differ from those without by more than chance.

    A test that also goes that way without the probe is flaky; one that went so once with the probe and never again
    in as many tries is, too.
    """
    strange = [one for one in probed if one not in plain]
    return len(strange) >= 2 or (len(probed) == 1 and bool(strange))


def happens_anyway(interpreter: Interpreter, test: str, probed: List[str]) -> bool:
    """Whether a race inside the test gives the strange outcome without the probe, too, only less often."""
    if "(" in test:
        return False
    again = run(interpreter, [test] * DOUBTS, False).outcomes.get(test, "none")
    return again != "ok" and again in probed


def compare(interpreter: Interpreter, suite: str, verbose: bool) -> Row:
    """Run a suite without and with the probe and settle the differences."""
    name = "test." + suite
    plain, probed = run(interpreter, [name], False), run(interpreter, [name], True)
    ids: Set[str] = (set(plain.outcomes) | set(probed.outcomes)) - _hanging
    differing = sorted(i for i in ids if plain.outcomes.get(i, "none") != probed.outcomes.get(i, "none"))
    note = ""
    if plain.exit != probed.exit:
        note = "exit %s without, %s with the probe" % (plain.exit, probed.exit)
    if not probed.files:
        note = (note + " the probe recorded nothing").strip()
    seen = {i: ([plain.outcomes.get(i, "none")], [probed.outcomes.get(i, "none")]) for i in differing}
    details = probed.details
    for _ in range(RETRIES if differing else 0):
        # setUpModule and class fixtures report under ids that cannot be loaded: for those the whole suite runs again.
        loadable = [i for i in differing if "(" not in i and not i.startswith("unittest.")]
        names = loadable if len(loadable) == len(differing) and len(differing) < 40 else [name]
        for with_probe in (False, True):
            again = run(interpreter, names, with_probe)
            details += again.details if with_probe else ""
            for i in differing:
                seen[i][with_probe].append(again.outcomes.get(i, "none"))
    harm = [i for i in differing if is_harm(*seen[i])]
    once = [i for i in differing if i not in harm]
    if once:
        # Alone they agreed; what only goes wrong in the company of the others shows when the suite runs again.
        again_plain, again_probed = run(interpreter, [name], False), run(interpreter, [name], True)
        for i in once:
            first = (seen[i][0][0], seen[i][1][0])
            second = (again_plain.outcomes.get(i, "none"), again_probed.outcomes.get(i, "none"))
            if first == second:
                harm.append(i)
                details += again_probed.details
    harm = [i for i in harm if not happens_anyway(interpreter, i, seen[i][1])]
    flaky = [i for i in differing if i not in harm]
    if verbose:
        for i in differing:
            print("  %s: without %s, with %s" % (i, "/".join(seen[i][0]), "/".join(seen[i][1])))
        for i in harm:
            start = details.find("== " + i + "\n")
            print(details[start : start + 3000] if start >= 0 else details[-3000:])
    return Row(interpreter, suite, len(ids), len(ids) - len(differing), flaky, harm, note, probed.internal)


def main() -> int:
    """Parse the options, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], metavar="PATH or VERSION")
    parser.add_argument("--suite", action="append", default=[], choices=SUITES)
    parser.add_argument("--jobs", type=int, default=1, help="suites at a time; more than one makes more tests flaky")
    parser.add_argument("--quiet", action="store_true", help="only the table")
    parser.add_argument(
        "--stream-budget",
        type=int,
        metavar="BYTES",
        help="payload kept per stream; 0 brings the ledger into play early",
    )
    options = parser.parse_args()
    if options.stream_budget is not None:
        _budgets["FRAMEWIRE_STREAM_BUDGET"] = str(options.stream_budget)
    found = interpreters(options.python)
    if not found:
        print("no Python from 3.8 to 3.13 with the test package found", file=sys.stderr)
        return 2
    jobs = [(one, suite) for one in found for suite in options.suite or SUITES]
    rows = []
    print("%-10s %-22s %6s %6s %6s %6s %6s" % ("python", "suite", "tests", "same", "differ", "flaky", "harm"))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(compare, one, suite, not options.quiet) for one, suite in jobs]
        for future in waiting:
            row = future.result()
            rows.append(row)
            print(
                "%-10s %-22s %6d %6d %6d %6d %6d  %s"
                % (
                    row.interpreter.name, row.suite, row.tests, row.same, row.tests - row.same, len(row.flaky),
                    len(row.harm), row.note,
                ),
                flush=True,
            )  # fmt: skip
            for text in sorted(set(row.internal)):
                print("  probe: %s" % text)
    harmed = sum(len(row.harm) for row in rows)
    internal = sum(len(row.internal) for row in rows)
    notes = sum(bool(row.note) for row in rows)
    total = sum(row.tests for row in rows)
    print(
        "%d tests compared: %d harmed, %d errors of the probe, %d suites ending otherwise"
        % (total, harmed, internal, notes)
    )
    return 1 if harmed or internal or notes else 0


if __name__ == "__main__":
    sys.exit(main())
