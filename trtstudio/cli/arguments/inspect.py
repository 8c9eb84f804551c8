"""The grammar of ``inspect`` and ``compare``."""

from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_file, add_json, add_verb, add_view, named_size


def add_inspect(verbs: Verbs) -> None:
    """``trtstudio inspect``."""
    parser = add_verb(
        verbs,
        "inspect",
        "FILE",
        "Show the layers, inputs and outputs of a file.",
        "model.onnx --findings",
        "model.onnx --costs --size N=8",
    )
    add_file(parser)
    add_view(parser)
    parser.add_argument(
        "--findings", action="store_true", help="what an expert would point at, and why"
    )
    parser.add_argument(
        "--costs", action="store_true", help="parameters, FLOPs and bytes of each layer"
    )
    parser.add_argument(
        "--size",
        type=named_size,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=SIZE",
        help="sizes of the dynamic dimensions for --costs, as N=8 or images[0]=8 (default: a batch "
        "of 1, and usual ones)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="print it as NetworkPrinter does")
    parser.add_argument(
        "--weights",
        action="store_true",
        help="with --text, read the weights of an ONNX file and print their statistics",
    )
    add_json(form)


def add_compare(verbs: Verbs) -> None:
    """``trtstudio compare``."""
    parser = add_verb(
        verbs,
        "compare",
        "LEFT RIGHT",
        "Show what differs between two files: models, plans, or a model and its plan.",
        "model.onnx model.plan",
    )
    add_file(parser, "left")
    parser.add_argument("right", type=Path, metavar="RIGHT", help="what it is compared with")
    add_view(parser)
    add_json(parser)
