"""Comparisons: of real builds, of models that were changed on purpose, and their laws."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trtstudio.model.compare import Comparison, compare
from trtstudio.model.graph import Graph, Layer, Tensor, View
from trtstudio.model.matching import match
from trtstudio.model.onnx.file import read_onnx

# ---------------------------------------------------------------- real builds


def _kinds(comparison: Comparison) -> set[str]:
    return {d.what for change in comparison.changed for d in change.differences}


def test_everything_equals_itself(
    sample_graph: Graph,
    sample_network: Graph,
    engine_fp32: Graph,
    engine_of_two_profiles: Graph,
    light_models: tuple[Path, ...],
) -> None:
    graphs = [sample_graph, sample_network, engine_fp32, engine_of_two_profiles]
    for graph in (*graphs, *map(read_onnx, light_models)):
        comparison = compare(graph, graph)
        assert comparison.is_equal
        assert comparison.same == len(graph.layers)
        assert match(graph, graph) == [(i, i) for i in range(len(graph.layers))]


def test_precisions_of_two_builds(engine_fp32: Graph, engine_fp16: Graph) -> None:
    comparison = compare(engine_fp32, engine_fp16)
    changes = {engine_fp32.layers[c.left].name.split("_myl")[0]: c for c in comparison.changed}
    stem = changes["/_conv_stem/Conv"]
    (precision,) = (d for d in stem.differences if d.what == "precision")
    assert (precision.left, precision.right) == ("float32", "float16")
    assert comparison.precision["float32"][0] == 1.0
    assert comparison.precision["float16"][0] == 0.0
    assert comparison.precision["float16"][1] > 0.9
    for change in comparison.changed:
        before, after = engine_fp32.layers[change.left], engine_fp16.layers[change.right]
        assert not before.origins or set(before.origins[0].split("]")) & {
            name.partition("]")[0] for name in after.origins
        }


def test_profiles_are_not_mixed_up(engine_fp32: Graph, engine_of_two_profiles: Graph) -> None:
    comparison = compare(engine_fp32, engine_of_two_profiles)
    assert not comparison.removed
    added = [engine_of_two_profiles.layers[p].name for p in comparison.added]
    assert sum("[profile 1]" in name for name in added) > 40
    assert not any("_myl0_" in name for name in added)
    assert "profile 1, images" in {d.what for d in comparison.properties}


def test_a_quantized_model(sample_graph: Graph, quantized_model: Path) -> None:
    quantized = read_onnx(quantized_model)
    comparison = compare(sample_graph, quantized)
    assert not comparison.removed
    kinds = {quantized.layers[p].type for p in comparison.added}
    assert kinds == {"QuantizeLinear", "DequantizeLinear"}
    assert "inputs" in _kinds(comparison)
    assert "producer" in {d.what for d in comparison.properties}


def test_fusions_of_two_builds(engine_fp32: Graph, engine_int8: Graph) -> None:
    comparison = compare(engine_fp32, engine_int8)
    stem = next(
        change
        for change in comparison.changed
        if "/_conv_stem/Conv" in engine_fp32.layers[change.left].origins
    )
    (fusion,) = (d for d in stem.differences if d.what == "origins")
    assert fusion.left == "/_conv_stem/Conv, /_swish/Clip"
    assert "/_conv_stem/Conv" in fusion.right


# ---------------------------------------------------------------- changed on purpose


def _chain(*kinds: str) -> Graph:
    """Layers one behind the other."""
    tensors = [Tensor(f"t{i}", "float32", (1, i + 1)) for i in range(len(kinds) + 1)]
    layers = [
        Layer(i, f"{kind} {i}", kind, (i,), (i + 1,), {"alpha": 0.5}, (f"{kind} {i}",))
        for i, kind in enumerate(kinds)
    ]
    return Graph("onnx", "", layers, tensors, (0,), (len(kinds),), {"opset": "17"})


def _with_layer(graph: Graph, position: int, **fields: Any) -> Graph:
    layers = list(graph.layers)
    layers[position] = replace(layers[position], **fields)
    return replace(graph, layers=layers)


BASE = _chain("Conv", "Relu", "Conv", "Softmax")


@pytest.mark.parametrize(
    ("fields", "what", "right"),
    [
        ({"attributes": {"alpha": 0.25}}, "alpha", "0.25"),
        ({"attributes": {"alpha": 0.5, "axes": [1, 2]}}, "axes", "1, 2"),
        ({"attributes": {}}, "alpha", ""),
        ({"type": "Gelu"}, "type", "Gelu"),
        ({"name": "other"}, "name", "other"),
        ({"inputs": (0,)}, "inputs", "t0"),
    ],
)
def test_a_changed_layer(fields: dict[str, Any], what: str, right: str) -> None:
    comparison = compare(BASE, _with_layer(BASE, 1, **fields))
    (change,) = comparison.changed
    assert (change.left, change.right, comparison.same) == (1, 1, 3)
    assert (what, right) in {(d.what, d.right) for d in change.differences}


def test_a_changed_tensor() -> None:
    tensors = list(BASE.tensors)
    tensors[-1] = replace(tensors[-1], dtype="float16", shape=("N", 5))
    comparison = compare(BASE, replace(BASE, tensors=tensors))
    (change,) = comparison.changed
    said = {(d.what, d.left, d.right) for d in change.differences}
    assert ("output types", "float32", "float16") in said
    assert ("output shapes", "1 x 5", "N x 5") in said
    (io,) = comparison.io
    assert (io.role, io.name, io.left, io.right) == ("output", "t4", BASE.tensors[-1], tensors[-1])


def test_inputs_that_only_one_side_has() -> None:
    tensors = [replace(BASE.tensors[0], name="pixels"), *BASE.tensors[1:]]
    comparison = compare(BASE, replace(BASE, tensors=tensors))
    found = {(c.name, c.left is None, c.right is None) for c in comparison.io}
    assert found == {("t0", False, True), ("pixels", True, False)}


def test_added_and_removed_layers() -> None:
    shorter = replace(BASE, layers=[BASE.layers[0], *BASE.layers[2:]])
    assert (compare(BASE, shorter).removed, compare(BASE, shorter).added) == ((1,), ())
    assert (compare(shorter, BASE).removed, compare(shorter, BASE).added) == ((), (1,))
    assert compare(BASE, shorter).types["Relu"] == (1, 0)


def test_properties() -> None:
    (difference,) = compare(BASE, replace(BASE, properties={"opset": "18"})).properties
    assert (difference.what, difference.left, difference.right) == ("opset", "17", "18")


def test_layers_with_new_names_are_found_by_structure() -> None:
    tensors = [replace(tensor, name=f"new {tensor.name}") for tensor in BASE.tensors]
    layers = [replace(layer, name=f"new {layer.name}") for layer in BASE.layers]
    renamed = replace(BASE, tensors=tensors, layers=layers)
    assert match(BASE, renamed) == [(i, i) for i in range(4)]
    assert _kinds(compare(BASE, renamed)) == {"name", "inputs"}


# ---------------------------------------------------------------- kernels


def _kernels(*kernels: tuple[str, Sequence[str]]) -> Graph:
    layers = [Layer(i, n, "kgen", (), (), origins=tuple(o)) for i, (n, o) in enumerate(kernels)]
    return Graph("engine", "", layers, [], (), ())


def test_numbers_in_the_names_of_kernels_mean_nothing() -> None:
    left = _kernels(("conv_myl0_1", ["conv"]), ("__myl_Move_myl0_2", []))
    right = _kernels(("__myl_Move_myl0_0", []), ("conv_myl0_1", ["conv"]))
    assert match(left, right) == [(0, 1), (1, 0)]
    assert compare(left, right).is_equal


def test_a_fusion_that_came_apart() -> None:
    left = _kernels(("k_myl0_0", ["conv", "norm", "relu"]), ("l_myl0_1", ["fc"]))
    right = _kernels(("a_myl0_0", ["relu"]), ("b_myl0_1", ["conv", "norm"]), ("c_myl0_2", ["fc"]))
    comparison = compare(left, right)
    (change,) = comparison.changed
    assert (change.left, change.right, comparison.added) == (0, 1, (0,))
    assert [d.what for d in change.differences] == ["origins"]


def test_what_tensorrt_remade_is_the_same_node() -> None:
    left, right = _kernels(("a", ["conv"])), _kernels(("b", ["conv]__gemm_from_conv1x1"]))
    assert compare(left, right).is_equal


def test_a_node_in_all_kernels_tells_nothing() -> None:
    left = _kernels(*((f"l{i}", ["all", f"l{i}"]) for i in range(200)))
    right = _kernels(*((f"r{i}", ["all", f"r{i}"]) for i in range(200)))
    assert match(left, right) == []


# ---------------------------------------------------------------- laws

NAMES = st.sampled_from("abcd")
VIEWS: st.SearchStrategy[View] = st.sampled_from(["onnx", "network", "engine"])


@st.composite
def graphs(draw: st.DrawFn, view: View) -> Graph:
    """Small graphs of few names, so that they often agree in part."""
    tensors = [
        Tensor(draw(NAMES), draw(st.sampled_from(["float32", "int8"])), draw(st.none() | SHAPES))
        for _ in range(draw(st.integers(1, 4)))
    ]
    positions = st.integers(0, len(tensors) - 1)
    layers = [
        Layer(
            index,
            draw(NAMES),
            draw(st.sampled_from(["Conv", "Relu"])),
            tuple(draw(st.lists(st.none() | positions, max_size=2))),
            tuple(draw(st.lists(positions, max_size=2))),
            draw(st.dictionaries(NAMES, st.integers(0, 1), max_size=1)),
            tuple(draw(st.lists(NAMES, max_size=3))),
        )
        for index in range(draw(st.integers(0, 6)))
    ]
    return Graph(view, "", layers, tensors, (0,), (draw(positions),))


SHAPES = st.tuples(st.sampled_from([1, -1, "N"]))
PAIRS = VIEWS.flatmap(lambda view: st.tuples(graphs(view), graphs(view)))


@given(PAIRS)
def test_a_graph_equals_itself(pair: tuple[Graph, Graph]) -> None:
    assert compare(pair[0], pair[0]).is_equal


@given(PAIRS)
def test_every_layer_is_accounted_for_once(pair: tuple[Graph, Graph]) -> None:
    left, right = pair
    comparison, pairs = compare(left, right), match(left, right)
    assert sorted([*(a for a, _ in pairs), *comparison.removed]) == list(range(len(left.layers)))
    assert sorted([*(b for _, b in pairs), *comparison.added]) == list(range(len(right.layers)))
    assert comparison.same + len(comparison.changed) == len(pairs)


@given(PAIRS)
def test_sides_can_be_changed(pair: tuple[Graph, Graph]) -> None:
    there, back = compare(*pair), compare(*reversed(pair))
    assert (there.removed, there.added, there.same) == (back.added, back.removed, back.same)

    def told(comparison: Comparison, *, mirrored: bool) -> set[tuple[Any, ...]]:
        found = set()
        for change in comparison.changed:
            for d in change.differences:
                side = (change.left, d.left), (change.right, d.right)
                found.add((d.what, *(reversed(side) if mirrored else side)))
        return found

    assert told(there, mirrored=False) == told(back, mirrored=True)
    assert {(c.role, c.name, c.left, c.right) for c in there.io} == {
        (c.role, c.name, c.right, c.left) for c in back.io
    }
    assert there.types == {kind: (a, b) for kind, (b, a) in back.types.items()}
    assert there.precision == {dtype: (a, b) for dtype, (b, a) in back.precision.items()}
