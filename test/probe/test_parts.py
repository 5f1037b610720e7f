"""The probe's parts on their own: record layouts byte by byte, the JSON encoder, the import hook, patching."""

import json
import os
import random
import sys
import traceback
import types
import unittest
import warnings
from typing import Any, List

from support.case import PROBE, ProbeTest

sys.path.insert(0, PROBE)

from framewire_probe import jsontext  # noqa: E402
from framewire_probe.importhook import install, remove  # noqa: E402

LAYOUT = """
    import sys
    sys.path.insert(0, sys.argv[1])
    import framewire_probe
    from framewire_probe import kernel, operations, recorder, sockets, stacks
    framewire_probe.start(sys.argv[2])
    r = recorder.recorder
    path = r.file.path
    state = sockets.SocketState(); state.id = 3; state.stream = state.tcp = True
    thread = stacks.ThreadState(); thread.id = 2; thread.base_frame = frame = sys._getframe()
    thread.base_stack, thread.scope = 0x01020304, 9
    # Standing on the base frame itself the stack has no frames of its own.
    import os
    at = os.path.getsize(path)
    state.outgoing.offset = 0x1122334455
    operations.emit(thread, state, state.outgoing, frame, 2, 1, 8, 1000, 1500, 70, 60, b"payload", 4, 7)
    kernel.tcp_info = lambda sock: b"\\x07info"
    kernel.write_counters(state, None, 4, 348)
    with open(path, "rb") as file:
        file.seek(at)
        data = file.read()
    # Times of the stack and counters records are the clock's.
    print(data[:8].hex(), data[16:28].hex())
    print(data[28:28 + 84].hex())
    print(data[112:120].hex(), data[128:].hex())
    with open(path, "rb") as file:
        print(file.read(16).hex())
"""


class Layouts(ProbeTest):
    """Records as docs/capture-format.md has them, worked out by hand."""

    def test_bytes(self) -> None:
        ran = self.program(LAYOUT, PROBE, self.new_capture(), probe=False)
        stack, io, counters, header = ran.out.splitlines()
        self.assertEqual(stack, "1c00000040000000 010000000403020100000000")
        expected = "5400000041000000e803000000000000"  # size, type; time
        expected += "0300000002000000010000000900000007000000"  # socket, thread, stack, scope, error
        expected += "02010800"  # op, layer, flags
        expected += "f40100000000000046000000000000003c00000000000000"  # duration, handed, result
        expected += "55443322110000000400000000000000"  # offset, payload, reserved
        expected += b"payl".hex()
        self.assertEqual(io, expected)
        source = "02" if sys.platform == "darwin" else "01"
        self.assertEqual(counters, "2100000042000000 03000000" + source + "0400005c010000" + b"\x07info".hex())
        self.assertEqual(header, "46574341500d0a1a0100000040000000")


class Json(unittest.TestCase):
    """The encoder against the standard library's."""

    def test_values(self) -> None:
        values: List[Any] = [
            None, True, False, 0, -1, 2**70, 0.05, 1e300, -2.5, "", "plain", 'quote" back\\ slash/', "\x00\x1f\x7f\n\t",
            "é ü 日本", "\U0001f40d", "\ud800 lone", "\udcff", [], {}, [1, [2, ["x"]]], {"a": {"b": [None]}}, ("t", 1),
        ]  # fmt: skip
        for value in values:
            text = jsontext.encode(value)
            self.assertTrue(text.isascii(), text)
            self.assertEqual(json.loads(text), json.loads(json.dumps(value)))

    def test_random_texts(self) -> None:
        chooser = random.Random(1)
        for _ in range(300):
            text = "".join(chr(chooser.randrange(0x110000 if chooser.random() < 0.2 else 0x250)) for _ in range(20))
            self.assertEqual(json.loads(jsontext.encode({text: text})), {text: text})

    def test_limits_and_unknowns(self) -> None:
        self.assertEqual(len(json.loads(jsontext.encode("x" * 5000))), 4096)
        self.assertEqual(len(json.loads(jsontext.encode([1] * 1000))), 256)
        self.assertEqual(len(json.loads(jsontext.encode(jsontext.Whole("x" * 5000)))), 5000)
        for unknown in (float("nan"), float("inf"), object(), b"x", {1}):
            self.assertEqual(jsontext.encode([unknown]), "[null]")


