"""A whole drawing as a file. Plain functions for a worker."""

from math import inf
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from trtstudio.gui.graph.painting import Marks, Painting
from trtstudio.gui.parts.picture_images import as_png
from trtstudio.gui.theme import Colors
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file

_SVG_DPI = 96
_SHARPNESS = 2.0
_LONGEST_SIDE = 30_000
_MOST_PIXELS = 120e6


def save_drawing(path: Path, painting: Painting, colors: Colors) -> None:
    """Write a drawing as SVG or PNG, after the suffix. Raises StudioError where that cannot be."""
    content = (_svg if path.suffix.lower() == ".svg" else _png)(painting, colors)
    with whole_file(path) as file:
        file.write(content)


def _svg(painting: Painting, colors: Colors) -> bytes:
    area = painting.drawing.area
    content = QByteArray()
    buffer, generator = QBuffer(content), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_SVG_DPI)
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRect(0, 0, round(area.width()), round(area.height())))
    generator.setTitle(painting.drawing.structure.graph.name)
    painter = QPainter(generator)
    _paint(painter, painting, colors, 1.0)
    painter.end()
    return bytes(content.data())


def _png(painting: Painting, colors: Colors) -> bytes:
    area = painting.drawing.area
    scale = min(
        _SHARPNESS,
        _LONGEST_SIDE / max(area.width(), area.height()),
        (_MOST_PIXELS / (area.width() * area.height())) ** 0.5,
    )
    size = QSize(max(1, round(area.width() * scale)), max(1, round(area.height() * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise StudioError(
            "There is not enough memory for a picture of this graph.",
            hint="Save it as SVG, or fold some groups first.",
        )
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(painter, painting, colors, scale)
    painter.end()
    return as_png(image)


def _paint(painter: QPainter, painting: Painting, colors: Colors, zoom: float) -> None:
    area = painting.drawing.area
    painter.fillRect(QRectF(0, 0, area.width(), area.height()), QColor(colors.window))
    painter.translate(-area.topLeft())
    painting.paint(painter, area, zoom, Marks(), crowd=inf)
