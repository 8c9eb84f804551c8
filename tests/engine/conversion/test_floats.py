"""Models in FP16 and BF16: their types, and their answers against those of the model in FP32."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from trtstudio.engine.conversion import convert
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.errors import StudioError

MakeModel = Callable[..., Path]
Error = Callable[[Path, Path, dict[str, np.ndarray]], float]

FLOAT, HALF, BFLOAT = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16


def written(source: Path, precision: str, **asked: Any) -> Path:
    """The converted model, which ONNX itself finds right."""
    out = source.with_name(f"{source.stem}-{precision}.onnx")
    convert(source, out, precision, Conversion(**asked), on_progress=lambda _: None)
    onnx.checker.check_model(onnx.load(out), full_check=True)
    return out


def picture(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).random(shape, np.float32)


def types_of(path: Path) -> set[int]:
    return {tensor.data_type for tensor in onnx.load(path).graph.initializer}


def inferred(path: Path) -> dict[str, int]:
    """The element type of every tensor, as ONNX infers it anew."""
    model = onnx.load(path)
    del model.graph.value_info[:]
    graph = onnx.shape_inference.infer_shapes(model, strict_mode=True).graph
    values = (*graph.value_info, *graph.input, *graph.output)
    return {value.name: value.type.tensor_type.elem_type for value in values}


def test_answers_as_before_with_half_the_weights(
    make_model: MakeModel, relative_error: Error
) -> None:
    source = make_model()
    out = written(source, "fp16")
    assert types_of(source) == {FLOAT}
    assert types_of(out) == {HALF}
    assert relative_error(source, out, {"x": picture(2, 3, 20, 24)}) < 2e-3


def test_bf16_by_the_reference_evaluator(make_model: MakeModel) -> None:
    """ONNX Runtime has no BF16 for a CPU."""
    source = make_model()
    out = written(source, "bf16")
    assert types_of(out) == {BFLOAT}
    feed = {"x": picture(2, 3, 20, 24)}
    (expected,), (found,) = (ReferenceEvaluator(str(p)).run(None, feed) for p in (source, out))
    assert found.dtype == np.float32
    distance = np.linalg.norm(expected - found) / np.linalg.norm(expected)
    assert 1e-4 < distance < 3e-2  # BF16 has eight bits


def test_bf16_raises_the_opset_where_an_operator_needs_it(make_model: MakeModel) -> None:
    source = make_model()
    versions = {o.domain: o.version for o in onnx.load(written(source, "bf16")).opset_import}
    assert versions[""] == 22  # of the first Conv that takes BF16
    assert onnx.load(written(source, "fp16")).opset_import[0].version == 17


@pytest.mark.parametrize("precision", ["fp16", "bf16"])
def test_inputs_and_outputs_stay_as_they_were(make_model: MakeModel, precision: str) -> None:
    source = make_model()
    before, after = (onnx.load(p).graph for p in (source, written(source, precision)))
    assert list(before.input) == list(after.input)
    assert list(before.output) == list(after.output)


def test_inputs_and_outputs_change_where_that_is_asked(make_model: MakeModel) -> None:
    types = inferred(written(make_model(), "fp16", convert_io=True))
    assert set(types.values()) == {HALF}
    graph = onnx.load(written(make_model(), "fp16", convert_io=True)).graph
    assert not [node for node in graph.node if node.op_type == "Cast"]


@pytest.mark.parametrize("pattern", ["product", "MatMul", "prod*", "Mat?ul"])
def test_nodes_that_stay_in_fp32(
    make_model: MakeModel, relative_error: Error, pattern: str
) -> None:
    source = make_model()
    out = written(source, "fp16", keep_fp32=(pattern,))
    weights = {t.name: t.data_type for t in onnx.load(out).graph.initializer}
    assert weights == {"w": HALF, "b": HALF, "m": FLOAT}
    assert inferred(out)["c"] == HALF
    assert relative_error(source, out, {"x": picture(2, 3, 16, 16)}) < 2e-3


def test_a_weight_that_is_read_in_both_types(make_model: MakeModel, relative_error: Error) -> None:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node.append(helper.make_node("MatMul", ["f", "m"], ["z"], name="again"))
        model.graph.output.append(helper.make_tensor_value_info("z", FLOAT, ["N", 10]))

    source = make_model(change)
    out = written(source, "fp16", keep_fp32=("again",))
    weights = {t.name: t.data_type for t in onnx.load(out).graph.initializer}
    assert weights == {"w": HALF, "b": HALF, "m": FLOAT, "m_fp16": HALF}
    assert relative_error(source, out, {"x": picture(2, 3, 16, 16)}) < 2e-3


def test_an_unmatched_pattern_is_an_error_with_close_matches(make_model: MakeModel) -> None:
    with pytest.raises(StudioError, match="produkt") as caught:
        written(make_model(), "fp16", keep_fp32=("produkt",))
    assert "product" in caught.value.hint


def test_an_output_that_is_also_used_inside(make_model: MakeModel, relative_error: Error) -> None:
    def change(model: onnx.ModelProto) -> None:
        value = helper.make_tensor_value_info("r", FLOAT, ["N", 8, "a", "b"])
        model.graph.output.append(value)

    source = make_model(change)
    out = written(source, "fp16")
    assert relative_error(source, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


def test_what_counts_stays_exact(make_model: MakeModel, relative_error: Error) -> None:
    """The number of pixels, 4097, is none of FP16's numbers."""

    def change(model: onnx.ModelProto) -> None:
        nodes = [
            helper.make_node("Shape", ["x"], ["s"]),
            helper.make_node("ReduceProd", ["s"], ["p"], keepdims=0),
            helper.make_node("Cast", ["p"], ["n"], to=FLOAT),
            helper.make_node("Mul", ["n", "third"], ["pixels"]),
        ]
        model.graph.node.extend(nodes)
        third = numpy_helper.from_array(np.array(1 / 3, np.float32), "third")
        model.graph.initializer.append(third)
        model.graph.output.append(helper.make_tensor_value_info("pixels", FLOAT, []))

    source = make_model(change)
    out = written(source, "fp16")
    assert inferred(out)["n"] == FLOAT
    assert relative_error(source, out, {"x": picture(1, 3, 17, 241)}) < 2e-3


