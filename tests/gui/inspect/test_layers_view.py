"""The Layers and Memory views of the Measure page, with real profiles and ledgers on the CPU."""

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.measure.layer_profile_text import summary
from trtstudio.gui.measure.layer_profiles import selection_of
from trtstudio.gui.measure.layer_time_model import Column, LayerTimeModel
from trtstudio.gui.measure.layers import LayersView
from trtstudio.gui.measure.memory import MemoryView
from trtstudio.gui.measure.memory_ledger_bar import MemoryLedgerBar, item_color
from trtstudio.gui.measure.memory_ledger_view import MemoryLedgerView
from trtstudio.gui.measure.memory_words import conditions, notes, verdict
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.errors import Cancelled
from trtstudio.model.measure.layer_profile import LayerProfile, LayerTime, by_node, by_type
from trtstudio.model.measure.memory import MemoryItem, MemoryLedger, ProfileMemory

LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 30_000


@pytest.fixture
def workspace(lasting_workspace: Workspace) -> Workspace:
    return lasting_workspace


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    page = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(900, 660)
    page.show()
    return page


@pytest.fixture
def sample(workspace: Workspace, sample_model: Path) -> Document:
    file = formats.read(sample_model)
    document = Document(file, {"onnx": Reading(file.graph)})
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


@pytest.fixture
def layers(page: MeasurePage, sample: Document) -> LayersView:
    assert page._workspace.current is sample
    view = page.show_view("layers")
    assert isinstance(view, LayersView)
    return view


@pytest.fixture
def profiled(qtbot: QtBot, layers: LayersView) -> LayerProfile:
    layers.iterations.setValue(3)
    qtbot.mouseClick(layers.start_button, LEFT)
    assert not layers.start_button.isEnabled()
    qtbot.waitUntil(lambda: layers._profile() is not None, timeout=WAIT_MS)
    profile = layers._profile()
    assert profile is not None
    return profile


def test_before_a_profile_the_view_says_what_would_be_there(layers: LayersView) -> None:
    assert layers.empty.isVisible() and not layers.table.isVisible()
    assert not layers.save_button.isEnabled()
    assert "Times every layer" in layers.words.text()


def test_layers_are_shown_and_told_by_node_and_type(
    qtbot: QtBot, layers: LayersView, profiled: LayerProfile
) -> None:
    model = layers.table.times
    assert layers.table.isVisible() and not layers.empty.isVisible()
    assert model.rowCount() == len(profiled.layers) > 10
    medians = [row.median_ms for row in model.rows]
    assert medians == sorted(medians, reverse=True)
    assert layers.bars.accessibleDescription().startswith(model.rows[0].name)
    assert layers.words.text() == summary(profiled)
    assert "images 1 x 3 x 224 x 224" in layers.status.text()
    qtbot.mouseClick(layers.segments.buttons["type"], LEFT)
    assert [row.name for row in model.rows] == [group.name for group in by_type(profiled)]
    assert layers.table.isColumnHidden(Column.NODES)
    assert not layers.table.isColumnHidden(Column.LAYERS)
    qtbot.mouseClick(layers.segments.buttons["node"], LEFT)
    assert [row.name for row in model.rows] == [group.name for group in by_node(profiled)]


