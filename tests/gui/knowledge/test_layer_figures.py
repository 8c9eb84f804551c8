"""Figures of layers, and the columns that show them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.inspect.graph_model import GraphModel
from trtstudio.gui.inspect.model_page import ModelPage
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.knowledge.layer_figures import layer_times
from trtstudio.gui.rows.graph_rows import FIRST_LAYER, Column, GraphRows
from trtstudio.gui.rows.sort_order import sort_order
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.measure.layer_profile import LayerProfile, LayerTime
from trtstudio.model.onnx.costs import cost


class NoEngines:
    def close(self) -> None:
        pass


@pytest.fixture
def idle(qapp: QApplication) -> Iterator[Workspace]:
    qapp.setStyle("Fusion")
    theme().apply("light")
    workspace = Workspace(NoEngines(), qapp)  # type: ignore[arg-type]
    yield workspace
    workspace.shut_down()


@pytest.fixture
def page(qtbot: QtBot, idle: Workspace) -> ModelPage:
    made = ModelPage(idle)
    made.resize(1100, 560)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sample(qtbot: QtBot, idle: Workspace, page: ModelPage, sample_model: Path) -> Document:
    with qtbot.waitSignal(idle.insights.found):
        idle.open([sample_model])
        qtbot.waitUntil(lambda: idle.current is not None)
        assert idle.current is not None
        idle.insights.insight(idle.current)
    assert page.table is not None and idle.current is not None
    return idle.current


def chain(*names: str, view: str = "onnx") -> Graph:
    layers = [Layer(i, n, "Relu", (i,), (i + 1,), origins=(n,)) for i, n in enumerate(names)]
    tensors = [Tensor(f"t{i}") for i in range(len(names) + 1)]
    return Graph(view, "g", layers, tensors, (0,), (len(names),))  # type: ignore[arg-type]


def profile(*layers: LayerTime) -> LayerProfile:
    return LayerProfile("TensorRT", "GPU", {}, 5, layers, 9.0)


def timed(ms: float, position: int, *origins: str) -> LayerTime:
    return LayerTime("+".join(origins), "conv", ms, ms, 0.1, position, origins)


FUSED = profile(timed(4.0, 0, "a", "b"), timed(1.0, 1, "c"), timed(0.5, -1))


def test_fused_nodes_share_the_time_of_their_kernel() -> None:
    values, at_most = layer_times(chain("a", "b", "c", "d"), FUSED)
    assert values == {0: 4.0, 1: 4.0, 2: 1.0}
    assert at_most == {0, 1}


def test_layers_of_subgraphs_have_figures_too() -> None:
    body = chain("a", "c")
    holder = Layer(0, "if", "If", (), (), subgraphs=(chain("z"), body))
    graph = Graph("onnx", "g", [holder], [], (), ())
    values, at_most = layer_times(graph, FUSED)
    assert values == {0: 5.0}, "the kernels of all that is in it"
    assert at_most == {0}, "one of which has a node from elsewhere"
    inner = Figures("Time", layer_times(body, FUSED)[0].get, 4.0, "{:g} ms".format)
    figures = Figures("Time", values.get, 5.0, str, inside=_inside(inner))
    rows = GraphRows(graph)
    rows.figures = {Column.TIME: figures}
    said = [rows.cells((FIRST_LAYER, child))[Column.TIME].text for child in range(5)]
    assert said == ["", "", "", "4 ms", "1 ms"]


def _inside(figures: Figures) -> Callable[[int, tuple[int, ...]], Figures | None]:
    return lambda layer, path: figures if (layer, path) == (0, (1,)) else None


def test_an_engine_has_its_times_by_position() -> None:
    values, at_most = layer_times(chain("a + b", "c", "z", view="engine"), FUSED)
    assert values == {0: 4.0, 1: 1.0}
    assert not at_most
    short, _ = layer_times(chain("a + b", view="engine"), FUSED)
    assert short == {0: 4.0}, "of another build, with fewer layers"


def test_what_a_figure_says() -> None:
    figures = Figures("Time", {0: 1.0, 2: 4.0}.get, 4.0, "{:g} ms".format, frozenset((2,)))
    assert [figures.text(i) for i in range(3)] == ["1 ms", "", "≤ 4 ms"]
    assert [figures.part(i) for i in range(3)] == [0.25, None, 1.0]
    assert Figures("None", {}.get, 0.0, str).part(0) is None
    assert Figures("Zero", {0: 0.0}.get, 0.0, str).part(0) is None


def test_layers_sort_by_a_figure_and_those_without_one_stay_last() -> None:
    graph = chain("a", "b", "c", "d")
    figures = Figures("Time", {1: 3.0, 2: 1.0, 3: 2.0}.get, 3.0, str)
    assert sort_order(graph, Column.TIME, False, figures).tolist() == [2, 3, 1, 0]
    assert sort_order(graph, Column.TIME, True, figures).tolist() == [1, 3, 2, 0]
    assert sort_order(graph, Column.TIME).tolist() == [0, 1, 2, 3]


@pytest.mark.usefixtures("qapp")
def test_cells_of_figures(qtmodeltester: object) -> None:
    model = GraphModel(chain("a", "b"))
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert model.index(2, Column.TIME).data() == ""
    model.set_figures({Column.TIME: Figures("Time", {0: 2.0}.get, 2.0, "{:g} ms".format)})
    assert model.index(4, Column.TIME).data() == "2 ms"
    first = model.look(4, Column.TIME)
    assert (first.text, first.bar, first.is_right) == ("2 ms", 1.0, True)
    assert model.look(5, Column.TIME).bar is None
    assert model.look(0, Column.TIME).bar is None, "the inputs"


def test_costs_of_the_model_are_columns_to_choose(page: ModelPage, sample: Document) -> None:
    table = page.table
    assert table is not None and sample.graph is not None
    assert table.isColumnHidden(Column.FLOPS)
    assert Column.TIME not in table.header.columns()
    table.header.show_column(Column.FLOPS, True)
    flops = cost(sample.graph).layers[0].flops
    assert flops is not None
    row = table.graph_model.row((2, -1))
    assert row is not None
    assert table.graph_model.index(row, Column.FLOPS).data() == f"{flops / 1e6:,.2f} M"


def test_times_come_go_and_sort(
    qtbot: QtBot, idle: Workspace, page: ModelPage, sample: Document
) -> None:
    table = page.table
    assert table is not None and sample.graph is not None
    names = [layer.name for layer in sample.graph.layers]
    idle.figures.set_profile(sample, profile(timed(1.0, -1, names[3]), timed(2.0, -1, names[7])))
    assert not table.isColumnHidden(Column.TIME)
    assert idle.figures.names(sample, "onnx")[0] == "time"
    assert "time" not in idle.figures.names(sample, "engine")
    table.header.sort(Column.TIME)
    table.header.sort(Column.TIME)
    model = table.graph_model
    qtbot.waitUntil(lambda: model.place(4)[0] == 7 + 2)
    assert model.place(5)[0] == 3 + 2
    idle.figures.set_profile(sample, profile(timed(3.0, -1, names[3]), timed(2.0, -1, names[7])))
    qtbot.waitUntil(lambda: model.place(4)[0] == 3 + 2)
    before = model.index(4, Column.TIME)
    place = table.visualRect(before).center()
    filled = table.viewport().grab().toImage().pixelColor(place)
    assert filled != QColor(theme().colors.surface), "the bar"
    idle.set_engine(sample, Path("/a.plan"), chain("k", view="engine"))
    assert table.isColumnHidden(Column.TIME), "it runs as another engine now"
    assert page.grab().width() > 0


def test_figures_on_the_graph_are_asked_for(idle: Workspace, page: ModelPage, sample: Document):
    assert sample.graph is not None
    idle.figures.set_profile(sample, profile(timed(1.0, -1, sample.graph.layers[3].name)))
    idle.figures.graph_requested.emit("time")
    assert page.stack.currentWidget() is page._drawing
    assert page._drawing is not None
    assert page._drawing.tools.mode == "time"