def test_what_overflows_stays_in_fp32_except_in_bf16(make_model: MakeModel) -> None:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node.append(helper.make_node("Exp", ["y"], ["e"]))
        model.graph.output.append(helper.make_tensor_value_info("e", FLOAT, ["N", 10]))

    source = make_model(change)
    halves = onnx.load(written(source, "fp16")).graph
    brains = onnx.load(written(source, "bf16")).graph
    producers = [{o: n.op_type for n in g.node for o in n.output} for g in (halves, brains)]
    assert producers[0]["e"] == "Exp"
    assert producers[1]["e"] == "Cast"


def test_a_vanishing_epsilon_stays_above_zero(make_model: MakeModel) -> None:
    def change(model: onnx.ModelProto) -> None:
        epsilon = numpy_helper.from_array(np.array(1e-12, np.float32), "epsilon")
        model.graph.initializer.append(epsilon)
        model.graph.node.append(helper.make_node("Add", ["y", "epsilon"], ["z"]))
        model.graph.output.append(helper.make_tensor_value_info("z", FLOAT, ["N", 10]))

    out = written(make_model(change), "fp16")
    values = {t.name: numpy_helper.to_array(t) for t in onnx.load(out).graph.initializer}
    assert values["epsilon"] > 0


def test_an_operator_that_onnx_gives_only_fp32(
    make_model: MakeModel, relative_error: Error
) -> None:
    """Range, and the scales of a Resize, have no FP16 form."""

    def change(model: onnx.ModelProto) -> None:
        scales = numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "scales")
        model.graph.initializer.append(scales)
        model.graph.node.append(helper.make_node("Resize", ["r", "", "scales"], ["z"]))
        model.graph.output.append(helper.make_tensor_value_info("z", FLOAT, None))

    source = make_model(change)
    out = written(source, "fp16")
    assert {t.name: t.data_type for t in onnx.load(out).graph.initializer}["scales"] == FLOAT
    assert relative_error(source, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


def test_inner_graphs(make_model: MakeModel, relative_error: Error) -> None:
    """Both branches read tensors of the graph around them."""

    def branch(name: str, operator: str) -> onnx.GraphProto:
        node = helper.make_node(operator, ["y", "y"], [name])
        return helper.make_graph(
            [node], name, [], [helper.make_tensor_value_info(name, FLOAT, None)]
        )

    def change(model: onnx.ModelProto) -> None:
        model.graph.initializer.append(numpy_helper.from_array(np.array(True), "yes"))
        node = helper.make_node(
            "If",
            ["yes"],
            ["z"],
            then_branch=branch("sum", "Add"),
            else_branch=branch("square", "Mul"),
        )
        model.graph.node.append(node)
        model.graph.output.append(helper.make_tensor_value_info("z", FLOAT, None))

    source = make_model(change)
    out = written(source, "fp16")
    assert relative_error(source, out, {"x": picture(2, 3, 16, 16)}) < 2e-3


def test_constants_that_are_nodes(make_model: MakeModel, relative_error: Error) -> None:
    def change(model: onnx.ModelProto) -> None:
        kernel = model.graph.initializer[0]
        node = helper.make_node("Constant", [], ["w"], value=kernel)
        model.graph.node.insert(0, node)
        del model.graph.initializer[0]

    source = make_model(change)
    out = written(source, "fp16")
    assert types_of(out) == {HALF}
    assert relative_error(source, out, {"x": picture(2, 3, 16, 16)}) < 2e-3


@pytest.mark.parametrize("precision", ["fp16", "bf16"])
def test_real_structures(
    light_models: tuple[Path, ...], tmp_path: Path, relative_error: Error, precision: str
) -> None:
    structures = ("squeezenet", "shufflenet", "inception_v2")
    sources = [path for path in light_models if any(name in path.name for name in structures)]
    assert len(sources) == len(structures)
    for source in sources:
        copy = tmp_path / source.name
        copy.write_bytes(source.read_bytes())
        out = written(copy, precision)
        assert FLOAT not in types_of(out)
        if precision == "fp16":
            value = onnx.load(out).graph.input[0]
            shape = [d.dim_value for d in value.type.tensor_type.shape.dim]
            assert relative_error(source, out, {value.name: picture(*shape)}) < 1e-2


def test_the_sample(sample_model: Path, tmp_path: Path, relative_error: Error) -> None:
    out = tmp_path / "half.onnx"
    convert(sample_model, out, "fp16", Conversion(), on_progress=lambda _: None)
    assert out.stat().st_size < 0.55 * sample_model.stat().st_size
    assert relative_error(sample_model, out, {"images": picture(1, 3, 224, 224) * 2 - 1}) < 1e-2
    assert onnx.load(out).metadata_props == onnx.load(sample_model).metadata_props


def test_a_detector(yolox_model: Path, tmp_path: Path, relative_error: Error) -> None:
    out = tmp_path / "half.onnx"
    convert(yolox_model, out, "fp16", Conversion(), on_progress=lambda _: None)
    onnx.checker.check_model(onnx.load(out))
    assert relative_error(yolox_model, out, {"images": picture(1, 3, 416, 416) * 255}) < 2e-2
