"""Why an engine process ended, in words for the user. Any thread."""

import os
import signal
from typing import IO

from trtstudio.model.errors import EngineDied

_LAST_WORDS_LINES = 40
_LAST_WORDS_BYTES = 16 * 1024


def last_words(log: IO[bytes]) -> str:
    """The end of what the process wrote to stderr. Moves a position that both share."""
    log.seek(max(0, log.seek(0, os.SEEK_END) - _LAST_WORDS_BYTES))
    lines = log.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-_LAST_WORDS_LINES:])


def diagnosis(code: int, python: str) -> EngineDied:
    """Why a process ended that nobody had told to, by its exit status."""
    if code == -getattr(signal, "SIGKILL", 9):
        return EngineDied(
            "The engine process was killed.",
            hint="The system may have run out of memory: try a smaller batch or workspace.",
        )
    if 0 <= code < 256:
        return EngineDied(
            f"The engine process ended by itself (exit status {code}).",
            hint=f"Check that TRT Studio is installed for {python}; the details say what it lacks.",
        )
    what = signal.strsignal(-code) if code < 0 else f"status 0x{code:08X}"
    return EngineDied(
        f"The engine process crashed ({what}).",
        hint="It starts again by itself. If this happens again, report it with the details.",
    )
