"""The grammar of ``runtimes``, and of ``--python``."""

from collections.abc import Sequence

from trtstudio.cli.arguments.words import Verbs, add_json, add_verb

_OPTION = "--python"


def add_runtimes(verbs: Verbs) -> None:
    """``trtstudio runtimes``."""
    parser = add_verb(
        verbs,
        "runtimes",
        "",
        "List the Python interpreters that have a TensorRT, add one, or forget one.",
        "--add ~/environments/tensorrt",
    )
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--add", metavar="PYTHON", help="another interpreter, or the folder of its environment"
    )
    change.add_argument("--remove", metavar="PYTHON", help="forget an interpreter")
    add_json(parser)


def split_python(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The interpreter that ``--python PATH`` before the verb names, and the words without it."""
    first, *rest = words or [""]
    if first == _OPTION and rest:
        return rest[0], rest[1:]
    if first.startswith(f"{_OPTION}="):
        return first.removeprefix(f"{_OPTION}="), rest
    return None, list(words)
