"""The door of the Framewire probe: Python runs this at start-up because its folder leads PYTHONPATH.

It starts the probe, leaves sys.path as if it had never been on it, and then makes way for the program's own
sitecustomize. It has to parse on Python 2.7 and must never let an error of ours reach the program.
"""

import os
import sys


def _notice(reason, message):
    """Write notice-<pid>.json (see docs/capture-format.md); silent when even that fails."""
    try:
        folder = os.environ.get("FRAMEWIRE_CAPTURE")
        if not folder or not os.path.isdir(folder):
            return
        quoted = []
        for text in (reason, "%d.%d.%d" % sys.version_info[:3], message[:2000]):
            out = []
            for char in text:
                number = ord(char)
                if char in '"\\' or number < 32 or number > 126:
                    out.append("\\u%04x" % (number if number < 0x10000 else 0xFFFD))
                else:
                    out.append(char)
            quoted.append("".join(out))
        text = '{"pid": %d, "reason": "%s", "python": "%s", "message": "%s"}\n' % ((os.getpid(),) + tuple(quoted))
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        fd = os.open(os.path.join(folder, "notice-%d.json" % os.getpid()), flags, 0o600)
        try:
            os.write(fd, text.encode("ascii"))
        finally:
            os.close(fd)
    except Exception:
        pass


def _same(left, right):
    return os.path.normcase(os.path.abspath(left)) == os.path.normcase(os.path.abspath(right))


def _leave_path(here):
    """Take our folder off sys.path. Returns the entries behind it: the ones not yet searched for a sitecustomize.

    Entries before ours were searched before us; one with a sitecustomize of its own has called us, and calling
    it again would go round in circles.
    """
    behind = None
    for index in range(len(sys.path) - 1, -1, -1):
        entry = sys.path[index]
        # An empty entry means the working directory; it stays even if that is ours.
        if entry and isinstance(entry, str) and _same(entry, here):
            del sys.path[index]
            behind = index
    return list(sys.path) if behind is None else sys.path[behind:]


def _start(here):
    if not os.environ.get("FRAMEWIRE_CAPTURE"):
        return
    if sys.version_info < (3, 8):
        _notice(
            "python-too-old",
            "Framewire records Python 3.8 and newer; this process runs Python %d.%d." % sys.version_info[:2],
        )
        return
    try:
        if "framewire_probe" in sys.modules:
            package = sys.modules["framewire_probe"]
        else:
            import _frozen_importlib
            import _frozen_importlib_external

            # By its own spec, not through sys.path: the program must not be able to import its neighbours.
            folder = os.path.join(os.path.dirname(here), "framewire_probe")
            init = os.path.join(folder, "__init__.py")
            spec = _frozen_importlib_external.spec_from_file_location(
                "framewire_probe", init, submodule_search_locations=[folder]
            )
            package = _frozen_importlib.module_from_spec(spec)
            sys.modules["framewire_probe"] = package
            try:
                spec.loader.exec_module(package)
            except BaseException:
                sys.modules.pop("framewire_probe", None)
                raise
        package.start(os.environ["FRAMEWIRE_CAPTURE"])
    except Exception as error:
        _notice("probe-failed", "%s: %s" % (type(error).__name__, error))


def _chain(behind):
    """Run the program's own sitecustomize in our place, as if it had been imported."""
    if sys.version_info < (3,):
        import imp

        ours = sys.modules.pop("sitecustomize", None)
        try:
            found = imp.find_module("sitecustomize", behind)
        except ImportError:
            # Python 2 keeps a reference to the module being imported; without one its globals would be cleared.
            sys.modules["sitecustomize"] = ours
            return
        imp.load_module("sitecustomize", *found)
        return
    from _frozen_importlib import module_from_spec
    from _frozen_importlib_external import PathFinder

    spec = PathFinder.find_spec("sitecustomize", behind)
    if spec is None or spec.loader is None:
        # What the site module sees when there is none; the import system then removes ours from sys.modules.
        raise ImportError("No module named 'sitecustomize'", name="sitecustomize")
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_here = os.path.dirname(os.path.abspath(__file__))
_behind = _leave_path(_here)
_start(_here)
_chain(_behind)
