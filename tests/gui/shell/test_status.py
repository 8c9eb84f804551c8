"""The work under way in the status bar."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.shell import status
from trtstudio.gui.shell.status import StatusBar
from trtstudio.gui.workspace import Workspace
from trtstudio.model.requests import ProbeRequest


def begin(workspace: Workspace, title: str) -> WindowJob:
    return workspace.jobs.run(title, ProbeRequest(), lambda _: None, lambda _: None)


def test_stop_is_for_the_work_that_is_named_and_not_for_what_has_just_begun(
    qtbot: QtBot, idle: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[WindowJob] = []
    monkeypatch.setattr(status, "QUIET_S", 1000.0)
    monkeypatch.setattr(WindowJob, "cancel", lambda job: stopped.append(job))
    bar = StatusBar(idle)
    qtbot.addWidget(bar)
    bar.show()
    first = begin(idle, "First")
    first._started_at -= 2000.0
    qtbot.waitUntil(bar.stop_button.isVisible)
    begin(idle, "Second")
    assert bar.job_label.text().startswith("First")
    qtbot.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    assert stopped == [first]
