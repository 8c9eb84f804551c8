"""Draws what a network found on a picture: boxes, polygons and key points with labels. Main thread
only.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from trtstudio.gui.picture.class_names import mark_of

if TYPE_CHECKING:
    from trtstudio.vision.answer import Detection

Skeleton = Sequence[tuple[int, int]]
Place = Callable[[float, float], QPointF]
"""Brings the picture's pixels to the widget's."""

_TAB_PADDING = 4.0
_CROWD = 25
"""From so many objects on labels are smaller."""
_POINT_RADIUS = 3.0


class Marker:
    """Draws with ``painter`` where ``place`` says; all labels stay within ``bounds``."""

    def __init__(
        self,
        painter: QPainter,
        place: Place,
        bounds: QRectF,
        count: int,
    ) -> None:
        self._painter = painter
        self._place = place
        self._bounds = bounds
        if count >= _CROWD:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)

    def draw(
        self, detection: "Detection", skeleton: Skeleton, *, is_highlighted: bool, is_dim: bool
    ) -> None:
        """One object; where another one is highlighted, ``is_dim`` leaves the label out."""
        painter = self._painter
        color = class_qcolor(detection.index)
        painter.setPen(QPen(color, 4 if is_highlighted else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(self._outline(detection))
        self._draw_points(detection, skeleton)
        if not is_dim:
            self._draw_label(detection, color)

    def _outline(self, detection: "Detection") -> QPolygonF:
        left, top, right, bottom = detection.box
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        return QPolygonF([self._place(x, y) for x, y in detection.polygon or corners])

    def _draw_points(self, detection: "Detection", skeleton: Skeleton) -> None:
        points, painter = detection.keypoints, self._painter
        if not points:
            return
        for number, (start, end) in enumerate(skeleton):
            if points[start].score and points[end].score:
                painter.setPen(QPen(class_qcolor(number), 2))
                first, last = points[start], points[end]
                painter.drawLine(self._place(first.x, first.y), self._place(last.x, last.y))
        for number, point in enumerate(points):
            if point.score:
                painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
                painter.setBrush(class_qcolor(number))
                painter.drawEllipse(self._place(point.x, point.y), _POINT_RADIUS, _POINT_RADIUS)

    def _draw_label(self, detection: "Detection", color: QColor) -> None:
        from trtstudio.vision.drawing.class_colors import class_color, ink_on

        painter = self._painter
        text = mark_of(detection)
        tab = self._tab(detection, QFontMetricsF(painter.font()), text)
        painter.fillRect(tab, color)
        painter.setPen(QColor(*ink_on(class_color(detection.index))))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, text)

    def _tab(self, detection: "Detection", metrics: QFontMetricsF, text: str) -> QRectF:
        """Where a label goes: above the box, or inside where above is no room."""
        corner = self._place(*detection.box[:2])
        width = metrics.horizontalAdvance(text) + 2 * _TAB_PADDING
        height = metrics.height() + _TAB_PADDING / 2
        room = self._bounds
        left = max(room.left(), min(corner.x() - 1, room.right() - width))
        above = corner.y() - height
        return QRectF(left, above if above >= room.top() else corner.y(), width, height)


def class_qcolor(index: int) -> QColor:
    """The colour that stands for a class everywhere, in saved pictures too."""
    from trtstudio.vision.drawing.class_colors import class_color

    return QColor(*class_color(index))
