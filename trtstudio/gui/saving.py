"""What a user keeps of a run, as files. Plain functions for the io thread; OpenCV is loaded by the
first picture.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trtstudio.model.files import whole_file
from trtstudio.model.run import Array

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture import Picture
    from trtstudio.vision.tasks import Answer


def save_answer(path: Path, source: "Path | Picture", answer: "Answer") -> None:
    """The picture in its own size with the answer drawn. Raises StudioError where it is gone, or
    ``path`` cannot be written.
    """
    from trtstudio.vision.annotate import annotate
    from trtstudio.vision.picture import read_picture, write_picture

    picture = read_picture(source) if isinstance(source, Path) else source
    write_picture(path, annotate(picture.pixels, answer))


def save_outputs(path: Path, outputs: Mapping[str, Array]) -> None:
    """An .npz file with the outputs by name. Raises StudioError where it cannot be written."""
    # Not numpy.savez: it takes the names as keywords, and an output may be called "file".
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, array in outputs.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, _storable(array), allow_pickle=False)


def _storable(array: Array) -> Array:
    """NumPy's files know NumPy's own dtypes only: bfloat16 becomes float32, text of Python's kind
    NumPy's.
    """
    if array.dtype.hasobject:
        return array.astype(np.str_)
    return array if array.dtype.isbuiltin == 1 else array.astype(np.float32)
