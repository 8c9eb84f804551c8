"""Plans and the models that they were built from, both open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Selection
from trtstudio.gui.inspect import kinship as kinship_module
from trtstudio.gui.inspect.kinship import Kinship
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.inspect.reading_switch import ReadingSwitch
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.formats import ModelFile, read
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.plan.file import PlanHeader
from trtstudio.model.plan.record import BuildRecord, sha256_of

TIMEOUT_MS = 30_000
ENGINE = Graph("engine", "", [Layer(0, "k", "kgen", (), (), {}, ("/_fc/Gemm",))], [], (), ())


def plan_of(model: Path, sha256: str) -> ModelFile:
    request = BuildRequest(str(model), "/some/a.plan")
    result = BuildResult("/some/a.plan", 5, "", "", 1.0, (), (), {}, ENGINE)
    header = PlanHeader("tensorrt_rtx", "1.7.1.116", 5, 5)
    record = BuildRecord(request, result, sha256)
    return ModelFile(Path("/some/a.plan"), "plan", 5, ENGINE, header, record)


@pytest.mark.parametrize("is_plan_first", [False, True])
def test_the_model_has_the_engine_of_its_plan(
    qtbot: QtBot, idle: Workspace, sample_model: Path, is_plan_first: bool
) -> None:
    kinship = Kinship(idle)
    files = [read(sample_model), plan_of(sample_model, sha256_of(sample_model))]
    for file in reversed(files) if is_plan_first else files:
        idle._opened(file)
    model = next(d for d in idle.documents if d.file.format == "onnx")
    qtbot.waitUntil(lambda: "engine" in model.readings)
    assert model.readings["engine"].graph is ENGINE
    assert model.plan is None, "it is not run in the place of the model"
    switch = ReadingSwitch()
    qtbot.addWidget(switch)
    switch.show_readings(model, "onnx")
    assert switch.buttons["engine"].isEnabled()
    assert kinship.parent() is None


@pytest.mark.parametrize("is_built_here", [False, True])
def test_a_kernel_of_a_plan_leads_to_its_nodes(
    qtbot: QtBot, idle: Workspace, sample_model: Path, is_built_here: bool
) -> None:
    kinship, panel = Kinship(idle), PropertiesPanel(idle)
    qtbot.addWidget(panel)
    idle._opened(read(sample_model))
    (model,) = idle.documents
    if is_built_here:
        idle.set_engine(model, Path("/another.plan"), replace(ENGINE))
    idle._opened(plan_of(sample_model, sha256_of(sample_model)))
    plan = idle.documents[1]
    idle.select(Selection(plan, "layer", "engine", 0))
    qtbot.waitUntil(lambda: "href" in nodes_of(panel), timeout=TIMEOUT_MS)
    panel.anchorClicked.emit(QUrl(nodes_of(panel).split('href="')[1].split('"')[0]))
    assert idle.current is model and model.graph is not None and idle.selection is not None
    assert (idle.selection.document, idle.selection.view) == (model, "onnx")
    assert model.graph.layers[idle.selection.index].name == "/_fc/Gemm"
    idle.set_current(plan)
    idle.close(model)
    assert "/_fc/Gemm" in nodes_of(panel) and "href" not in nodes_of(panel)
    assert kinship.parent() is None


def nodes_of(panel: PropertiesPanel) -> str:
    """What the panel says after its heading of the nodes that a kernel was made of."""
    return panel.toHtml().partition("ONNX nodes")[2]


def test_a_model_that_has_changed_since_has_not(
    idle: Workspace,
    sample_model: Path,
    monkeypatch: pytest.MonkeyPatch,
    all_told: Callable[[Workspace], None],
) -> None:
    monkeypatch.setattr(kinship_module, "in_background", idle.io.submit)
    kinship = Kinship(idle)
    idle._opened(read(sample_model))
    idle._opened(plan_of(sample_model, "another"))
    model = idle.documents[0]
    all_told(idle)
    assert "engine" not in model.readings
    assert kinship.parent() is None
