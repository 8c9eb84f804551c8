"""Every button says what it does: to who rests the mouse on it, and to who has it read out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QMenuBar,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.views import measure_views
from trtstudio.gui.notice import Notice
from trtstudio.gui.shell.page_stack import PAGES, WITHOUT_DOCUMENT
from trtstudio.gui.shell.window import MainWindow

WAIT_MS = 60_000


def unexplained(window: QWidget) -> set[str]:
    """The buttons without a tooltip or a name: what they are in, and what is on them."""
    return {
        f"{type(button.parent()).__name__}: {button.text()}"
        for button in window.findChildren(QAbstractButton)
        if is_ours(button) and not (explanation(button) and name(button))
    }


def is_ours(button: QAbstractButton) -> bool:
    """Qt puts some into its own widgets, as to clear a line. One that is hidden may have no name
    yet.
    """
    if isinstance(button.parent(), QLineEdit | QMenuBar | QTabBar):
        return False
    is_to_come = button.isHidden() and not name(button)
    return isinstance(button, QPushButton | QToolButton) and not is_to_come


def explanation(button: QAbstractButton) -> str:
    """The tooltip that is shown for it, perhaps that of its group; a large button may have a
    sentence on it instead.
    """
    return next(filter(None, (w.toolTip() for w in around(button))), button.accessibleDescription())


def around(widget: QWidget) -> Iterator[QWidget]:
    """The widget, and what it is in, up to its window."""
    while not widget.isWindow():
        yield widget
        widget = widget.parentWidget()


def name(button: QAbstractButton) -> str:
    return QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)


@pytest.fixture
def ready(qtbot: QtBot, window: MainWindow, sample_document: Document) -> MainWindow:
    """With a model, on a machine that is known."""
    assert window.workspace.current is sample_document
    with qtbot.waitSignal(window.workspace.installation_changed, timeout=WAIT_MS):
        window.workspace.probe()
    return window


def test_no_button_of_any_page_is_unexplained(ready: MainWindow) -> None:
    ready.notices.add(Notice("error", "It failed.", "Try again.", "details"))
    for page in ("compare", *WITHOUT_DOCUMENT, *PAGES):
        ready.show_page(page)
        assert unexplained(ready) == set(), page
    for view in measure_views():
        ready.page("measure").show_view(view.key)
        assert unexplained(ready) == set(), view.key
    for key in ("many", "pair"):
        ready.page("run").views.show_view(key)
        assert unexplained(ready) == set(), key
    ready.show_page("model")
    ready.page("model").show_form("graph")
    assert unexplained(ready) == set()


def test_no_button_of_an_answer_is_unexplained(qtbot: QtBot, ready: MainWindow) -> None:
    ready.show_page("run")
    page = ready.page("run")
    qtbot.waitUntil(lambda: bool(page.samples) and page.samples[0].isVisible())
    qtbot.mouseClick(page.samples[0].buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result is not None and page.result.isVisible())
    assert unexplained(ready) == set()
