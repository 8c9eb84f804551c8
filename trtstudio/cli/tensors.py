"""Output tensors as figures, and as a file."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
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
    # Not numpy.savez: it takes the names as keywords, and an output may be called "file".
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, array in joined.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, _storable(array), allow_pickle=False)


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


def _storable(array: Array) -> Array:
    """NumPy's files know only NumPy's own dtypes, so bfloat16 and the like become float32."""
    return array if array.dtype.isbuiltin == 1 else array.astype(np.float32)
