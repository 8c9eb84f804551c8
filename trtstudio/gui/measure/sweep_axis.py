"""One axis of a sweep: which, and its values. Main thread only."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.sweep_precisions import PrecisionValues
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.measure.sweep_axes import AxisValue

MOST_VALUES = 64


@dataclass(frozen=True, slots=True)
class AxisOffer:
    """An axis that can be swept: its name in a ``SweepRequest``, its words, the values to begin
    with, a sentence about them, and whether they can only be 0 and 1. ``precisions`` are names
    with their words, of an axis whose values are no numbers.
    """

    name: str
    words: str
    values: tuple[AxisValue, ...]
    sentence: str = ""
    is_yes_no: bool = False
    precisions: tuple[tuple[str, str], ...] = ()


class AxisRow(QWidget):
    """A chooser of the axis, and a line for its values, or boxes to tick."""

    changed = Signal()
    removed = Signal()

    def __init__(self, workspace: Workspace, offers: Sequence[AxisOffer], name: str) -> None:
        super().__init__()
        self._offers = {offer.name: offer for offer in offers}
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Axis"))
        self.chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for offer in offers:
            self.chooser.addItem(offer.words, offer.name)
        self.values = QLineEdit()
        self.values.setFont(mono_font())
        self.values.setAccessibleName(self.tr("Values"))
        words = next((offer.precisions for offer in offers if offer.precisions), ())
        self.precisions = PrecisionValues(workspace, words)
        self.sentence = Sentence()
        self.remove_button = QToolButton()
        self.remove_button.setAccessibleName(self.tr("Remove this axis"))
        self.remove_button.setToolTip(self.tr("Remove this axis"))
        set_icon(self.remove_button, "x")
        self._lay_out()
        self.choose(name)
        self.chooser.currentIndexChanged.connect(self._chosen)
        self.values.textEdited.connect(self._edited)
        self.precisions.changed.connect(self._edited)
        self.remove_button.clicked.connect(self.removed)

    @property
    def offer(self) -> AxisOffer:
        """The axis that is chosen."""
        return self._offers[self.chooser.currentData()]

    def choose(self, name: str, values: Sequence[AxisValue] | None = None) -> None:
        """Show an axis, with its usual values where no others are given; says nothing."""
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(max(0, self.chooser.findData(name)))
        shown = self.offer.values if values is None else values
        is_of_precisions = bool(self.offer.precisions)
        self.values.setVisible(not is_of_precisions)
        self.precisions.setVisible(is_of_precisions)
        if is_of_precisions:
            self.precisions.choose(shown)
        else:
            self.values.setText(", ".join(map(str, shown)))
        self._explain()

    def chosen(self) -> tuple[AxisValue, ...] | None:
        """The values, None where they are none."""
        if self.offer.precisions:
            return None if self.precisions.problem() else self.precisions.values()
        found = parse_values(self.values.text())
        return None if found and self.offer.is_yes_no and max(found) > 1 else found

    def _chosen(self) -> None:
        self.choose(self.chooser.currentData())
        self.changed.emit()

    def _edited(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        """What the axis is; what is wrong with the values where something is."""
        text = self.offer.sentence
        if self.chosen() is None:
            text = self._wanted() or text
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def _wanted(self) -> str:
        if self.offer.precisions:  # what is wrong is said where it is
            return ""
        if self.offer.is_yes_no:
            return self.tr("0 for no, 1 for yes, or both")
        return self.tr("Whole numbers, as 1, 2, 4, 8")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self.chooser, 1)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self.values)
        column.addWidget(self.precisions)
        column.addWidget(self.sentence)


def parse_values(text: str) -> tuple[int, ...] | None:
    """``1, 2, 4``: whole numbers from 0, each once and in the order given; else None."""
    words = text.replace(",", " ").split()
    if not 0 < len(words) <= MOST_VALUES or not all(w.isascii() and w.isdigit() for w in words):
        return None
    if max(map(len, words)) > 9:
        return None
    return tuple(dict.fromkeys(map(int, words)))
