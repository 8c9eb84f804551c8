"""What the window works on, over engines that answer when a test tells them to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading
from trtstudio.gui.workspace import Workspace
from trtstudio.host.job import Job
from trtstudio.model import formats
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph


class ToldEngines:
    def __init__(self) -> None:
        self.jobs: list[Job[Any]] = []

    def submit(self, request: object, _interpreter: object = None) -> Job[Any]:
        self.jobs.append(Job(request, lambda _job, _grace_s: None))
        return self.jobs[-1]

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def told(qapp: QApplication, engines: ToldEngines) -> Iterator[Workspace]:
    made = Workspace(engines, qapp)  # type: ignore[arg-type]
    yield made
    made.shut_down()


@pytest.mark.parametrize("is_refused", [False, True])
def test_the_layers_of_an_older_engine_do_not_take_the_place_of_a_newer_one(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, sample_model: Path, is_refused: bool
) -> None:
    document = Document(formats.read(sample_model), plan=Path("model.plan"))
    older, newer = (Graph("engine", name, (), (), (), ()) for name in ("older", "newer"))
    told.request_reading(document, "engine")
    told.set_engine(document, Path("model.plan"), newer)
    if is_refused:
        engines.jobs[0].future.set_exception(StudioError("The plan is being written."))
    else:
        engines.jobs[0].future.set_result(older)
    qtbot.waitUntil(lambda: not told.jobs.running)
    assert document.readings["engine"] == Reading(newer)
