"""The command line: the window's verbs without a window. Main thread only; each verb works in a
thread of its own, so that Ctrl+C is heard while native code works.
"""

import io
import os
import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from trtstudio.cli.arguments import VERBS, parse
from trtstudio.cli.arguments.runtimes import split_python
from trtstudio.cli.output import (
    Report,
    drop,
    error_json,
    print_json,
    print_text,
    say,
    say_error,
)
from trtstudio.cli.stop import hear_as_interrupts, stoppable
from trtstudio.cli.verbs import find_verb
from trtstudio.model.errors import Cancelled, StudioError


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code: 0 done, 1 failed, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--engine-process"]:
        from trtstudio.host.server import serve

        serve()
    if words == ["--picture-process"]:
        from trtstudio.host.pictures.server import serve as serve_pictures

        serve_pictures()
    _open_closed_streams()
    _print_any_text()
    python, words = split_python(words)
    if python is not None:
        return _in_another(python, words)
    try:
        return _report(parse(words))
    except KeyboardInterrupt:  # while the words were read, or the results told
        return 1


def _in_another(python: str, words: Sequence[str]) -> int:
    """The exit code of another interpreter that does it."""
    from trtstudio.cli.runtimes import run_there

    try:
        return run_there(python, words)
    except StudioError as error:
        say_error(error)
        return 1


def _open_closed_streams() -> None:
    """Where stdout is closed, as by ``>&-``, the next file that is opened would take its place, and
    have in it what libraries print.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - for ever


def _print_any_text() -> None:
    """Names may hold letters that this terminal does not know; they must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _report(options: Namespace) -> int:
    """Do it, and tell what came of it."""
    try:
        report = _do(options)
    except StudioError as error:
        return _tell_problem(error, options)
    except KeyboardInterrupt:
        return _tell_problem(Cancelled("stopped"), options)
    except (ImportError, MemoryError) as error:
        return _tell_problem(_no_memory(error), options)
    return _tell(report, options)


def _tell_problem(problem: StudioError, options: Namespace) -> int:
    if not options.json:
        say_error(problem)
    return _tell(Report(1, {"error": error_json(problem)}, ""), options)


def _tell(report: Report, options: Namespace) -> int:
    """In the form that was asked for; the exit code."""
    try:
        if options.json:
            print_json(report.data)
        else:
            print_text(report.text)
        sys.stdout.flush()
    except OSError as error:
        drop(sys.stdout)
        if not isinstance(error, BrokenPipeError):  # nobody reads on, as behind "| head"
            say(f"trtstudio: The results cannot be written: {error.strerror}.")
        return 1
    return report.code


def _no_memory(error: ImportError | MemoryError) -> StudioError:
    """A library that does not fit into the memory cannot be imported either."""
    return StudioError(
        "There is not enough memory for this, or a library is missing.",
        hint="Close other programs; install TRT Studio again where that does not help.",
        details=f"{type(error).__name__}: {error}",
    )


def _do(options: Namespace) -> Report:
    if options.verb is None:
        return Report(_open_window(options.files), {}, "")
    work = find_verb(options.verb)
    hear_as_interrupts()
    return stoppable(
        lambda cancelled: work(options, cancelled), lambda problem: _tell_problem(problem, options)
    )


def _open_window(files: Sequence[str]) -> int:
    for file in files:
        _check_file(file)
    try:
        from trtstudio.gui.app import main as open_window
    except ImportError as error:
        raise _no_window(error) from error
    return open_window(files)


def _check_file(file: str) -> None:
    """Refuse what does not exist here, where a mistyped verb can be told from a file."""
    if os.path.exists(file):  # noqa: PTH110 - it raises nothing
        return
    close = get_close_matches(file, VERBS, n=1)
    hint = f"Did you mean: trtstudio {close[0]}" if close else "Check the path."
    raise StudioError(f"{file} does not exist.", hint=hint)


def _no_window(error: ImportError) -> StudioError:
    """Why Qt cannot be imported: it is not installed, or a library of the system is missing."""
    library = re.match(r"(lib[\w+.-]+): cannot open shared object", str(error))
    if library:
        return StudioError(
            f"The window needs the system library {library[1]}, which is missing.",
            hint="On Debian and Ubuntu: apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 "
            "libfontconfig1 libxcb-cursor0. The command line works without it.",
            details=str(error),
        )
    return StudioError(
        f"The window cannot be opened: {error}.",
        hint="Install what it needs: pip install trtstudio. The command line works without it.",
    )
