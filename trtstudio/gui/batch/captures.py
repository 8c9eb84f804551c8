"""A part of the screen as a picture: the user draws a rectangle over all screens. Main thread
only.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from trtstudio.model.errors import StudioError

_SMALLEST = 4  # dots; less is a click by mistake
_HIDING_MS = 250  # until the window is gone from the screen

Taken = Callable[[QImage], None]

_open: set["ScreenOverlay"] = set()
"""Those on the screen: PySide destroys what nobody refers to, and the window stays hidden."""


def why_not() -> StudioError | None:
    """Why no picture of the screen can be taken; None where it can."""
    platform = QGuiApplication.platformName()
    if platform.startswith("wayland"):
        return StudioError(
            _tr("Wayland does not let programs see the screen."),
            hint=_tr("Take a picture with the desktop's own tool and paste it with Ctrl+V."),
        )
    return None


def capture(window: QWidget, taken: Taken, failed: Callable[[StudioError], None]) -> None:
    """Hide the window for a moment and let its user choose a part of the screen that it is on;
    ``taken`` gets that, unless Esc is pressed. ``failed`` where the platform forbids it.
    """
    refusal = why_not()
    if refusal is not None:
        failed(refusal)
        return
    screen = window.screen()
    window.hide()

    def choose() -> None:
        pixmap = screen.grabWindow(0)
        if pixmap.isNull() or pixmap.width() < _SMALLEST:
            show_again()
            failed(
                StudioError(_tr("The screen cannot be read here."), hint=_tr("Paste a picture."))
            )
            return
        ScreenOverlay(screen, pixmap, taken, show_again).begin()

    def show_again() -> None:
        window.show()
        window.activateWindow()

    QTimer.singleShot(_HIDING_MS, window, choose)


class ScreenOverlay(QWidget):
    """The frozen screen, on which a rectangle is drawn. It closes when that is done, by Esc, or as
    any window does; ``ended`` is called then, before ``taken``.
    """

    def __init__(
        self, screen: QScreen, pixmap: QPixmap, taken: Taken, ended: Callable[[], None]
    ) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | Qt.WindowType.Tool)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Choose a part of the screen"))
        self._screen_geometry = screen.geometry()
        self._pixmap = pixmap
        self._taken, self._ended = taken, ended
        self._has_ended = False
        self._start: QPoint | None = None
        self._rect = QRect()

    def begin(self) -> None:
        """Cover the screen."""
        _open.add(self)
        self.destroyed.connect(lambda: _open.discard(self))
        self.setGeometry(self._screen_geometry)
        self.show()
        self.activateWindow()
        self.setFocus()

    def chosen(self) -> QImage | None:
        """The rectangle's own dots; None for one that is too small."""
        ratio = self._pixmap.width() / max(1, self.width())
        rect = self._rect.normalized().intersected(self.rect())
        dots = QRect(rect.topLeft() * ratio, QSize(rect.size() * ratio))
        if min(dots.width(), dots.height()) < _SMALLEST:
            return None
        image = self._pixmap.toImage()
        image.setDevicePixelRatio(1)
        return image.copy(dots)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start = event.position().toPoint()
        self._rect = QRect(self._start, QSize())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._rect = QRect(self._start, event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._start = None
        image = self.chosen()
        if image is not None:
            self.close()
            self._taken(image)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._has_ended:
            self._has_ended = True
            self._ended()  # while this is open: the program would end with its last window
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._pixmap)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
        rect = self._rect.normalized()
        if rect.isValid():
            painter.save()
            painter.setClipRect(rect)
            painter.drawPixmap(self.rect(), self._pixmap)
            painter.restore()
            painter.setPen(QPen(QColor("white"), 1))
            painter.drawRect(rect)
        else:
            painter.setPen(QColor("white"))
            words = self.tr("Draw a rectangle over what the model is to see; Esc ends this.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Captures", text)
