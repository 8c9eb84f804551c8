"""A picture, what a network found in it, and which part of it the network saw: as large as it fits,
or zoomed. Main thread only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from trtstudio.gui.picture.class_names import mark_of
from trtstudio.gui.picture.layers import Layer, layers_of
from trtstudio.gui.picture.marks import Marker, Place
from trtstudio.gui.picture.zoom import PictureZoom
from trtstudio.gui.theme import theme

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in the picture's own pixels."""

MASK_OPACITY = 0.5
_DIMMED = QColor(0, 0, 0, 90)
_STEP = 1.25
_PAN = 40
_SQUARES = 4.0
"""From so many dots a pixel on pixels are seen as squares."""


class PictureView(QWidget):
    """Shows a picture with its proportions kept; what the network did not see of it is dimmed.

    The wheel, + and - zoom, dragging and the arrows move, 0 or a double click shows all. While B is
    held down, or ``set_bare``, the picture is shown without its answer.
    """

    pointed = Signal(object)  # tuple[float, float] | None: in the picture's pixels
    zoomed = Signal(float)  # 1: all of it is seen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.highlighted: int | None = None
        self._zoom = PictureZoom()
        self._image: QImage | None = None
        self._answer: Answer | None = None
        self._layers: tuple[Layer, ...] = ()
        self._opacity: float | None = None
        self._seen: Box | None = None
        self._is_bare = False
        self._grabbed: QPointF | None = None
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, 300)

    # What is shown

    def show_picture(
        self,
        image: QImage | None,
        size: QSize,
        answer: "Answer | None" = None,
        seen: Box | None = None,
    ) -> None:
        """Show ``image``, which may be smaller than the picture itself: the answer counts in
        ``size``. ``seen`` is the part that the network was given, None for all of it.

        A picture of the same size stays zoomed as it was.
        """
        if size != self._zoom.size:
            self._zoom.size = size
            self.fit()
        self._image, self._seen = image, seen
        if answer is not self._answer:
            self._answer, self._layers = answer, layers_of(answer)
        self.highlighted = None
        self.update()

    @property
    def has_layers(self) -> bool:
        """Whether anything lies over the picture whose opacity can be chosen."""
        return bool(self._layers)

    @property
    def has_cover(self) -> bool:
        """Whether the answer covers the picture wholly, as a heat map does."""
        return any(layer.is_cover for layer in self._layers)

    def set_opacity(self, opacity: float) -> None:
        """How much of what lies over the picture is seen, between 0 and 1; before this is called,
        half of a mask, and all of a heat map.
        """
        self._opacity = opacity
        self.update()

    def set_bare(self, is_bare: bool) -> None:
        """Show the picture without its answer, or with it."""
        self._is_bare = is_bare
        self.update()

    def highlight(self, index: int | None) -> None:
        """Let one detection stand out, by its position."""
        self.highlighted = index
        self.update()

    # Where it is

    @property
    def zoom(self) -> float:
        """1 where all of the picture is seen."""
        return self._zoom.factor

    def target(self) -> QRectF:
        """Where in this widget the picture is."""
        return self._zoom.target(QRectF(self.rect()))

    def to_picture(self, point: QPointF) -> tuple[float, float] | None:
        """A point of this widget in the picture's pixels, None outside of the picture."""
        target = self.target()
        if self._image is None or not target.contains(point):
            return None
        size = self._zoom.size
        x = (point.x() - target.left()) / target.width() * size.width()
        y = (point.y() - target.top()) / target.height() * size.height()
        return x, y

    def fit(self) -> None:
        """Show all of the picture."""
        self._zoom.fit()
        self._after_zoom()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Enlarge, and keep what is at ``around``, by default the middle, where it is."""
        room = QRectF(self.rect())
        self._zoom.zoom_by(factor, around if around is not None else room.center(), room)
        self._after_zoom()

    def _after_zoom(self) -> None:
        self.zoomed.emit(self.zoom)
        self.update()

    def _move(self, by: QPointF) -> None:
        self._zoom.move(by, QRectF(self.rect()))
        self.update()

    # What the user does

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self.zoom_by(_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.zoom > 1:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._move(event.position() - self._grabbed)
            self._grabbed = event.position()
        self.pointed.emit(self.to_picture(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._grabbed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {
            keys.Key_Left: QPointF(_PAN, 0),
            keys.Key_Right: QPointF(-_PAN, 0),
            keys.Key_Up: QPointF(0, _PAN),
            keys.Key_Down: QPointF(0, -_PAN),
        }
        key = keys(event.key())
        if key in moves and self.zoom > 1:
            self._move(moves[key])
        elif key in (keys.Key_Plus, keys.Key_Equal):
            self.zoom_by(_STEP)
        elif key == keys.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == keys.Key_0:
            self.fit()
        elif key == keys.Key_B and not event.isAutoRepeat():
            self.set_bare(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.set_bare(False)
        else:
            super().keyReleaseEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._image is None:
            return
        painter = QPainter(self)
        target = self.target()
        hint = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(hint, target.width() < _SQUARES * self._image.width())
        painter.drawImage(target, self._image)
        place = self._placing(target)
        if not self._is_bare:
            self._draw_layers(painter, place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._seen is not None:
            _dim_around(painter, target, _on_screen(self._seen, place))
        if not self._is_bare:
            self._draw_marks(painter, target, place)
        if self.hasFocus():
            painter.setPen(theme().colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw_layers(self, painter: QPainter, place: Place) -> None:
        painter.save()
        painter.setClipRect(self.target())
        for layer in self._layers:
            usual = 1.0 if layer.is_cover else MASK_OPACITY
            painter.setOpacity(usual if self._opacity is None else self._opacity)
            painter.drawImage(_on_screen(layer.box, place), layer.image)
        painter.restore()

    def _draw_marks(self, painter: QPainter, target: QRectF, place: Place) -> None:
        """The surest last, on top, and above all of them what is highlighted, which alone has a
        label then.
        """
        if self._answer is None:
            return
        detections, chosen = self._answer.detections, self.highlighted
        bounds = target.intersected(QRectF(self.rect()))
        marker = Marker(painter, place, bounds, len(detections))
        skeleton = self._answer.skeleton
        for index in reversed(range(len(detections))):
            if index != chosen:
                marker.draw(detections[index], skeleton)
        if chosen is not None:
            marker.draw(detections[chosen], skeleton, is_highlighted=True)
        for found in detections if chosen is None else (detections[chosen],):
            marker.label(found, mark_of(found, self._answer))

    def _placing(self, target: QRectF) -> Place:
        """What brings the picture's pixels to the widget's."""
        x_scale = target.width() / self._zoom.size.width()
        y_scale = target.height() / self._zoom.size.height()
        left, top = target.left(), target.top()
        return lambda x, y: QPointF(left + x * x_scale, top + y * y_scale)


def _on_screen(box: Box, place: Place) -> QRectF:
    left, top, right, bottom = box
    return QRectF(place(left, top), place(right, bottom))


def _dim_around(painter: QPainter, target: QRectF, seen: QRectF) -> None:
    painter.save()
    painter.setClipRect(target)
    for part in (
        QRectF(target.topLeft(), QPointF(target.right(), seen.top())),
        QRectF(QPointF(target.left(), seen.bottom()), target.bottomRight()),
        QRectF(QPointF(target.left(), seen.top()), seen.bottomLeft()),
        QRectF(seen.topRight(), QPointF(target.right(), seen.bottom())),
    ):
        painter.fillRect(part, _DIMMED)
    painter.restore()
