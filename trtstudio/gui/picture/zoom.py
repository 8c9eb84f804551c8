"""Where a picture lies in the room that it is shown in, as large as it fits or zoomed. Geometry
only; main thread.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt

MOST = 64.0


class PictureZoom:
    """``factor`` is 1 where all of it is seen. No room is left empty that it could fill."""

    def __init__(self) -> None:
        self.size = QSize(1, 1)
        self.factor = 1.0
        self._centre = QPointF(0.5, 0.5)  # of what is seen, as shares of the picture

    def fit(self) -> None:
        """Show all of it."""
        self.factor, self._centre = 1.0, QPointF(0.5, 0.5)

    def target(self, room: QRectF) -> QRectF:
        """Where the picture is, in the coordinates of the room."""
        fitted = self.size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = fitted.width() * self.factor, fitted.height() * self.factor
        left = _start(room.left(), room.width(), self._centre.x(), width)
        top = _start(room.top(), room.height(), self._centre.y(), height)
        return QRectF(left, top, width, height)

    def zoom_by(self, factor: float, around: QPointF, room: QRectF) -> None:
        """Enlarge or reduce, and keep what is at ``around`` where it is."""
        before = self.target(room)
        x, y = _shares(around, before)
        self.factor = min(max(self.factor * factor, 1.0), MOST)
        after = self.target(room)
        there = QPointF(after.left() + x * after.width(), after.top() + y * after.height())
        self.move(around - there, room)

    def move(self, by: QPointF, room: QRectF) -> None:
        """Move the picture, as far as its edges allow."""
        target = self.target(room)
        for _ in range(2):  # what was cut off at an edge is not remembered
            x, y = _shares(room.center() - by, target)
            self._centre = QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
            target, by = self.target(room), QPointF()


def _start(begin: float, room: float, centre: float, length: float) -> float:
    """Where the picture begins: in the middle where it is smaller than the room."""
    middle = begin + room / 2
    if length <= room:
        return middle - length / 2
    return min(begin, max(begin + room - length, middle - centre * length))


def _shares(point: QPointF, target: QRectF) -> tuple[float, float]:
    x = (point.x() - target.left()) / max(1.0, target.width())
    y = (point.y() - target.top()) / max(1.0, target.height())
    return x, y
