"""Runs a module of another environment as ``python -m`` does, but not longer than the process that
started it. Standard library only; it runs there as a script: ``python watched.py MODULE WORD...``.
"""

import os
import runpy
import sys
import threading


def end_with_parent() -> None:
    """Let this process end as soon as the other end of its stdin is closed, which the system does
    when the process that holds it ends, in whatever way.
    """
    # Not stdin itself: Windows lets everybody wait who looks at a pipe that is being read.
    pipe, nothing = os.dup(0), os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_end_at_the_end_of, args=[pipe], daemon=True).start()


def _end_at_the_end_of(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    end_with_parent()
    here = os.path.realpath(os.path.dirname(__file__))  # noqa: PTH120 - quick
    # Python adds it behind all links, or not at all where it is told to.
    sys.path[:] = [path for path in sys.path if os.path.realpath(path) != here]
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
