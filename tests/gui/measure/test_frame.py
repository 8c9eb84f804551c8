"""Which changes the views of the Measure page follow."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.benchmark import BenchmarkView
from trtstudio.gui.measure.frame import StartStop, follow, hear
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.measure.sweep import SweepView
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats


def documents(workspace: Workspace, path: Path, count: int = 2) -> list[Document]:
    made = [Document(formats.read(path)) for _ in range(count)]
    workspace.documents += made
    return made


def test_what_is_seen_follows_the_current_document(
    qtbot: QtBot, idle: Workspace, sample_model: Path
) -> None:
    first, second = documents(idle, sample_model)
    view, told = QWidget(), list[str]()
    qtbot.addWidget(view)
    found = idle.lookups.found
    follow(view, idle, [found], lambda: told.append("whole"), [idle.runtimes.changed])
    hear(view, idle, [found], lambda: told.append("part"))
    idle.set_current(first)
    found.emit(first)
    idle.runtimes.changed.emit()
    assert not told, "it is hidden"
    view.show()
    found.emit(first)
    assert told == ["whole", "part"]
    found.emit(second)
    assert told == ["whole", "part"], "that is not the current one"
    idle.runtimes.changed.emit()
    assert told == ["whole", "part", "whole"]
    idle.set_current(second)
    assert told == ["whole", "part", "whole", "whole"]


@pytest.mark.parametrize(
    ("name", "kind", "whole"),
    [
        ("benchmark", BenchmarkView, "_show_loading"),
        ("sweep", SweepView, "_update_buttons"),
    ],
)
def test_another_document_is_shown_once(
    qtbot: QtBot,
    idle: Workspace,
    sample_model: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    kind: type[QWidget],
    whole: str,
) -> None:
    shown: list[str] = []
    real = getattr(kind, whole)

    def watched(view: QWidget, *rest: object) -> None:
        shown.append(name)
        real(view, *rest)

    monkeypatch.setattr(kind, whole, watched)
    page = MeasurePage(idle, Runs(idle, idle))
    qtbot.addWidget(page)
    page.show()
    first, second = documents(idle, sample_model)
    idle.set_current(first)
    page.show_view(name)
    idle.set_current(second)  # its session begins to load, and its form is made
    shown.clear()
    idle.set_current(first)
    idle.set_current(second)
    assert shown == [name] * 2


def test_either_button_says_what_it_does_or_why_not(qtbot: QtBot) -> None:
    buttons = StartStop("Start", "Starts it.", "Stops it.")
    qtbot.addWidget(buttons)
    assert (buttons.start.toolTip(), buttons.stop.toolTip()) == (
        "Starts it.",
        "Nothing is running.",
    )
    buttons.show_state("It is running.", is_running=True)
    assert (buttons.start.isEnabled(), buttons.stop.isEnabled()) == (False, True)
    assert (buttons.start.toolTip(), buttons.stop.toolTip()) == ("It is running.", "Stops it.")