class ImportHook(ProbeTest):
    """Modules are patched when they are imported, and nothing of it stays to be seen."""

    def setUp(self) -> None:
        super().setUp()
        self.seen: List[str] = []
        self.failed: List[Any] = []
        self.write("hooked_module.py", "value = 1\n")
        self.write("hooked_broken.py", "raise ValueError('on import')\n")
        self.write("hooked_old.py", "import warnings\nwarnings.warn('old', DeprecationWarning, stacklevel=2)\n")
        sys.path.insert(0, self.folder)
        self.addCleanup(sys.path.remove, self.folder)
        names = ("hooked_module", "hooked_broken", "hooked_old", "hooked_missing")

        def patch(module: types.ModuleType) -> None:
            self.seen.append(module.__name__)

        self.finder = install(dict.fromkeys(names, patch), lambda *what: self.failed.append(what))
        self.addCleanup(remove, self.finder)
        for name in names:
            self.addCleanup(sys.modules.pop, name, None)

    def test_import_and_reload(self) -> None:
        import importlib

        module = importlib.import_module("hooked_module")
        self.assertEqual((self.seen, module.value), (["hooked_module"], 1))
        self.assertNotIn("exec_module", vars(module.__spec__.loader))
        importlib.reload(module)
        self.assertEqual(self.seen, ["hooked_module"] * 2)
        self.assertNotIn("exec_module", vars(module.__spec__.loader))

    def test_find_spec_alone_does_not_import(self) -> None:
        import importlib.util

        spec = importlib.util.find_spec("hooked_module")
        assert spec is not None and spec.loader is not None
        self.assertEqual(self.seen, [])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.assertEqual(self.seen, ["hooked_module"])

    def test_errors_are_the_modules_own(self) -> None:
        with self.assertRaisesRegex(ValueError, "on import"):
            __import__("hooked_broken")
        with self.assertRaises(ModuleNotFoundError) as caught:
            __import__("hooked_missing")
        self.assertEqual(caught.exception.name, "hooked_missing")
        self.assertEqual((self.seen, self.failed), ([], []))

    def test_tracebacks_and_warnings_know_only_the_program(self) -> None:
        broken = os.path.join(self.folder, "hooked_broken.py")
        for name, files in (("hooked_broken", [__file__, broken]), ("hooked_missing", [__file__])):
            try:
                __import__(name)
            except (ValueError, ImportError) as error:
                self.assertEqual([frame.filename for frame in traceback.extract_tb(error.__traceback__)], files)
            else:
                self.fail("%s was imported" % name)
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            __import__("hooked_old")
        self.assertEqual([one.filename for one in seen], [__file__], "whoever imports it is to blame")

    def test_a_failing_patch_is_ours(self) -> None:
        self.finder.patches["hooked_module"] = lambda module: 1 // 0
        module = __import__("hooked_module")
        self.assertEqual(module.value, 1)
        self.assertEqual([where for where, _ in self.failed], ["patch"])
        self.assertIsInstance(self.failed[0][1], ZeroDivisionError)

    def test_imported_already(self) -> None:
        self.assertEqual(os.path.basename(__import__("hooked_module").__file__), "hooked_module.py")
        remove(self.finder)
        again: List[str] = []
        remove(install({"hooked_module": lambda m: again.append(m.__name__)}, lambda *what: None))
        self.assertEqual(again, ["hooked_module"])


if __name__ == "__main__":
    unittest.main()
