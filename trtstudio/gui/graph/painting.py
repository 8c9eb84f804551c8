"""Paints a drawing as close as it is looked at: boxes with texts, boxes, or blocks. No widgets;
one painting is used by one thread at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from trtstudio.gui.graph.box_text import BoxText, Ink
from trtstudio.gui.graph.coloring import Coloring
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.flow import Ints
from trtstudio.gui.graph.labels import LABEL_HEIGHT
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH, GAP, PITCH_X
from trtstudio.gui.theme import Colors
from trtstudio.model.grouping import ROOT

NEAR = 0.8
"""From this zoom on everything is written; below, only what boxes are ..."""
FAR = 0.34
"""... and below this nothing is."""

CROWD = 2500
"""So many nodes with their texts take about 20 ms."""

_MOST_CURVES = 600
_ROUND = 6.0
_STRIP = 4.0


@dataclass(slots=True)
class Marks:
    """What stands out: the current node, the edges that carry the selected tensor, and the nodes
    found, with how much was found in each.
    """

    current: int | None = None
    edges: frozenset[int] = frozenset()
    found: Mapping[int, int] = field(default_factory=dict)


class Painting:
    """A drawing in its colours, ready to be painted again and again."""

    def __init__(self, drawing: Drawing, coloring: Coloring, colors: Colors, text: BoxText) -> None:
        self.drawing = drawing
        self.coloring = coloring
        self._colors = colors
        self._text = text
        self._paths: dict[int, QPainterPath] = {}
        share = 0.9 if coloring.is_heat else 0.2
        self._fills = [QBrush(mixed(c, colors.surface, share)) for c in coloring.palette]
        self._inks = [_ink(fill.color(), colors, coloring.is_heat) for fill in self._fills]
        self._solids = [QBrush(QColor(c)) for c in coloring.palette]
        rims = [colors.outline] * len(coloring.palette) if coloring.is_heat else coloring.palette
        self._rims = [QPen(QColor(rim), 1.2) for rim in rims]
        self._tints = [mixed(colors.outline, colors.window, share) for share in (0.08, 0.15)]

    def paint(
        self, painter: QPainter, area: QRectF, zoom: float, marks: Marks, crowd: float = CROWD
    ) -> None:
        """Paint what is in ``area``, in a painter that draws full-size pixels at ``zoom``; more
        than ``crowd`` nodes only as blocks.
        """
        nodes = self.drawing.nodes_in(area)
        self._paint_groups(painter, nodes)
        is_crowded = zoom < FAR or len(nodes) > crowd
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not is_crowded)
        if is_crowded:
            pen = self._pen(self._colors.outline, 0)
            self._paint_lines(painter, self.drawing.edges_in(area), pen)
            self._paint_blocks(painter, nodes)
        else:
            edges = self.drawing.edges_in(area)
            self._paint_edges(painter, edges, self._pen(self._colors.outline, 1.2))
            for node in nodes.tolist():
                self._paint_box(painter, node, zoom)
        self._paint_marks(painter, nodes, zoom, marks)
        if zoom >= NEAR and not is_crowded:
            self._paint_labels(painter, area)

    # Groups

    def _paint_groups(self, painter: QPainter, nodes: Ints) -> None:
        """A ground under what was unfolded; the grounds of neighbours in a group touch."""
        homes = self.drawing.visible.homes[nodes]
        side, below = (PITCH_X - BOX_WIDTH) / 2, GAP / 2 + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for parity, tint in enumerate(self._tints):
            chosen = nodes[(homes != ROOT) & (homes % 2 == parity)].tolist()
            painter.setBrush(tint)
            boxes = self.drawing.boxes
            painter.drawRects([boxes[n].adjusted(-side, -below, side, below) for n in chosen])

    # Far away

    def _paint_blocks(self, painter: QPainter, nodes: Ints) -> None:
        boxes, index = self.drawing.boxes, self.coloring.index[nodes]
        painter.setPen(Qt.PenStyle.NoPen)
        for i, brush in enumerate(self._solids):
            painter.setBrush(brush)
            painter.drawRects([boxes[node] for node in nodes[index == i].tolist()])

    def _paint_lines(self, painter: QPainter, edges: Ints, pen: QPen) -> None:
        is_wanted = np.zeros(len(self.drawing.visible.sources), bool)
        is_wanted[edges] = True
        chosen = np.flatnonzero(is_wanted[self.drawing.segment_edges])
        painter.setPen(pen)
        segments = self.drawing.segments
        painter.drawLines([segments[i] for i in chosen.tolist()])

    # Edges

    def _paint_edges(self, painter: QPainter, edges: Ints, pen: QPen) -> None:
        if len(edges) > _MOST_CURVES:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._paint_lines(painter, edges, pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for edge in edges.tolist():
            painter.drawPath(self._path(edge))
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        for edge in edges.tolist():
            painter.drawPolygon(self._arrowhead(edge))

    def _path(self, edge: int) -> QPainterPath:
        if edge not in self._paths:
            points = self._points(edge)
            self._paths[edge] = _curve(points) if points else self._loop(edge)
        return self._paths[edge]

    def _points(self, edge: int) -> list[list[float]]:
        placed = self.drawing.placed
        points: list[list[float]] = placed.points[
            placed.starts[edge] : placed.starts[edge + 1]
        ].tolist()
        return points

    def _loop(self, edge: int) -> QPainterPath:
        box = self.drawing.boxes[int(self.drawing.visible.sources[edge])]
        path = QPainterPath(QPointF(box.right(), box.center().y() - 10))
        right = box.right() + 32
        path.cubicTo(right, box.top() - 8, right, box.bottom() + 8, *_below(box))
        return path

    def _arrowhead(self, edge: int) -> QPolygonF:
        points = self._points(edge)
        if not points:
            x, y = _below(self.drawing.boxes[int(self.drawing.visible.sources[edge])])
            return QPolygonF([QPointF(x, y), QPointF(x + 8, y - 3), QPointF(x + 6, y + 6)])
        x, y = points[-1]
        back = -8 if y > points[-2][1] else 8
        return QPolygonF([QPointF(x, y), QPointF(x - 4, y + back), QPointF(x + 4, y + back)])

    # Boxes

    def _paint_box(self, painter: QPainter, node: int, zoom: float) -> None:
        kind, _ = self.drawing.visible.nodes[node]
        box, color = self.drawing.boxes[node], int(self.coloring.index[node])
        painter.setPen(self._rims[color])
        painter.setBrush(self._fills[color])
        if kind == "group" or self.drawing.subgraphs_of(node):
            painter.drawRoundedRect(box.translated(4, 4), _ROUND, _ROUND)
        radius = BOX_HEIGHT / 2 if kind in ("input", "output") else _ROUND
        painter.drawRoundedRect(box, radius, radius)
        if kind == "group":
            self._paint_shares(painter, node, box)
        ink = self._inks[color]
        self._text.paint(painter, node, box, ink, None if zoom >= NEAR else zoom)

    def _paint_shares(self, painter: QPainter, node: int, box: QRectF) -> None:
        """A strip that says how a group is made up."""
        left, width = box.left() + _ROUND, box.width() - 2 * _ROUND
        for share, color in self.coloring.shares.get(node, ()):
            strip = QRectF(left, box.bottom() - _STRIP - 3, width * share, _STRIP)
            painter.fillRect(strip, QColor(color))
            left += width * share

    # What stands out

    def _paint_marks(self, painter: QPainter, nodes: Ints, zoom: float, marks: Marks) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if marks.edges:
            edges = np.array(sorted(marks.edges), np.int64)
            self._paint_edges(painter, edges, self._pen(self._colors.accent, _at_least(2, zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(self._colors.warning, _at_least(2.5, zoom)))
        for node in [n for n in nodes.tolist() if n in marks.found] if marks.found else ():
            painter.drawRoundedRect(self.drawing.boxes[node].adjusted(-4, -4, 4, 4), 9, 9)
        if marks.current is not None:
            self._paint_current(painter, marks.current, zoom)

    def _paint_current(self, painter: QPainter, node: int, zoom: float) -> None:
        edges = self.drawing.edges_of(node)
        self._paint_edges(painter, edges, self._pen(self._colors.accent, _at_least(2, zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(self._colors.accent, _at_least(3, zoom)))
        gap = _at_least(2, zoom)
        painter.drawRoundedRect(self.drawing.boxes[node].adjusted(-gap, -gap, gap, gap), 8, 8)

    # Labels

    def _paint_labels(self, painter: QPainter, area: QRectF) -> None:
        ground = QColor(self._colors.window)
        ground.setAlpha(205)
        painter.setFont(self._text.label_font)
        muted = QColor(self._colors.muted)
        for label in self.drawing.edge_labels.within(area):
            box = QRectF(label.x - 2, label.y, label.width + 4, LABEL_HEIGHT)
            if label.needs_ground:
                painter.fillRect(box, ground)
            painter.setPen(muted)
            painter.drawText(QPointF(label.x, label.y + LABEL_HEIGHT - 3), label.text)
        painter.setFont(self._text.group_font)
        painter.setPen(muted)
        for label in self.drawing.group_labels.within(area):
            text, width = self._text.cut_group(label.text, label.width)
            box = QRectF(label.x - 2, label.y, width + 4, LABEL_HEIGHT)
            painter.fillRect(box, self._tints[label.about % 2])
            painter.drawText(QPointF(label.x, label.y + LABEL_HEIGHT - 3), text)

    def _pen(self, color: str, width: float) -> QPen:
        return QPen(QColor(color), width)


def mixed(color: str, ground: str, share: float) -> QColor:
    """``share`` of a colour on a ground, opaque."""
    one, other = QColor(color), QColor(ground)
    parts = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a * share + b * (1 - share)) for a, b in parts))


def _ink(ground: QColor, colors: Colors, is_strong: bool) -> Ink:
    """What can be read on a ground: the theme's own colours unless that is a strong one."""
    is_dark_text = QColor(colors.text).lightnessF() < 0.5
    is_light_ground = ground.lightnessF() > 0.5
    if is_dark_text == is_light_ground:
        plain = QColor(colors.text)
        return Ink(plain, plain if is_strong else QColor(colors.muted))
    plain = QColor("#14181e" if is_light_ground else "#ffffff")
    return Ink(plain, plain)


def _at_least(pixels: float, zoom: float) -> float:
    """A width that does not get thinner on the screen when one goes away."""
    return pixels / min(1.0, zoom)


def _below(box: QRectF) -> tuple[float, float]:
    """Where a loop comes back."""
    return box.right(), box.center().y() + 10


def _curve(points: list[list[float]]) -> QPainterPath:
    """Straight where it goes straight down, else an S with upright ends."""
    path = QPainterPath(QPointF(*points[0]))
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (y0 + y1) / 2
        if x0 == x1:
            path.lineTo(x1, y1)
        else:
            path.cubicTo(x0, middle, x1, middle, x1, y1)
    return path
