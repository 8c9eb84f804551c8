"""Engines that answer when a test tells them to, and a workspace over them. A file whose tests need
other engines has a fixture ``engines`` of its own.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.errors import Cancelled
from trtstudio.model.interpreters import OWN, Interpreter


class ToldJob:
    """A job that ends as it is told to."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.log: list[LogLine] = []
        self.grace_s: float | None = None

    def take_log(self) -> list[LogLine]:
        lines, self.log = self.log, []
        return lines

    def cancel(self, grace_s: float = 0.7) -> None:
        self.grace_s = grace_s
        self.future.set_exception(Cancelled("Stopped."))


class ToldEngines:
    """What was asked of them, and of which interpreters."""

    def __init__(self) -> None:
        self.jobs: list[ToldJob] = []
        self.interpreters: list[Interpreter] = []

    def submit(self, request: Any, interpreter: Interpreter = OWN) -> ToldJob:
        self.interpreters.append(interpreter)
        self.jobs.append(ToldJob(request))
        return self.jobs[-1]

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def told(qapp: QApplication, engines: Any) -> Iterator[Workspace]:
    workspace = Workspace(engines, qapp)
    yield workspace
    workspace.shut_down()
