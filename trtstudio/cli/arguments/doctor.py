"""The grammar of ``doctor`` and ``demo``."""

from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_json, add_verb


def add_doctor(verbs: Verbs) -> None:
    """``trtstudio doctor``."""
    parser = add_verb(verbs, "doctor", "Say what is installed, or whether a file can be used here.")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    add_json(parser)


def add_demo(verbs: Verbs) -> None:
    """``trtstudio demo``."""
    parser = add_verb(
        verbs, "demo", "Go the whole way with the bundled model, and keep figures and pictures."
    )
    parser.add_argument("--out", type=Path, default=Path("trtstudio-demo"), metavar="DIR")
    add_json(parser)
