"""The test case of the probe's tests: programs run in processes of their own, with or without the probe."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest
from typing import Any, Dict, List, NamedTuple, Optional

from .capture import Capture, find, read_all

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), "src", "probe")
BOOTSTRAP = os.path.join(PROBE, "bootstrap")
SECONDS = 60  # a program that takes longer hangs


class Ran(NamedTuple):
    """A program that has ended."""

    code: int
    out: str
    err: str
    folder: str  # the capture

    @property
    def capture(self) -> Capture:
        """The only process file."""
        return find(self.folder)

    @property
    def captures(self) -> List[Capture]:
        """All process files, by start."""
        return read_all(self.folder)


class ProbeTest(unittest.TestCase):
    """Gives every test a folder of its own."""

    maxDiff = 4000

    def setUp(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="probe-test-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.runs = 0

    def environment(self, folder: Optional[str], extra: Optional[Dict[str, str]] = None) -> Dict[str, str]:
        """The environment of a program, recorded into `folder` if there is one."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FRAMEWIRE"))}
        if folder is not None:
            env["PYTHONPATH"] = BOOTSTRAP
            env["FRAMEWIRE_CAPTURE"] = folder
        # What a program imports of these helpers must not need a PYTHONPATH.
        env["PROBE_TEST_SUPPORT"] = os.path.dirname(HERE)
        env.update(extra or {})
        return env

    def new_capture(self) -> str:
        """A fresh capture folder."""
        self.runs += 1
        folder = os.path.join(self.folder, "capture-%d" % self.runs)
        os.mkdir(folder, 0o700)
        return folder

    def write(self, name: str, source: str) -> str:
        """Write a file into the test's folder."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(source))
        return path

    def program(
        self,
        source: str,
        *args: str,
        probe: bool = True,
        env: Optional[Dict[str, str]] = None,
        flags: Any = (),
        code: Optional[int] = 0,
        python: str = sys.executable,
    ) -> Ran:
        """Run a program to its end and check its exit code (None: any)."""
        path = self.write("program.py", source)
        folder = self.new_capture()
        environment = self.environment(folder if probe else None, env)
        process = subprocess.Popen(
            [python, *flags, path, *args], env=environment, cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            self.fail("the program hangs:\n%s\n%s" % (out, err))
        if code is not None and process.returncode != code:
            self.fail("exit code %d, not %d:\n%s\n%s" % (process.returncode, code, out, err))
        return Ran(process.returncode, out, err, folder)

    def both(self, source: str, *args: str, **options: Any) -> Ran:
        """Run a program without and with the probe: what it prints and its exit code must be the same."""
        plain = self.program(source, *args, probe=False, **options)
        probed = self.program(source, *args, **options)
        self.assertEqual(probed.out, plain.out, probed.err)
        self.assertEqual(probed.err, plain.err)
        self.assertEqual(probed.code, plain.code)
        for one in probed.captures:
            self.assertFalse(one.of("internal"), one.of("internal"))
            self.assertEqual(one.header["stopped"], 0)
        return probed
