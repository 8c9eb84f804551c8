"""Plots in the theme's colours, with labelled axes that do not move while numbers change.

Main thread only. pyqtgraph is imported with the first plot, because that takes half a second.
"""

import math
import sys
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.theme import colors, mono_font, theme
from trtstudio.model.run import Array

_LEFT_AXIS_WIDTH = 60
_BOTTOM_AXIS_HEIGHT = 36
_LINES_A_NUMBER = 1.1


def can_be_made() -> bool:
    """Whether a plot can be made without importing pyqtgraph first."""
    return "pyqtgraph.graphicsItems.PlotItem" in sys.modules


class Plot(QWidget):
    """One plot. Curves are added once, then given data; ``clear`` empties them.

    ``left`` and ``bottom`` are the axes' labels with their units, an empty ``bottom`` leaves that
    axis out; with ``whole_numbers`` it counts. The wheel zooms along the bottom axis, a double
    click shows everything again.
    """

    def __init__(
        self,
        left: str,
        bottom: str,
        parent: QWidget | None = None,
        *,
        whole_numbers: bool = False,
    ) -> None:
        super().__init__(parent)
        from trtstudio.gui.parts.pyqtgraph_import import pg

        self._pg = pg
        self._labels = {"left": left, "bottom": bottom}
        self._curves: list[tuple[Any, str, int, float]] = []
        axes = {"left": _spaced_axis(pg)}
        if whole_numbers:
            axes["bottom"] = _counting_axis(pg)
        self.view = pg.PlotWidget(background=None, enableMenu=False, axisItems=axes)
        self.view.setAccessibleName(f"{left} / {bottom}")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(self.view.Shape.NoFrame)
        self.view.setStyleSheet("background: transparent;")
        self._item = self.view.getPlotItem()
        self._item.hideButtons()
        self._item.setMouseEnabled(x=True, y=False)
        self._item.getViewBox().setAutoVisible(y=True)
        self._item.getViewBox().setDefaultPadding(0.04)
        self._fix_axes()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.scene().sigMouseClicked.connect(self._clicked)
        theme().changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(240, 140)

    def add_line(self, series: int = 0, width: float = 1.5) -> Any:
        """A curve for many values; what is narrower than a pixel is drawn by its peaks."""
        curve = self._item.plot([], [], antialias=True)
        curve.setDownsampling(auto=True, method="peak")
        curve.setClipToView(True)
        return self._remember(curve, "line", series, width)

    def add_points(self, series: int = 0, size: float = 7) -> Any:
        """A dot for every value."""
        curve = self._item.plot([], [], pen=None, symbol="o", symbolSize=size, antialias=True)
        return self._remember(curve, "points", series, size)

    def add_bars(self, series: int = 0) -> Any:
        """Bars from 0, for few values; set them with ``set_bars``."""
        bars = self._pg.BarGraphItem(x=[], height=[], width=0.8)
        self._item.addItem(bars)
        return self._remember(bars, "bars", series, 0)

    def add_level(self, series: int = 1) -> Any:
        """A dashed horizontal line; give it ``setValue`` and ``setVisible``."""
        level = self._pg.InfiniteLine(angle=0, movable=False)
        level.setVisible(False)
        self._item.addItem(level, ignoreBounds=True)
        return self._remember(level, "level", series, 1.5)

    def add_shade(self) -> Any:
        """Bars behind everything, which do not count for the axes; give it ``setOpts``."""
        shade = self._pg.BarGraphItem(x0=[], x1=[], y0=0, y1=0)
        shade.setZValue(-10)
        self._item.addItem(shade, ignoreBounds=True)
        return shade

    def set_bars(self, bars: Any, x: Array, height: Array, width: float) -> None:
        """Show these bars, each centred on its ``x``."""
        bars.setOpts(x=np.asarray(x), height=np.asarray(height), width=width)

    def show_all(self) -> None:
        """Fit both axes to the data, now and when it grows."""
        self._item.enableAutoRange(x=True, y=True)

    def _remember(self, item: Any, kind: str, series: int, size: float) -> Any:
        self._curves.append((item, kind, series, size))
        self._paint(item, kind, series, size)
        return item

    def _clicked(self, event: Any) -> None:
        if event.double():
            self.show_all()

    def _fix_axes(self) -> None:
        font = mono_font()
        font.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
        for name in ("left", "bottom"):
            axis = self._item.getAxis(name)
            axis.enableAutoSIPrefix(False)
            axis.setTickFont(font)
            axis.setStyle(tickLength=-4, maxTickLevel=1, hideOverlappingLabels=True)
        self._item.getAxis("left").setWidth(_LEFT_AXIS_WIDTH)
        self._item.getAxis("bottom").setHeight(_BOTTOM_AXIS_HEIGHT)
        self._item.showAxis("bottom", bool(self._labels["bottom"]))

    def _restyle(self) -> None:
        palette = colors()
        for name, label in self._labels.items():
            axis = self._item.getAxis(name)
            axis.setPen(self._pg.mkPen(palette.border))
            axis.setTextPen(self._pg.mkPen(palette.muted))
            axis.setLabel(label, color=palette.muted)
        self._item.showGrid(x=False, y=True, alpha=0.35)
        for curve in self._curves:
            self._paint(*curve)

    def _paint(self, item: Any, kind: str, series: int, size: float) -> None:
        color = QColor(colors().series[series])
        if kind == "line":
            item.setPen(self._pg.mkPen(color, width=size))
        elif kind == "points":
            item.setSymbolBrush(self._pg.mkBrush(color))
            item.setSymbolPen(None)
        elif kind == "bars":
            item.setOpts(brush=self._pg.mkBrush(color), pen=None)
        else:
            item.setPen(self._pg.mkPen(color, width=size, style=Qt.PenStyle.DashLine))


def _spaced_axis(pg: Any) -> Any:
    """A left axis of steps so large that its numbers do not touch, however low it is."""

    class SpacedAxis(pg.AxisItem):
        def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
            line = QFontMetricsF(self.style["tickFont"]).height()
            least = _LINES_A_NUMBER * line * abs(high - low) / size
            levels = super().tickSpacing(low, high, size)  # the coarse one first
            return [
                (spacing * 2.0 ** max(0, math.ceil(math.log2(least / spacing))), offset)
                for number, (spacing, offset) in enumerate(levels)
                if number == 0 or spacing >= least
            ]

    return SpacedAxis("left")


def _counting_axis(pg: Any) -> Any:
    """A bottom axis whose ticks are whole numbers, however far it is zoomed in."""

    class CountingAxis(pg.AxisItem):
        def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
            spacings = super().tickSpacing(low, high, size)
            return [(max(1.0, spacing), offset) for spacing, offset in spacings]

    return CountingAxis("bottom")
