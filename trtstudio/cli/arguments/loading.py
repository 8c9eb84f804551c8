"""The options of every verb that loads a model to run it."""

import argparse

from trtstudio.cli.arguments.words import add_runtime, named_shape
from trtstudio.model.quantities import parse_bytes


def add_loading(parser: argparse.ArgumentParser) -> None:
    """What runs the model, on which GPU, and how it is loaded there."""
    add_runtime(parser)
    parser.add_argument(
        "--reshape",
        type=named_shape,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=SHAPE",
        help="other input shapes than an ONNX model declares, as images=1x3x640x640 (ONNX Runtime)",
    )
    group = parser.add_argument_group("loading an engine")
    group.add_argument(
        "--device",
        type=_index,
        default=0,
        metavar="N",
        help="the GPU, counted from 0 as CUDA does (default: 0)",
    )
    group.add_argument(
        "--weight-streaming",
        type=_budget,
        metavar="SIZE|automatic",
        help="how much of the streamable weights stays on the GPU, in bytes or as 512MiB "
        "(default: all)",
    )
    group.add_argument(
        "--cuda-graphs",
        choices=("disabled", "whole_graph_capture"),
        help="CUDA graphs of the runtime itself (TensorRT-RTX)",
    )
    group.add_argument(
        "--kernel-specialization",
        choices=("lazy", "eager", "none"),
        help="when kernels are compiled for the shapes in use (TensorRT-RTX)",
    )
    group.add_argument(
        "--context-memory",
        choices=("static", "on_profile_change", "user_managed"),
        default="static",
        help="activations are allocated for all profiles, for each, or for the shapes in use "
        "(default: static)",
    )
    group.add_argument(
        "--no-kernel-cache",
        action="store_true",
        help="neither use nor keep kernels that TensorRT-RTX compiled earlier",
    )


def add_shape(parser: argparse.ArgumentParser) -> None:
    """Shapes of inputs."""
    parser.add_argument(
        "--shape",
        type=named_shape,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=SHAPE",
        help="shapes of the dynamic inputs, as images=1x3x224x224 (default: what the model runs "
        "best with)",
    )


def _index(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number")
    return int(text)


def _budget(text: str) -> int | str:
    if text == "automatic":
        return text
    size_bytes = parse_bytes(text)
    if size_bytes is None:
        raise argparse.ArgumentTypeError(f"{text} is not like 512MiB, and not automatic")
    return size_bytes