def test_a_bar_and_a_row_select_the_layer(
    qtbot: QtBot,
    layers: LayersView,
    profiled: LayerProfile,
    workspace: Workspace,
    sample: Document,
) -> None:
    bars = layers.bars
    qtbot.mouseClick(bars, LEFT, pos=QPoint(bars.width() // 2, 8 + bars.pitch + 3))
    slowest = sorted(profiled.layers, key=lambda layer: -layer.median_ms)
    selection = workspace.selection
    assert selection is not None and sample.graph is not None
    assert sample.graph.layers[selection.index].name == slowest[1].origins[0]
    assert layers.table.currentIndex().row() == 1
    with qtbot.waitSignal(layers.page_requested) as asked:
        layers.table.setFocus()
        qtbot.keyClick(layers.table, Qt.Key.Key_Return)
    assert asked.args == ["model"]
    with qtbot.waitSignal(workspace.figures.graph_requested) as wanted:
        qtbot.mouseClick(layers.graph_button, LEFT)
    assert wanted.args == ["time"]


def test_the_times_are_laid_over_the_layers(
    profiled: LayerProfile, workspace: Workspace, sample: Document
) -> None:
    figures = workspace.figures.figures(sample, "onnx", "time")
    assert figures is not None
    slowest = max(profiled.layers, key=lambda layer: layer.median_ms)
    assert figures.greatest == pytest.approx(slowest.median_ms)


def test_copies_and_files(
    qtbot: QtBot, layers: LayersView, profiled: LayerProfile, tmp_path: Path, workspace: Workspace
) -> None:
    as_csv, as_json = layers.copy_button.menu().actions()
    as_csv.trigger()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text())))
    assert [row["name"] for row in rows] == [layer.name for layer in profiled.layers]
    as_json.trigger()
    told = json.loads(QGuiApplication.clipboard().text())
    assert told["whole_ms"] == profiled.whole_ms
    assert len(told["rows"]) == len(profiled.layers)
    with qtbot.waitSignal(workspace.noticed):
        layers.save(tmp_path / "a.json", "json")
    assert json.loads((tmp_path / "a.json").read_text()) == told


def test_a_profile_can_be_stopped(
    qtbot: QtBot, layers: LayersView, page: MeasurePage, sample: Document
) -> None:
    layers.iterations.setValue(100_000)
    layers.start()
    assert page.measurements.is_measuring(sample)
    qtbot.waitUntil(lambda: layers._timing().job is not None, timeout=WAIT_MS)
    page.stop()
    qtbot.waitUntil(lambda: not page.measurements.is_measuring(sample), timeout=WAIT_MS)
    timing = layers._timing()
    assert timing is not None and isinstance(timing.error, Cancelled)
    assert layers.status.text() == "Stopped."


def test_the_gap_is_said_either_way() -> None:
    layer = LayerTime("a", "conv", 4.0, 4.0, 1.0)
    profile = LayerProfile("TensorRT", "GPU", {}, 5, (layer,), 5.0)
    assert "1.000 ms (20 %) are between the layers" in summary(profile)
    overlap = LayerProfile("TensorRT", "GPU", {}, 5, (layer,), 3.0)
    assert "costs 1.000 ms (33 %)" in summary(overlap)


def test_a_kernel_is_selected_in_the_engine(sample: Document) -> None:
    layer = LayerTime("k", "conv", 1.0, 1.0, 1.0, 3, ("nowhere",))
    assert selection_of(sample, layer) is None
    assert sample.graph is not None
    engine = replace(sample.graph, view="engine")
    sample.readings["engine"] = Reading(engine)
    assert selection_of(sample, layer) == Selection(sample, "layer", "engine", 3)


@pytest.mark.usefixtures("qapp")
def test_the_model_of_times_sorts(qtmodeltester: object) -> None:
    names = ("b", "a", "c")
    layers = [LayerTime(n, "t", ms, ms, 0.3) for n, ms in zip(names, (2.0, 1.0, 3.0), strict=True)]
    model = LayerTimeModel()
    model.show_profile(LayerProfile("", "", {}, 1, tuple(layers), 6.0), "layer")
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert [row.name for row in model.rows] == ["c", "b", "a"]
    model.sort(Column.NAME, Qt.SortOrder.AscendingOrder)
    assert [row.name for row in model.rows] == ["a", "b", "c"]
    model.sort(Column.PLACE, Qt.SortOrder.AscendingOrder)
    assert [row.name for row in model.rows] == ["b", "a", "c"]


# Memory


@pytest.fixture
def memory(qtbot: QtBot, page: MeasurePage, sample: Document) -> MemoryView:
    view = page.show_view("memory")
    assert isinstance(view, MemoryView)
    wait_for_count(qtbot, view, sample)
    return view


