"""The grammar of the command line, a module for each family of verbs. Imports nothing heavy:
``--help`` must be instant.
"""

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from trtstudio import __version__
from trtstudio.cli.arguments.bench import add_bench
from trtstudio.cli.arguments.build import add_build
from trtstudio.cli.arguments.convert import add_convert
from trtstudio.cli.arguments.doctor import add_demo, add_doctor
from trtstudio.cli.arguments.history import add_history
from trtstudio.cli.arguments.inspect import add_compare, add_inspect
from trtstudio.cli.arguments.run import add_run
from trtstudio.cli.arguments.runtimes import add_runtimes
from trtstudio.cli.arguments.session import add_memory, add_profile, add_refit

VERBS = (
    "inspect",
    "compare",
    "build",
    "convert",
    "run",
    "bench",
    "profile",
    "memory",
    "refit",
    "history",
    "doctor",
    "runtimes",
    "demo",
)

_ADD = (
    add_inspect,
    add_compare,
    add_build,
    add_convert,
    add_run,
    add_bench,
    add_profile,
    add_memory,
    add_refit,
    add_history,
    add_doctor,
    add_runtimes,
    add_demo,
)

_EPILOG = """\
Without a verb, trtstudio opens its window, with the files that are given.
With --python PATH before the verb, another interpreter's TensorRT does the work.
A file that is called like a verb needs a path: trtstudio ./demo
"""


class Parser(argparse.ArgumentParser):
    """Wrong usage is told in two lines: the usage of most verbs would push them off the screen."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with 2."""
        self.exit(2, f"{self.prog}: error: {message}\n'{self.prog} --help' tells all options.\n")

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """Say what is not among the options, and which of them is meant."""
        options = [each for action in self._actions for each in action.option_strings]
        close = get_close_matches(unknown[0].partition("=")[0], options, n=1)
        self.error(f"unknown: {' '.join(unknown)}" + (f"; is {close[0]} meant?" if close else ""))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options; ``verb`` is None where the window is wanted. Exits with 2 on wrong usage."""
    if words and words[0] in VERBS:
        parser, verbs = verbs_parser()
        options, unknown = parser.parse_known_args(words)
        if unknown:
            verbs[words[0]].refuse(unknown)
        return options
    if words and words[0] in ("-h", "--help", "--version"):
        return verbs_parser()[0].parse_args(words)
    return window_parser().parse_args(words)


def window_parser() -> Parser:
    """The parser of what is not a verb."""
    parser = Parser(prog="trtstudio", description="Open the window, with the files that are given.")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="ONNX models and TensorRT plans to open"
    )
    parser.set_defaults(verb=None, json=False)
    return parser


def verbs_parser() -> tuple[Parser, dict[str, Parser]]:
    """The parser of everything, and those of the verbs."""
    parser = Parser(
        prog="trtstudio",
        usage="trtstudio [FILE ...]\n       trtstudio [--python PATH] VERB ... [--help]",
        description="Open, inspect, build, run and measure ONNX models and TensorRT plans.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"trtstudio {__version__}", help="show the version"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", prog="trtstudio")
    for add in _ADD:
        add(verbs)
    return parser, verbs.choices
