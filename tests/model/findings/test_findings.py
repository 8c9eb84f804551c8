"""Findings: each in a model made to have it, none in sound models, and those of real builds."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from msgspec.structs import replace
from onnx import NodeProto, TensorProto, helper, numpy_helper

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding, how_many
from trtstudio.model.findings.findings import find
from trtstudio.model.graph import Graph, Layer, Tensor, View
from trtstudio.model.onnx.file import read_onnx

FLOAT = TensorProto.FLOAT
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a model of these nodes, from ``x`` to ``y`` unless said otherwise."""

    def write(
        nodes: Sequence[NodeProto],
        *,
        inputs: Sequence[tuple[str, int, list[Any]]] = (("x", FLOAT, [1, 4]),),
        outputs: Sequence[str] = ("y",),
        weights: Sequence[str] = (),
        opset: int = 17,
    ) -> Path:
        initializers = [numpy_helper.from_array(np.ones(4, np.float32), name) for name in weights]
        given = [helper.make_tensor_value_info(*each) for each in inputs]
        gives = [helper.make_tensor_value_info(name, FLOAT, None) for name in outputs]
        graph = helper.make_graph(list(nodes), "net", given, gives, initializers)
        opsets = [helper.make_opsetid("", opset), helper.make_opsetid("com.example", 1)]
        path = tmp_path / "net.onnx"
        onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)
        return path

    return write


def _relu(given: str = "x", gives: str = "y", name: str = "") -> NodeProto:
    return helper.make_node("Relu", [given], [gives], name=name)


def _only(path: Path) -> tuple[Finding, Graph]:
    graph = read_onnx(path)
    (finding,) = find(graph, path=path)
    return finding, graph


def _tensor_names(finding: Finding, graph: Graph) -> list[str]:
    return [graph.tensors[p].name for p in finding.tensors]


def _layer_names(finding: Finding, graph: Graph) -> list[str]:
    return [graph.layers[p].name for p in finding.layers]


def test_nothing_to_say_of_sound_models(sample_model: Path, yolox_model: Path) -> None:
    for path in (sample_model, yolox_model):
        assert find(read_onnx(path), path=path) == ()


def test_every_finding_says_why_in_one_sentence(dynamic_onnx: Path, write: Write) -> None:
    paths = [dynamic_onnx, write([_relu(name="a"), _relu("w", "z", "a")], weights=["w", "v"])]
    found = [finding for path in paths for finding in find(read_onnx(path), path=path)]
    assert len(found) > 3
    for finding in found:
        assert finding.why.endswith(".")
        assert ". " not in finding.why
        assert not finding.title.endswith(".")


# ---------------------------------------------------------------- inputs and weights


def test_dimensions_without_a_name(write: Write) -> None:
    path = write([_relu()], inputs=[("x", FLOAT, [None, 4])])
    finding, graph = _only(path)
    assert finding.title == "Dynamic dimensions without a name in 1 input"
    assert _tensor_names(finding, graph) == ["x"]
    assert find(read_onnx(write([_relu()], inputs=[("x", FLOAT, ["N", 4])]))) == ()


def test_question_marks_as_names(write: Write) -> None:
    finding, graph = _only(write([_relu()], inputs=[("x", FLOAT, ["?", "?"])]))
    assert (finding.severity, finding.title) == ("warning", "2 dimensions are called ?")
    assert _tensor_names(finding, graph) == ["x"]
    assert find(read_onnx(write([_relu()], inputs=[("x", FLOAT, ["N", "?"])]))) == ()


def test_types_of_inputs(write: Write) -> None:
    cast = helper.make_node("Cast", ["x"], ["y"], to=FLOAT)
    ids, _ = _only(write([cast], inputs=[("x", TensorProto.INT64, [4])]))
    assert (ids.severity, ids.title) == ("info", "INT64 in 1 input")
    wide, _ = _only(write([cast], inputs=[("x", TensorProto.DOUBLE, [4])]))
    assert (wide.severity, wide.title) == ("warning", "FP64 in 1 tensor")


