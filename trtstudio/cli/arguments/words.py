"""Readers of single words of the command line, and options that several verbs share."""

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

Verbs = Any  # argparse does not name the type of its subparsers


def add_verb(
    verbs: Verbs, name: str, words: str, description: str, *examples: str
) -> argparse.ArgumentParser:
    """The parser of one verb, which takes these ``words`` besides its options. The examples are
    what comes after ``trtstudio`` and the verb.
    """
    shown = "\n".join(f"  trtstudio {name} {example}".rstrip() for example in examples)
    parser: argparse.ArgumentParser = verbs.add_parser(
        name,
        help=description[0].lower() + description[1:].rstrip("."),
        # All options in the usage would push what the verb does off the screen.
        usage=f"trtstudio {name} {words} [OPTION ...]".replace("  ", " "),
        description=f"{description}\n\n{shown}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_file(parser: argparse.ArgumentParser, name: str = "file", **how: Any) -> None:
    """A model in either form; ``how`` is for argparse."""
    about = "an ONNX model or a TensorRT plan"
    parser.add_argument(name, type=Path, metavar=name.upper(), help=about, **how)


def add_json(parser: Any) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")


def add_view(parser: argparse.ArgumentParser) -> None:
    """Which reading of a file is meant."""
    parser.add_argument(
        "--view",
        choices=("onnx", "network", "engine"),
        help="the ONNX graph, the network as TensorRT parses it, or the engine of a plan (default: "
        "onnx for a model, engine for a plan)",
    )


def add_runtime(parser: argparse.ArgumentParser) -> None:
    """What runs a model."""
    parser.add_argument(
        "--runtime",
        choices=("auto", "tensorrt", "onnxruntime"),
        default="auto",
        help="auto: TensorRT for a plan, ONNX Runtime for an ONNX model",
    )


def between(low: float, high: float) -> Callable[[str], float]:
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


def count(text: str) -> int:
    """A whole number above 0."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


def named_shape(text: str) -> tuple[str, tuple[int, ...]]:
    """``NAME=1x3x224x224``; a name may hold "=" itself."""
    name, _, sizes = text.rpartition("=")
    shape = sizes.lower().split("x") if sizes else []
    if not name or not all(size.isascii() and size.isdigit() for size in shape):
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=1x3x224x224")
    return name, tuple(map(int, shape))


def named_size(text: str) -> tuple[str, int]:
    """``NAME=8``; a name may hold "=" itself."""
    name, _, size = text.rpartition("=")
    if not name:
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=8")
    return name, count(size)
