"""The way in: sitecustomize chained, sys.path left sane, old Pythons told, start() from a debugger."""

import glob
import json
import os
import subprocess
import sys
import unittest
from typing import Iterator

from support.case import BOOTSTRAP, PROBE, ProbeTest


def old_pythons() -> Iterator[str]:
    """Pythons older than the probe supports, of those pyenv has."""
    root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    for pattern in ("2.7*", "3.6*", "3.7*"):
        yield from glob.glob(os.path.join(root, "versions", pattern, "bin", "python"))


SHOW = """
    import os, sys
    print("sitecustomize" in sys.modules, getattr(sys.modules.get("sitecustomize"), "mine", None))
    print([p for p in sys.path if "probe-test" in p or p == ""])
    try:
        import sitecustomize
        print(sitecustomize.__name__, sitecustomize.__file__, getattr(sitecustomize, "mine", None))
    except ImportError as error:
        print(error, error.name)
"""


class SiteCustomize(ProbeTest):
    """The program's own sitecustomize runs as if ours were not there."""

    def compare(self, source: str, *paths: str, code: int = 0) -> None:
        """The same program with PYTHONPATH=paths, and with our folder before them."""
        program = self.write("show.py", source)
        results = []
        for probe in (False, True):
            env = self.environment(self.new_capture() if probe else None)
            env["PYTHONPATH"] = os.pathsep.join([*([BOOTSTRAP] if probe else []), *paths])
            done = subprocess.run(
                [sys.executable, program], env=env, capture_output=True, text=True, cwd=self.folder, check=False
            )
            results.append((done.returncode, done.stdout, done.stderr))
        self.assertEqual(results[1], results[0])
        self.assertEqual(results[0][0], code, results[0])
        self.assertTrue(os.listdir(os.path.join(self.folder, "capture-1")), "nothing was recorded")

    def user(self, source: str, name: str = "user") -> str:
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        self.write(os.path.join(name, "sitecustomize.py"), source)
        return folder

    def test_none(self) -> None:
        self.compare(SHOW)

    def test_the_users_own(self) -> None:
        self.compare(SHOW, self.user("mine = __name__, __file__\nimport sys; print(sys.modules[__name__].mine)\n"))

    def test_the_users_own_among_others(self) -> None:
        self.compare(SHOW, self.folder, self.user("mine = 1\n"), self.user("mine = 2\n", "second"))

    def test_one_that_raises(self) -> None:
        self.compare(SHOW, self.user("mine = 1\nraise ValueError('of the user')\n"), code=1)

    def test_one_that_misses_a_module(self) -> None:
        self.compare(SHOW, self.user("import no_such_module\n"))

    def test_one_that_replaces_itself(self) -> None:
        other = "m = types.ModuleType('x'); m.mine = 3; m.__file__ = 'f'"
        self.compare(SHOW, self.user("import sys, types\n" + other + "\nsys.modules[__name__] = m\n"))

    def test_empty_entries(self) -> None:
        self.compare(SHOW, "", self.folder, "")

    def test_a_folder_before_ours_that_calls_us(self) -> None:
        """Another tool's bootstrap found us behind it and runs us: it must not be run again by us."""
        first = self.user(
            """
            import sys, os
            print("first runs")
            from importlib.machinery import PathFinder
            from importlib.util import module_from_spec
            here = os.path.dirname(__file__)
            spec = PathFinder.find_spec("sitecustomize", [p for p in sys.path if p != here])
            if spec is not None:
                module = module_from_spec(spec)
                try:
                    spec.loader.exec_module(module)
                except ImportError:
                    pass
            mine = 1
            """,
            "first",
        )
        env = self.environment(self.new_capture())
        env["PYTHONPATH"] = os.pathsep.join([first, BOOTSTRAP])
        done = subprocess.run([sys.executable, "-c", "print(1)"], env=env, capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout, done.stderr), ("first runs\n1\n", ""))
        self.assertEqual(len(os.listdir(os.path.join(self.folder, "capture-1"))), 1)


