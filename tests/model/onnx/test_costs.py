"""Costs, against loops that count on small shapes, ONNX's own reading of weights and known sums."""

import math
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.onnx.costs import Cost, Costs, cost, cost_of, dimension_names
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.flops import count_flops

SMALL = st.integers(1, 3)


def _flops(
    kind: str, inputs: list[tuple[int, ...] | None], output: tuple[int, ...], **attributes: Any
) -> int | None:
    layer = Layer(0, "node", kind, tuple(range(len(inputs))), (99,), attributes)
    return count_flops(layer, inputs, [output])


# ---------------------------------------------------------------- against loops


@given(SMALL, SMALL, SMALL, SMALL, st.tuples(SMALL, SMALL), st.tuples(SMALL, SMALL), st.booleans())
def test_convolution(
    batch: int,
    groups: int,
    maps: int,
    channels: int,
    window: tuple[int, int],
    size: tuple[int, int],
    biased: bool,
) -> None:
    counted = 0
    for _ in product(range(batch), range(groups * maps), range(size[0]), range(size[1])):
        counted += sum(2 for _ in product(range(channels), range(window[0]), range(window[1])))
        counted += biased
    x = (batch, groups * channels, 9, 9)
    weight = (groups * maps, channels, *window)
    inputs = [x, weight, (groups * maps,)] if biased else [x, weight]
    output = (batch, groups * maps, *size)
    assert _flops("Conv", [*inputs], output, group=groups) == counted


@given(SMALL, SMALL, SMALL, SMALL, st.tuples(SMALL, SMALL), st.tuples(SMALL, SMALL))
def test_transposed_convolution(
    batch: int,
    groups: int,
    channels: int,
    maps: int,
    window: tuple[int, int],
    size: tuple[int, int],
) -> None:
    counted = 0
    for _ in product(range(batch), range(groups * channels), range(size[0]), range(size[1])):
        counted += sum(2 for _ in product(range(maps), range(window[0]), range(window[1])))
    x, weight = (batch, groups * channels, *size), (groups * channels, maps, *window)
    output = (batch, groups * maps, 7, 7)
    assert _flops("ConvTranspose", [x, weight], output, group=groups) == counted
    bias = (groups * maps,)
    biased = _flops("ConvTranspose", [x, weight, bias], output, group=groups)
    assert biased == counted + math.prod(output)


@given(SMALL, SMALL, SMALL, st.booleans(), st.booleans())
def test_gemm(rows: int, inner: int, columns: int, transposed: bool, biased: bool) -> None:
    counted = 0
    for _ in product(range(rows), range(columns)):
        counted += 2 * len(range(inner)) + biased
    a = (inner, rows) if transposed else (rows, inner)
    inputs = [a, (inner, columns), *([(columns,)] if biased else [])]
    assert _flops("Gemm", inputs, (rows, columns), transA=int(transposed)) == counted


@given(st.lists(SMALL, max_size=2), SMALL, SMALL, SMALL)
def test_matmul(stack: list[int], rows: int, inner: int, columns: int) -> None:
    output = np.zeros((*stack, rows, inner)) @ np.zeros((inner, columns))
    counted = sum(2 for _ in product(range(output.size), range(inner)))
    assert _flops("MatMul", [(*stack, rows, inner), (inner, columns)], output.shape) == counted


@given(SMALL, SMALL, st.tuples(SMALL, SMALL), st.tuples(SMALL, SMALL))
def test_pool(batch: int, channels: int, window: tuple[int, int], size: tuple[int, int]) -> None:
    places = product(range(batch), range(channels), range(size[0]), range(size[1]))
    counted = sum(1 for _ in product(places, range(window[0]), range(window[1])))
    output = (batch, channels, *size)
    for kind in ("MaxPool", "AveragePool"):
        assert _flops(kind, [(1, 1, 9, 9)], output, kernel_shape=list(window)) == counted


# ---------------------------------------------------------------- by definition

SHAPE = (2, 3, 4)


