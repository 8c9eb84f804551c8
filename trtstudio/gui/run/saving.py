"""What a user keeps of a run, as files. Plain functions for the io thread; OpenCV is loaded by the
first picture.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trtstudio.gui.picture.answer_words import surest_words
from trtstudio.gui.run.run import Run
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.times import Times

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.records import Record

Form = Literal["pictures", "json", "csv", "coco", "yolo"]


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
    from trtstudio.vision.drawing.annotate import annotate
    from trtstudio.vision.picture import read_picture

    assert run.source is not None and run.answer is not None
    picture = read_picture(run.source) if isinstance(run.source, Path) else run.source
    return annotate(picture.pixels, run.answer), surest_words(run.answer)


def _record(run: Run) -> "Record":
    from trtstudio.vision.batch.records import Record

    assert run.source is not None and run.feed is not None and run.feed.placement is not None
    path = run.source if isinstance(run.source, Path) else run.source.path
    times = Times(run.feed.decode_ms, run.feed.preprocess_ms, run.timing.latency_ms)
    return Record(Source(path), run.feed.placement.picture_size, run.answer, times)
