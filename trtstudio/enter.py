"""Begins this program in an interpreter where it is not installed. Standard library only; it runs
there as a script: ``python -P enter.py MAIN VERSION COUNT PATH... WORD...``.

``MAIN`` is ``server`` or ``cli``; ``VERSION`` is the Python that the ``COUNT`` paths after the
first were made for. The interpreter's own packages win; ours fill in what it lacks.
"""

import sys
from collections.abc import Sequence

_OLDEST = (3, 11)


def _is_ours(version: str) -> bool:
    """Whether compiled packages for that Python can be used by this one."""
    return version == "{}.{}".format(*sys.version_info)


def enter(main: str, version: str, paths: Sequence[str]) -> None:
    """Find the program's packages, and run its server or its command line. Ends with one sentence
    on stderr where something is missing.
    """
    if sys.version_info < _OLDEST:
        sys.exit("TRT Studio needs Python 3.11 or later there, and this is " + sys.version)
    sys.path += paths if _is_ours(version) else paths[:1]
    try:
        if main == "server":
            from trtstudio.host.server import serve

            serve()
        from trtstudio.cli import main as run_command

        sys.exit(run_command())
    except ImportError as error:
        sys.exit(
            f"{sys.executable} lacks what TRT Studio needs: {error}. "
            f"Install it there: {sys.executable} -m pip install trtstudio"
        )


if __name__ == "__main__":
    _, entry, made_for, count, *rest = sys.argv
    sys.argv[1:] = rest[int(count) :]
    enter(entry, made_for, rest[: int(count)])