@pytest.mark.parametrize(
    ("kind", "inputs", "output", "per_element"),
    [
        ("Relu", [SHAPE], SHAPE, 1),
        ("Add", [SHAPE, (4,)], SHAPE, 1),
        ("Where", [SHAPE, SHAPE, SHAPE], SHAPE, 1),
        ("Sum", [SHAPE] * 4, SHAPE, 3),
        ("Mean", [SHAPE] * 4, SHAPE, 4),
        ("BatchNormalization", [SHAPE, (3,), (3,), (3,), (3,)], SHAPE, 2),
        ("LayerNormalization", [SHAPE, (4,), (4,)], SHAPE, 7),
        ("Softmax", [SHAPE], SHAPE, 5),
        ("QuantizeLinear", [SHAPE, ()], SHAPE, 2),
        ("ReduceMean", [(2, 3, 4)], (2, 1, 1), 12),
        ("GlobalAveragePool", [(2, 3, 4, 4)], (2, 3, 1, 1), 16),
        ("Reshape", [SHAPE, (2,)], (6, 4), 0),
        ("Transpose", [SHAPE], SHAPE, 0),
    ],
)
def test_operations_for_each_element(
    kind: str, inputs: list[tuple[int, ...]], output: tuple[int, ...], per_element: int
) -> None:
    assert _flops(kind, [*inputs], output) == per_element * math.prod(output)


def test_local_response_normalization() -> None:
    assert _flops("LRN", [SHAPE], SHAPE, size=5) == 24 * (5 + 5 + 4)


def test_nothing_is_guessed() -> None:
    assert _flops("Conv", [(1, 3, 9, 9), None], (1, 4, 9, 9)) is None
    assert _flops("Conv", [(1, 3, 9, 9)], (1, 4, 9, 9)) is None
    assert _flops("NonMaxSuppression", [(1, 9, 4)], (9, 3)) is None
    assert _flops("MaxPool", [(1, 3, 9, 9)], (1, 3, 4, 4)) is None
    assert _flops("MaxPool", [(1, 3, 9, 9)], (1, 3, 4, 4), kernel_shape="100 ints") is None
    assert _flops("Resize", [(1, 3, 4, 4)], (1, 3, 8, 8), mode="cubic") is None
    assert _flops("Resize", [(1, 3, 4, 4)], (1, 3, 8, 8)) == 0
    assert _flops("Relu", [SHAPE], SHAPE, domain="com.example") is None


# ---------------------------------------------------------------- whole models


def test_the_sample(sample_graph: Graph, sample_model: Path) -> None:
    costs = cost(sample_graph)
    weights = onnx.load(sample_model).graph.initializer
    assert costs.total.parameters == sum(math.prod(w.dims) for w in weights)
    assert costs.total.weight_bytes == sum(numpy_helper.to_array(w).nbytes for w in weights)
    # EfficientNet-Lite0 is known for 0.39 to 0.41 G multiply-adds.
    assert costs.total.flops is not None
    assert 0.77e9 < costs.total.flops < 0.81e9
    assert costs.uncounted == ()
    stem = costs.layers[0]
    assert stem.flops == 112 * 112 * 32 * (2 * 3 * 3 * 3 + 1)
    assert stem.activation_bytes == 4 * 32 * 112 * 112


def test_the_size_of_the_batch(sample_graph: Graph) -> None:
    one, eight = cost(sample_graph).total, cost(sample_graph, {"N": 8}).total
    assert dimension_names(sample_graph) == ("N",)
    assert (eight.parameters, eight.weight_bytes) == (one.parameters, one.weight_bytes)
    assert eight.flops == 8 * one.flops
    assert eight.activation_bytes == 8 * one.activation_bytes


def test_a_detector(yolox_model: Path) -> None:
    total = cost(read_onnx(yolox_model)).total
    assert total.parameters == pytest.approx(0.91e6, rel=0.01)  # as its authors say
    assert total.flops == pytest.approx(1.08e9, rel=0.01)


