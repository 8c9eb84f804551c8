"""The outline against a list that is made anew, and the edges of a graph against a search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.gui.items.edges import Edges
from trtstudio.gui.items.haystack import Haystack, words_of
from trtstudio.gui.items.outline import TOP, Outline
from trtstudio.model.graph import Graph, Layer, Tensor

counts_lists = st.lists(st.integers(0, 4), max_size=12)


class Naive:
    """The same as loops over every row."""

    def __init__(self, counts: list[int]) -> None:
        self.counts = counts
        self.unfolded = [False] * len(counts)
        self.shown = list(range(len(counts)))

    def rows(self) -> list[tuple[int, int]]:
        rows = []
        for top in self.shown:
            rows.append((top, TOP))
            if self.unfolded[top]:
                rows += [(top, child) for child in range(self.counts[top])]
        return rows


@given(counts=counts_lists, data=st.data())
def test_outline_shows_what_a_list_would(counts: list[int], data: st.DataObject) -> None:
    outline, naive = Outline(counts), Naive(counts)
    for _ in range(data.draw(st.integers(0, 6))):
        act = data.draw(st.sampled_from(["fold", "fold_all", "show"] if counts else ["fold_all"]))
        unfolded = data.draw(st.booleans())
        if act == "fold":
            top = data.draw(st.integers(0, len(counts) - 1))
            outline.fold(top, unfolded)
            naive.unfolded[top] = unfolded
        elif act == "fold_all":
            outline.fold_all(unfolded)
            naive.unfolded = [unfolded] * len(counts)
        else:
            naive.shown = sorted(data.draw(st.sets(st.integers(0, len(counts) - 1))))
            outline.show(naive.shown)
    rows = naive.rows()
    assert len(outline) == len(rows)
    assert [outline.at(row) for row in range(len(outline))] == rows
    assert outline.between(0, len(rows)) == rows
    for top in range(len(counts)):
        for child in range(TOP, counts[top]):
            expected = rows.index((top, child)) if (top, child) in rows else None
            assert outline.row(top, child) == expected


sides = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=4).map(tuple)


@given(st.lists(st.tuples(sides, sides), max_size=8))
def test_edges_find_what_a_search_finds(
    layers: list[tuple[tuple[int | None, ...], tuple[int | None, ...]]],
) -> None:
    made = [Layer(i, f"l{i}", "T", inputs, outputs) for i, (inputs, outputs) in enumerate(layers)]
    graph = Graph("onnx", "g", made, [Tensor(str(i)) for i in range(6)], (), ())
    edges = Edges(graph)
    for tensor in range(6):
        assert edges.writers(tensor) == [x.index for x in made if tensor in x.outputs]
        assert edges.readers(tensor) == [x.index for x in made if tensor in x.inputs]


def small_graph() -> Graph:
    tensors = [
        Tensor("Images", "float32", ("N", 3, 224, 224), "input"),
        Tensor("conv.weight", "float16", (16, 3, 3, 3), "weight"),
        Tensor("features", "float32", ("N", 16, 112, 112)),
        Tensor("Logits", "bfloat16", None, "output"),
    ]
    layers = [
        Layer(0, "/stem/Conv", "Conv", (0, 1, None), (2,)),
        Layer(1, "/head/Relu", "Relu", (2,), (3,)),
    ]
    return Graph("onnx", "small", layers, tensors, (0,), (3,))


def haystack(graph: Graph) -> Haystack:
    made = Haystack(graph)
    while not made.is_complete:
        made.extend(1.0)
    return made


def test_search_matches_layers_and_their_tensors_in_any_case() -> None:
    made = haystack(small_graph())
    inputs, outputs, conv, relu = range(4)
    cases = {
        "": [inputs, outputs, conv, relu],
        "CONV": [conv],
        "relu": [relu],
        "images": [inputs, conv],
        "float16": [outputs, conv, relu],  # bfloat16 holds it too
        "16 x 112 x 112": [conv, relu],
        "16x112": [conv, relu],
        "3 × 3": [conv],
        "head 112": [relu],
        "head weight": [],
    }
    for query, expected in cases.items():
        assert list(made.find(words_of(query))) == expected, query


def test_search_does_not_run_over_from_one_name_into_the_next() -> None:
    made = haystack(small_graph())
    assert not made.find(words_of("convconv"))
    assert not made.find(words_of("imagesfloat32"))


def test_haystack_is_made_in_slices() -> None:
    tensors = [Tensor(f"t{i}", "float32", (1,)) for i in range(5001)]
    layers = [Layer(i, f"l{i}", "Add", (i,), (i + 1,)) for i in range(5000)]
    made = Haystack(Graph("onnx", "g", layers, tensors, (0,), (5000,)))
    made.extend(0.0001)
    assert not made.is_complete
    while not made.is_complete:
        made.extend(0.001)
    assert list(made.find(["l4999"])) == [5001]
    assert np.all(np.diff(made.find(["t12"])) > 0)
