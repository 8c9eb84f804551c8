"""What is to be seen of a graph, what flows between it, and its labels and colours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.gui.graph.coloring import color_nodes
from trtstudio.gui.graph.drawing import Drawing, Sight, draw
from trtstudio.gui.graph.flow import flow_of, neighbours
from trtstudio.gui.graph.labels import edge_text
from trtstudio.gui.graph.placed import Placed, Placing
from trtstudio.gui.graph.placing.layout import lay_out
from trtstudio.gui.graph.visible import Node, see, see_only
from trtstudio.gui.graph.walking import step
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.theme import LIGHT
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.grouping import ROOT, group_layers

ADVANCE = 6.6


def block_graph() -> Graph:
    """images -> stem -> a block of three with a skip -> logits; one weight."""
    tensors = [
        Tensor("images", "float32", ("N", 3, 8, 8), "input"),
        Tensor("weight", "float32", (16, 3, 3, 3), "weight"),
        Tensor("stem", "float16", ("N", 16, 8, 8)),
        Tensor("a", "float16", ("N", 16, 8, 8)),
        Tensor("b", "int8", ("N", 16, 8, 8)),
        Tensor("logits", "float32", ("N", 16), "output"),
    ]
    layers = [
        Layer(0, "/stem/Conv", "Conv", (0, 1), (2,)),
        Layer(1, "/block/Conv", "Conv", (2, None), (3,)),
        Layer(2, "/block/Relu", "Relu", (3,), (4,)),
        Layer(3, "/block/Add", "Add", (4, 2), (5,)),
    ]
    return Graph("onnx", "block", layers, tensors, (0,), (5,))


class Here(Placing):
    """Places in this process, which is quicker for small graphs."""

    def run(self, count: int, sources: np.ndarray, targets: np.ndarray) -> Placed:
        edges = list(zip(sources.tolist(), targets.tolist(), strict=True))
        centers, routes = lay_out(count, edges)
        starts = np.cumsum([0, *map(len, routes)])
        points = [point for route in routes for point in route]
        return Placed(np.reshape(centers, (-1, 2)), starts, np.reshape(points, (-1, 2)))


def draw_all(graph: Graph, sight: Sight | None = None) -> Drawing:
    return draw(graph, None, sight or Sight(), ADVANCE, Here())


def edges_of(drawing: Drawing) -> set[tuple[Node, Node]]:
    visible = drawing.visible
    pairs = zip(visible.sources.tolist(), visible.targets.tolist(), strict=True)
    return {(visible.nodes[s], visible.nodes[t]) for s, t in pairs}


def layer(position: int) -> Node:
    return Node("layer", position)


def test_everything_unfolded() -> None:
    drawing = draw_all(block_graph())
    assert edges_of(drawing) == {
        (Node("input", 0), layer(0)),
        (layer(0), layer(1)),
        (layer(0), layer(3)),
        (layer(1), layer(2)),
        (layer(2), layer(3)),
        (layer(3), Node("output", 5)),
    }
    assert Node("input", 1) not in drawing.visible.nodes  # a weight is no node


def test_a_folded_group_stands_for_its_layers() -> None:
    drawing = draw_all(block_graph(), Sight(frozenset((ROOT,))))
    group = Node("group", 1)
    assert edges_of(drawing) == {
        (Node("input", 0), layer(0)),
        (layer(0), group),
        (group, Node("output", 5)),
    }
    node = drawing.node_of_layer(2)
    assert node is not None and drawing.visible.nodes[node] == group
    assert drawing.visible.makeup[1].types == (("Conv", 1), ("Relu", 1), ("Add", 1))
    assert dict(drawing.visible.makeup[1].dtypes) == {"float16": 1, "int8": 1, "float32": 1}


def test_loops_cycles_and_loose_ends() -> None:
    tensors = [Tensor("x"), Tensor("y"), Tensor("z"), Tensor("unused", role="input")]
    layers = [
        Layer(0, "self", "Loop", (0,), (0,)),
        Layer(1, "there", "There", (2, 0), (1,)),
        Layer(2, "back", "Back", (1,), (2,)),
        Layer(3, "also", "Also", (), (1,)),
        Layer(4, "alone", "", (None,), (None,)),
    ]
    drawing = draw_all(Graph("engine", "odd", layers, tensors, (3,), (3,)))
    assert edges_of(drawing) == {
        (layer(0), layer(0)),
        (layer(0), layer(1)),
        (layer(1), layer(2)),
        (layer(3), layer(2)),
        (layer(2), layer(1)),
        (Node("input", 3), Node("output", 3)),
    }


def test_several_tensors_make_one_edge() -> None:
    tensors = [Tensor("x", "float32", (1,)), Tensor("y", "int64", (2,))]
    layers = [Layer(0, "a", "Split", (), (0, 1)), Layer(1, "b", "Add", (0, 1, 0), ())]
    drawing = draw_all(Graph("onnx", "two", layers, tensors, (), ()))
    assert drawing.visible.counts.tolist() == [2]
    assert [label.text for label in drawing.edge_labels.items] == ["1 float32 +1"]
    assert drawing.edges_of_tensor(1) == {0}


def test_neighbours() -> None:
    graph = block_graph()
    flow = flow_of(graph)
    assert neighbours(flow, {2}, 1, 100) == {1, 2, 3}
    assert neighbours(flow, {2}, 2, 100) == {0, 1, 2, 3, 5}  # 5 is the output
    assert neighbours(flow, {2}, 9, 4) == {1, 2, 3, 0}
    seen = see_only(graph, flow, frozenset((1, 2)))
    assert seen.nodes == (layer(1), layer(2))
    assert len(seen.sources) == 1


def test_labels_say_shape_and_dtype_once() -> None:
    drawing = draw_all(block_graph())
    texts = [label.text for label in drawing.edge_labels.items]
    assert sorted(texts) == [
        "N×16 float32",
        "N×16×8×8 float16",
        "N×16×8×8 float16",
        "N×16×8×8 int8",
        "N×3×8×8 float32",
    ]
    assert [label.text for label in drawing.group_labels.items] == ["block"]


def test_long_labels_are_cut() -> None:
    text = edge_text(Tensor("x", "float8_e4m3fn", (123456,) * 40), 3)
    assert len(text) == 24
    assert text.endswith("… +2")
    assert edge_text(Tensor("x"), 1) == ""


@st.composite
def random_graphs(draw_: st.DrawFn) -> Graph:
    scopes = st.sampled_from(["/a/x", "/a/y", "/b", ""])
    count = draw_(st.integers(0, 15))
    tensor = st.one_of(st.none(), st.integers(0, 19))
    sides = st.lists(tensor, max_size=4).map(tuple)
    layers = [
        Layer(i, f"{draw_(scopes)}/Op_{i}", "Op", draw_(sides), draw_(sides)) for i in range(count)
    ]
    tensors = [Tensor(f"t{i}", "float32", (i, 64, 56)) for i in range(20)]
    ends = st.lists(st.integers(0, 19), max_size=3, unique=True).map(tuple)
    return Graph("network", "random", layers, tensors, draw_(ends), draw_(ends))


@given(random_graphs(), st.sets(st.integers(1, 9)))
def test_edges_agree_with_the_tensors(graph: Graph, unfolded: set[int]) -> None:
    """Against the definition, for any graph and any folding."""
    grouping, flow = group_layers(graph), flow_of(graph)
    shown = frozenset({ROOT, *(g for g in unfolded if g < len(grouping.groups))})
    visible = see(graph, flow, grouping, shown)

    def node_of(position: int) -> Node:
        path = grouping.around(position)[::-1]
        folded = next((group for group in path if group not in shown), None)
        return Node("layer", position) if folded is None else Node("group", folded)

    expected = set()
    for reader in graph.layers:
        for read in {p for p in reader.inputs if p is not None}:
            target = node_of(reader.index)
            if read in graph.inputs:
                expected.add((Node("input", read), target))
            for writer in graph.layers:
                if read in writer.outputs:
                    pair = node_of(writer.index), target
                    if pair[0] != pair[1] or pair[0].kind == "layer":
                        expected.add(pair)
    for output in graph.outputs:
        if output in graph.inputs:
            expected.add((Node("input", output), Node("output", output)))
        for writer in graph.layers:
            if output in writer.outputs:
                expected.add((node_of(writer.index), Node("output", output)))
    pairs = zip(visible.sources.tolist(), visible.targets.tolist(), strict=True)
    assert {(visible.nodes[s], visible.nodes[t]) for s, t in pairs} == expected


@given(random_graphs())
def test_labels_never_overlap(graph: Graph) -> None:
    drawing = draw_all(graph)
    items = drawing.edge_labels.items
    corners = [(label.x, label.y, label.x + label.width, label.y + 14) for label in items]
    for i, (left, top, right, bottom) in enumerate(corners):
        for other in corners[:i]:
            is_apart = (
                left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
            )
            assert is_apart
        for box in drawing.boxes:
            assert (
                left >= box.right()
                or right <= box.left()
                or top >= box.bottom()
                or (bottom <= box.top())
            )


def test_colours_by_type_and_by_dtype() -> None:
    drawing = draw_all(block_graph(), Sight(frozenset((ROOT,))))
    by_type = color_nodes(drawing, LIGHT, "type")
    nodes = drawing.visible.nodes
    colors = {nodes[i]: by_type.palette[c] for i, c in enumerate(by_type.index.tolist())}
    assert colors[layer(0)] == LIGHT.layer("Conv")
    (shares,) = by_type.shares.values()
    assert {color for _, color in shares} == {LIGHT.layer(t) for t in ("Conv", "Relu", "Add")}
    assert sum(share for share, _ in shares) == pytest.approx(1)
    assert dict(by_type.keys)[LIGHT.layer("Conv")] == "Conv"
    by_dtype = color_nodes(drawing, LIGHT, "dtype")
    assert by_dtype.palette[by_dtype.index[nodes.index(layer(0))]] == LIGHT.dtype("float16")
    assert {text for _, text in by_dtype.keys} == {"float16", "int8", "float32"}


def test_colours_by_a_figure() -> None:
    drawing = draw_all(block_graph(), Sight(frozenset((ROOT,))))
    figures = Figures("Time", {0: 1.0, 1: 2.0, 3: 5.0}.get, 5.0, "{:g} ms".format)
    coloring = color_nodes(drawing, LIGHT, "time", figures)
    assert coloring.is_heat
    assert [text for _, text in coloring.keys] == ["1 ms", "5 ms"]
    notes = {drawing.visible.nodes[i]: text for i, text in coloring.notes.items()}
    assert notes == {layer(0): "1 ms", Node("group", 1): "up to 5 ms"}  # the hottest in it
    steps = {drawing.visible.nodes[i]: int(c) for i, c in enumerate(coloring.index)}
    assert steps[layer(0)] < steps[Node("group", 1)]


def test_figures_that_are_all_the_same() -> None:
    figures = Figures("Size", {0: 0.0, 1: 0.0}.get, 0.0, "{:g}".format)
    coloring = color_nodes(draw_all(block_graph()), LIGHT, "time", figures)
    assert [text for _, text in coloring.keys] == ["0", "0"]


def test_arrows_walk_along_edges() -> None:
    drawing = draw_all(block_graph())
    at = [drawing.node_of_layer(i) for i in range(4)]
    assert step(drawing, at[0], "down") == at[1]  # the skip is longer
    assert step(drawing, at[3], "up") == at[2]
    assert step(drawing, at[0], "left") is None
    ends = np.flatnonzero([node.kind == "output" for node in drawing.visible.nodes])
    assert step(drawing, int(ends[0]), "down") is None


def test_tensors_are_found() -> None:
    drawing = draw_all(block_graph())
    assert drawing.node_of_tensor(2) == drawing.node_of_layer(0)
    assert drawing.node_of_tensor(1) == drawing.node_of_layer(0)  # a weight: who reads it
    assert len(drawing.edges_of_tensor(2)) == 2
    assert drawing.edges_of_tensor(1) == frozenset()
