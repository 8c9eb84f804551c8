"""Output tensors as figures, and as a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.cli.output import table
from trtstudio.model.arrays import save_arrays
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array

_COUNTS = {"nans": "NaN", "infs": "infinite"}


def tensor_figures(outputs: Mapping[str, Array]) -> list[dict[str, Any]]:
    """Name, dtype, shape, least, largest and mean of the finite values, null where there are none,
    and how many are NaN and infinite.
    """
    return [
        {"name": name, "dtype": str(array.dtype), "shape": array.shape, **_figures(array)}
        for name, array in outputs.items()
    ]


def _figures(array: Array) -> dict[str, float | int | None]:
    values = np.empty(0) if array.dtype.hasobject else array.astype(np.float64)
    finite = values[np.isfinite(values)]
    nans = int(np.count_nonzero(np.isnan(values)))
    return {
        "min": float(finite.min()) if finite.size else None,
        "max": float(finite.max()) if finite.size else None,
        "mean": float(finite.mean()) if finite.size else None,
        "nans": nans,
        "infs": values.size - finite.size - nans,
    }


def tensor_table(figures: Sequence[Mapping[str, Any]]) -> str:
    """A row for each tensor; how many values are no numbers only where there are any."""
    columns = [key for key in _COUNTS if any(tensor[key] for tensor in figures)]
    titles = (_COUNTS[key] for key in columns)
    head = ("output", "dtype", "shape", "min", "max", "mean", *titles)
    rows = [
        (
            tensor["name"],
            tensor["dtype"],
            format_shape(tensor["shape"]),
            *(_number(tensor[key]) for key in ("min", "max", "mean")),
            *(f"{tensor[key]:,}" for key in columns),
        )
        for tensor in figures
    ]
    return table([head, *rows], right=range(3, len(head)))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5g}"


def save_tensors(path: Path, runs: Sequence[Mapping[str, Array]]) -> None:
    """An .npz with every output by its name; those of several runs follow one another in the first
    dimension. Raises ``StudioError`` where they cannot, or the file cannot be written.
    """
    joined = {name: _joined(name, [run[name] for run in runs]) for name in runs[0]} if runs else {}
    save_arrays(path, joined)


def _joined(name: str, arrays: Sequence[Array]) -> Array:
    if len(arrays) == 1:
        return arrays[0]
    try:
        return np.concatenate(arrays)
    except ValueError as error:
        raise StudioError(
            f"The output {name} differs in shape from source to source.",
            hint="Save one source at a time.",
            details=str(error),
        ) from error
