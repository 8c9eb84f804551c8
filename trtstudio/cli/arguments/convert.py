"""The grammar of ``convert``, and the options of a conversion, which ``build`` has too."""

import argparse
from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_json, add_verb, count
from trtstudio.model.build.conversion import METHODS, PRECISIONS
from trtstudio.model.build.int8_layers import WORTH_IT


def add_convert(verbs: Verbs) -> None:
    """``trtstudio convert``."""
    parser = add_verb(
        verbs,
        "convert",
        "MODEL",
        "Write a model in another precision.",
        "model.onnx --precision int8 --calibration pictures --check pictures",
    )
    parser.add_argument("model", type=Path, metavar="MODEL", help="an ONNX model")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="the model to write (default: MODEL-PRECISION.onnx)",
    )
    parser.add_argument(
        "--precision",
        choices=PRECISIONS[1:],
        default="fp16",
        help="what the layers compute in afterwards (default: fp16)",
    )
    add_conversion(parser)
    parser.add_argument(
        "--check",
        type=Path,
        metavar="DIR",
        help="compare both models on these pictures or arrays, by ONNX Runtime",
    )
    add_json(parser)


def add_conversion(parser: argparse.ArgumentParser) -> None:
    """How a model is converted."""
    group = parser.add_argument_group("conversion")
    group.add_argument(
        "--keep-fp32",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="nodes or operators that stay in FP32, with * and ?",
    )
    group.add_argument(
        "--convert-io", action="store_true", help="change the types of inputs and outputs too"
    )
    group.add_argument(
        "--calibration",
        metavar="DIR",
        help="pictures, .npy or .npz files that INT8 ranges are measured on",
    )
    group.add_argument(
        "--calibration-method",
        choices=METHODS,
        default="entropy",
        help="how INT8 ranges are found: the least loss of information, all that was seen, or "
        "99.99 %% of it (default: entropy)",
    )
    group.add_argument(
        "--calibration-limit",
        type=count,
        default=500,
        metavar="N",
        help="use at most so many pictures or arrays (default: 500)",
    )
    group.add_argument(
        "--calibration-cache",
        default="",
        metavar="FILE",
        help="save the ranges there as JSON, and take those that are there already",
    )
    group.add_argument(
        "--calibration-preprocess",
        default="",
        metavar="PRESET|JSON",
        help="how a picture becomes the input (default: as the model says)",
    )
    group.add_argument(
        "--base",
        choices=("fp32", "fp16", "bf16"),
        default="fp16",
        help="what the layers of an INT8 model compute in that are not INT8 (default: fp16)",
    )
    group.add_argument(
        "--int8-from",
        type=int,
        metavar="N",
        help="layers of fewer weights are not INT8 either (default: for builds with TensorRT-RTX "
        f"{WORTH_IT['tensorrt_rtx']:,}, below which INT8 costs more there than it saves; else 0)",
    )
    group.add_argument(
        "--modelopt",
        default="",
        metavar="PYTHON",
        help="convert with NVIDIA's Model Optimizer, in the environment of this Python",
    )
