"""The rows of a graph as Qt sees them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.gui.inspect.graph_model import GraphModel
from trtstudio.gui.rows.graph_rows import FIGURES, FIRST_LAYER, Column, GraphRows
from trtstudio.gui.rows.layer_query import parse_query
from trtstudio.gui.rows.outline import TOP
from trtstudio.gui.theme import theme
from trtstudio.model.graph import Graph, Layer, Tensor, layer_at
from trtstudio.model.onnx.file import read_onnx


def small_graph() -> Graph:
    tensors = [
        Tensor("images", "float32", ("N", 3, 8, 8), "input", "DEVICE"),
        Tensor("weight", "float32", (16, 3, 3, 3), "weight"),
        Tensor("features", "float16", ("N", 16, 8, 8)),
        Tensor("logits", "", None, "output"),
    ]
    layers = [
        Layer(0, "/Conv", "Conv", (0, 1, None), (2,)),
        Layer(1, "/Relu", "Relu", (2,), (3,)),
        Layer(2, "/Nothing", "", (), ()),
    ]
    return Graph("network", "small", layers, tensors, (0,), (3,))


def chain(count: int) -> Graph:
    tensors = [Tensor(f"t{i}", "float32", ("N", 64, 56, 56)) for i in range(count + 1)]
    layers = [
        Layer(
            i,
            f"/block.{i}/{'Conv' if i % 2 else 'Relu'}",
            "Conv" if i % 2 else "Relu",
            (i,),
            (i + 1,),
        )
        for i in range(count)
    ]
    return Graph("onnx", "chain", layers, tensors, (0,), (count,))


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[Graph], GraphModel]:
    """A model under Qt's own tester, whose names have been read."""
    theme().apply("light")
    kept = []

    def made(graph: Graph) -> GraphModel:
        model = GraphModel(graph)
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        kept.append((model, QAbstractItemModelTester(model, mode)))
        with qtbot.waitSignal(model.filtered):
            pass
        return model

    return made


def texts(model: GraphModel, row: int) -> list[str]:
    shown = [c for c in Column if c not in (Column.ELEMENTS, Column.FORMAT, *FIGURES)]
    return [model.index(row, column).data() for column in shown]


