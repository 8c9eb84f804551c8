"""Measurements are saved under a name with their suffix, and what is there stays unless the dialog
asked about it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.measure.bench_exports import ExportBar
from trtstudio.gui.measure.save_runs import SaveRuns
from trtstudio.gui.workspace import Workspace

Answer = Callable[..., Iterator[tuple[str, str]]]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Let the dialog answer these names in turn, of one kind."""

    def choose(kind: str, *names: Path | str) -> Iterator[tuple[str, str]]:
        turns = iter([(str(name), kind) for name in names])
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(turns))
        return turns

    return choose


def test_kept_runs(qtbot: QtBot, tmp_path: Path, answer: Answer) -> None:
    parent, saved = QWidget(), []
    qtbot.addWidget(parent)
    kept: Any = SimpleNamespace(save=lambda path, form, *_: saved.append((path, form)))
    save = SaveRuns(kept, parent)
    there = tmp_path / "kept.html"
    there.touch()
    turns = answer("HTML files (*.html)", tmp_path / "kept", "")
    save.actions["html"].trigger()
    assert not saved and not list(turns)
    answer("HTML files (*.html)", tmp_path / "kept", there)
    save.actions["html"].trigger()
    answer("JSON files (*.json)", tmp_path / "kept.html")
    save.actions["samples"].trigger()
    assert saved == [(there, "html"), (tmp_path / "kept.html.json", "samples")]


def test_a_benchmark(
    qtbot: QtBot,
    idle: Workspace,
    tmp_path: Path,
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved: list[tuple[Path, str]] = []
    monkeypatch.setattr(ExportBar, "save", lambda _, *told: saved.append(told))
    bar = ExportBar(idle)
    qtbot.addWidget(bar)
    bar.save_button.setEnabled(True)
    (tmp_path / "a.csv").touch()
    turns = answer("CSV of every inference (*.csv)", tmp_path / "a", "")
    bar.save_button.click()
    assert not saved and not list(turns)
    answer("CSV of every inference (*.csv)", tmp_path / "benchmark.json")  # as it was proposed
    bar.save_button.click()
    assert saved == [(tmp_path / "benchmark.csv", "samples")]
