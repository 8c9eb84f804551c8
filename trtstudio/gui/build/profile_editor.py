"""Edits one optimization profile: smallest, most frequent and largest of every dynamic size and of
every value of a shape tensor, checked while typing. Main thread only.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.build.parts import set_level
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.free_sizes import Place, SizeRange, expand, free_sizes, ranges_of
from trtstudio.model.build.profile import BOUNDS, ProfileProblem, check_profile
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Profile, ShapeRange, Tensor

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """A size, or a value of a shape tensor, and the places where it stands."""

    label: str
    places: tuple[Place, ...]
    is_value: bool = False


class SizeBox(QLineEdit):
    """A number; Up and Down change it by one. Nothing entered counts as 0, which is no size."""

    def __init__(self, size: int, least: int = 0) -> None:
        super().__init__(str(size))
        self._least = least
        self.setValidator(QIntValidator(least, _LARGEST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(mono_font())
        self.setFixedWidth(9 * GRID)

    def value(self) -> int:
        """What is entered."""
        return int(self.text()) if self.hasAcceptableInput() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            least = self._least or 1
            self.setText(str(min(_LARGEST, max(least, self.value() + step))))
        else:
            super().keyPressEvent(event)


class ProfileEditor(QWidget):
    """One row for each dynamic size, which several inputs may share, and for each value of the
    inputs in ``by_value``.
    """

    changed = Signal()

    def __init__(
        self,
        inputs: Sequence[Tensor],
        profile: Profile,
        by_value: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._inputs, self._by_value = inputs, by_value
        self.rows = _rows(inputs, by_value)
        self.boxes: list[tuple[SizeBox, ...]] = []
        self.problems: list[ProfileProblem] = []
        self.problem_label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem_label.setProperty("level", "error")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        if self.rows:
            layout.addLayout(self._make_grid())
        layout.addWidget(self.problem_label)
        self.set_profile(profile)

    def profile(self) -> Profile:
        """What is entered; empty where every input is fixed."""
        entered = {
            row.label: SizeRange(*(box.value() for box in boxes))
            for row, boxes in zip(self.rows, self.boxes, strict=True)
        }
        sizes = {row.label: entered[row.label] for row in self.rows if not row.is_value}
        profile = expand(self._inputs, sizes)
        for name in self._by_value:
            values = [
                entered[r.label] for r in self.rows if r.is_value and r.places[0].input == name
            ]
            bounds = (tuple(getattr(value, bound) for value in values) for bound in BOUNDS)
            profile[name] = ShapeRange(*bounds, values=True)
        return profile

    def set_profile(self, profile: Profile) -> None:
        """Enter what of this profile has a place here."""
        known = ranges_of(self._inputs, profile) | _values_of(self.rows, profile)
        for row, boxes in zip(self.rows, self.boxes, strict=True):
            if (found := known.get(row.label)) is not None:
                for box, bound in zip(boxes, BOUNDS, strict=True):
                    box.blockSignals(True)
                    box.setText(str(getattr(found, bound)))
                    box.blockSignals(False)
        self._check()

    def box(self, label: str, bound: str) -> SizeBox:
        """The box of a size, by its symbol, and of ``min``, ``opt`` or ``max``."""
        row = next(i for i, row in enumerate(self.rows) if row.label == label)
        return self.boxes[row][BOUNDS.index(bound)]

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GRID)
        heads = (
            (self.tr("min"), self.tr("The smallest size that the engine takes")),
            (self.tr("opt"), self.tr("The size that the engine is made fastest for")),
            (self.tr("max"), self.tr("The largest size that the engine takes")),
        )
        for column, (text, tip) in enumerate(heads, start=1):
            head = QLabel(text, alignment=Qt.AlignmentFlag.AlignRight)
            head.setToolTip(tip)
            head.setProperty("role", "muted")
            grid.addWidget(head, 0, column)
        for number, row in enumerate(self.rows, start=1):
            self._add_row(grid, number, row)
        grid.setColumnStretch(len(BOUNDS) + 1, 1)
        return grid

    def _add_row(self, grid: QGridLayout, number: int, row: Row) -> None:
        text = self.tr("{name} (value)").format(name=row.label) if row.is_value else row.label
        label = QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        label.setFont(mono_font())
        label.setToolTip("\n".join(f"{place.input}[{place.axis}]" for place in row.places))
        grid.addWidget(label, number, 0)
        boxes = tuple(SizeBox(1, least=-_LARGEST if row.is_value else 0) for _ in BOUNDS)
        for column, (box, bound) in enumerate(zip(boxes, BOUNDS, strict=True), start=1):
            box.setAccessibleName(f"{row.label} {bound}")
            box.textChanged.connect(self._check)
            grid.addWidget(box, number, column)
        label.setBuddy(boxes[0])
        self.boxes.append(boxes)

    def _check(self) -> None:
        self.problems = check_profile(self._inputs, self.profile())
        found = {(p.input, p.axis, p.bound): core_text(p.message) for p in reversed(self.problems)}
        for row, boxes in zip(self.rows, self.boxes, strict=True):
            for box, bound in zip(boxes, BOUNDS, strict=True):
                hits = ((p.input, p.axis, b) for p in row.places for b in (bound, None))
                message = next((found[hit] for hit in hits if hit in found), "")
                set_level(box, "error" if message else "")
                box.setToolTip(message)
        # What is wrong with a shared symbol is said once, at the first input that has it.
        first = {(row.places[0].input, row.places[0].axis) for row in self.rows}
        messages = [
            core_text(p.message)
            for p in self.problems
            if p.axis is None or (p.input, p.axis) in first
        ]
        self.problem_label.setText("\n".join(messages))
        self.problem_label.setVisible(bool(messages))
        self.changed.emit()


def _rows(inputs: Sequence[Tensor], by_value: Collection[str]) -> list[Row]:
    rows = [Row(name, places) for name, places in free_sizes(inputs).items()]
    for tensor in inputs:
        if tensor.name in by_value:
            count = int(tensor.shape[0]) if tensor.shape else 1
            for i in range(count):
                label = f"{tensor.name}[{i}]" if tensor.shape else tensor.name
                rows.append(Row(label, (Place(tensor.name, i),), is_value=True))
    return rows


def _values_of(rows: Sequence[Row], profile: Profile) -> dict[str, SizeRange]:
    """The range of every value of a shape tensor that a profile has."""
    found = {}
    for row in rows:
        place = row.places[0]
        given = profile.get(place.input)
        if row.is_value and given is not None and given.values and place.axis < len(given.opt):
            bounds = (getattr(given, bound)[place.axis] for bound in BOUNDS)
            found[row.label] = SizeRange(*bounds)
    return found
