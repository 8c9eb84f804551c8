"""The grammar of ``bench``."""

import argparse
from pathlib import Path

from trtstudio.cli.arguments.convert import add_conversion
from trtstudio.cli.arguments.history import add_no_history
from trtstudio.cli.arguments.loading import add_loading, add_shape
from trtstudio.cli.arguments.words import Verbs, add_file, add_json, add_verb, between, count

PRESETS = ("studio", "trtexec-10", "trtexec-11")  # those of model.loop, which --help must not load


def add_bench(verbs: Verbs) -> None:
    """``trtstudio bench``."""
    parser = add_verb(
        verbs,
        "bench",
        "FILE",
        "Measure the latency and throughput of a model.",
        "model.plan --duration 10 --streams 2",
        "model.onnx --sweep batch=1,2,4,8 precision=keep,fp16 --csv",
    )
    add_file(parser)
    add_shape(parser)
    _add_method(parser)
    _add_loop(parser)
    _add_several(parser)
    add_loading(parser)
    add_conversion(parser)
    add_no_history(parser)
    parser.add_argument(
        "--samples", action="store_true", help="with --json, every single inference as well"
    )
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--csv", action="store_true", help="print the table as CSV on stdout")


def _add_method(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--preset",
        choices=PRESETS,
        default=PRESETS[0],
        help="the settings to begin with: studio measures one inference after another, trtexec-10 "
        "and trtexec-11 as trtexec does by default before and since 11; all options below change "
        "them",
    )
    parser.add_argument(
        "--duration",
        type=between(0, 86400),
        metavar="SECONDS",
        help="measure for at least so many seconds (default: 3)",
    )
    parser.add_argument(
        "--warmup",
        type=between(0, 3.6e6),
        metavar="MS",
        help="run for so many ms before it is measured (default: 200)",
    )
    parser.add_argument(
        "--iterations",
        type=count,
        metavar="N",
        help="measure at least so many inferences (default: 10)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="what the random inputs begin from (default: 0)",
    )


def _add_loop(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the loop")
    group.add_argument(
        "--streams",
        type=counts,
        metavar="N[,N...]",
        help="contexts that work side by side; several numbers are swept",
    )
    for option, words in (
        ("transfers", "copy inputs and outputs in every inference"),
        ("overlap", "copy beside the compute of the inference before"),
        ("cuda-graph", "replay a captured enqueue"),
        ("spin", "wait with a busy core"),
        ("pinned", "page-locked memory on the host"),
    ):
        group.add_argument(f"--{option}", action=argparse.BooleanOptionalAction, help=words)


def _add_several(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("several measurements")
    group.add_argument(
        "--why",
        action="store_true",
        help="why is mine slower: measure one loop after another, and say what each change brings",
    )
    group.add_argument(
        "--sweep",
        type=axis,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUES",
        help="measure at every point of a grid, as batch=1,2,4; NAME is batch, a dimension's "
        "symbol, one size as images[2], an option of the loop as cuda_graph=0,1, or "
        "precision=keep,fp16,bf16,int8, whose engines are built where there are none yet, or with "
        "plans and models of your own",
    )
    group.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="save a sweep's points as JSON as they come, and go on with those that are there",
    )
    group.add_argument(
        "--devices",
        type=indices,
        metavar="N[,N...]",
        help="measure on these GPUs at the same time, as 0,1, each in a process of its own",
    )


def counts(text: str) -> tuple[int, ...]:
    """``1,2,4``"""
    return tuple(count(word) for word in text.split(","))


def indices(text: str) -> tuple[int, ...]:
    """``0,1``: numbers of GPUs, each once."""
    words = text.split(",")
    if not all(word.isascii() and word.isdigit() for word in words) or len(set(words)) < len(words):
        raise argparse.ArgumentTypeError(f"{text} is not like 0,1")
    return tuple(map(int, words))


def axis(text: str) -> tuple[str, tuple[int | str, ...]]:
    """``batch=1,2,4``; 0 is allowed, since it turns an option off. ``precision=fp16,a.plan``."""
    name, _, values = text.rpartition("=")
    if text.startswith("precision="):
        name, values = "precision", text.removeprefix("precision=")
    words = values.split(",")
    if name == "precision" and all(words):
        return name, tuple(dict.fromkeys(words))
    if not name or not all(word.isascii() and word.isdigit() for word in words):
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=1,2,4")
    return name, tuple(map(int, words))
