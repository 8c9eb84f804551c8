"""The grammar of ``profile``, ``memory`` and ``refit``."""

from pathlib import Path

from trtstudio.cli.arguments.loading import add_loading, add_shape
from trtstudio.cli.arguments.words import Verbs, add_file, add_json, add_verb, count


def add_profile(verbs: Verbs) -> None:
    """``trtstudio profile``."""
    parser = add_verb(
        verbs,
        "profile",
        "FILE",
        "Show how long each layer of a model takes.",
        "model.plan --by type --top 10",
    )
    add_file(parser)
    parser.add_argument(
        "--by",
        choices=("layer", "node", "type"),
        default="layer",
        help="a row for each layer, for the ONNX nodes that it was made of, or for its type "
        "(default: layer)",
    )
    parser.add_argument("--top", type=count, metavar="N", help="only the N slowest rows")
    parser.add_argument(
        "--iterations",
        type=count,
        default=30,
        metavar="N",
        help="time so many inferences (default: 30)",
    )
    add_shape(parser)
    add_loading(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print the rows as CSV")
    add_json(form)


def add_memory(verbs: Verbs) -> None:
    """``trtstudio memory``."""
    parser = add_verb(
        verbs,
        "memory",
        "FILE",
        "Show what running a model would take of the memory.",
        "model.plan --contexts 4",
    )
    add_file(parser)
    parser.add_argument(
        "--contexts",
        type=count,
        default=1,
        metavar="N",
        help="how many run at the same time (default: 1)",
    )
    add_shape(parser)
    add_loading(parser)
    add_json(parser)


def add_refit(verbs: Verbs) -> None:
    """``trtstudio refit``."""
    parser = add_verb(
        verbs,
        "refit",
        "PLAN MODEL",
        "Give an engine the weights of another ONNX model.",
        "model.plan retrained.onnx -o retrained.plan",
    )
    parser.add_argument(
        "plan", type=Path, metavar="PLAN", help="a plan that was built with --flag REFIT"
    )
    parser.add_argument(
        "model", type=Path, metavar="MODEL", help="an ONNX model of the same layers"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PLAN",
        help="the plan to write (default: PLAN is replaced)",
    )
    add_json(parser)
