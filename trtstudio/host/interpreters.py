"""How another interpreter is started so that it finds this program. Any thread."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import trtstudio
from trtstudio.model.interpreters import OWN, Interpreter

_SERVER = ("-m", "trtstudio.host.server")
_OWN_WORDS = {
    "trtstudio.host.server": "--engine-process",
    "trtstudio.host.pictures.server": "--picture-process",
}
_ENTER = Path(trtstudio.__file__).with_name("enter.py")
_MODULE_VARIABLE = "TRTSTUDIO_RUNTIME"


def python_of(interpreter: Interpreter) -> str:
    """Its executable."""
    return interpreter.python or sys.executable


def command(python: str, arguments: Sequence[str]) -> list[str]:
    """What starts a process of this program. One that has its own Python starts itself."""
    if getattr(sys, "frozen", False) and python == sys.executable:
        return [python, _OWN_WORDS[arguments[-1]]]
    # Modules come from the current folder only where this process takes them from there too: a
    # user's own ``random.py`` beside his models must not be taken for Python's.
    is_here = not {"", str(Path.cwd())}.isdisjoint(sys.path)
    return [python, *([] if is_here else ["-P"]), *arguments]


def server_arguments(interpreter: Interpreter) -> tuple[str, ...]:
    """What starts an engine process there."""
    return _SERVER if interpreter == OWN else entry_arguments("server")


def entry_arguments(main: Literal["server", "cli"]) -> tuple[str, ...]:
    """What starts the server or the command line in any interpreter, whatever is installed there.
    Words for the command line come after it.
    """
    version = "{}.{}".format(*sys.version_info)
    paths = [str(Path(trtstudio.__file__).parents[1])]
    paths += [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    return (str(_ENTER), main, version, str(len(paths)), *paths)


def environment_of(interpreter: Interpreter) -> Mapping[str, str]:
    """What its environment has besides this process's own."""
    return {_MODULE_VARIABLE: interpreter.module} if interpreter.module else {}
