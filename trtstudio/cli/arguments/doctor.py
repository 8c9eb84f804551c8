"""The grammar of ``doctor`` and ``demo``."""

from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_file, add_json, add_verb


def add_doctor(verbs: Verbs) -> None:
    """``trtstudio doctor``."""
    parser = add_verb(
        verbs,
        "doctor",
        "[FILE]",
        "Say what is installed, or whether a file can be used here.",
        "",
        "model.plan",
    )
    add_file(parser, nargs="?")
    add_json(parser)


def add_demo(verbs: Verbs) -> None:
    """``trtstudio demo``."""
    parser = add_verb(
        verbs,
        "demo",
        "",
        "Go the whole way with the bundled model, and save figures and pictures.",
        "--out demo",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("trtstudio-demo"),
        metavar="DIR",
        help="the folder to write (default: trtstudio-demo)",
    )
    add_json(parser)
