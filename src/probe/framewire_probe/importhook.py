"""Patches modules when the program imports them.

A finder at the front of sys.meta_path lets the others find the module, and sets an `exec_module` on that one loader
instance which takes itself away before it runs the real one: nothing of ours stays visible on the module. An import
that fails shows no frame of ours either.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def _as_import_system(function: Any) -> Any:
    """Make a function's frames pass for the import system's own.

    That drops its frames from the traceback of what a module raises, or a finder that misses one, but keeps all that
    stand around a frame of somebody else's.
    """
    function.__code__ = function.__code__.replace(co_filename="<frozen importlib._bootstrap>")
    return function


class Finder:
    """Finds nothing itself. `patches`: module name -> what to do with the module once it has been executed."""

    def __init__(self, patches: dict[str, Callable[[Any], None]], failed: Callable[[str, BaseException], None]) -> None:
        self.patches = patches
        self.failed = failed
        self.busy: dict[Any, bool] = {}

    @_as_import_system
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The spec that the other finders give, prepared; None for all other modules and on any trouble of ours."""
        if name not in self.patches:
            return None
        spec = None
        for finder in list(sys.meta_path):
            if finder is self or isinstance(finder, Finder):
                continue
            find = getattr(finder, "find_spec", None)
            if find is None:
                continue
            spec = find(name, path, target)
            if spec is not None:
                break
        if spec is None:
            return None
        try:
            self._prepare(name, spec.loader)
        except Exception as error:
            self.failed("import", error)
        return spec

    def _prepare(self, name: str, loader: Any) -> None:
        if loader is None or isinstance(loader, type) or not hasattr(type(loader), "exec_module"):
            return
        patch, failed = self.patches[name], self.failed

        @_as_import_system
        def exec_module(module: Any) -> None:
            try:
                del loader.exec_module
            except AttributeError:
                pass  # another thread, or a reload inside, was first
            loader.exec_module(module)
            try:
                patch(module)
            except BaseException as error:
                failed("patch", error)

        loader.exec_module = exec_module


def install(patches: dict[str, Callable[[Any], None]], failed: Callable[[str, BaseException], None]) -> Finder:
    """Patch what is imported already, and the rest on import. Returns the finder, to be removed with `remove`."""
    finder = Finder(patches, failed)
    sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
    for name, patch in patches.items():
        module = sys.modules.get(name)
        if module is None:
            continue
        spec = getattr(module, "__spec__", None)
        if getattr(spec, "_initializing", False):
            # Being imported at this moment; its loader is past us, so it is patched by its next user.
            finder.busy[name] = True
            continue
        try:
            patch(module)
        except BaseException as error:
            failed("patch", error)
    return finder


def remove(finder: Finder) -> None:
    """Take the finder off sys.meta_path."""
    try:
        sys.meta_path.remove(finder)  # type: ignore[arg-type]
    except ValueError:
        pass
