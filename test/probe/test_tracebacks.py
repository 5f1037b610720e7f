"""What a stop shows of tracebacks, and that they are as before after it."""

import sys
import traceback
import unittest

from support.case import PROBE

sys.path.insert(0, PROBE)
from framewire_probe import tracebacks  # noqa: E402
from framewire_probe.tracebacks import Hidden, without_ours  # noqa: E402

# Frames whose file lies in the probe's folder, as those of wrappers do.
OURS = {}  # type: ignore[var-annotated]
_SOURCE = "def wrapper(call):\n    return call()\n"
exec(compile(_SOURCE, tracebacks.__file__, "exec"), OURS)


def fails():
    raise BrokenPipeError(32, "Broken pipe")


def caught(call):
    """The exception of a call that fails, with this frame as the first of its traceback."""
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def names(error):
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


class TracebacksTest(unittest.TestCase):
    def test_without_ours(self):
        error = caught(lambda: OURS["wrapper"](lambda: OURS["wrapper"](fails)))
        trace = error.__traceback__
        self.assertEqual(names(error), ["caught", "<lambda>", "wrapper", "<lambda>", "wrapper", "fails"])
        clean = without_ours(trace)
        self.assertEqual(names(error.with_traceback(clean)), ["caught", "<lambda>", "<lambda>", "fails"])
        self.assertIs(without_ours(clean), clean)
        self.assertEqual(names(error.with_traceback(trace))[2], "wrapper", "the traceback itself was changed")
        self.assertIsNone(without_ours(None))

    def test_hidden_and_back(self):
        error = caught(lambda: OURS["wrapper"](fails))
        outer = ValueError("about it")
        outer.__cause__ = error
        before = error.__traceback__
        hidden = Hidden(outer, None)
        self.assertEqual(names(error), ["caught", "<lambda>", "fails"])
        self.assertIsNone(outer.__traceback__)
        hidden.back()
        self.assertIs(error.__traceback__, before)

    def test_an_exception_that_has_left_no_frame_of_the_program(self):
        error = caught(lambda: OURS["wrapper"](fails))
        here = error.__traceback__
        while here.tb_frame.f_code.co_name != "wrapper":
            here = here.tb_next
        wrapper = here
        wrapper.tb_next = None  # a function in C raised it
        error.__traceback__ = wrapper
        place = caught(fails).__traceback__
        hidden = Hidden(error, place)
        self.assertIs(error.__traceback__, place)
        hidden.back()
        self.assertIs(error.__traceback__, wrapper)

    def test_what_the_user_sets_stays(self):
        error = caught(lambda: OURS["wrapper"](fails))
        while error.__traceback__.tb_frame.f_code.co_name != "wrapper":
            error.__traceback__ = error.__traceback__.tb_next  # as a wrapper meets it
        other = caught(fails).__traceback__
        for wanted in (other, None):
            hidden = Hidden(error, None)
            error.__traceback__ = wanted
            hidden.back()
            self.assertEqual(names(error)[:1], ["wrapper"])
            # what the wrapper does then
            self.assertIs(error.__traceback__.tb_next, wanted)

    def test_a_class_of_the_users_is_not_asked(self):
        class Own(Exception):
            @property
            def __traceback__(self):
                raise AssertionError("asked")

            def __setattr__(self, name, value):
                raise AssertionError("set")

        error = caught(lambda: OURS["wrapper"](lambda: exec("raise own", {"own": Own()})))
        Hidden(error, None).back()


if __name__ == "__main__":
    unittest.main()