def wait_for_count(qtbot: QtBot, view: MemoryView, document: Document) -> MemoryLedger:
    def is_there() -> bool:
        count = view.ledgers.count(document)
        return count is not None and not count.is_running

    qtbot.waitUntil(is_there, timeout=WAIT_MS)
    count = view.ledgers.count(document)
    assert count is not None and count.ledger is not None
    return count.ledger


def test_memory_is_counted_when_it_is_first_seen(
    qtbot: QtBot, memory: MemoryView, sample: Document, page: MeasurePage
) -> None:
    ledger = wait_for_count(qtbot, memory, sample)
    assert ledger.shapes == {"images": (1, 3, 224, 224)}
    assert memory.ledger.verdict.text().startswith("It fits: ")
    assert memory.ledger.items.rowCount() == len(ledger.items) + 1
    assert page.bar.isHidden(), "nothing is loaded for that"


def test_contexts_and_shapes_change_it(qtbot: QtBot, memory: MemoryView, sample: Document) -> None:
    form = memory.form(sample)
    before = wait_for_count(qtbot, memory, sample)
    form.contexts.setValue(3)
    box = form._boxes["images"]
    assert box.placeholderText() == "1 x 3 x 224 x 224"
    qtbot.keyClicks(box, "2 x 3 x 224")
    qtbot.keyClicks(box, " x")
    assert form.problem.isVisible() and not form.button.isEnabled()
    qtbot.keyClicks(box, " 224")
    assert form.button.isEnabled()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    after = wait_for_count(qtbot, memory, sample)
    sizes = [{item.kind: item for item in each.items} for each in (before, after)]
    assert sizes[1]["weights"] == sizes[0]["weights"]
    assert sizes[1]["activations"].count == 3
    assert sizes[1]["inputs"].bytes_each == 2 * sizes[0]["inputs"].bytes_each


def ledger(free: int, *sizes: int, **more: object) -> MemoryLedger:
    kinds = ("weights", "activations", "inputs")
    items = tuple(MemoryItem(k, s) for k, s in zip(kinds, sizes, strict=False))  # type: ignore[arg-type]
    return MemoryLedger("TensorRT", "RTX", items, free, 8 * 10**9, **more)  # type: ignore[arg-type]


def test_what_does_not_fit_says_by_how_much() -> None:
    words = verdict(ledger(10**6, 10**6, 500_000))
    assert words == "It does not fit by 500.0 kB: 1.5 MB of the 1.0 MB that are free on RTX."
    assert "not known" in verdict(ledger(0, 5))
    assert notes(ledger(0, 5, host_bytes=5, streamable_bytes=3)) == [
        "5 B of page-locked memory of the host are taken beside that.",
        "3 B of the weights could be streamed instead of being kept on the GPU.",
    ]
    assert conditions(ledger(0, 5, shapes={"x": (1, 2)})) == "TensorRT; x 1 x 2"


def test_the_bar_shows_the_items_side_by_side(qtbot: QtBot) -> None:
    bar = MemoryLedgerBar()
    qtbot.addWidget(bar)
    bar.resize(400, 60)
    bar.show_ledger(ledger(100, 50, 100))
    image = bar.grab().toImage()
    ratio = image.devicePixelRatio()

    def at(x: int) -> str:
        return image.pixelColor(int(x * ratio), int(10 * ratio)).name()

    assert at(60) == item_color("weights").name()
    assert at(200) == at(380) == item_color("activations").name()
    assert at(266) == theme().colors.error, "where the free memory ends"


def test_profiles_are_compared(qtbot: QtBot) -> None:
    view = MemoryLedgerView()
    qtbot.addWidget(view)
    profiles = (ProfileMemory(0, 5), ProfileMemory(1, 2000))
    view.show_ledger(ledger(10**9, 5, profiles=profiles, warnings=("Mind this.",)))
    assert view.profiles.rowCount() == 2 and not view.profiles.isHidden()
    assert view.profiles.item(1, 1).text() == "2.0 kB"
    assert "Mind this." in view.notes.text()
    view.show_ledger(ledger(10**9, 5, profiles=profiles[:1]))
    assert view.profiles.isHidden()
