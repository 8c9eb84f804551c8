"""The grammar of the command line. Imports nothing heavy: ``--help`` must be instant."""

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from trtstudio import __version__

Verbs = Any  # argparse does not name the type of its subparsers

VERBS = ("inspect", "compare", "build", "run", "bench", "doctor", "demo")

_EPILOG = """\
Without a verb, trtstudio opens its window, with the files that are given.
A file that is called like a verb needs a path: trtstudio ./demo
"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options; ``verb`` is None where the window is wanted. Exits with 2 on wrong usage."""
    if words and (words[0] in VERBS or words[0] in ("-h", "--help", "--version")):
        return _verbs_parser().parse_args(words)
    return _window_parser().parse_args(words)


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trtstudio")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.set_defaults(verb=None, json=False)
    return parser


def _verbs_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trtstudio",
        usage="trtstudio [FILE ...]\n       trtstudio VERB ... [--help]",
        description="Open, inspect, build, run and measure ONNX models and TensorRT plans.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"trtstudio {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", prog="trtstudio")
    for add in _ADD:
        add(verbs)
    return parser


def _add_verb(verbs: Verbs, name: str, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=description[0].lower() + description[1:].rstrip("."), description=description
    )
    return parser


def _add_json(parser: Any) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")


def _add_view(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--view",
        choices=("onnx", "network", "engine"),
        help="the ONNX graph, the network as TensorRT parses it, or the engine of a plan",
    )


def _add_inspect(verbs: Verbs) -> None:
    parser = _add_verb(verbs, "inspect", "Show the layers, inputs and outputs of a file.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an ONNX model or a TensorRT plan")
    _add_view(parser)
    parser.add_argument(
        "--findings", action="store_true", help="what an expert would point at, and why"
    )
    parser.add_argument(
        "--costs", action="store_true", help="parameters, FLOPs and bytes of each layer"
    )
    parser.add_argument(
        "--size",
        type=_named_size,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=SIZE",
        help="sizes of the dynamic dimensions for --costs, as N=8 (default: 1)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="print it as NetworkPrinter does")
    parser.add_argument(
        "--weights",
        action="store_true",
        help="with --text, read the weights of an ONNX file and print their statistics",
    )
    _add_json(form)


def _add_compare(verbs: Verbs) -> None:
    parser = _add_verb(verbs, "compare", "Show what differs between two models or two plans.")
    parser.add_argument("left", type=Path, metavar="LEFT")
    parser.add_argument("right", type=Path, metavar="RIGHT")
    _add_view(parser)
    _add_json(parser)


def _add_build(verbs: Verbs) -> None:
    parser = _add_verb(verbs, "build", "Build an engine from an ONNX model.")
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("-o", "--output", type=Path, metavar="PLAN", help="default: MODEL.plan")
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        nargs="+",
        metavar="NAME=MIN,OPT,MAX",
        help="the shapes of the dynamic inputs, as images=1x3x224x224,8x3x224x224,32x3x224x224; "
        "repeat it for more profiles (default: suggested from the model)",
    )
    parser.add_argument("--precision", default="keep", metavar="keep|fp16")
    parser.add_argument(
        "--target", nargs="+", default=[], metavar="SM", help="GPUs to build for, as sm_86"
    )
    parser.add_argument(
        "--flag", nargs="+", action="extend", default=[], metavar="NAME", help="builder flags"
    )
    parser.add_argument("--optimization-level", type=int, metavar="0-5")
    parser.add_argument("--workspace-mib", type=_count, metavar="MIB")
    parser.add_argument("--verbose", action="store_true", help="show the builder's whole log")
    _add_json(parser)


def _add_run(verbs: Verbs) -> None:
    parser = _add_verb(verbs, "run", "Run a model on pictures or arrays.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an ONNX model or a TensorRT plan")
    parser.add_argument(
        "sources",
        type=Path,
        nargs="*",
        metavar="SOURCE",
        help="pictures, folders of pictures, .npy files for a model with one input, .npz files "
        "with an array for each input by name (default: random input)",
    )
    _add_runtime(parser)
    parser.add_argument("--task", choices=("classification", "detection", "none"))
    parser.add_argument("--labels", type=Path, metavar="FILE", help="names of the classes")
    parser.add_argument(
        "--preprocess", metavar="PRESET|JSON", help="how a picture becomes the input"
    )
    parser.add_argument(
        "--threshold", type=_between(0, 1), default=0.3, help="least score of a detection (0.3)"
    )
    parser.add_argument("--save", type=Path, metavar="OUT.npz", help="keep the output tensors")
    parser.add_argument("--annotate", type=Path, metavar="DIR", help="keep the drawn answers")
    _add_json(parser)


def _add_bench(verbs: Verbs) -> None:
    parser = _add_verb(verbs, "bench", "Measure the latency of a model.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an ONNX model or a TensorRT plan")
    parser.add_argument(
        "--shape",
        type=_named_shape,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=1x3x224x224",
        help="shapes of the dynamic inputs (default: what the model runs best with)",
    )
    parser.add_argument("--duration", type=_between(0, 86400), default=3.0, metavar="S")
    parser.add_argument("--warmup", type=_between(0, 3.6e6), default=200.0, metavar="MS")
    parser.add_argument("--iterations", type=_count, default=10, metavar="N")
    _add_runtime(parser)
    _add_json(parser)


def _add_runtime(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--runtime",
        choices=("auto", "tensorrt", "onnxruntime"),
        default="auto",
        help="auto: TensorRT for a plan, ONNX Runtime for an ONNX model",
    )


def _add_doctor(verbs: Verbs) -> None:
    parser = _add_verb(
        verbs, "doctor", "Say what is installed, or whether a file can be used here."
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    _add_json(parser)


def _add_demo(verbs: Verbs) -> None:
    parser = _add_verb(
        verbs, "demo", "Go the whole way with the bundled model, and keep figures and pictures."
    )
    parser.add_argument("--out", type=Path, default=Path("trtstudio-demo"), metavar="DIR")
    _add_json(parser)


_ADD = (_add_inspect, _add_compare, _add_build, _add_run, _add_bench, _add_doctor, _add_demo)


def _between(low: float, high: float) -> Callable[[str], float]:
    """A reader of numbers in this range, its ends included."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is not a number from {low:g} to {high:g}")
        return value

    return read


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


def _named_shape(text: str) -> tuple[str, tuple[int, ...]]:
    """``NAME=1x3x224x224``; a name may hold "=" itself."""
    name, _, sizes = text.rpartition("=")
    shape = sizes.lower().split("x") if sizes else []
    if not name or not all(size.isascii() and size.isdigit() for size in shape):
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=1x3x224x224")
    return name, tuple(map(int, shape))


def _named_size(text: str) -> tuple[str, int]:
    """``NAME=8``; a name may hold "=" itself."""
    name, _, size = text.rpartition("=")
    if not name:
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=8")
    return name, _count(size)
