"""The grammar of ``history``, and the option of what enters it."""

from pathlib import Path
from typing import Any

from trtstudio.cli.arguments.words import Verbs, add_json, add_verb, count


def add_history(verbs: Verbs) -> None:
    """``trtstudio history``."""
    parser = add_verb(
        verbs,
        "history",
        "[N ...]",
        "Show, compare, export or remove earlier builds and benchmarks.",
        "--benchmarks --of model.onnx",
        "3 4 --report report.html",
    )
    parser.add_argument(
        "numbers",
        type=count,
        nargs="*",
        metavar="N",
        help="entries by their numbers; several benchmarks are compared with the first",
    )
    kinds = parser.add_argument_group("what is listed").add_mutually_exclusive_group()
    kinds.add_argument("--builds", action="store_true", help="only builds")
    kinds.add_argument("--benchmarks", action="store_true", help="only benchmarks")
    kinds.add_argument("--sweeps", action="store_true", help="only sweeps")
    parser.add_argument("--of", type=Path, metavar="FILE", help="only what is about this model")
    parser.add_argument(
        "--limit", type=count, default=50, metavar="N", help="list at most so many (default: 50)"
    )
    actions = parser.add_argument_group("what is done").add_mutually_exclusive_group()
    actions.add_argument("--show", action="store_true", help="all about these entries (default)")
    actions.add_argument(
        "--export",
        choices=("csv", "json"),
        help="print all figures of these entries, or of all that would be listed",
    )
    actions.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="save these benchmarks and sweeps as one HTML page that opens offline",
    )
    actions.add_argument("--note", metavar="TEXT", help="write something to these entries")
    actions.add_argument("--remove", action="store_true", help="forget these entries")
    parser.add_argument(
        "--samples", action="store_true", help="with --export json, every single inference as well"
    )
    parser.set_defaults(wrong_usage=parser.error)
    add_json(parser)


def add_no_history(parser: Any) -> None:
    """``--no-history``."""
    parser.add_argument(
        "--no-history", action="store_true", help="keep nothing of it in the history"
    )
