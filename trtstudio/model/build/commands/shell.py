"""Words of a command line, quoted for the shell of a system. Any thread."""

import shlex
import subprocess
from dataclasses import dataclass

from trtstudio.model.graph import Profile, Shape

_SPECIAL = frozenset("&|<>^()%!,;='")  # to cmd, in a word without blanks


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, what it cannot express, and variables of its environment."""

    words: tuple[str, ...]
    notes: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


def join(command: Command, *, windows: bool) -> str:
    """One line for a POSIX shell, or for ``cmd`` of Windows."""
    if windows:
        before = "".join(f'set "{name}={value}" && ' for name, value in command.environment)
        return before + " ".join(map(_for_cmd, command.words))
    before = "".join(f"{name}={shlex.quote(value)} " for name, value in command.environment)
    return before + shlex.join(command.words)


def _for_cmd(word: str) -> str:
    quoted = subprocess.list2cmdline([word])
    return f'"{quoted}"' if quoted == word and _SPECIAL.intersection(word) else quoted


def by_x(shape: Shape) -> str:
    """``1x3x224x224``."""
    return "x".join(map(str, shape))


def bounds(profile: Profile) -> dict[str, dict[str, Shape]]:
    """The shapes of every input by the name of the bound, ``min``, ``opt`` and ``max``."""
    names = ("min", "opt", "max")
    return {b: {name: getattr(shapes, b) for name, shapes in profile.items()} for b in names}
