"""Where the answers of a long run are saved: nothing is overwritten that was not asked about."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch.batches import Batches
from trtstudio.gui.batch.export import BatchExport
from trtstudio.gui.batch.model import BatchModel
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace


def test_the_name_with_its_suffix_is_asked_about(
    qtbot: QtBot, idle: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = Batches(idle, Sessions(idle, idle), idle)
    export = BatchExport(idle, batches, BatchModel(idle, batches))
    qtbot.addWidget(export)
    asked: list[str] = []
    answers: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return answers.pop(0) or name, ""

    def ask(*names: str) -> Path | None:
        asked.clear()
        answers[:] = names
        return export._ask_sheet()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    bare, whole = str(tmp_path / "sheet"), tmp_path / "sheet.png"
    assert ask(bare) == whole and asked == ["contact-sheet.png"]
    whole.touch()
    assert ask(bare, "") == whole and asked == ["contact-sheet.png", str(whole)]
    other = tmp_path / "other.jpg"
    other.touch()
    assert ask(bare, str(other)) == other  # the dialog asked about this one
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert export._ask_sheet() is None