class StartUp(ProbeTest):
    """What the probe loads and leaves behind."""

    def test_nothing_heavy_is_loaded(self) -> None:
        source = "import sys; print('\\n'.join(sorted(sys.modules)))"
        loaded = []
        for probe in (False, True):
            env = self.environment(self.new_capture() if probe else None)
            # -S would keep us out, too; without site-packages no .pth file blurs what is ours.
            out = subprocess.check_output([sys.executable, "-c", source], env=env, text=True)
            loaded.append(set(out.split()))
        more = {name for name in loaded[1] - loaded[0] if not name.startswith("framewire_probe")}
        self.assertLessEqual(
            more,
            {"time", "_struct", "atexit", "errno", "fcntl", "gc", "itertools", "__future__"},
            "modules the probe adds",
        )

    def test_the_package_is_not_importable_neighbourhood(self) -> None:
        ran = self.program("import sys; print([p for p in sys.path if 'probe' in p and 'probe-test' not in p])")
        self.assertEqual(ran.out, "[]\n")

    def test_children_are_followed_and_see_the_same_pythonpath(self) -> None:
        ran = self.program(
            """
    import os, subprocess, sys
    print(os.environ["PYTHONPATH"])
    print(subprocess.check_output([sys.executable, "-c", "import os; print(os.environ['PYTHONPATH'])"]).decode())
"""
        )
        self.assertEqual(set(ran.out.split()), {BOOTSTRAP})
        self.assertEqual(len(ran.captures), 2)

    def test_no_capture_folder(self) -> None:
        for folder in ("/no/such/folder", ""):
            ran = self.program("print('runs')", env={"FRAMEWIRE_CAPTURE": folder})
            self.assertEqual((ran.out, ran.err), ("runs\n", ""))

    def test_a_failing_start_is_told_in_a_notice(self) -> None:
        """The process file cannot be made: a folder has its name."""
        ran = self.program(
            """
    import json, os, subprocess, sys
    capture = os.environ["FRAMEWIRE_CAPTURE"]
    os.environ["FRAMEWIRE_STREAM_BUDGET"] = "9" * 5000  # more digits than int() takes from 3.11 on
    done = subprocess.run([sys.executable, "-c", "print(2)"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    print(done.returncode, done.stdout.decode(), done.stderr.decode())
"""
        )
        self.assertEqual(ran.out.split(), ["0", "2"])
        if sys.version_info >= (3, 11):
            (name,) = glob.glob(os.path.join(ran.folder, "notice-*.json"))
            with open(name, encoding="utf-8") as file:
                notice = json.load(file)
            self.assertEqual(notice["reason"], "probe-failed")
            self.assertIn("ValueError", notice["message"])

    def test_old_pythons_are_told_and_run(self) -> None:
        found = list(old_pythons())
        if not found:
            self.skipTest("no Python older than 3.8 here")
        for python in found:
            with self.subTest(python=python):
                user = os.path.join(self.folder, "user")
                os.makedirs(user, exist_ok=True)
                self.write(os.path.join("user", "sitecustomize.py"), "mine = 5\n")
                folder = self.new_capture()
                env = self.environment(folder, {"PYTHONPATH": os.pathsep.join([BOOTSTRAP, user])})
                env["PYTHONDONTWRITEBYTECODE"] = "1"
                source = "import sys, sitecustomize; print('%d.%d.%d' % sys.version_info[:3], sitecustomize.mine)"
                process = subprocess.Popen([python, "-c", source], env=env, stdout=-1, stderr=-1)
                out, err = process.communicate()
                self.assertEqual((process.returncode, err), (0, b""))
                (name,) = os.listdir(folder)
                self.assertEqual(name, "notice-%d.json" % process.pid)
                path = os.path.join(folder, name)
                self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
                with open(path, encoding="utf-8") as file:
                    notice = json.load(file)
                self.assertEqual((notice["pid"], notice["reason"]), (process.pid, "python-too-old"))
                self.assertIn(notice["python"], out.decode())
                self.assertIn("3.8", notice["message"])
                env["PYTHONPATH"] = BOOTSTRAP
                out = subprocess.check_output([python, "-c", "print(1)"], env=env, stderr=subprocess.STDOUT)
                self.assertEqual(out, b"1\n", "without a sitecustomize of the user's")


class Evaluated(ProbeTest):
    """start() from a debugger's evaluate."""

    def test_isolated_and_late(self) -> None:
        source = """
    import socket, ssl, sys
    import http.client, urllib.request
    a, b = socket.socketpair()
    a.send(b"before")
    sys.path.insert(0, sys.argv[1])
    import framewire_probe
    print(framewire_probe.start(sys.argv[2]), framewire_probe.start(sys.argv[2]))
    print(b.recv(6)); a.send(b"after"); print(b.recv(5))
"""
        for flags in (("-I",), ("-S",), ("-I", "-S")):
            with self.subTest(flags=flags):
                folder = self.new_capture()
                ran = self.program(source, PROBE, folder, probe=False, flags=flags)
                self.assertEqual(ran.out, "True True\nb'before'\nb'after'\n")
                (name,) = os.listdir(folder)
                from support.capture import read

                capture = read(os.path.join(folder, name))
                self.assertEqual([r.data["how"] for r in capture.of("socket")], ["existing", "existing"])
                self.assertEqual(capture.stream(2, True), b"after")

    def test_stop_takes_every_patch_back(self) -> None:
        ran = self.program(
            """
    import socket, ssl, sys, http.client, urllib.request
    before = [dict(vars(c)) for c in (socket.socket, ssl.SSLSocket, http.client.HTTPConnection, socket)]
    path = list(sys.meta_path)
    sys.path.insert(0, sys.argv[1])
    import framewire_probe
    framewire_probe.start(sys.argv[2])
    print(before[0].get("send") is vars(socket.socket).get("send"))
    framewire_probe.stop()
    after = [dict(vars(c)) for c in (socket.socket, ssl.SSLSocket, http.client.HTTPConnection, socket)]
    print(after == before, sys.meta_path == path)
    framewire_probe.start(sys.argv[2])
    a, b = socket.socketpair(); a.send(b"x")
""",
            PROBE,
            self.new_capture(),
            probe=False,
        )
        self.assertEqual(ran.out, "False\nTrue True\n")
        self.assertEqual(len(os.listdir(os.path.join(self.folder, "capture-1"))), 2)


if __name__ == "__main__":
    unittest.main()
