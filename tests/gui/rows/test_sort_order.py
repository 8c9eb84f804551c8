"""The order of layers by a column, against Python's own sorting."""

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from trtstudio.gui.rows.graph_rows import Column
from trtstudio.gui.rows.sort_order import sort_order
from trtstudio.model.graph import Dim, Graph, Layer, Tensor

dims = st.one_of(st.integers(-1, 5), st.sampled_from(["N", "batch"]))
shapes = st.one_of(st.none(), st.lists(dims, max_size=3).map(tuple))


def graph_of(names: list[str], outputs: list[Tensor | None]) -> Graph:
    tensors = [t for t in outputs if t is not None]
    layers = []
    for i, (name, tensor) in enumerate(zip(names, outputs, strict=True)):
        made = () if tensor is None else (None, tensors.index(tensor))
        layers.append(Layer(i, name, name[:1], (), made))
    return Graph("onnx", "g", layers, tensors, (), ())


def named(*names: str) -> Graph:
    return graph_of(list(names), [None] * len(names))


def order(graph: Graph, column: Column, *, descending: bool = False) -> list[int]:
    return sort_order(graph, column, descending).tolist()


def test_numbers_in_names_count_by_their_value() -> None:
    graph = named("block.10/a", "Block.2/a", "block.2/B", "block.1", "")
    assert order(graph, Column.NAME) == [3, 1, 2, 0, 4]
    assert order(graph, Column.NAME, descending=True) == [0, 2, 1, 3, 4]


def test_absurd_names_and_shapes_are_sorted_too() -> None:
    names = ["9" * 20_000, "x" * 20_000, "1" * 19_999]
    tensors = [Tensor("a", shape=(2**62,) * 40), Tensor("b", shape=(2,)), Tensor("c", shape=None)]
    graph = graph_of(names, tensors)
    assert sorted(order(graph, Column.NAME)) == [0, 1, 2]
    assert order(graph, Column.SHAPE) == [1, 0, 2]


@given(st.lists(shapes, max_size=12))
def test_shapes_are_sorted_by_elements(made: list[tuple[Dim, ...] | None]) -> None:
    graph = graph_of([""] * len(made), [Tensor(str(i), shape=s) for i, s in enumerate(made)])

    def size(i: int) -> float:
        shape = made[i]
        assert shape is not None
        return math.prod(1 if isinstance(d, str) or d < 0 else d for d in shape)

    known = [i for i, s in enumerate(made) if s is not None]
    unknown = [i for i, s in enumerate(made) if s is None]
    assert order(graph, Column.SHAPE) == sorted(known, key=size) + unknown
    falling = sorted(known, key=size, reverse=True) + unknown
    assert order(graph, Column.ELEMENTS, descending=True) == falling


@given(st.lists(st.text("ab", max_size=3), max_size=12), st.booleans())
def test_equal_texts_stay_in_their_order(texts: list[str], descending: bool) -> None:
    graph = named(*texts)
    known = sorted((i for i, t in enumerate(texts) if t), key=texts.__getitem__, reverse=descending)
    expected = known + [i for i, t in enumerate(texts) if not t]
    assert order(graph, Column.NAME, descending=descending) == expected


@given(st.lists(st.text("a0129-~ \x01_", min_size=1, max_size=6), max_size=12))
def test_texts_are_ordered_as_tuples_of_texts_and_numbers(texts: list[str]) -> None:
    def parts(i: int) -> tuple[str | int, ...]:
        return tuple(int(x) if k % 2 else x for k, x in enumerate(re.split(r"(\d+)", texts[i])))

    found = order(named(*texts), Column.NAME)
    assert [parts(i) for i in found] == sorted(map(parts, range(len(texts))))


def test_names_beyond_one_run_are_merged() -> None:
    names = [f"n{(i * 7919) % 10_000}" for i in range(10_000)]
    found = order(named(*names), Column.NAME)
    assert [names[i] for i in found] == [f"n{i}" for i in range(10_000)]


def test_every_column_sorts() -> None:
    tensor = Tensor("t", "float16", (2, 3), location="HOST", format="NHWC")
    graph = graph_of(["b", "a"], [None, tensor])
    for column in Column:
        assert sorted(order(graph, column)) == [0, 1]
    assert order(graph, Column.DTYPE) == order(graph, Column.FORMAT) == [1, 0]
    assert order(graph, Column.TYPE) == [1, 0]
    assert order(graph, Column.PLACE, descending=True) == [1, 0]
