"""The grid of a sweep as a form. Main thread only."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.words import duration
from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.sweep_axis import AxisOffer, AxisRow
from trtstudio.gui.measure.sweeps import grid_size
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.sweep_axes import Axes

MOST_AXES = 4
MOST_POINTS = 2000
_SHORTEST_S, _USUAL_S, _LONGEST_S = 0.1, 1.0, 3600.0


class SweepForm(QWidget):
    """Rows for the axes, how long each point takes, and how many points that makes."""

    changed = Signal()

    def __init__(
        self, workspace: Workspace, model_types: str = "", parent: QWidget | None = None
    ) -> None:
        """``model_types`` are those of the model as it is."""
        super().__init__(parent)
        self._workspace, self.model_types = workspace, model_types
        self._offers: Sequence[AxisOffer] = ()
        self.rows: list[AxisRow] = []
        self._warmup_ms = BenchRequest(0).warmup_ms
        self._problem = ""
        heading = QLabel(self.tr("Sweep"))
        heading.setProperty("role", "heading")
        self._method = Sentence()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.add_button = QPushButton(self.tr("Add an axis"))
        set_icon(self.add_button, "plus")
        self.add_button.clicked.connect(lambda: self.add_axis())
        self.seconds = QDoubleSpinBox(decimals=1, suffix=self.tr(" s"))
        self.seconds.setRange(_SHORTEST_S, _LONGEST_S)
        self.seconds.setValue(_USUAL_S)
        self.seconds.valueChanged.connect(self._change)
        self.count = QLabel(wordWrap=True)
        self.count.setAccessibleName(self.tr("Points"))
        self._lay_out(heading)
        self._offer_axis()

    def set_offers(self, offers: Sequence[AxisOffer]) -> None:
        """What can be swept now; rows of what cannot are removed."""
        if list(offers) == list(self._offers):
            return
        self._offers = offers
        known = {offer.name for offer in offers}
        kept = {name: values for name, values in self._written().items() if name in known}
        self.set_axes(kept)
        if not self.rows and offers:
            self.add_axis()

    def set_base(self, base: BenchRequest, method: str) -> None:
        """How every point is measured besides."""
        self._warmup_ms = base.warmup_ms
        text = self.tr("Every point is measured as the Benchmark form says: {method}.")
        self._method.setText(text.format(method=method))
        self._count()

    def axes(self) -> Axes | None:
        """The grid, None while it is not complete."""
        return None if self._problem else self._read()

    def conversion(self) -> Conversion:
        """How the precisions of the grid are made."""
        found = (row.precisions.conversion() for row in self.rows if row.offer.precisions)
        return next(found, Conversion())

    def each(self, base: BenchRequest) -> BenchRequest:
        """How one point is measured."""
        return replace(base, duration_s=self.seconds.value())

    @property
    def problem(self) -> str:
        """Why there is no grid."""
        return self._problem

    def set_axes(self, axes: Axes) -> None:
        """Show this grid; what cannot be swept now is left out."""
        for row in list(self.rows):
            self._drop(row)
        known = {offer.name for offer in self._offers}
        for name, values in axes.items():
            if name in known:
                self._add(name).choose(name, values)
        self._change()

    def add_axis(self, name: str = "") -> None:
        """One more, by default the first that is not there yet."""
        used = set(self._written())
        free = next((offer.name for offer in self._offers if offer.name not in used), "")
        if name or free:
            self._add(name or free)
            self._change()

    # The rows

    def _written(self) -> Axes:
        return {row.offer.name: row.chosen() or row.offer.values for row in self.rows}

    def _add(self, name: str) -> AxisRow:
        row = AxisRow(self._workspace, self._offers, name)
        row.changed.connect(self._change)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._rows.addWidget(row)
        return row

    def _remove(self, row: AxisRow) -> None:
        self._drop(row)
        self._change()

    def _drop(self, row: AxisRow) -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    # What they come to

    def _read(self) -> Axes | None:
        found: Axes = {}
        for row in self.rows:
            values = row.chosen()
            if values is None or row.offer.name in found:
                return None
            found[row.offer.name] = values
        return found or None

    def _change(self) -> None:
        axes = self._read()
        self._problem = self._why_not(axes)
        for row in self.rows:
            row.remove_button.setEnabled(len(self.rows) > 1)
        self._offer_axis()
        self._count()
        self.changed.emit()

    def _offer_axis(self) -> None:
        is_full = len(self.rows) >= min(MOST_AXES, len(self._offers))
        why_not = self.tr("There is no further axis to add") if is_full else ""
        enable_unless(why_not, self.add_button, self.tr("Sweep over one more quantity"))

    def _why_not(self, axes: Axes | None) -> str:
        names = [row.offer.name for row in self.rows]
        if not self._offers:
            return self.tr("This model has no dynamic size to sweep.")
        if len(set(names)) < len(names):
            return self.tr("The same axis is there twice.")
        if axes is None:
            problems = (row.precisions.problem() for row in self.rows if row.offer.precisions)
            return next(filter(None, problems), self.tr("An axis has no valid values."))
        if grid_size(axes) > MOST_POINTS:
            return self.tr("These are more than {most:,} points.").format(most=MOST_POINTS)
        return ""

    def _count(self) -> None:
        axes = self.axes()
        if axes is None:
            self.count.setText(self._problem)
            return
        points = grid_size(axes)
        seconds = points * (self.seconds.value() + self._warmup_ms / 1000)
        text = self.tr("Points: {count:,}, in about {time}")
        self.count.setText(text.format(count=points, time=duration(seconds)))

    def _lay_out(self, heading: QLabel) -> None:
        label = QLabel(self.tr("For each point"))
        label.setBuddy(self.seconds)
        seconds = QHBoxLayout()
        seconds.setSpacing(GRID)
        seconds.addWidget(label)
        seconds.addWidget(self.seconds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self._method)
        column.addLayout(self._rows)
        column.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(seconds)
        column.addWidget(self.count)
        column.addStretch(1)
