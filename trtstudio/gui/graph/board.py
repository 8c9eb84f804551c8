"""Where graphs are drawn: the canvas with what lies over it, or words instead. Main thread only."""

from functools import partial

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QStackedLayout, QWidget

from trtstudio.gui.graph.artist import Artist
from trtstudio.gui.graph.box_text import BoxText, label_font
from trtstudio.gui.graph.busy_sign import BusySign
from trtstudio.gui.graph.canvas_keys import KeyCanvas
from trtstudio.gui.graph.coloring import Mode, color_nodes
from trtstudio.gui.graph.drawing import AT_FIRST, Drawing, Sight
from trtstudio.gui.graph.legend import Legend
from trtstudio.gui.graph.minimap import Minimap
from trtstudio.gui.graph.painting import NEAR, Painting
from trtstudio.gui.graph.sheet import TOP, Sheet
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.parts.reading_status import ReadingStatus
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.grouping import ROOT, unfolded_at_first


class Board(QWidget):
    """Draws one sheet at a time. ``drawing_changed`` tells that there is another drawing, or none;
    ``cancelled`` that a drawing was given up.
    """

    drawing_changed = Signal()
    cancelled = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._artist = Artist(workspace.courier, self)
        self._mode: Mode = "type"
        self._legend_title = ""
        self.sheet: Sheet | None = None
        self.canvas = KeyCanvas()
        self.minimap = Minimap(self.canvas)
        self.legend = Legend(self.canvas)
        self.busy = BusySign(self.canvas)
        self.status = ReadingStatus()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.status)
        self._pages.addWidget(self.canvas)
        self.canvas.unfold_requested.connect(self.unfold)
        self.canvas.fold_requested.connect(self.fold)
        self.canvas.moved.connect(self._place_legend)
        self.busy.cancelled.connect(self.cancel)
        self.status.retry_requested.connect(self._retry)
        theme().changed.connect(self._repaint)
        self.turn_to(None)

    @property
    def drawing(self) -> Drawing | None:
        """What is shown."""
        return self.canvas.drawing

    @property
    def is_drawing(self) -> bool:
        """Whether another drawing is under way."""
        return self._artist.is_drawing

    def turn_to(self, sheet: Sheet | None) -> None:
        """Show a sheet; where one was on the sheet before is remembered."""
        if self.sheet is not None:
            self.sheet.origin, self.sheet.zoom = self.canvas.origin, self.canvas.zoom
        self._artist.stop()
        self.busy.stop()
        self.sheet = sheet
        self._show(None)
        if sheet is None:
            self._say(self.tr("Open a model or a plan to see its graph here."))
        elif not sheet.graph.layers and not sheet.graph.inputs:
            self._say(self.tr("This graph has no layers."))
        else:
            self._pages.setCurrentWidget(self.canvas)
            if sheet.drawing is None:
                self.draw(sheet.whole)
            else:
                self._show(sheet.drawing)
                self.canvas.go_back_to(sheet.origin, sheet.zoom)
            if sheet.drawing is not None and sheet.is_old:
                sheet.is_old = False
                self.draw(sheet.drawing.sight)

    def color_by(self, mode: Mode, title: str) -> None:
        """What the colours stand for, and what that is called."""
        self._mode, self._legend_title = mode, title
        self._repaint()

    # Drawing

    def draw(self, sight: Sight, layer: int | None = None, place: QPointF | None = None) -> None:
        """Draw the sheet like this. Then the node of ``layer`` is current, and at this place of
        the canvas.
        """
        sheet = self.sheet
        assert sheet is not None
        words = self.tr("Laying out {count:,} layers ...")
        self.busy.start(words.format(count=len(sheet.graph.layers)))
        known = sheet.drawing.structure if sheet.drawing else None
        advance = QFontMetricsF(label_font()).horizontalAdvance("0")
        done = partial(self._drawn, sheet, layer, place)
        self._artist.draw(sheet.graph, known, sight, advance, done, self._failed)

    def cancel(self) -> None:
        """Stay with what was drawn before, if anything was."""
        self._artist.stop()
        self.busy.stop()
        if self.drawing is None and self.sheet is not None:
            self._pages.setCurrentWidget(self.status)
            self.status.show_stopped(self.tr("The graph has not been drawn."))
        self.cancelled.emit()

    def _drawn(
        self, sheet: Sheet, layer: int | None, place: QPointF | None, drawing: Drawing
    ) -> None:
        self.busy.stop()
        is_first, sheet.drawing = sheet.drawing is None, drawing
        if not drawing.sight.around:
            sheet.whole = drawing.sight
        self._show(drawing)
        node = None if layer is None else drawing.node_of_layer(layer)
        is_tiny = bool(drawing.sight.around) and self.canvas.zoom < NEAR
        if is_first or is_tiny or not len(drawing.nodes_in(self.canvas.view)):
            self.canvas.show_top()
        if node is not None and place is not None:
            self.canvas.move_to(drawing.boxes[node].center() - place / self.canvas.zoom)
        if node is not None:
            self.canvas.choose(node)
        self.drawing_changed.emit()

    def _failed(self, error: StudioError) -> None:
        self.busy.stop()
        if self.drawing is not None:
            self._workspace.report(error)
        else:
            self._pages.setCurrentWidget(self.status)
            self.status.show_problem(error, "")
        self.cancelled.emit()

    def _retry(self) -> None:
        if self.sheet is not None:
            self._pages.setCurrentWidget(self.canvas)
            self.draw(self.sheet.whole)

    def _say(self, words: str) -> None:
        self._pages.setCurrentWidget(self.status)
        self.status.show_words(words)

    # Colours

    def _repaint(self) -> None:
        self._show(self.drawing)

    def _show(self, drawing: Drawing | None) -> None:
        """Show this drawing in its colours; the same one stays where it is."""
        if drawing is None or self.sheet is None:
            self.canvas.show_painting(None)
            self.legend.show_coloring(None, "")
        else:
            coloring = color_nodes(drawing, colors(), self._mode, self._figures(self.sheet))
            text = BoxText(drawing, coloring)
            self.canvas.show_painting(Painting(drawing, coloring, colors(), text))
            self.legend.show_coloring(coloring, self._legend_title)
            self._place_legend()
        self.minimap.redraw()

    def _figures(self, sheet: Sheet) -> Figures | None:
        """What the colours stand for."""
        mode, known = self._mode, self._workspace.figures
        if mode == "type" or mode == "dtype":
            return None
        whole = known.figures(sheet.document, sheet.view, mode)
        return whole if whole is None or sheet.spot == TOP else whole.body(*sheet.spot)

    def _place_legend(self) -> None:
        self.legend.move(GRID, self.canvas.height() - self.legend.height() - GRID)

    # Folding

    def unfold(self, node: int) -> None:
        """Show what is in a group."""
        drawing = self.drawing
        if drawing is None or drawing.visible.nodes[node].kind != "group":
            return
        position = drawing.visible.nodes[node].position
        first = drawing.structure.grouping.groups[position].first
        self._unfold_groups(drawing, (position,), first, node)

    def unfold_to(self, layer: int) -> None:
        """Show a layer that is in a folded group."""
        drawing = self.drawing
        node = None if drawing is None else drawing.node_of_layer(layer)
        if drawing is not None and node is not None:
            groups = drawing.structure.grouping.around(layer)
            self._unfold_groups(drawing, groups, layer, node)

    def _unfold_groups(
        self, drawing: Drawing, groups: tuple[int, ...], layer: int, node: int
    ) -> None:
        assert drawing.sight.unfolded is not None
        unfolded = drawing.sight.unfolded.union(groups)
        self.draw(Sight(unfolded), layer, self.canvas.place_of(node))

    def fold(self, group: int) -> None:
        """Show a group as one node."""
        drawing = self.drawing
        if drawing is None or group == ROOT or drawing.sight.unfolded is None:
            return
        first = drawing.structure.grouping.groups[group].first
        node = drawing.node_of_layer(first)
        place = None if node is None else self.canvas.place_of(node)
        self.draw(Sight(drawing.sight.unfolded - {group}), first, place)

    def fold_all(self) -> None:
        """Show as few nodes as give an overview."""
        if self.drawing is not None:
            grouping = self.drawing.structure.grouping
            limit = min(AT_FIRST, len(grouping.homes) - 1)
            self.draw(Sight(unfolded_at_first(grouping, limit)), *self.anchor())

    def unfold_all(self) -> None:
        """Show every layer."""
        if self.drawing is not None:
            groups = range(len(self.drawing.structure.grouping.groups))
            self.draw(Sight(frozenset(groups)), *self.anchor())

    def anchor(self) -> tuple[int | None, QPointF | None]:
        """A layer of the current node, and where that node is."""
        node = self.canvas.marks.current
        if self.drawing is None or node is None:
            return None, None
        layers = self.drawing.layers_of(node)
        return (min(layers), self.canvas.place_of(node)) if layers else (None, None)

    # The neighbourhood

    def draw_around(self, ends: frozenset[int], hops: int) -> None:
        """Show only what is up to ``hops`` edges away from some layers, inputs and outputs, by
        their numbers in ``Flow``.
        """
        assert self.sheet is not None
        layer, place = self.anchor()
        if len(ends) == 1 and min(ends) < len(self.sheet.graph.layers):
            layer = min(ends)
        self.draw(Sight(self.sheet.whole.unfolded, ends, hops), layer, place)

    def draw_whole(self) -> None:
        """Show what was to be seen before the neighbourhood."""
        assert self.sheet is not None
        self.draw(self.sheet.whole, *self.anchor())
