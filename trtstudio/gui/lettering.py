"""Text of any script for pictures that are saved, in the window's own face. Any thread: Qt paints
on images outside of the main thread too.
"""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from trtstudio.model.run import Array

_LINE = 2.0  # rows of a mask, in capitals
_CAPITAL = 0.72  # of the size of usual faces


class QtLetters:
    """As ``trtstudio.vision.drawing.canvas.Letters`` wants them."""

    def mask(self, text: str, height: float) -> Array:
        """uint8 [rows, columns]: how much of each pixel the text covers."""
        return _mask(text, round(height * 4) / 4)


@lru_cache(256)
def _mask(text: str, height: float) -> Array:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(1, round(height / _CAPITAL)))
    rows = max(1, round(height * _LINE))
    columns = max(1, round(QFontMetricsF(font).horizontalAdvance(text)))
    image = QImage(columns, rows, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(QPointF(0, 0.75 * rows), text)
    painter.end()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(rows, image.bytesPerLine())
    return lines[:, :columns].copy()
