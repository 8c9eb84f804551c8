"""Where files and pictures are dropped: a page that takes them anywhere, and the area that says so.
Main thread only.
"""

from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo, QMimeData, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.icons import set_picture
from trtstudio.gui.theme import GRID, colors
from trtstudio.model.files import address_of

_ICON_SIDE = 48
_MOST_LINES = 10_000
_LONGEST_ADDRESS = 10_000


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that are being dragged or pasted; as text too, where
    that is nothing but absolute paths and ``file://`` URLs, one a line, and one of them is there.
    """
    if mime.hasUrls():
        return [Path(name) for name in map(QUrl.toLocalFile, mime.urls()) if name]
    lines = mime.text().splitlines()
    if len(lines) > _MOST_LINES:
        return []
    names = []
    for words in filter(None, (line.strip().strip("\"'") for line in lines)):
        name = _as_url(words).toLocalFile()
        if not _can_be_meant(name):
            return []
        names.append(name)
    # A comment in a program may look like a path.
    return [Path(name) for name in names] if any(map(QFileInfo.exists, names)) else []


def _as_url(text: str) -> QUrl:
    return QUrl.fromLocalFile(text) if QDir.isAbsolutePath(text) else QUrl(text)


def _can_be_meant(name: str) -> bool:
    """Whether text may mean this file: no root folder, and no resource of Qt's."""
    return bool(Path(name).name) and "\n" not in name and not name.startswith(":")


def paths_in(mime: QMimeData) -> list[Path]:
    """Its ``local_paths``; where there are none and no picture, but addresses on the network, the
    first as a path: whoever opens it says that nothing comes from there.
    """
    return local_paths(mime) or ([] if mime.hasImage() else _addresses(mime))


def _addresses(mime: QMimeData) -> list[Path]:
    urls = [url.toString() for url in mime.urls()]
    paths = [Path(words) for words in urls or mime.text()[:_LONGEST_ADDRESS].split()]
    return paths[:1] if all(map(address_of, paths)) else []


def image_in(mime: QMimeData) -> QImage | None:
    """A picture that is dragged or pasted as pixels, from a browser or a screenshot."""
    image = mime.imageData() if mime.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


class DropPage(QWidget):
    """A page that takes files and pictures anywhere, and shows so while they are above it."""

    paths_dropped = Signal(list)  # list[Path]
    image_dropped = Signal(QImage)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._veil = _Veil(self)

    def accept_mime(self, mime: QMimeData) -> bool:
        """Pass on what this holds; whether it held anything."""
        if paths := paths_in(mime):
            self.paths_dropped.emit(paths)
        elif (image := image_in(mime)) is not None:
            self.image_dropped.emit(image)
        else:
            return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()) or event.mimeData().hasImage():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._veil.show()
            self._veil.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        if self.accept_mime(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._veil.resize(event.size())
        super().resizeEvent(event)


class _Veil(QWidget):
    """Lies over a page while something is dragged above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        accent = QColor(colors().accent)
        tint = QColor(accent)
        tint.setAlpha(40)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 3))
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), GRID, GRID)
        painter.end()


class DropArea(QFrame):
    """Says what can be dropped here, or why nothing can; ``body`` takes buttons below the words."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        plain = Qt.TextFormat.PlainText  # names of files may look like tags
        self.title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=plain)
        self.title.setProperty("role", "title")
        self.hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=plain)
        self.hint.setProperty("role", "muted")
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        layout.addStretch()
        for widget in (self._icon, self.title, self.hint):
            layout.addWidget(widget)
        layout.addSpacing(GRID)
        layout.addLayout(self.body)
        layout.addStretch()
        set_picture(self._icon, icon_name, "muted", _ICON_SIDE)

    def say(self, title: str, hint: str, icon_name: str) -> None:
        """Change the words and the icon."""
        self.title.setText(title)
        self.hint.setText(hint)
        set_picture(self._icon, icon_name, "muted", _ICON_SIDE)
