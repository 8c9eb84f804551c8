"""From what was dropped to what a model is fed with. Plain functions for the io thread; OpenCV is
loaded by the first picture.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trtstudio.gui.parts.picture_images import PREVIEW_SIDE
from trtstudio.model.arrays import read_arrays
from trtstudio.model.errors import StudioError
from trtstudio.model.given_inputs import GivenInputs, make_inputs
from trtstudio.model.graph import Tensor
from trtstudio.model.input_notes import input_notes
from trtstudio.model.run import Array, SessionInfo
from trtstudio.vision.scaling import scaled_down

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture import Picture
    from trtstudio.vision.picture_model import PictureModel
    from trtstudio.vision.placement import Placement

THUMBNAIL_SIDE = 320


@dataclass(frozen=True, slots=True)
class Feed:
    """The inputs of one inference, and how long making them took. ``preview`` is uint8 RGB pixels,
    at most ``PREVIEW_SIDE`` on a side, of the picture; ``thumbnail`` is the same, smaller, ``note``
    says what of its file is not in it; ``warnings`` are of arrays, see ``model.input_notes``.
    ``started_at`` is in seconds of ``time.perf_counter()``.
    """

    inputs: dict[str, Array]
    started_at: float
    decode_ms: float = 0.0
    preprocess_ms: float = 0.0
    preview: Array | None = None
    thumbnail: Array | None = None
    placement: "Placement | None" = None
    note: str = ""
    warnings: tuple[str, ...] = ()


def expand(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and the pictures of folders in place of the folders.

    Raises StudioError where there is nothing at all.
    """
    from trtstudio.vision.picture import find_pictures

    found = [
        inner for path in paths for inner in (find_pictures(path) if path.is_dir() else (path,))
    ]
    if not found:
        raise StudioError(
            f"There is no picture in {', '.join(path.name for path in paths)}.",
            hint="Drop a folder with JPEG, PNG, WebP, BMP or TIFF files right in it.",
        )
    return found


def picture_feed(source: "Path | Picture", model: "PictureModel | None") -> Feed:
    """A picture, from a file or as pixels, as the only input of a model.

    Raises StudioError where it cannot be read, or where the model takes no picture.
    """
    from trtstudio.vision.picture import read_picture

    if model is None:
        raise StudioError(
            "This model does not take pictures.",
            hint="Drop an .npz file with an array for each of its inputs.",
        )
    started = time.perf_counter()
    picture = read_picture(source) if isinstance(source, Path) else source
    decoded = time.perf_counter()
    inputs, placement = model.feed(picture)
    finished = time.perf_counter()
    preview = scaled_down(picture.pixels, PREVIEW_SIDE)
    return Feed(
        inputs,
        started,
        decode_ms=1000 * (decoded - started),
        preprocess_ms=1000 * (finished - decoded),
        preview=preview,
        thumbnail=scaled_down(preview, THUMBNAIL_SIDE),
        placement=placement,
        note=picture.note,
    )


def array_feed(path: Path, tensors: Sequence[Tensor]) -> Feed:
    """The arrays of an .npz file by their names, or that of an .npy file for the only input.

    Raises StudioError where the file is damaged or does not hold arrays of numbers.
    """
    started = time.perf_counter()
    inputs = read_arrays(path, tensors)
    decode_ms = 1000 * (time.perf_counter() - started)
    return Feed(inputs, started, decode_ms, warnings=input_notes(tensors, inputs))


def given_feed(given: GivenInputs, info: SessionInfo) -> Feed:
    """An array for every input, from where its user says.

    Raises StudioError for what a file or a value lacks.
    """
    started = time.perf_counter()
    inputs = make_inputs(info, given)
    made_ms = 1000 * (time.perf_counter() - started)
    chosen = {name: inputs[name] for name in given.values if name in inputs}
    return Feed(inputs, started, preprocess_ms=made_ms, warnings=input_notes(info.inputs, chosen))
