"""A part of the screen is chosen while the window is hidden, which comes back in any case."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch import captures
from trtstudio.gui.batch.captures import ScreenOverlay
from trtstudio.model.errors import StudioError

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hidden(qtbot: QtBot) -> Iterator[QWidget]:
    """A window that is shown, for the screen to be captured without it."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    for overlay in _overlays():
        overlay.close()


def _overlays() -> list[ScreenOverlay]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, ScreenOverlay)]


def _wait_for_overlay(qtbot: QtBot) -> None:
    """Without keeping it, as the program does not either."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in _overlays()))


def _drag() -> None:
    (overlay,) = _overlays()
    QTest.mousePress(overlay, LEFT, pos=QPoint(20, 30))
    overlay._rect = QRect(QPoint(20, 30), QSize(60, 40))
    QTest.mouseRelease(overlay, LEFT, pos=QPoint(80, 70))


def _press_escape() -> None:
    QTest.keyClick(_overlays()[0], Qt.Key.Key_Escape)


def _close() -> None:
    """As by Alt+F4."""
    _overlays()[0].close()


def _fail(error: StudioError) -> None:
    raise error


@pytest.mark.parametrize(
    ("end", "size"), [(_drag, QSize(60, 40)), (_press_escape, None), (_close, None)]
)
def test_the_window_is_there_again_after_choosing(
    qtbot: QtBot, hidden: QWidget, end: Callable[[], None], size: QSize | None
) -> None:
    taken: list[QImage] = []
    captures.capture(hidden, taken.append, _fail)
    assert not hidden.isVisible()
    _wait_for_overlay(qtbot)
    end()
    assert hidden.isVisible()
    assert [image.size() for image in taken] == ([size] if size is not None else [])
    qtbot.waitUntil(lambda: not captures._open)


def test_a_rectangle_on_the_screen_is_taken_dot_by_dot(qtbot: QtBot) -> None:
    screen = QGuiApplication.primaryScreen()
    pixmap = QPixmap(2 * screen.size())
    pixmap.fill(QColor("black"))
    image = pixmap.toImage()
    for x in range(200, 240):
        for y in range(100, 160):
            image.setPixelColor(x, y, QColor("red"))
    taken: list[QImage] = []
    ended: list[bool] = []
    overlay = ScreenOverlay(
        screen, QPixmap.fromImage(image), taken.append, lambda: ended.append(True)
    )
    overlay.begin()
    qtbot.waitExposed(overlay)
    overlay.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.mouseClick(overlay, LEFT, pos=QPoint(5, 5))
    assert not taken, "a click is no rectangle"
    overlay._rect = QRect(QPoint(100, 50), QSize(20, 30))
    qtbot.mouseRelease(overlay, LEFT)
    (found,) = taken
    assert ended == [True] and found.size() == QSize(40, 60)
    assert found.pixelColor(0, 0) == found.pixelColor(39, 59) == QColor("red")
    captures._open.discard(overlay)


def test_where_the_platform_forbids_it_that_is_said(
    hidden: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    told: list[StudioError] = []
    captures.capture(hidden, lambda _: None, told.append)
    assert "Wayland" in told[0].message and hidden.isVisible()
