"""The figures of a tensor in rows, and how its values are distributed. Main thread only."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.tensor.number_text import count, number
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.tensor_summary import DISTINCT_LIMIT, TensorSummary

_LOG_FLOOR = -0.3
"""Where bars begin on the logarithmic axis, so that a count of 1 can be seen."""


class Figures(QWidget):
    """Names left, numbers right in one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Each is a name, a number and its level: ``""``, ``warning`` or ``error``."""
        while len(self._labels) < len(rows):
            self._add_row()
        for position, (name, value) in enumerate(self._labels):
            is_used = position < len(rows)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                text, figure, level = rows[position]
                name.setText(text)
                value.setText(figure)
                if value.property("level") != level:
                    value.setProperty("level", level)
                    value.style().polish(value)

    def texts(self) -> dict[str, str]:
        """What is shown, by name."""
        return {n.text(): v.text() for n, v in self._labels if not n.isHidden()}

    def _add_row(self) -> None:
        name, value = QLabel(), QLabel()
        name.setProperty("role", "muted")
        value.setFont(mono_font())
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        self._labels.append((name, value))


class SummaryFigures(Figures):
    """A tensor's statistics."""

    def show_summary(self, summary: TensorSummary, *, is_integer: bool) -> None:
        """Show them; integers also say how many different ones there are."""
        rows = [
            (self.tr("Values"), count(summary.count), ""),
            (self.tr("Min"), _end(summary.min), ""),
            (self.tr("Max"), _end(summary.max), ""),
        ]
        if summary.min is not None:
            rows += [
                (self.tr("Mean"), number(summary.mean), ""),
                (self.tr("Std"), number(summary.std), ""),
            ]
        zeros = count(summary.zeros)
        if summary.count:
            share = 100 * summary.zeros / summary.count
            zeros = f"{zeros} ({share:.3g} %)" if summary.zeros else zeros
        rows += [
            (self.tr("Zeros"), zeros, ""),
            (self.tr("NaN"), count(summary.nans), "error" if summary.nans else ""),
            (self.tr("Infinite"), count(summary.infs), "error" if summary.infs else ""),
        ]
        if is_integer and summary.count:
            many = f"> {count(DISTINCT_LIMIT)}"
            known = summary.distinct
            rows.append((self.tr("Distinct"), many if known is None else count(known), ""))
        self.show_rows(rows)


class Histogram(QWidget):
    """How many values are in each of equally wide bins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self.tr("Count"), self.tr("Value"))
        self._bars = self.plot.add_bars()
        self.log = QCheckBox(self.tr("Logarithmic counts"))
        self.log.toggled.connect(self._draw)
        self._summary: TensorSummary | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.log)
        self.setMinimumHeight(150)

    def show_summary(self, summary: TensorSummary) -> None:
        """Show its histogram."""
        self._summary = summary
        self._draw()

    def _draw(self) -> None:
        summary = self._summary
        has_values = summary is not None and summary.min is not None and summary.max is not None
        self.setVisible(has_values)
        if summary is None or summary.min is None or summary.max is None:
            return
        counts = np.array(summary.histogram, np.float64)
        spread = summary.max - summary.min
        width = spread / len(counts) if spread > 0 and np.isfinite(spread) else 1.0
        x = summary.min + (np.arange(len(counts)) + 0.5) * width
        if spread == 0:
            x = np.array([summary.min])
        is_log = self.log.isChecked()
        heights, floor = counts, 0.0
        if is_log:
            floor = _LOG_FLOOR
            heights = np.where(counts > 0, np.log10(np.maximum(counts, 1)) - floor, 0.0)
        self.plot.view.getPlotItem().getAxis("left").setLogMode(y=is_log)
        self._bars.setOpts(x=x, y0=floor, height=heights, width=width)
        self.plot.show_all()


def _end(value: float | None) -> str:
    return "-" if value is None else number(value)
