"""One axis of a tensor as a line, or as bars where there are few values. Main thread only."""

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.tensor.lines import Line, line_of
from trtstudio.gui.tensor.number_text import count
from trtstudio.gui.tensor.values import Values
from trtstudio.gui.tensor.work import Newest
from trtstudio.gui.workspace import Workspace

_BARS_UP_TO = 64
_SETTLE_MS = 80
_FEWEST_POINTS = 2000
_MAGENTA, _ORANGE = 3, 1


class LineView(QWidget):
    """The wheel zooms along the axis, and what is on the screen is read again in detail; a double
    click shows all.
    """

    hovered = Signal(object)  # the index in the part, or None

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self.tr("Value"), self.tr("Position"), whole_numbers=True)
        self._line = self.plot.add_line(width=1)
        self._bars = self.plot.add_bars()
        self._nans = self.plot.add_points(_MAGENTA)
        self._infs = self.plot.add_points(_ORANGE)
        self._level = self.plot.add_level(_MAGENTA)
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.words)
        self.line: Line | None = None
        self._part = Values(np.empty(0))
        self._shown = (0, 0)
        self._work = Newest(workspace)
        self.destroyed.connect(self._work.drop)
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._read_visible)
        self.plot.view.getPlotItem().sigXRangeChanged.connect(lambda *_: self._settle.start())
        self.plot.view.scene().sigMouseMoved.connect(self._moved)

    def show_part(self, part: Values) -> None:
        """Show a part with one axis."""
        alike = part.size == self._part.size
        self._part = part
        if not alike or self.line is None:
            self._shown = (0, part.size)
            self.plot.show_all()
        self._read(*self._shown)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing is being read."""
        return self._work.is_idle and not self._settle.isActive()

    def mark(self, position: int) -> None:
        """Show where a position is."""
        value = float(self._part.pick(position))
        self._level.setVisible(bool(np.isfinite(value)))
        if np.isfinite(value):
            self._level.setValue(value)

    def _read(self, start: int, stop: int) -> None:
        self._shown = (start, stop)
        dots = max(_FEWEST_POINTS, round(2 * self.width() * self.devicePixelRatioF()))
        self._work.ask(partial(line_of, self._part, start, stop, dots), self._show)

    def _read_visible(self) -> None:
        """Of a line of which only extremes were drawn, what is on the screen now."""
        if self.line is None or self._part.size <= len(self.line.x):
            return
        (left, right), _ = self.plot.view.getPlotItem().viewRange()
        start = max(0, int(left) - 1)
        stop = min(self._part.size, int(right) + 2)
        is_auto = self.plot.view.getPlotItem().getViewBox().state["autoRange"][0]
        wanted = (0, self._part.size) if is_auto else (start, max(start, stop))
        if wanted != self._shown:
            self._read(*wanted)

    def _show(self, line: Line) -> None:
        self.line = line
        self._level.setVisible(False)
        few = self._part.size <= _BARS_UP_TO
        self._line.setVisible(not few)
        self._bars.setVisible(few)
        finite = np.nan_to_num(line.y)
        none = np.empty(0)
        self._line.setData(*((none, none) if few else (line.x, line.y)), connect="finite")
        x, height = (line.x, finite) if few else (none, none)
        self.plot.set_bars(self._bars, x, height, 0.8)
        known = line.y[np.isfinite(line.y)]
        floor, top = (known.min(), known.max()) if known.size else (0.0, 0.0)
        self._nans.setData(line.nans, np.full(len(line.nans), floor))
        self._infs.setData(line.infs, np.full(len(line.infs), top))
        self.words.setText(self._words(line))
        self.words.setVisible(bool(self.words.text()))

    def _words(self, line: Line) -> str:
        words = []
        if line.step > 1:
            text = self.tr("Drawn: the smallest and the largest of every {step} values.")
            words.append(text.format(step=count(line.step)))
        if len(line.nans):
            words.append(self.tr("Purple dots: NaN."))
        if len(line.infs):
            words.append(self.tr("Orange dots: infinite."))
        return " ".join(words)

    def _moved(self, where: Any) -> None:
        box = self.plot.view.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(QPointF(where)):
            self.hovered.emit(None)
            return
        at = round(box.mapSceneToView(where).x())
        self.hovered.emit((at,) if 0 <= at < self._part.size else None)
