"""Runtimes side by side in the window: added, asked, removed, and chosen for the plans that fit."""

import os
import venv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.sessions.run_choice import Candidate, choose
from trtstudio.gui.sessions.runtimes_page import RuntimesPage
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import (
    OWN,
    Interpreter,
    KnownRuntime,
    read_interpreters,
    write_interpreters,
)
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.runtime import Device, Installation, Runtime

TIMEOUT_MS = 60_000
GPU = Device("GPU", "sm_86", 1 << 33)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds nothing of its own, and so finds what we have."""
    folder = tmp_path_factory.mktemp("venvs") / "other"
    venv.create(folder, symlinks=os.name == "posix")
    return folder


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> RuntimesPage:
    made = RuntimesPage(workspace)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(page: RuntimesPage, row: int) -> list[str]:
    return [page.table.item(row, column).text() for column in range(3)]


def test_an_environment_is_added_asked_and_removed(
    qtbot: QtBot, workspace: Workspace, page: RuntimesPage, environment: Path
) -> None:
    assert page.table.rowCount() == 1
    assert texts(page, 0)[1] == "the program's own"
    assert not page.add_button.isEnabled()
    qtbot.keyClicks(page.place, str(environment))
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=TIMEOUT_MS)
    interpreter = workspace.runtimes.known[1].interpreter
    qtbot.waitUntil(
        lambda: not workspace.runtimes.is_asking(interpreter) and bool(read_interpreters()),
        timeout=TIMEOUT_MS,
    )
    found = workspace.runtimes.known[1].installation
    assert found is not None
    assert texts(page, 1)[0] == (found.runtime.label if found.runtime else "No TensorRT")
    assert str(environment) in texts(page, 1)[1]

    page.table.selectRow(0)
    assert not page.remove_button.isEnabled()
    page.table.selectRow(1)
    qtbot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    assert page.table.rowCount() == 1
    qtbot.waitUntil(lambda: read_interpreters() == ())


def test_a_folder_without_python_is_refused_in_words(
    qtbot: QtBot, workspace: Workspace, page: RuntimesPage, tmp_path: Path
) -> None:
    page.place.setText(str(tmp_path))
    with qtbot.waitSignal(workspace.noticed) as noticed:
        qtbot.keyClick(page.place, Qt.Key.Key_Return)
    assert "no Python interpreter" in noticed.args[0].message
    assert page.table.rowCount() == 1


def test_the_list_of_an_earlier_start_is_shown(
    qtbot: QtBot, workspace: Workspace, page: RuntimesPage
) -> None:
    silent = KnownRuntime(Interpreter("/gone/bin/python"), None, "It is gone.")
    write_interpreters((known("1.6.1.120", "/venvs/16/bin/python"), silent))
    workspace.runtimes.load()
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    assert texts(page, 1) == ["TensorRT-RTX 1.6.1.120", "/venvs/16/bin/python", "sm_86"]
    assert texts(page, 2) == ["No TensorRT", "/gone/bin/python", "It is gone."]


def known(version: str, python: str = "") -> KnownRuntime:
    runtime = Runtime("tensorrt_rtx", version, targets=("sm_86",))
    return KnownRuntime(Interpreter(python), Installation(runtime, devices=(GPU,)))


@pytest.fixture
def plan(bad_files: Path) -> Path:
    """A plan of TensorRT-RTX for sm_86."""
    return bad_files / "release.plan"


def test_a_plan_goes_to_the_runtime_that_built_it(plan: Path) -> None:
    version = read_plan_header(plan).version
    other = known(version, "/venvs/fits/bin/python")
    runtimes = (known("1.0.0.1"), other)
    choice = choose(Candidate(None, plan), "auto", runtimes)
    assert choice.interpreter == other.interpreter
    assert "because it built this engine" in choice.reason
    assert choose(Candidate(None, plan), "auto", (known(version), other)).interpreter == OWN
    chosen = choose(Candidate(None, plan), "auto", (known(version), other), other.interpreter)
    assert chosen.interpreter == other.interpreter
    assert "as chosen" in chosen.reason


def test_a_plan_that_fits_none_is_refused_with_what_to_install(plan: Path) -> None:
    version = read_plan_header(plan).version
    with pytest.raises(StudioError, match="needs TensorRT-RTX") as caught:
        choose(Candidate(None, plan), "auto", (known("1.0.0.1"), known("1.1.1.1", "/x")))
    assert version in caught.value.hint
