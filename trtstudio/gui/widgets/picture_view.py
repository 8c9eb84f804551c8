"""A picture as large as it fits, what a detector found in it, and which part of it the network saw.
Main thread only.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from trtstudio.gui.theme import colors, theme
from trtstudio.model.run import Array

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Detection

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in the picture's own pixels."""

_DIMMED = QColor(0, 0, 0, 90)
_TAB_PADDING = 4.0


def as_image(pixels: Array) -> QImage:
    """An image of its own from uint8 RGB pixels, height x width x 3."""
    height, width = pixels.shape[:2]
    data = pixels if pixels.flags.c_contiguous else pixels.copy()
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def thumbnail(pixels: Array, size: QSize, ratio: float) -> QPixmap:
    """The middle of a picture, filling ``size`` on a screen with ``ratio`` dots a pixel."""
    dots = size * ratio
    filled = as_image(pixels).scaled(
        dots,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    corner = QRect(QPoint(), filled.size()).center() - QRect(QPoint(), dots).center()
    result = QPixmap.fromImage(filled.copy(QRect(corner, dots)))
    result.setDevicePixelRatio(ratio)
    return result


class PictureView(QWidget):
    """Shows a picture with its proportions kept; what the network did not see of it is dimmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.highlighted: int | None = None
        self._image: QImage | None = None
        self._size = QSize(1, 1)
        self._detections: Sequence[Detection] = ()
        self._seen: Box | None = None
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, 300)

    def show_picture(
        self,
        image: QImage | None,
        size: QSize,
        detections: Sequence["Detection"] = (),
        seen: Box | None = None,
    ) -> None:
        """Show ``image``, which may be smaller than the picture itself: boxes count in ``size``.

        ``seen`` is the part that the network was given, None for all of it.
        """
        self._image, self._size, self._detections = image, size, detections
        self._seen = seen
        self.highlighted = None
        self.update()

    def highlight(self, index: int | None) -> None:
        """Let one detection stand out, by its position."""
        self.highlighted = index
        self.update()

    def target(self) -> QRectF:
        """Where in this widget the picture is."""
        fitted = self._size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRectF(0, 0, fitted.width(), fitted.height())
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.target(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._seen is not None:
            self._dim_around(painter, self._on_screen(self._seen))
        for index in reversed(range(len(self._detections))):  # the surest last, on top
            if index != self.highlighted:
                self._draw_detection(painter, self._detections[index], is_highlighted=False)
        if self.highlighted is not None:
            self._draw_detection(painter, self._detections[self.highlighted], is_highlighted=True)
        painter.end()

    def _on_screen(self, box: Box) -> QRectF:
        target = self.target()
        x = target.width() / self._size.width()
        y = target.height() / self._size.height()
        left, top, right, bottom = box
        corner = QPointF(target.left() + left * x, target.top() + top * y)
        return QRectF(corner, QPointF(target.left() + right * x, target.top() + bottom * y))

    def _dim_around(self, painter: QPainter, seen: QRectF) -> None:
        target = self.target()
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

    def _draw_detection(
        self, painter: QPainter, detection: "Detection", *, is_highlighted: bool
    ) -> None:
        palette = colors()
        color = QColor(palette.series[detection.index % len(palette.series)])
        box = self._on_screen(detection.box)
        painter.setPen(QPen(color, 4 if is_highlighted else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        text = f"{detection.label} {detection.score:.2f}"
        tab = self._tab(box, QFontMetricsF(painter.font()), text)
        painter.fillRect(tab, color)
        painter.setPen(QColor(palette.on_accent))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, text)

    def _tab(self, box: QRectF, metrics: QFontMetricsF, text: str) -> QRectF:
        """Where a box's label goes: above it, or inside where above is no room."""
        width = metrics.horizontalAdvance(text) + 2 * _TAB_PADDING
        height = metrics.height() + _TAB_PADDING / 2
        left = max(self.target().left(), min(box.left() - 1, self.width() - width))
        above = box.top() - height
        return QRectF(left, above if above >= self.target().top() else box.top(), width, height)