def test_structures_without_shapes(light_models: tuple[Path, ...]) -> None:
    for path in light_models:
        graph = read_onnx(path)
        costs = cost(graph)
        assert len(costs.layers) == len(graph.layers)
        assert {graph.layers[p].type for p in costs.uncounted} >= {"Conv"}
        assert all(costs.layers[p].flops is None for p in costs.uncounted)


# ---------------------------------------------------------------- weights and sizes


def _chain(shape: tuple[int | str, ...], **tensor: Any) -> Graph:
    """Two Adds of one weight to an input of this shape."""
    tensors = [
        Tensor("x", "float32", shape, "input"),
        Tensor("w", "float16", (4,), "weight"),
        Tensor("a", "float32", tensor.get("inner", shape)),
        Tensor("y", "float32", shape, "output"),
    ]
    layers = [Layer(0, "0", "Add", (0, 1), (2,)), Layer(1, "1", "Add", (2, 1), (3,))]
    return Graph("onnx", "", layers, tensors, (0,), (3,))


def test_a_shared_weight_counts_once() -> None:
    costs = cost(_chain((2, 4)))
    assert costs.layers == (Cost(4, 8, 8, 32),) * 2
    assert costs.total == Cost(4, 8, 16, 64)


@pytest.mark.parametrize(
    ("inner", "sizes", "flops"),
    [
        (("N", 4), {}, [4, 4]),
        (("N", 4), {"N": 3}, [12, 12]),
        (("M", 4), {"N": 3}, [None, 12]),
        (("M", 4), {"N": 3, "M": 5}, [20, 12]),
        ((-1, 4), {"N": 3}, [None, 12]),
        (None, {"N": 3}, [None, 12]),
    ],
)
def test_only_sizes_of_inputs_are_assumed(
    inner: Any, sizes: Mapping[str, int], flops: list[int | None]
) -> None:
    costs = cost(_chain(("N", 4), inner=inner), sizes)
    assert [layer.flops for layer in costs.layers] == flops
    assert costs.uncounted == tuple(i for i, value in enumerate(flops) if value is None)
    assert costs.total.flops == sum(value or 0 for value in flops)


