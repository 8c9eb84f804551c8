"""A histogram as a small picture in the theme's colours. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from trtstudio.gui.theme import colors

HEIGHT = 48


def draw_histogram(counts: Sequence[int], width: int, ratio: float) -> QImage:
    """Bars side by side, ``width`` x ``HEIGHT`` points of ``ratio`` pixels each; a bin with any
    value in it can be seen.
    """
    image = QImage(
        round(width * ratio), round(HEIGHT * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    step, most = width / len(counts), max(counts)
    for i, count in enumerate(counts):
        if count:
            tall = max(count / most * (HEIGHT - 1), 1.0)
            bar = QRectF(i * step, HEIGHT - 1 - tall, max(step - 0.5, 1.0), tall)
            painter.fillRect(bar, QColor(colors().accent))
    painter.fillRect(QRectF(0, HEIGHT - 1, width, 1), QColor(colors().border))
    painter.end()
    return image
