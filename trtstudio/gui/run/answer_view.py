"""A network's answer as a list: the likeliest classes with bars, or the objects that it found. Main
thread only.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trtstudio.gui.picture.class_names import class_name
from trtstudio.gui.picture.score_list import Scored, ScoreList

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer


class AnswerView(ScoreList):
    """One row a class or object, the surest first; a row's object can be picked out."""

    object_picked = Signal(object)  # int | None: position among the detections

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Answer"))
        self._has_objects = False
        self.currentRowChanged.connect(self._pick)

    def show_answer(self, answer: "Answer", similar: Sequence[tuple[str, float]] = ()) -> None:
        """Show this answer, with nothing picked out; ``similar`` are other pictures and the cosine
        between their embeddings and this one.
        """
        self._has_objects = False
        rows: list[Scored] = [
            (class_name(top.label, answer), top.score, _series(answer, row))
            for row, top in enumerate(answer.top)
        ]
        rows += [(name, cosine, 0) for name, cosine in similar]
        rows += [
            (found.text or class_name(found.label, answer), found.score, found.index)
            for found in answer.detections
        ]
        self.show_scores(rows)
        self._has_objects = bool(answer.detections)
        self.setSelectionMode(
            self.SelectionMode.SingleSelection
            if self._has_objects
            else self.SelectionMode.NoSelection
        )

    def _pick(self, row: int) -> None:
        if self._has_objects:
            self.object_picked.emit(row if row >= 0 else None)


def _series(answer: "Answer", row: int) -> int:
    """Regions have the colour that they are painted in, and are grey where they are not."""
    if answer.regions is None:
        return -1 if row else 0
    index = answer.top[row].index
    return -1 if index == answer.regions.unpainted else index