def test_weights_in_constants_and_subgraphs(tmp_path: Path) -> None:
    info = helper.make_tensor_value_info
    weight = numpy_helper.from_array(np.ones((2, 3), np.int8), "w")
    own = numpy_helper.from_array(np.ones(5, np.float32), "own")
    result = info("b", TensorProto.FLOAT, None)
    inner = [
        helper.make_node("Cast", ["w"], ["c"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["c"], ["s"], keepdims=0),
        helper.make_node("Add", ["s", "own"], ["b"]),
    ]
    body = helper.make_graph(inner, "body", [], [result], [own])
    nodes = [
        helper.make_node("Constant", [], ["k"], value=numpy_helper.from_array(np.ones(7))),
        helper.make_node("If", ["flag"], ["i"], then_branch=body, else_branch=body),
        helper.make_node("Cast", ["k"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["w"], ["y"], to=TensorProto.FLOAT),
    ]
    outputs = [info(name, TensorProto.FLOAT, None) for name in ("i", "f", "y")]
    graph = helper.make_graph(
        nodes, "g", [info("flag", TensorProto.BOOL, [])], outputs, initializer=[weight]
    )
    onnx.save(helper.make_model(graph), tmp_path / "net.onnx")
    costs = cost(read_onnx(tmp_path / "net.onnx"))
    constant, branch, cast, _ = costs.layers
    assert (constant.parameters, constant.activation_bytes) == (0, 0)
    assert (cast.parameters, cast.weight_bytes) == (7, 56)
    # Both branches are the same, but the file holds their weights twice.
    assert (branch.parameters, branch.flops) == (6 + 5 + 5, None)
    assert (costs.total.parameters, costs.total.weight_bytes) == (6 + 10 + 7, 6 + 40 + 56)


def _branches(count: int, kind: str = "If", **attributes: Any) -> Graph:
    """A layer with so many subgraphs of 1, 2 ... Adds of 4 elements each."""
    tensors = [Tensor("x", "float32", (5, 4), "input"), Tensor("y", "float32", (5, 4), "output")]
    inside = [Tensor(f"t{i}", "float32", (4,)) for i in range(count + 1)]
    bodies = [
        Graph(
            "onnx",
            f"b{n}",
            [Layer(i, f"a{i}", "Add", (i, i), (i + 1,)) for i in range(n)],
            inside,
            (),
            (),
        )
        for n in range(1, count + 1)
    ]
    holder = Layer(0, "holder", kind, (0,), (1,), attributes, subgraphs=tuple(bodies))
    return Graph("onnx", "", [holder], tensors, (0,), (1,))


def test_the_branch_that_takes_more_counts() -> None:
    costs = cost(_branches(3))
    assert (costs.layers[0].flops, costs.total.flops, costs.uncounted) == (12, 12, ())
    assert [body.total.flops for body in costs.bodies[0]] == [4, 8, 12]
    assert costs.inside(0, (2,)).layers[1].flops == 4


def test_a_scan_counts_as_often_as_it_runs() -> None:
    costs = cost(_branches(1, "Scan", num_scan_inputs=1))
    assert (costs.layers[0].flops, costs.uncounted) == (5 * 4, ())


def test_a_loop_counts_one_turn_and_is_told_of() -> None:
    costs = cost(_branches(1, "Loop"))
    assert (costs.layers[0].flops, costs.uncounted) == (4, (0,))


def test_subgraphs_in_subgraphs() -> None:
    inner = _branches(2)
    holder = Layer(0, "outer", "If", (), (), subgraphs=(inner,))
    costs = cost(Graph("onnx", "", [holder], [], (), ()))
    assert costs.layers[0].flops == 8
    assert costs.inside(0, (0, 0, 1)).total.flops == 8


@given(
    SMALL,
    SMALL,
    SMALL,
    SMALL,
    st.integers(1, 2),
    st.sampled_from([("LSTM", 4, 9), ("GRU", 3, 8), ("RNN", 1, 1)]),
)
def test_recurrent_layers(
    steps: int, batch: int, width: int, units: int, directions: int, kind: tuple[str, int, int]
) -> None:
    name, gates, elementwise = kind
    counted = 0
    for _ in product(range(steps), range(batch), range(directions), range(units)):
        counted += gates * (2 * (width + units) + 1 + 2) + elementwise
    inputs = [
        (steps, batch, width),
        (directions, gates * units, width),
        (directions, gates * units, units),
        (directions, 2 * gates * units),
    ]
    assert _flops(name, [*inputs], (steps, directions, batch, units)) == counted


def test_fused_layers_cost_what_their_nodes_cost(sample_graph: Graph) -> None:
    costs = cost(sample_graph)
    every = range(len(costs.layers))
    assert cost_of(costs, every).flops == costs.total.flops
    first = cost_of(costs, [0])
    assert first == costs.layers[0]
    both = cost_of(costs, [0, 1])
    assert both.flops == (costs.layers[0].flops or 0) + (costs.layers[1].flops or 0)
    assert cost_of(costs, ()) == Cost(None, None, None, None)
    layers = Cost(1, 4, None, None), Cost(2, 8, 6, None)
    unknown = Costs(layers, costs.total, costs.greatest, (0,))
    assert cost_of(unknown, (0, 1)) == Cost(3, 12, 6, None)
    assert cost_of(unknown, (0,)).flops is None


def test_the_greatest_of_each_figure_is_that_of_some_layer(sample_graph: Graph) -> None:
    costs = cost(sample_graph)
    for name in ("parameters", "weight_bytes", "flops", "activation_bytes"):
        values = [getattr(layer, name) for layer in costs.layers]
        known = [value for value in values if value is not None]
        assert getattr(costs.greatest, name) == max(known)
