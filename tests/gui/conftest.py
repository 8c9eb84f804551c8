"""A real window over real engine processes, closed again after each test."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", reason="PySide6 is not installed")

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from trtstudio.gui.theme import theme
from trtstudio.gui.window import MainWindow
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.host.engines import Engines

WAIT_MS = 60_000


@pytest.fixture(autouse=True)
def _garbage_in_the_main_thread() -> Iterator[None]:
    """As in the application: collected in a worker, Qt's objects would be destroyed there."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    """A workspace with engine processes of its own."""
    qapp.setStyle("Fusion")
    theme().apply("light")
    made = Workspace(Engines())
    yield made
    made.shut_down()


@pytest.fixture
def window(qtbot, workspace: Workspace) -> MainWindow:
    """The main window, shown."""
    made = MainWindow(workspace)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sample_document(qtbot, workspace: Workspace, sample_model: Path) -> Document:
    """The bundled model, opened."""
    with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS) as opened:
        workspace.open([sample_model])
    document = opened.args[0]
    assert isinstance(document, Document)
    return document


def drag_enter(where: QPointF, data: QMimeData, *keys: object) -> QDragEnterEvent:
    """The event as this Qt takes it: from 6.12 on with a fractional position."""
    try:
        return QDragEnterEvent(where, Qt.DropAction.CopyAction, data, *keys)
    except TypeError:
        return QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, *keys)


@pytest.fixture
def drop(qapp: QApplication) -> Callable[[QWidget, list[Path]], bool]:
    """Drop files on the middle of a widget, as a file manager does; whether they were taken."""

    def send(widget: QWidget, paths: list[Path]) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        where = QPointF(widget.rect().center())
        keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = drag_enter(where, data, *keys)
        qapp.sendEvent(widget, enter)
        if enter.isAccepted():
            event = QDropEvent(where, Qt.DropAction.CopyAction, data, *keys, QEvent.Type.Drop)
            qapp.sendEvent(widget, event)
        return enter.isAccepted()

    return send