def test_what_no_node_reads(write: Write) -> None:
    finding, graph = _only(write([_relu()], weights=["w", "v"]))
    assert (finding.severity, finding.title) == ("info", "2 weights that no node reads")
    assert _tensor_names(finding, graph) == ["w", "v"]
    inputs = [("x", FLOAT, [4]), ("z", FLOAT, [4])]
    finding, graph = _only(write([_relu()], inputs=inputs))
    assert (finding.severity, finding.title) == ("warning", "1 input that no node reads")
    assert _tensor_names(finding, graph) == ["z"]


def test_what_a_subgraph_reads_is_read(write: Write) -> None:
    result = helper.make_tensor_value_info("r", FLOAT, None)
    deep = helper.make_graph([helper.make_node("Add", ["w", "z"], ["r"])], "deep", [], [result])
    chosen = helper.make_node("If", ["flag"], ["r"], then_branch=deep, else_branch=deep)
    branch = helper.make_graph([chosen], "branch", [], [result])
    node = helper.make_node("If", ["flag"], ["y"], then_branch=branch, else_branch=branch)
    inputs = [("x", FLOAT, [4]), ("flag", TensorProto.BOOL, [])]
    assert find(read_onnx(write([_relu("x", "z"), node], inputs=inputs, weights=["w"]))) == ()


def test_weights_listed_as_inputs(light_models: tuple[Path, ...]) -> None:
    for path in light_models:
        graph, model = read_onnx(path), onnx.load(path).graph
        listed = {value.name for value in model.input} & {w.name for w in model.initializer}
        (finding,) = set(find(graph, path=path)) - set(find(graph))
        assert finding.title == f"{len(listed):,} weights listed as inputs"
        assert set(_tensor_names(finding, graph)) == listed


def test_missing_external_data(write: Write) -> None:
    path = write([helper.make_node("Add", ["x", "w"], ["y"])], weights=["w"])
    onnx.save(onnx.load(path), path, save_as_external_data=True, location="w.bin", size_threshold=0)
    assert find(read_onnx(path)) == ()
    (path.parent / "w.bin").unlink()
    (finding,) = find(read_onnx(path))
    assert (finding.severity, finding.title) == ("error", "Weights are missing: w.bin")


def test_large_constants(write: Write) -> None:
    value = numpy_helper.from_array(np.ones((512, 513), np.float32))
    nodes = [
        helper.make_node("Constant", [], ["big"], name="big", value=value),
        helper.make_node("Constant", [], ["one"], name="one", value_float=1.0),
        helper.make_node("Sum", ["x", "big", "one"], ["y"]),
    ]
    finding, graph = _only(write(nodes))
    assert _layer_names(finding, graph) == ["big"]


# ---------------------------------------------------------------- versions and names


@pytest.mark.parametrize(("opset", "found"), [(8, True), (9, False), (25, False), (26, True)])
def test_opsets(write: Write, opset: int, found: bool) -> None:
    findings = find(read_onnx(write([_relu()], opset=opset)))
    assert [f.title for f in findings] == ([f"Opset {opset}"] if found else [])


def test_training_mode(write: Write) -> None:
    inputs = ["x", *(["w"] * 4)]
    outputs = ["y", "mean", "variance"]
    node = helper.make_node("BatchNormalization", inputs, outputs, name="norm", training_mode=1)
    finding, graph = _only(write([node], weights=["w"]))
    assert _layer_names(finding, graph) == ["norm"]


def test_duplicate_names(write: Write) -> None:
    nodes = [_relu("x", "a", "one"), _relu("a", "b", "two"), _relu("b", "y", "one")]
    finding, _ = _only(write(nodes))
    assert (finding.severity, finding.layers) == ("warning", (0, 2))
    assert find(read_onnx(write([_relu("x", "a"), _relu("a", "y")]))) == ()


# ---------------------------------------------------------------- how data flows


def test_dead_nodes(write: Write) -> None:
    nodes = [_relu("x", "a", "dead"), _relu("a", "b", "dead too"), _relu("x", "y", "alive")]
    finding, graph = _only(write(nodes))
    assert (finding.severity, _layer_names(finding, graph)) == ("info", ["dead", "dead too"])


