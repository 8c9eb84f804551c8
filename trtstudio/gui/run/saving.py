"""What a user keeps of a run, as files. Plain functions for the io thread; OpenCV is loaded by the
first picture.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from trtstudio.gui.run.run import Run
from trtstudio.model.arrays import storable
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.records import Record


Form = Literal["pictures", "json", "csv", "coco", "yolo"]
_PIECE = 2048

_FORMS: dict[str, Form] = {".csv": "csv", ".txt": "yolo", ".json": "json"}


def _unheard(_done: int, _of: int) -> None:
    """For progress that nobody follows."""


def form_of(path: Path, wanted: Form) -> Form:
    """What a file of this name is, where its name says something else than what was ``wanted``."""
    named = _FORMS.get(path.suffix.lower(), "pictures")
    return wanted if (named, wanted) == ("json", "coco") else named


def save_answer(path: Path, form: Form, run: Run) -> None:
    """The picture in its own size with the answer drawn, or the answer alone. Raises StudioError
    where the picture is gone, or ``path`` cannot be written.
    """
    from trtstudio.vision.batch.export import as_yolo
    from trtstudio.vision.batch.export_files import export
    from trtstudio.vision.picture import write_picture

    if form == "pictures":
        write_picture(path, drawn_answer(run)[0])
        return
    record = _record(run)
    assert record.answer is not None
    if form == "yolo":
        with whole_file(path) as file:
            file.write(as_yolo(record.answer, record.size).encode())
    else:
        export(form, [record], path, run.pictures.labels if run.pictures else None)


def drawn_answer(run: Run) -> tuple[Array, str]:
    """The picture of a run with its answer drawn, and the answer in words. Raises StudioError where
    the picture is gone.
    """
    from trtstudio.vision.answer_words import answer_words
    from trtstudio.vision.drawing.annotate import annotate
    from trtstudio.vision.picture import read_picture

    assert run.source is not None and run.answer is not None
    picture = read_picture(run.source) if isinstance(run.source, Path) else run.source
    return annotate(picture.pixels, run.answer), answer_words(run.answer)


def _record(run: Run) -> "Record":
    from trtstudio.vision.batch.records import Record
    from trtstudio.vision.batch.sources import Source
    from trtstudio.vision.times import Times

    assert run.source is not None and run.feed is not None and run.feed.placement is not None
    path = run.source if isinstance(run.source, Path) else run.source.path
    times = Times(run.feed.decode_ms, run.feed.preprocess_ms, run.timing.latency_ms)
    return Record(Source(path), run.feed.placement.picture_size, run.answer, times)


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
