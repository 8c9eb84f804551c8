"""A real window over real engine processes, closed again after each test."""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", reason="PySide6 is not installed")

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTranslator, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui import settings
from trtstudio.gui.app import load_translations
from trtstudio.gui.document import Document
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Engines
from trtstudio.host.job import Job
from trtstudio.model import core_words
from trtstudio.model.runtime import Installation

WAIT_MS = 60_000


@pytest.fixture(autouse=True)
def _garbage_in_the_main_thread() -> Iterator[None]:
    """As in the application: collected in a worker, Qt's objects would be destroyed there."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Nothing is given up after pytest-qt's 5 s, in which a busy machine does little."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=30_000))
    return qtbot


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    """A workspace with engine processes of its own."""
    qapp.setStyle("Fusion")
    theme().apply("light")
    made = Workspace(Engines())
    yield made
    made.shut_down()


class NoEngines:
    """Where no engine ever answers."""

    def submit(self, request: object, _interpreter: object = None) -> Job[Any]:
        return Job(request, lambda _job, _grace_s: None)

    def close(self) -> None:
        pass


@pytest.fixture
def idle(qapp: QApplication) -> Iterator[Workspace]:
    """A workspace without engine processes."""
    theme().apply("light")
    made = Workspace(NoEngines(), qapp)  # type: ignore[arg-type]
    yield made
    made.shut_down()


@pytest.fixture
def panel(qtbot, idle: Workspace) -> PropertiesPanel:
    """The properties beside an idle workspace, as wide as its dock."""
    made = PropertiesPanel(idle)
    made.resize(300, 600)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    """Engine processes that all tests of a file share, since starting them takes a while."""
    made = Engines()
    yield made
    made.close()


@pytest.fixture
def lasting_workspace(engines: Engines, qtbot) -> Iterator[Workspace]:
    """A workspace over them, on a machine where no TensorRT was found."""
    theme().apply("light")
    made = Workspace(engines)
    made.installation = Installation(None)
    yield made
    for document in list(made.documents):
        made.close(document)
    qtbot.waitUntil(lambda: not made.jobs.running)
    made.courier.stop()
    made.io.shutdown()


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


@pytest.fixture
def all_told(qtbot: QtBot) -> Callable[[Workspace], None]:
    """Waits until all that the io thread was asked for so far has been told."""

    def wait(workspace: Workspace) -> None:
        told: list[object] = []
        workspace.courier.watch(workspace.io.submit(int), told.append, told.append)
        qtbot.waitUntil(lambda: bool(told))

    return wait


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """What is made after this call is in that language."""

    def load(chosen: str) -> None:
        settings.save_text("language", chosen)
        load_translations(qapp)

    yield load
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    core_words.use(None)


@pytest.fixture
def chinese(speak: Callable[[str], None]) -> None:
    """What is made from now on is in Chinese."""
    speak("zh_CN")


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
