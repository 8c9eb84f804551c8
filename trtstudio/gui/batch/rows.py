"""What the window remembers of every picture of a long run. Plain data; records stay in the file of
the run, a row says where.
"""

from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from trtstudio.gui.picture.answer_words import surest_words
from trtstudio.gui.picture.class_names import class_name
from trtstudio.model.files import path_text

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.records import Record
    from trtstudio.vision.batch.sources import Source


@dataclass(frozen=True, slots=True)
class BatchRow:
    """``place`` is where its record stands, -1 where it is not kept. ``words`` are in the window's
    language, ``problem`` is as the core said it. ``classes``: what was found is called so in the
    window, the surest first; ``agreement``: between 0 and 1 where two networks looked.
    """

    number: int
    source: "Source"
    place: int
    words: str = ""
    classes: tuple[str, ...] = ()
    score: float | None = None
    total_ms: float = 0.0
    problem: str = ""
    agreement: float | None = None
    has_thumbnail: bool = False

    @property
    def name(self) -> str:
        """The file's, and of a video the frame's number."""
        return self.source.name


def row_of(number: int, place: int, record: "Record") -> BatchRow:
    """For a thread that has OpenCV."""
    from trtstudio.vision.answer_words import best_score

    answer = record.answer
    labels: list[str] = []
    if answer is not None:
        labels += [found.text or class_name(found.label, answer) for found in answer.detections]
        labels += [class_name(label.label, answer) for label in answer.top[: _counted(answer.task)]]
    return BatchRow(
        number,
        record.source,
        place,
        surest_words(answer) if answer is not None else "",
        tuple(dict.fromkeys(map(intern, labels))),  # the same few in thousands of rows
        best_score(answer) if answer is not None else None,
        record.times.total_ms,
        f"{_short(record)} {record.hint}".strip(),
        record.agreement.share if record.agreement is not None else None,
        place >= 0 and bool(record.thumbnail),
    )


def _short(record: "Record") -> str:
    """The problem without the folder: a row is narrow, and says whose it is."""
    path = record.source.path
    return record.problem.replace(path_text(path), path.name)


def _counted(task: str) -> int | None:
    """A picture is of its likeliest class only, but has all regions."""
    return 1 if task == "classification" else None
