"""Pixels as Qt's images. Plain functions; those that make a QPixmap in the main thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap

from trtstudio.model.run import Array

PREVIEW_SIDE = 1280
"""What a picture is scaled down to for the screen; networks are fed from the picture itself."""


def as_image(pixels: Array) -> QImage:
    """An image of its own from uint8 RGB pixels, height x width x 3."""
    height, width = pixels.shape[:2]
    data = pixels if pixels.flags.c_contiguous else pixels.copy()
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def rgba_image(pixels: Array) -> QImage:
    """An image of its own from uint8 RGBA pixels, height x width x 4."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def as_png(image: QImage) -> bytes:
    """The content of a PNG file: what Qt writes to a file itself may be cut without a word."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


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
