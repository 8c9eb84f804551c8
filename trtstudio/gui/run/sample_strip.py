"""The bundled pictures, to begin with. Main thread only, but for ``read_samples``."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from trtstudio import assets
from trtstudio.gui.parts.picture_images import thumbnail
from trtstudio.gui.run.feeds import THUMBNAIL_SIDE
from trtstudio.model.run import Array
from trtstudio.vision.scaling import scaled_down

LARGE_SAMPLE = QSize(128, 96)
SMALL_SAMPLE = QSize(36, 27)


def read_samples() -> dict[Path, Array]:
    """Thumbnails of them, uint8 RGB; for the io thread."""
    from trtstudio.vision.picture import read_picture

    return {
        path: scaled_down(read_picture(path).pixels, THUMBNAIL_SIDE)
        for path in assets.sample_pictures()
    }


class SampleStrip(QWidget):
    """The bundled pictures as buttons."""

    picked = Signal(Path)

    def __init__(
        self, pictures: Mapping[Path, Array], size: QSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.buttons = [self._button(path, pixels, size) for path, pixels in pictures.items()]
        for button in self.buttons:
            layout.addWidget(button)

    def _button(self, path: Path, pixels: Array, size: QSize) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setIcon(QIcon(thumbnail(pixels, size, self.devicePixelRatio())))
        button.setIconSize(size)
        words = self.tr("Run the sample picture {name}").format(name=path.stem)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.picked.emit(path))
        return button
