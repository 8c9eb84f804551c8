"""The grids that one-stage detectors lay over a picture. Safe in any thread."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.placement import Size

LADDERS = ((8, 16, 32), (8, 16, 32, 64), (16, 32), (4, 8, 16, 32))
"""The strides of grids in pixels, as detectors combine them, the usual combination first."""


def cell_count(size: Size, strides: Sequence[int]) -> int:
    """How many cells the grids of these strides have together; a part of a cell is one."""
    return sum(-(-size[0] // stride) * -(-size[1] // stride) for stride in strides)


def find_strides(size: Size, cells: object) -> tuple[int, ...] | None:
    """The strides of the grids that have so many cells together, None where there are none."""
    return next((ladder for ladder in LADDERS if cell_count(size, ladder) == cells), None)


@lru_cache(maxsize=16)
def cell_corners(size: Size, strides: tuple[int, ...]) -> tuple[Array, Array]:
    """Column and row [n, 2] of each cell in its own grid, and its stride [n, 1]; row by row, one
    grid after another. Not to be written to."""
    grids = []
    for stride in strides:
        rows, columns = np.mgrid[: -(-size[0] // stride), : -(-size[1] // stride)]
        grids.append(np.stack((columns, rows), axis=-1).reshape(-1, 2))
    steps = np.repeat(strides, [len(grid) for grid in grids])[:, None]
    corners, steps = np.concatenate(grids).astype(np.float32), steps.astype(np.float32)
    corners.flags.writeable = steps.flags.writeable = False
    return corners, steps
