"""How a model is typed before it is built. Plain data.

A strongly typed engine computes in the types of its model, so a precision is chosen by converting
the model.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, get_args

CalibrationMethod = Literal["entropy", "minmax", "percentile"]
METHODS: tuple[CalibrationMethod, ...] = get_args(CalibrationMethod)

PRECISIONS = ("keep", "fp16", "bf16", "int8")
"""What a model can be converted to, by the names that a ``BuildRequest`` knows."""

Base = Literal["fp32", "fp16", "bf16"]
Tool = Literal["builtin", "modelopt"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What INT8 ranges are measured on: a folder of pictures or of arrays (``.npy``, ``.npz``), at
    most ``limit`` of them. ``cache`` is a file that keeps the ranges for the next build;
    ``preprocess`` is how a picture becomes an input, a preset or JSON, where the model's own way
    is not wanted.
    """

    folder: str
    method: CalibrationMethod = "entropy"
    limit: int = 500
    cache: str = ""
    preprocess: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Details of a conversion to ``BuildRequest.precision``.

    ``keep_fp32`` names nodes or operator types, with ``*`` and ``?``, that keep computing in FP32;
    ``convert_io`` changes the types of the model's inputs and outputs too. ``base`` is what the
    layers of an INT8 model compute in that are not INT8: those that gain nothing by it, and those
    of fewer than ``int8_from`` weights, by default as many as is usual for the runtime. ``tool``
    does the work; ``modelopt`` is NVIDIA's, in the environment of the interpreter ``python``.
    """

    keep_fp32: tuple[str, ...] = ()
    convert_io: bool = False
    calibration: Calibration | None = None
    base: Base = "fp16"
    int8_from: int | None = None
    tool: Tool = "builtin"
    python: str = ""


def matches(patterns: Iterable[str], *names: str) -> bool:
    """Whether a pattern of ``Conversion.keep_fp32`` means a node with one of these names: its own,
    its operator's.
    """
    return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)
