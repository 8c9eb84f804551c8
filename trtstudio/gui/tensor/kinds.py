"""Which views fit a tensor, by its shape and type. Safe in any thread."""

from typing import Any, Literal

import numpy as np

from trtstudio.gui.tensor.values import Cut

Kind = Literal["image", "grid", "heat", "line", "table"]
KINDS: tuple[Kind, ...] = ("image", "grid", "heat", "line", "table")

_CHANNELS = (1, 3, 4)
_PICTURE_SIDE = 16
"""What is smaller on a side is hardly meant as a picture."""


def is_numeric(dtype: np.dtype[Any]) -> bool:
    """Whether its values can be drawn: no text, no objects, no complex numbers."""
    return dtype.kind in "biuf" or (dtype.kind == "V" and dtype.names is None)


def kinds_for(shape: tuple[int, ...], dtype: np.dtype[Any]) -> tuple[Kind, ...]:
    """The views that can show it, the simplest last; a table can show everything."""
    if not is_numeric(dtype) or not shape or 0 in shape:
        return ("table",)
    possible = {
        "image": channel_axis(shape) is not None,
        "grid": len(shape) >= 3,
        "heat": len(shape) >= 2,
        "line": True,
        "table": True,
    }
    return tuple(kind for kind in KINDS if possible[kind])


def fitting_kind(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Kind:
    """The view that shows most of it."""
    kinds = kinds_for(shape, dtype)
    channels = channel_axis(shape)
    if "image" in kinds and channels is not None and shape[channels] > 1:
        rows, columns = _spatial(shape, channels)
        if min(shape[rows], shape[columns]) >= _PICTURE_SIDE:
            return "image"
    wide = sum(size > 1 for size in shape)
    by_rank: tuple[Kind, ...] = ("table", "line", "heat", "grid")
    kind = by_rank[min(wide, 3)]
    return kind if kind in kinds else "table"


def fitting_cut(kind: Kind, shape: tuple[int, ...]) -> Cut:
    """What such a view shows at first: the last axes that have any width, of tiles the longest of
    the others too, all else at position 0.
    """
    positions = (0,) * len(shape)
    channels = channel_axis(shape)
    if kind == "image" and channels is not None:
        return Cut((*_spatial(shape, channels), channels), positions)
    wanted = {"grid": 2, "heat": 2, "line": 1}.get(kind, min(2, len(_wide(shape))))
    axes = _last_axes(shape, wanted)
    if kind == "grid":  # of the other axes the longest, of equal ones the last
        others = [axis for axis in range(len(shape)) if axis not in axes]
        axes = (max(others, key=lambda axis: (shape[axis], axis)), *axes)
    return Cut(axes, positions)


def channel_axis(shape: tuple[int, ...]) -> int | None:
    """The axis of a picture's channels: that of CHW, or else of HWC; a single channel only where
    there is no better. None for what is no picture.
    """
    rank = len(shape)
    if rank < 3:
        return None
    places = (rank - 3, rank - 1)
    for sizes in (_CHANNELS[1:], _CHANNELS[:1]):
        for axis in places:
            if shape[axis] in sizes:
                return axis
    return None


def _spatial(shape: tuple[int, ...], channels: int) -> tuple[int, int]:
    rank = len(shape)
    return (rank - 2, rank - 1) if channels == rank - 3 else (rank - 3, rank - 2)


def _wide(shape: tuple[int, ...]) -> list[int]:
    return [axis for axis, size in enumerate(shape) if size != 1]


def _last_axes(shape: tuple[int, ...], wanted: int) -> tuple[int, ...]:
    """As many axes, in their order; those of size 1 only where there are too few others."""
    axes = _wide(shape)[-wanted:] if wanted else []
    narrow = [axis for axis in reversed(range(len(shape))) if axis not in axes]
    return tuple(sorted(axes + narrow[: max(0, wanted - len(axes))]))
