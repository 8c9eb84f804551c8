"""How a model is typed before it is built. Plain data.

A strongly typed engine computes in the types of its model, so a precision is chosen by converting
the model.
"""

from dataclasses import dataclass
from typing import Literal

CalibrationMethod = Literal["entropy", "minmax", "percentile"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What INT8 ranges are measured on: a folder of pictures or of arrays (``.npy``, ``.npz``), at
    most ``limit`` of them. ``cache`` is a file that keeps the ranges for the next build.
    """

    folder: str
    method: CalibrationMethod = "entropy"
    limit: int = 500
    cache: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Details of a conversion to ``BuildRequest.precision``.

    ``keep_fp32`` names nodes or operator types, with ``*`` and ``?``, that keep computing in FP32;
    ``convert_io`` changes the types of the model's inputs and outputs too.
    """

    keep_fp32: tuple[str, ...] = ()
    convert_io: bool = False
    calibration: Calibration | None = None