def test_rows_are_in_network_printers_order(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    rows = [texts(model, row) for row in range(model.rowCount())]
    assert rows == [
        ["", "", "Network inputs", "1", "", "", "", ""],
        ["In 0", "network input 0", "images", "", "", "N x 3 x 8 x 8", "float32", "DEVICE"],
        ["", "", "Network outputs", "", "1", "", "", ""],
        ["Out 0", "network output 0", "logits", "", "", "", "", ""],
        ["0", "Conv", "/Conv", "3", "1", "N x 16 x 8 x 8", "float16", ""],
        ["1", "Relu", "/Relu", "1", "1", "", "", ""],
        ["2", "", "/Nothing", "0", "0", "", "", ""],
    ]


def test_a_layer_unfolds_to_its_tensors(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    model.fold(4, unfolded=True)
    assert [texts(model, row)[:3] for row in range(5, 9)] == [
        ["In 0", "network input 0", "images"],
        ["In 1", "weight", "weight"],
        ["In 2", "", "None"],
        ["Out 0", "", "features"],
    ]
    assert [model.rows.tensor(model.place(row)) for row in range(5, 9)] == [0, 1, None, 2]
    assert model.is_unfolded(4)
    model.fold(4, unfolded=False)
    assert texts(model, 5)[0] == "1"


def test_what_has_no_tensors_does_not_unfold(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    last = model.rowCount() - 1
    assert not model.can_unfold(last)
    model.fold(last, unfolded=True)
    assert model.rowCount() == last + 1


def test_badges_and_colours_follow_the_theme(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    colors = theme().colors
    conv, dtype = model.look(4, Column.TYPE), model.look(4, Column.DTYPE)
    assert (conv.color, conv.is_badge) == (colors.layer("Conv"), True)
    assert (dtype.color, dtype.is_badge) == (colors.dtype("float16"), False)
    badge = model.look(1, Column.TYPE)
    assert (badge.color, badge.is_badge) == (colors.accent, True)
    theme().apply("dark")
    again = model.look(4, Column.TYPE)
    assert again.color == theme().colors.layer("Conv") != colors.layer("Conv")


def test_filter_shows_matches_and_counts_layers(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    model.set_filter(parse_query("conv"))
    assert [texts(model, row)[2] for row in range(model.rowCount())] == ["/Conv"]
    assert model.match_count == 1
    model.set_filter(parse_query("logits"))
    assert [texts(model, row)[2] for row in range(3)] == ["Network outputs", "logits", "/Relu"]
    assert model.match_count == 1
    model.set_filter(parse_query("no such thing"))
    assert model.rowCount() == model.match_count == 0
    model.set_filter(parse_query(" "))
    assert model.rowCount() == 7
    assert model.match_count == 3


def test_unfolded_layers_stay_unfolded_under_a_filter(
    make: Callable[[Graph], GraphModel],
) -> None:
    model = make(small_graph())
    model.fold(4, unfolded=True)
    model.set_filter(parse_query("conv"))
    assert model.rowCount() == 5
    model.set_filter(parse_query(""))
    assert model.rowCount() == 11


def test_a_filter_waits_until_the_names_are_read(qtbot: QtBot) -> None:
    model = GraphModel(chain(20_000))
    model.set_filter(parse_query("block.19999/"))
    assert model.is_filtering
    with qtbot.waitSignal(model.filtered):
        pass
    assert not model.is_filtering
    assert model.match_count == 1
    assert texts(model, 0)[2] == "/block.19999/Conv"


def test_a_hundred_thousand_layers(qtbot: QtBot) -> None:
    model = GraphModel(chain(100_000))  # Qt's tester would ask for every row
    with qtbot.waitSignal(model.filtered):
        pass
    assert model.rowCount() == 100_004
    model.fold(50_004, unfolded=True)
    assert texts(model, 50_005)[:3] == ["In 0", "", "t50000"]
    model.fold_all(unfolded=True)
    assert model.rowCount() == 2 * 2 + 3 * 100_000
    assert texts(model, model.rowCount() - 1)[:3] == ["Out 0", "network output 0", "t100000"]
    with qtbot.waitSignal(model.filtered):
        model.set_filter(parse_query("99999/conv"))
    assert model.match_count == 1


def test_real_models_hold_every_tensor(
    make: Callable[[Graph], GraphModel], light_models: tuple[Path, ...]
) -> None:
    for path in light_models:
        graph = read_onnx(path)
        model = make(graph)
        model.fold_all(unfolded=True)
        places = model.places(0, model.rowCount() - 1)
        shown = [model.rows.tensor(place) for place in places if place[1] != TOP]
        expected = [*graph.inputs, *graph.outputs]
        for layer in graph.layers:
            expected += [*layer.inputs, *layer.outputs]
        assert shown == expected


@given(st.integers(0, 3))
def test_a_tensor_is_found_where_it_comes_from(tensor: int) -> None:
    rows = GraphRows(small_graph())
    place = rows.find_tensor(tensor)
    assert place is not None
    assert rows.tensor(place) == tensor
    assert place == [(0, 0), (FIRST_LAYER, 1), (FIRST_LAYER, 3), (FIRST_LAYER + 1, 1)][tensor]


def test_a_row_says_aloud_whether_it_is_folded(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(4, 0).data(role) == "0 folded"
    model.fold(4, unfolded=True)
    assert model.index(4, 0).data(role) == "0 unfolded"
    assert model.data(QModelIndex(), role) is None


def test_elements_are_counted_beside_dynamic_dimensions(
    make: Callable[[Graph], GraphModel],
) -> None:
    shapes = [("N", 3, 224, 224), (1, 1000), (-1, "M"), (), None, (0, 7), ("N", 1)]
    tensors = [Tensor(str(i), shape=shape) for i, shape in enumerate(shapes)]
    model = make(Graph("onnx", "g", [], tensors, (), tuple(range(len(shapes)))))
    found = [model.index(row, Column.ELEMENTS).data() for row in range(2, model.rowCount())]
    assert found == ["N x 150,528", "1,000", "? x M", "1", "", "0", "N"]


def test_an_order_can_be_set_and_dropped(make: Callable[[Graph], GraphModel]) -> None:
    model = make(small_graph())
    model.fold(4, unfolded=True)
    model.set_order(np.array([2, 0, 1]))
    assert [texts(model, row)[0] for row in (4, 5, 6, 10)] == ["2", "0", "In 0", "1"]
    model.set_filter(parse_query("images"))
    model.set_order(None)
    assert [texts(model, row)[2] for row in range(3)] == ["Network inputs", "images", "/Conv"]


def test_what_is_typed_next_replaces_a_search_under_way(qtbot: QtBot) -> None:
    model = GraphModel(chain(20_000))
    model.set_filter(parse_query("block.*1$", is_regex=True))
    model.set_filter(parse_query("type:none"))
    model.set_filter(parse_query("name:/block.7/"))
    qtbot.waitUntil(lambda: not model.is_filtering)
    assert model.match_count == 1


def test_deep_subgraphs_have_rows_in_order() -> None:
    graph = Graph("onnx", "g0", [Layer(0, "l0", "Abs", (), ())], [], (), ())
    for depth in range(1, 30):
        holder = Layer(
            0, f"l{depth}", "If", (), (), subgraphs=(graph, graph) if depth < 4 else (graph,)
        )
        graph = Graph("onnx", f"g{depth}", [holder], [], (), ())
    rows = GraphRows(graph)
    count = rows.count(FIRST_LAYER)
    places = [(FIRST_LAYER, child) for child in range(count)]
    paths = [inner.path for place in places if (inner := rows.inner(place))]
    assert len(set(paths)) == count
    for place, path in zip(places, paths, strict=True):
        assert rows.find_inner(0, path) == place
        inner = rows.inner(place)
        assert inner is not None
        assert rows.layer(place) == 0
        if inner.layer is not None:
            assert layer_at(graph, 0, path) == (inner.graph, inner.layer)
