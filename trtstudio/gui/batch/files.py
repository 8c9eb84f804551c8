"""Where the answers of runs over many pictures are kept, and writing them elsewhere. Plain
functions; all but ``is_many`` for worker threads, because they read files.
"""

import hashlib
import json
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtGui import QImage

from trtstudio.gui.parts.picture_images import PREVIEW_SIDE, as_png
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array
from trtstudio.vision.batch.sources import LIST_SUFFIXES, VIDEO_SUFFIXES
from trtstudio.vision.scaling import scaled_down

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.export_files import ExportKind
    from trtstudio.vision.batch.records import Record

_MOST_FILES = 40  # so many runs are remembered


@dataclass(frozen=True, slots=True)
class LastRun:
    """What an earlier run was over, and how many answers there are."""

    sources: tuple[Path, ...]
    recursive: bool
    answers: int


def is_many(path: Path) -> bool:
    """Whether this stands for many pictures, or may: a GIF is often animated."""
    return path.suffix.lower() in VIDEO_SUFFIXES | LIST_SUFFIXES | {".gif"} or path.is_dir()


def journal_of(
    model: Path, sources: Sequence[Path], compared_with: str, *, recursive: bool
) -> Path:
    """The file of a run of this model over these."""
    told = json.dumps([list(map(str, sources)), recursive, compared_with])
    return _folder() / f"{_digest(str(model))}-{_digest(told)}.jsonl"


def find_last(model: Path) -> LastRun | None:
    """The newest run of a model over files that are still there, not against another one. Forgets
    the oldest runs of all models where there are many.
    """
    from trtstudio.vision.batch.records import count_answers, read_heading

    files = sorted(_folder().glob("*.jsonl"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_MOST_FILES:]:
        file.unlink(missing_ok=True)
    for file in files[:_MOST_FILES]:
        with suppress(StudioError, OSError):
            heading = read_heading(file)
            is_own = heading.model == model and not heading.compared_with
            if is_own and all(path.exists() for path in heading.sources):
                return LastRun(heading.sources, heading.recursive, count_answers(file))
    return None


def write_answers(
    journal: Path, kind: "ExportKind", path: Path, labels: Sequence[str] | None
) -> None:
    """All answers of a run in another format. Raises StudioError."""
    from trtstudio.vision.batch.export_files import export
    from trtstudio.vision.batch.records import read_records

    export(kind, (record for _, record in read_records(journal)), path, labels)


def write_sheet(journal: Path, path: Path, cells: Sequence[tuple[int, str, str]]) -> None:
    """A contact sheet of records by their places, with names and words. Raises StudioError."""
    import cv2
    import numpy as np

    from trtstudio.vision.batch.records import read_thumbnails
    from trtstudio.vision.drawing.contact_sheet import Cell, contact_sheet
    from trtstudio.vision.picture import write_picture

    found = []
    jpegs = read_thumbnails(journal, [place for place, _, _ in cells])
    for jpeg, (_, name, words) in zip(jpegs, cells, strict=True):
        if jpeg:
            pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
            found.append(Cell(np.asarray(pixels), name, words))
    write_picture(path, contact_sheet(found))


def read_images(journal: Path, places: Sequence[int]) -> list[QImage]:
    """The thumbnails of the records that stand there; without a size where there is none. Raises
    StudioError."""
    from trtstudio.vision.batch.records import read_thumbnails

    return [QImage.fromData(jpeg) for jpeg in read_thumbnails(journal, places)]


def read_row(journal: Path, place: int) -> "tuple[Record, Array | None]":
    """A record, and its picture scaled down for the screen; None where that is gone. Raises
    StudioError where the record is."""
    from trtstudio.vision.batch.records import read_record
    from trtstudio.vision.batch.rereading import read_again

    record = read_record(journal, place)
    with suppress(StudioError, StopIteration):
        return record, scaled_down(read_again(record.source).pixels, PREVIEW_SIDE)
    return record, None


def read_embeddings(journal: Path, most: int) -> list[tuple[str, Array, QImage]]:
    """The name, the embedding and the thumbnail of the newest pictures of a run."""
    from trtstudio.vision.batch.records import read_records

    found: deque[tuple[str, Array, bytes]] = deque(maxlen=most)
    for _, record in read_records(journal):
        if record.answer is not None and record.answer.embedding is not None:
            found.append((record.source.name, record.answer.embedding, record.thumbnail))
    return [(name, vector, QImage.fromData(jpeg)) for name, vector, jpeg in found]


def save_capture(image: QImage) -> Path:
    """Keep a part of the screen as a file, which the run can come back to."""
    folder = _folder() / "captures"
    for old in sorted(folder.glob("*.png"), key=lambda file: file.stat().st_mtime)[:-_MOST_FILES]:
        old.unlink(missing_ok=True)
    path = _free_name(folder, f"screen-{time.strftime('%Y%m%d-%H%M%S')}")
    with whole_file(path) as file:
        file.write(as_png(image))
    return path


def _free_name(folder: Path, stem: str) -> Path:
    """Another one for each capture of a second: a run takes the same file for the same picture."""
    numbers = count(2)
    path = folder / f"{stem}.png"
    while path.exists():
        path = folder / f"{stem}-{next(numbers)}.png"
    return path


def _folder() -> Path:
    return platformdirs.user_data_path("trtstudio", appauthor=False) / "batches"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