def test_what_nothing_computes(write: Write) -> None:
    add = helper.make_node("Add", ["x", "nowhere"], ["y"])
    finding, graph = _only(write([add], outputs=["y", "gone"]))
    assert (finding.severity, finding.title) == ("error", "2 tensors that nothing computes")
    assert set(_tensor_names(finding, graph)) == {"nowhere", "gone"}


def test_cycles(write: Write) -> None:
    nodes = [
        _relu("x", "a", "before"),
        helper.make_node("Add", ["a", "c"], ["b"], name="ring 1"),
        _relu("b", "c", "ring 2"),
        _relu("c", "d", "between"),
        helper.make_node("Add", ["d", "e"], ["e"], name="itself"),
        _relu("e", "y", "after"),
    ]
    finding, graph = _only(write(nodes))
    assert finding.severity == "error"
    assert _layer_names(finding, graph) == ["ring 1", "ring 2", "between", "itself"]


def test_order_is_no_cycle(write: Write) -> None:
    assert find(read_onnx(write([_relu("a", "y"), _relu("x", "a")]))) == ()


# ---------------------------------------------------------------- what TensorRT says


def test_what_tensorrt_refuses(write: Write, sample_network: Graph) -> None:
    assert sample_network.layers  # this TensorRT parses
    from trtstudio.engine.build.network import read_network

    strange = [
        helper.make_node("Strange", [a], [b], name=n, domain="com.example")
        for a, b, n in (("x", "a", "odd (1): node"), ("a", "y", "odd 2"))
    ]
    path = write(strange)
    with pytest.raises(StudioError) as refusal:
        read_network(path)
    graph = read_onnx(path)
    finding, *rest = find(graph, path=path, refusal=refusal.value)
    assert not rest
    assert finding.severity == "error"
    assert "Strange" in finding.title
    assert finding.layers == (0, 1)


# ---------------------------------------------------------------- engines


def _reading(view: View, layers: Sequence[Layer], tensors: Sequence[Tensor] = ()) -> Graph:
    return Graph(view, "", layers, tensors, (), ())


def _kernel(name: str, kind: str = "kgen", **fields: Any) -> Layer:
    return replace(Layer(0, name, kind, (), ()), **fields)


def test_real_engines(sample_graph: Graph, engine_fp32: Graph, engine_fp16: Graph) -> None:
    assert find(sample_graph, engine=engine_fp16) == ()
    (moves,) = find(sample_graph, engine=engine_fp32)
    assert {engine_fp32.layers[p].name.split("_myl0")[0] for p in moves.layers} == {"__myl_Move"}
    assert (moves.view, moves.severity) == ("engine", "info")
    assert find(engine_fp32) == (moves,)


def test_a_real_quantized_engine(quantized_model: Path, engine_int8: Graph) -> None:
    graph = read_onnx(quantized_model)
    found = {f.title.split()[-1]: f for f in find(graph, engine=engine_int8)}
    quantizing = [engine_int8.layers[p] for p in found["dequantize"].layers]
    assert any("images_QuantizeLinear" in kernel.origins for kernel in quantizing)
    types = {layer.name: layer.type for layer in graph.layers}
    for kernel in quantizing:
        kinds = {types[name] for name in kernel.origins}
        assert kinds & {"QuantizeLinear", "DequantizeLinear"}
        assert not kinds & {"Clip", "Add", "GlobalAveragePool"}
    assert not any("floating point" in f.title for f in found.values())


def test_kernels_that_only_quantize() -> None:
    names = {"q": "QuantizeLinear", "dq": "DequantizeLinear", "conv": "Conv", "relu": "Relu"}
    model = _reading("onnx", [Layer(0, n, t, (), (), origins=(n,)) for n, t in names.items()])
    kernels = [
        _kernel("conv_myl0_1", "correlation", origins=("conv", "dq")),
        _kernel("__myl_MulAddMulMinMaxRounCast_myl0_2", origins=("conv", "q")),
        _kernel("__myl_CorrMulRounCast_myl0_3", origins=("conv", "q")),
        _kernel("Quantize_1", "Quantize", origins=("q",)),
        _kernel("__myl_MulMaxRounCast_myl0_4", origins=("relu", "q")),
        _kernel("__myl_Move_myl0_5", "signal"),
    ]
    found = find(model, engine=_reading("engine", kernels))
    (finding,) = (f for f in found if "quantize" in f.title)
    assert finding.layers == (1, 3)


