"""The Framewire probe: records what a Python program does with its sockets. See docs/capture-format.md."""

__version__ = "0.1.0"


def start(capture: str) -> bool:
    """Record this process into the folder `capture`, which must exist. Safe to call again.

    Returns whether the process is being recorded. Modules already imported are patched at once, others when the
    program imports them. Raises OSError when the capture's file cannot be made.
    """
    from . import lifecycle

    return lifecycle.start(capture)


def stop() -> None:
    """End the recording and take every patch back."""
    from . import lifecycle

    lifecycle.finish()
