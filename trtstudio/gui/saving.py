"""What a user keeps of a run, as files. Plain functions for the io thread; OpenCV is loaded by the
first picture.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from trtstudio.gui.lettering import QtLetters
from trtstudio.model.arrays import storable
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer
    from trtstudio.vision.picture import Picture


def save_answer(path: Path, source: "Path | Picture", answer: "Answer") -> None:
    """The picture in its own size with the answer drawn. Raises StudioError where it is gone, or
    ``path`` cannot be written.
    """
    from trtstudio.vision.annotate import Style, annotate
    from trtstudio.vision.picture import read_picture, write_picture

    picture = read_picture(source) if isinstance(source, Path) else source
    write_picture(path, annotate(picture.pixels, answer, Style(letters=QtLetters())))


def save_csv(path: Path, pick: Callable[[Any], Array]) -> None:
    """A line for each row of what ``pick`` gives; of more than two axes the last is the row.
    Raises StudioError where it cannot be written.
    """
    with whole_file(path) as file:
        for row in text_rows(pick(...), ","):
            file.write(row.encode() + b"\n")


def save_pixels(path: Path, pixels: Array) -> None:
    """A picture of uint8 RGB pixels. Raises StudioError where it cannot be written."""
    from trtstudio.vision.picture import write_picture

    write_picture(path, pixels)


def text_rows(array: Array, separator: str) -> Iterator[str]:
    """The rows with as many digits as tell each value from every other of its type."""
    table = storable(np.atleast_2d(array))
    for row in table.reshape(-1, table.shape[-1]):
        yield separator.join(row.astype(np.str_))
