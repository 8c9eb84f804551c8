"""Draws what a network found on a picture: boxes, polygons and key points with labels. Main thread
only.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from trtstudio.vision.drawing.label_places import LabelPlaces, label_corner

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
    """Draws with ``painter`` where ``place`` says; all labels stay within ``bounds``, and as far as
    there is room beside each other.
    """

    def __init__(
        self,
        painter: QPainter,
        place: Place,
        bounds: QRectF,
        count: int,
    ) -> None:
        self._painter = painter
        self._place = place
        if count >= _CROWD:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)
        self._metrics = QFontMetricsF(painter.font())
        self._height = self._metrics.height() + _TAB_PADDING / 2
        self._bounds = bounds
        edges = bounds.left(), bounds.top(), bounds.right(), bounds.bottom()
        self._places = LabelPlaces(edges, self._height)

    def draw(
        self, detection: "Detection", skeleton: Skeleton, *, is_highlighted: bool = False
    ) -> None:
        """One object without its label, which no other outline is to cross."""
        painter = self._painter
        color = class_qcolor(detection.index)
        painter.setPen(QPen(color, 4 if is_highlighted else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(self._outline(detection))
        self._draw_points(detection, skeleton)

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

    def label(self, detection: "Detection", text: str) -> QRectF | None:
        """Write this on it; gives where, None where nothing of it is in sight. The first to be
        written has the best place.
        """
        from trtstudio.vision.drawing.class_colors import class_color, ink_on

        outline = self._outline(detection).boundingRect().adjusted(-1, -1, 1, 1)
        if not outline.intersects(self._bounds):
            return None
        painter = self._painter
        width = self._metrics.horizontalAdvance(text) + 2 * _TAB_PADDING
        scale = self._place(1, 0).x() - self._place(0, 0).x()
        corner = self._place(*label_corner(detection, width / scale))
        tab = QRectF(*self._places.take(corner.x() - 1, corner.y(), width), width, self._height)
        painter.fillRect(tab, class_qcolor(detection.index))
        painter.setPen(QColor(*ink_on(class_color(detection.index))))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, text)
        return tab


def class_qcolor(index: int) -> QColor:
    """The colour that stands for a class everywhere, in saved pictures too."""
    from trtstudio.vision.drawing.class_colors import class_color

    return QColor(*class_color(index))
