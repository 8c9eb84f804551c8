"""The findings and the costs of a file in the property panel."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading
from trtstudio.gui.inspect.insight import insight_sections
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.knowledge import insights
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding
from trtstudio.model.findings.insight import look
from trtstudio.model.onnx.costs import cost


@pytest.fixture
def sample(sample_model: Path) -> Document:
    file = formats.read(sample_model)
    assert file.graph is not None
    return Document(file, {"onnx": Reading(file.graph)})


def test_panel_shows_findings_when_they_arrive(
    qtbot: QtBot, idle: Workspace, sample_model: Path
) -> None:
    panel = PropertiesPanel(idle)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(idle.document_opened):
        idle.open([sample_model])
    assert "Looking for findings …" in panel.toPlainText()
    qtbot.waitUntil(lambda: "Looking for findings …" not in panel.toPlainText())
    document = idle.current
    assert document is not None and document.graph is not None
    total = cost(document.graph).total
    assert f"{total.parameters:,}" in panel.toPlainText()
    document.readings["network"] = Reading(problem=StudioError("Loop is refused.", hint="x"))
    idle.reading_changed.emit(document, "network")
    assert "Looking for findings …" in panel.toPlainText()
    qtbot.waitUntil(lambda: "Looking for findings …" not in panel.toPlainText())
    assert "✕" in panel.toPlainText()
    idle.close(document)
    assert idle.insights._answers == {}


def test_a_finding_leads_to_its_first_layers(sample: Document) -> None:
    insight = look(sample.path, sample.graph)
    finding = Finding("warning", "t", "w", tuple(range(17)))
    findings, costs = insight_sections(sample, type(insight)((finding,), insight.costs))
    values = [line[0] for line in findings.rows[0].lines]
    assert (values[0].text, values[0].tone) == ("t", "warning")
    assert [v.link.index for v in values if v.link is not None] == [0, 1, 2, 3, 4]
    assert values[-1].text == "and 12 more"
    assert [row.name for row in costs.rows] == ["Parameters", "Weights", "FLOPs"]


def test_failure_is_told(sample: Document) -> None:
    (section,) = insight_sections(sample, StudioError("It is gone.", hint="Open it again."))
    assert section.rows[0].lines[0][0].text == "It is gone."


def test_a_large_model_is_looked_at_by_an_engine_process(
    qtbot: QtBot, workspace: Workspace, sample_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insights, "LARGE", 10)
    with qtbot.waitSignal(workspace.document_opened):
        workspace.open([sample_model])
    document = workspace.current
    assert document is not None and document.graph is not None
    assert workspace.insights.insight(document) is None
    with qtbot.waitSignal(workspace.insights.found, timeout=60_000):
        pass
    found = look(sample_model, document.graph, weights=True)
    assert workspace.insights.insight(document) == found
    layers = document.graph.layers[:5]
    document.readings["onnx"] = Reading(replace(document.graph, layers=layers))
    monkeypatch.setattr(insights, "LARGE", 1)
    assert workspace.insights.insight(document) is None
    with qtbot.waitSignal(workspace.insights.found, timeout=60_000):
        pass
    found = workspace.insights.insight(document)
    assert isinstance(found, StudioError) and "has changed" in found.message
