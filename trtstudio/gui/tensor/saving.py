"""What is seen of a tensor, as files and as text. Plain functions for any thread but the main one;
OpenCV is loaded by the first picture.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.model.arrays import storable
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array

_PIECE = 2048


def _unheard(_done: int, _of: int) -> None:
    """For progress that nobody follows."""


def save_csv(
    path: Path, pick: Callable[[Any], Array], report: Callable[[int, int], None] = _unheard
) -> None:
    """A line for each row of what ``pick`` gives; of more than two axes the last is the row.
    ``report`` is told how many values are written, and of how many. Raises StudioError where it
    cannot be written, and what ``report`` raises; then there is no file.
    """
    array = pick(...)
    with whole_file(path) as file:
        for done, text in _texts(array, ","):
            file.write(text.encode())
            report(done, array.size)


def save_pixels(path: Path, pixels: Array) -> None:
    """A picture of uint8 RGB pixels. Raises StudioError where it cannot be written."""
    from trtstudio.vision.picture import write_picture

    write_picture(path, pixels)


def as_text(array: Array, separator: str) -> str:
    """The same in one piece."""
    return "".join(text for _, text in _texts(array, separator)).removesuffix("\n")


def _texts(array: Array, separator: str) -> Iterator[tuple[int, str]]:
    """Rows with as many digits as tell each value from every other of its type, in pieces so small
    that other threads hardly wait: NumPy keeps the interpreter's lock while it makes text. With
    each piece the number of values so far.
    """
    table = storable(np.atleast_2d(array))
    values, width = table.reshape(-1), table.shape[-1]
    for begin in range(0, values.size, _PIECE):
        words = values[begin : begin + _PIECE].astype(np.str_).tolist()
        done = begin + len(words)
        ends = ("\n" if i % width == 0 else separator for i in range(begin + 1, done + 1))
        yield done, "".join(chain.from_iterable(zip(words, ends, strict=True)))
