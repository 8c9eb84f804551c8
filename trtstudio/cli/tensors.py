"""Output tensors as figures, and as a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.model.arrays import save_arrays
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array


def tensor_figures(outputs: Mapping[str, Array]) -> list[dict[str, Any]]:
    """Name, dtype, shape, least, largest and mean value; null where there are no values."""
    return [
        {"name": name, "dtype": str(array.dtype), "shape": array.shape, **_figures(array)}
        for name, array in outputs.items()
    ]


def _figures(array: Array) -> dict[str, float | None]:
    if not array.size:
        return dict.fromkeys(("min", "max", "mean"))
    values = array.astype(np.float64)
    return {"min": float(values.min()), "max": float(values.max()), "mean": float(values.mean())}


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
