"""The view of a tensor's part that was chosen: colours with their bar, a line, or a table. Main
thread only.
"""

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from trtstudio.gui.tensor.color_bar import ColorBar
from trtstudio.gui.tensor.coloring import Look, MapName, RangeName, look_for, paint
from trtstudio.gui.tensor.kinds import Kind
from trtstudio.gui.tensor.line_view import LineView
from trtstudio.gui.tensor.raster_view import RasterView
from trtstudio.gui.tensor.sheets import Extent, Sheet, extent_of, sheet_of
from trtstudio.gui.tensor.table_view import TableView
from trtstudio.gui.tensor.values import Cut, Values
from trtstudio.gui.tensor.work import Newest
from trtstudio.gui.theme import DARK, GRID, colors, theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array

RASTERS: tuple[Kind, ...] = ("image", "grid", "heat")
MAX_DOTS = 1 << 26
"""A picture of more cells is not made."""


class Stage(QStackedWidget):
    """Shows one part in one view."""

    hovered = Signal(object)  # the index in the part, or None

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.kind: Kind = "table"
        self.part = Values(np.empty(0))
        self.look: Look | None = None
        self.range_name: RangeName = "fitting"
        self.map_name: MapName = "fitting"
        self.line: LineView | None = None
        self._extent: Extent | None = None
        self._marked: tuple[int, ...] | None = None
        self._work = Newest(workspace)
        self.destroyed.connect(self._work.drop)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.nothing.setProperty("role", "muted")
        self.raster = RasterView(workspace)
        self.bar = ColorBar()
        self.table = TableView()
        self._colored = QWidget()
        row = QHBoxLayout(self._colored)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.raster, 1)
        row.addWidget(self.bar)
        for widget in (self.nothing, self._colored, self.table):
            self.addWidget(widget)
        self.raster.hovered.connect(self.hovered)
        self.table.hovered.connect(self.hovered)
        theme().changed.connect(self._color)

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to see."""
        self._work.drop()
        self.nothing.setText(words)
        self.setCurrentWidget(self.nothing)

    def show_part(self, values: Values, kind: Kind, cut: Cut) -> None:
        """Show this part of a tensor in this view."""
        self.kind, self.part, self._extent, self._marked = kind, cut.of(values), None, None
        self._work.drop()
        if kind in RASTERS:
            self._work.ask(partial(extent_of, self.part), self._set_extent)
        elif kind == "line":
            self._line_view().show_part(self.part)
            self.setCurrentWidget(self._line_view())
        else:
            self.table.show_part(self.part)
            self.setCurrentWidget(self.table)

    def set_colors(self, range_name: RangeName, map_name: MapName) -> None:
        """Which values the colours are spread over, and which colours."""
        self.range_name, self.map_name = range_name, map_name
        self._color()

    def mark(self, at: tuple[int, ...]) -> None:
        """Let an index of the part stand out."""
        if self.kind == "table":
            self.table.mark(at)
        elif self.kind == "line":
            self._line_view().mark(at[0])
        else:
            self._marked = at
            self._mark_cell()

    @property
    def is_drawn(self) -> bool:
        """Whether all that was asked for is on the screen."""
        if not self._work.is_idle:
            return False
        if self.kind in RASTERS:
            return self.raster.is_drawn
        return self.kind == "table" or self._line_view().is_drawn

    def picture(self) -> "Array | tuple[Sheet, Look] | None":
        """What a picture of it is made from: cells with their colours, which ``draw`` makes a
        picture of in any thread, or the pixels of the view itself. None where it would be too
        large.
        """
        if self.kind not in RASTERS:
            return _pixels_of(self.grab().toImage())
        sheet = self.raster.sheet
        if sheet is None or self.look is None or sheet.height * sheet.width > MAX_DOTS:
            return None
        return sheet, self.look

    def _set_extent(self, extent: Extent) -> None:
        self._extent = extent
        self.raster.mark_nothing()
        self._color()
        self.setCurrentWidget(self._colored)
        self._mark_cell()

    def _color(self) -> None:
        extent = self._extent
        if extent is None or self.kind not in RASTERS:
            return
        is_dark = colors() is DARK
        names = (self.range_name, self.map_name)
        self.look = look_for(self.kind, self.part.dtype, extent, *names, is_dark=is_dark)
        sheet = sheet_of(self.kind, self.part)
        self.raster.show_sheet(sheet, self.look, may_stretch=self.kind == "heat")
        has_map = self.kind != "image" or self.part.shape[2] == 1
        self.bar.show_look(
            self.look, is_colored=has_map, has_nan=extent.has_nan, has_inf=extent.has_inf
        )
        self.bar.setVisible(has_map or extent.has_nan or extent.has_inf)

    def _mark_cell(self) -> None:
        if self._marked is not None and self._extent is not None and self.raster.sheet is not None:
            self.raster.mark(*self.raster.sheet.cell(self._marked))

    def _line_view(self) -> LineView:
        """Made when it is first needed, because it brings pyqtgraph."""
        if self.line is None:
            self.line = LineView(self._workspace)
            self.line.hovered.connect(self.hovered)
            self.addWidget(self.line)
        return self.line


def draw(sheet: Sheet, look: Look) -> Array:
    """The whole sheet with a dot for each cell, uint8 RGB, gaps white."""
    pixels = paint(sheet, np.arange(sheet.height), np.arange(sheet.width), look)
    pixels[pixels[..., 3] == 0] = 255
    return np.ascontiguousarray(pixels[..., :3])


def _pixels_of(image: QImage) -> Array:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