@pytest.mark.parametrize(("data", "found"), [("float32", True), ("int8", False)])
def test_quantized_layers_in_floating_point(data: str, found: bool) -> None:
    model = _reading(
        "onnx",
        [
            Layer(0, "dq", "DequantizeLinear", (0,), (1,), origins=("dq",)),
            Layer(1, "wdq", "DequantizeLinear", (2,), (3,), origins=("wdq",)),
            Layer(2, "conv", "Conv", (1, 3), (4,), origins=("conv",)),
            Layer(3, "plain", "Conv", (4, 3), (5,), origins=("plain",)),
        ],
        [Tensor(str(i), "float32", (1,)) for i in range(6)],
    )
    tensors = [Tensor("in", data, (1,)), Tensor("out", "float32", (1,))]
    kernels = [_kernel("k", "conv", inputs=(0,), outputs=(1,), origins=("conv", "plain"))]
    engine = _reading("engine", kernels, tensors)
    titles = [f.title for f in find(model, engine=engine)]
    assert ("1 quantized layer computed in floating point" in titles) == found


def test_islands_of_float32() -> None:
    kinds = ("float16", "float32", "int8", "int64")
    tensors = [Tensor(kind, kind, (1,)) for kind in kinds]
    half = [_kernel(f"half {i}", inputs=(0,), outputs=(0,)) for i in range(5)]
    others = [
        _kernel("island", inputs=(1,), outputs=(1,)),
        _kernel("cast", inputs=(1,), outputs=(0,)),
        _kernel("dequantize", inputs=(2,), outputs=(1,)),
        _kernel("shapes", inputs=(3,), outputs=(3,)),
    ]
    for view in ("engine", "network"):
        graph = _reading(view, [*half, *others], tensors)
        (finding,) = find(graph)
        assert (finding.view, finding.layers) == (view, (5,))
    assert find(_reading("engine", others, tensors)) == ()


def test_layers_that_compute_shapes_make_no_islands_of_the_others() -> None:
    tensors = [Tensor(kind, kind, (1,)) for kind in ("float32", "int64")]
    shapes = [_kernel(f"shape {i}", inputs=(1,), outputs=(1,)) for i in range(5)]
    whole = [_kernel(f"conv {i}", inputs=(0,), outputs=(0,)) for i in range(2)]
    assert find(_reading("engine", [*shapes, *whole], tensors)) == ()


@pytest.mark.parametrize(
    ("kernel", "moves"),
    [
        (_kernel("Reformatting CopyNode for Input Tensor 0 to conv", "Reformat"), True),
        (_kernel("squeeze", "NoOp"), True),
        (_kernel("__myl_CastTran_myl0_3"), True),
        (_kernel("__myl_CastMul_myl0_3"), False),
        (_kernel("__myl_CastReplConc_myl0_1"), False),
        (_kernel("conv", "CaskConvolution"), False),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_kernels_that_only_move(kernel: Layer, moves: bool) -> None:
    assert bool(find(_reading("engine", [kernel]))) == moves


def test_an_engine_of_names_alone() -> None:
    (finding,) = find(_reading("engine", [_kernel("conv + relu", "")]))
    assert "names" in finding.title
    assert "DETAILED" in finding.why


def test_the_gravest_comes_first(write: Write) -> None:
    nodes = [_relu("x", "a"), _relu("nowhere", "y")]
    found = find(read_onnx(write(nodes, inputs=[("x", FLOAT, ["?", "?"])])))
    assert [f.severity for f in found] == ["error", "warning", "info"]


def test_counts_in_words() -> None:
    assert how_many([1], "node") == "1 node"
    assert how_many(range(1234), "node") == "1,234 nodes"
