"""The outline against a list that is made anew, and the edges of a graph against a search."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QRegularExpression

from trtstudio.gui.knowledge.edges import Edges
from trtstudio.gui.rows import layer_query
from trtstudio.gui.rows.graph_rows import FIRST_LAYER
from trtstudio.gui.rows.haystack import Haystack, Search
from trtstudio.gui.rows.layer_query import BadExpression, parse_query
from trtstudio.gui.rows.outline import TOP, Outline
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
    outline, naive = Outline(len(counts), counts.__getitem__), Naive(counts)
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
            naive.shown = data.draw(st.lists(st.integers(0, len(counts) - 1), unique=True))
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


def find(graph: Graph, query: str, *, is_regex: bool = False) -> list[int]:
    search = Search(Haystack(graph), parse_query(query, is_regex))
    while not search.is_complete:
        search.extend(1.0)
    return list(search.found)


def test_search_matches_layers_and_their_tensors_in_any_case() -> None:
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
        assert find(small_graph(), query) == expected, query


def test_search_does_not_run_over_from_one_name_into_the_next() -> None:
    assert not find(small_graph(), "convconv")
    assert not find(small_graph(), "imagesfloat32")


def test_a_field_is_searched_alone() -> None:
    inputs, outputs, conv, relu = range(4)
    cases = {
        "type:conv": [conv],
        "name:conv": [conv],
        "type:weight": [],
        "name:weight": [conv],
        "dtype:float16": [conv],  # from its beginning: not bfloat16
        "dtype:FLOAT": [inputs, conv, relu],
        "shape:16": [conv, relu],
        "shape:224": [inputs, conv],
        "shape:22": [],  # whole dimensions
        "shape:16x112x": [conv, relu],
        "shape:n": [inputs, conv, relu],
        "TYPE:relu head": [relu],
        "type: head": [relu],
        "unknown:conv": [],
        '"stem/conv"': [conv],
        '"stem conv"': [],
        'type:"relu': [relu],
        "(": [],
    }
    for query, expected in cases.items():
        assert find(small_graph(), query) == expected, query
    assert outputs == 1


def test_expressions() -> None:
    inputs, outputs, conv, relu = range(4)
    cases = {
        "^/st.m": [conv],
        "conv$": [conv],
        "LOGITS|images": [inputs, outputs, conv, relu],
        "type:^(conv|relu)$": [conv, relu],
        "type:c.*v name:feat": [conv],
        r"name:\.weight": [conv],
        "dtype:^b": [outputs, relu],
        r"shape:x3x\d{3}x": [inputs, conv],
        "head": [relu],
        '"^/stem/conv$"': [conv],
        "conx*v$": [conv],
        "convx?$": [conv],
        "s.em+/C": [conv],
        "stemx+": [],
        "no.such": [],
    }
    for query, expected in cases.items():
        assert find(small_graph(), query, is_regex=True) == expected, query


@pytest.mark.parametrize("query", ["(", "type:[a", "conv *", "a{2,1}"])
def test_a_bad_expression_says_why(query: str) -> None:
    with pytest.raises(BadExpression, match="at character"):
        parse_query(query, is_regex=True)
    parse_query(query)


def test_an_expression_that_could_take_for_ever_is_given_up() -> None:
    layer = Layer(0, "a" * 20_000, "T", (), ())
    graph = Graph("onnx", "g", [layer], [], (), ())
    assert find(graph, "(a+)+[0-9]b", is_regex=True) == []


def test_what_every_name_matches_is_not_handed_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes an object of each that does: 0.1 s for 100,000 names."""
    monkeypatch.delattr(layer_query, "QStringListModel")
    everything = list(range(4))
    for query in ("name:.", ".", ".*", "name:.*"):
        assert find(small_graph(), query, is_regex=True) == everything, query
    assert find(small_graph(), "name:.*st.m.*", is_regex=True) == [2]
    with pytest.raises(NameError):
        find(small_graph(), "name:.+", is_regex=True)


@given(st.text("aB.^$*", min_size=1, max_size=6), st.text("ab\u00e9", max_size=6))
def test_simple_expressions_find_what_qts_do(source: str, name: str) -> None:
    option = QRegularExpression.PatternOption
    options = option.CaseInsensitiveOption | option.MultilineOption
    oracle = QRegularExpression(source, options)
    assume(oracle.isValid())
    graph = Graph("onnx", "g", [Layer(0, name, "", (), ())], [], (), ())
    found = find(graph, f"name:{source}", is_regex=True)
    assert (FIRST_LAYER in found) == oracle.match(f"\n{name}\n").hasMatch()


@given(st.text(max_size=30), st.booleans())
def test_whatever_is_typed_is_a_query_or_says_why_not(text: str, is_regex: bool) -> None:
    try:
        query = parse_query(text, is_regex)
    except BadExpression as error:
        assert is_regex
        assert str(error)
    else:
        assert (query.text, query.is_regex) == (text, is_regex)
        find(small_graph(), text, is_regex=is_regex)


@given(st.text("ab.*+?^$|(", min_size=1, max_size=6), st.text("ab", max_size=6))
def test_expressions_find_what_pythons_do(source: str, name: str) -> None:
    try:
        query, oracle = parse_query(source, is_regex=True), re.compile(source, re.MULTILINE)
    except (BadExpression, re.error):
        return
    graph = Graph("onnx", "g", [Layer(0, name, "", (), ())], [], (), ())
    search = Search(Haystack(graph), parse_query(f"name:{source}", is_regex=True))
    while not search.is_complete:
        search.extend(1.0)
    assert query.terms
    assert (FIRST_LAYER in search.found) == bool(oracle.search(f"\n{name}\n"))


def test_what_is_in_a_subgraph_is_found_in_the_layer_that_holds_it() -> None:
    body = Graph("onnx", "then", [Layer(0, "inside", "Gelu", (), (0,))], [Tensor("g")], (), (0,))
    layers = [Layer(0, "if", "If", (), (), subgraphs=(body,)), Layer(1, "other", "Add", (), ())]
    graph = Graph("onnx", "g", layers, [], (), ())
    assert find(graph, "type:gelu") == find(graph, "inside") == [2]


def test_haystack_is_made_in_slices() -> None:
    tensors = [Tensor(f"t{i}", "float32", (1,)) for i in range(5001)]
    layers = [Layer(i, f"l{i}", "Add", (i,), (i + 1,)) for i in range(5000)]
    made = Haystack(Graph("onnx", "g", layers, tensors, (0,), (5000,)))
    made.extend(0.0001)
    assert not made.is_complete
    while not made.is_complete:
        made.extend(0.001)
    assert made.size == 5002
    assert [len(field.which) for field in made.fields] == [5002] * 4


def test_a_search_is_made_in_slices() -> None:
    layers = [Layer(i, f"l{i}", "Add", (), ()) for i in range(5000)]
    graph = Graph("onnx", "g", layers, [], (), ())
    search = Search(Haystack(graph), parse_query("l1"))
    search.extend(0)
    assert not search.is_complete
    while not search.is_complete:
        search.extend(0.0005)
    assert list(search.found) == [2 + i for i in range(5000) if str(i).startswith("1")]
