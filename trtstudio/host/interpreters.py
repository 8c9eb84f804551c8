"""How another interpreter is started so that it finds this program. Any thread."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import trtstudio
from trtstudio.model.interpreters import OWN, Interpreter

_SERVER = ("-m", "trtstudio.host.server")
_ENTER = Path(trtstudio.__file__).with_name("enter.py")
_MODULE_VARIABLE = "TRTSTUDIO_RUNTIME"


def python_of(interpreter: Interpreter) -> str:
    """Its executable."""
    return interpreter.python or sys.executable


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
