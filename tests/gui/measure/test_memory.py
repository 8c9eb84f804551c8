"""Memory before running, in the window: what is asked for, by a real engine process."""

import pytest
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.memory_form import MemoryForm
from trtstudio.gui.measure.memory_ledgers import Count, MemoryLedgers
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import Shape
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.runtime import Installation

WAIT_MS = 30_000


@pytest.fixture
def sessions(workspace: Workspace) -> Sessions:
    """Of a machine without TensorRT."""
    workspace.installation = Installation(None)
    return Sessions(workspace, workspace)


@pytest.fixture
def ledgers(workspace: Workspace, sessions: Sessions) -> MemoryLedgers:
    return MemoryLedgers(workspace, sessions, workspace)


def counted(
    qtbot: QtBot, ledgers: MemoryLedgers, document: Document, shapes: dict[str, Shape]
) -> Count:
    ledgers.start(document, 1, shapes)
    count = ledgers.count(document)
    assert count is not None
    qtbot.waitUntil(lambda: not count.is_running, timeout=WAIT_MS)
    return count


def test_a_model_is_counted_as_it_would_be_loaded(
    qtbot: QtBot, sessions: Sessions, ledgers: MemoryLedgers, sample_document: Document
) -> None:
    sessions.choose_options(sample_document, LoadOptions(weight_streaming=0))  # of engines only
    sessions.reshape(sample_document, {"images": (3, 3, 64, 64)})
    form = MemoryForm()
    qtbot.addWidget(form)
    for shapes in ({}, {"images": (3, 3, 64, 64)}):
        count = counted(qtbot, ledgers, sample_document, shapes)
        assert count.error is None and count.ledger is not None
        assert count.ledger.shapes == {"images": (3, 3, 64, 64)}
        form.show_state(count)
        assert form._boxes["images"].placeholderText() == "3 x 3 x 64 x 64"
    wrong = counted(qtbot, ledgers, sample_document, {"images": (1, 3, 64, 64)})
    assert wrong.ledger is None and wrong.error is not None
    assert "images" in wrong.error.message


def test_the_usual_shape_follows_the_model(
    qtbot: QtBot, sessions: Sessions, ledgers: MemoryLedgers, sample_document: Document
) -> None:
    form = MemoryForm()
    qtbot.addWidget(form)
    form.show_state(counted(qtbot, ledgers, sample_document, {}))
    box = form._boxes["images"]
    assert box.placeholderText() == "1 x 3 x 224 x 224"
    form.show_state(counted(qtbot, ledgers, sample_document, {"images": (5, 3, 224, 224)}))
    assert box.placeholderText() == "1 x 3 x 224 x 224", "what was asked for is not the usual"
    sessions.reshape(sample_document, {"images": (2, 3, 224, 224)})
    form.show_state(counted(qtbot, ledgers, sample_document, {}))
    assert box.placeholderText() == "2 x 3 x 224 x 224"
