"""Converted models: their types, and their answers against those of the model in FP32."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine import precision
from trtstudio.engine.precision import convert, converted
from trtstudio.model.errors import StudioError

MakeModel = Callable[..., Path]


def run(path: Path, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options).run(None, feed)


def relative_error(path: Path, other: Path, feed: dict[str, np.ndarray]) -> float:
    """The largest relative L2 error of an output."""
    pairs = zip(run(path, feed), run(other, feed), strict=True)
    return max(float(np.linalg.norm(a - b) / np.linalg.norm(a)) for a, b in pairs)


def picture(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).random(shape, np.float32)


def types_of(path: Path) -> set[int]:
    return {tensor.data_type for tensor in onnx.load(path).graph.initializer}


def test_answers_as_before_with_half_the_weights(make_model: MakeModel, tmp_path: Path) -> None:
    source, out = make_model(), tmp_path / "half.onnx"
    assert convert(source, "fp16", out) == ()
    assert types_of(source) == {TensorProto.FLOAT}
    assert types_of(out) == {TensorProto.FLOAT16}
    assert relative_error(source, out, {"x": picture(2, 3, 20, 24)}) < 2e-3


def test_inputs_and_outputs_stay_as_they_were(make_model: MakeModel, tmp_path: Path) -> None:
    source, out = make_model(), tmp_path / "half.onnx"
    convert(source, "fp16", out)
    before, after = onnx.load(source).graph, onnx.load(out).graph
    assert list(before.input) == list(after.input)
    assert list(before.output) == list(after.output)


def test_an_output_that_is_also_used_inside(make_model: MakeModel, tmp_path: Path) -> None:
    def change(model: onnx.ModelProto) -> None:
        value = helper.make_tensor_value_info("r", TensorProto.FLOAT, ["N", 8, "a", "b"])
        model.graph.output.append(value)

    source, out = make_model(change), tmp_path / "half.onnx"
    convert(source, "fp16", out)
    onnx.checker.check_model(onnx.load(out), full_check=True)
    assert relative_error(source, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


@pytest.mark.parametrize("name", ["squeezenet", "shufflenet", "inception_v2"])
def test_real_structures_are_in_order(
    light_models: tuple[Path, ...], tmp_path: Path, name: str
) -> None:
    """The checker refuses a node that stands before one that it reads from."""
    source = next(path for path in light_models if name in path.name)
    out = tmp_path / "half.onnx"
    convert(source, "fp16", out)
    model = onnx.load(out)
    onnx.checker.check_model(model)
    assert TensorProto.FLOAT not in {t.data_type for t in model.graph.initializer}
    shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
    feed = {model.graph.input[0].name: picture(*shape)}
    assert relative_error(source, out, feed) < 1e-2


def test_the_sample(sample_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "half.onnx"
    assert convert(sample_model, "fp16", out) == ()
    assert out.stat().st_size < 0.55 * sample_model.stat().st_size
    assert relative_error(sample_model, out, {"images": picture(1, 3, 224, 224) * 2 - 1}) < 1e-2


def test_a_detector(yolox_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "half.onnx"
    convert(yolox_model, "fp16", out)
    onnx.checker.check_model(onnx.load(out))
    assert relative_error(yolox_model, out, {"images": picture(1, 3, 416, 416) * 255}) < 2e-2


def test_an_operator_that_stays_in_fp32(make_model: MakeModel, tmp_path: Path) -> None:
    """The converter sets casts around what has no FP16 form, such as TopK."""

    def change(model: onnx.ModelProto) -> None:
        k = numpy_helper.from_array(np.array([3], np.int64), "k")
        model.graph.initializer.append(k)
        model.graph.node.append(helper.make_node("TopK", ["y", "k"], ["z", "i"], name="top"))
        model.graph.output.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, None))
        model.graph.output.append(helper.make_tensor_value_info("i", TensorProto.INT64, None))

    source, out = make_model(change), tmp_path / "half.onnx"
    convert(source, "fp16", out)
    onnx.checker.check_model(onnx.load(out))
    assert relative_error(source, out, {"x": picture(2, 3, 16, 16)}) < 5e-3


def test_weights_out_of_range_are_named(make_model: MakeModel, tmp_path: Path) -> None:
    def change(model: onnx.ModelProto) -> None:
        kernel, bias, _ = model.graph.initializer
        values = numpy_helper.to_array(kernel).copy()
        values.flat[7] = -70000
        kernel.CopyFrom(numpy_helper.from_array(values, kernel.name))
        bias.CopyFrom(numpy_helper.from_array(np.full(8, -np.inf, np.float32), bias.name))

    (warning,) = convert(make_model(change), "fp16", tmp_path / "half.onnx")
    assert " w:" in warning
    assert " b" not in warning  # an infinity is one in FP16 too
    weights = {t.name: t for t in onnx.load(tmp_path / "half.onnx").graph.initializer}
    assert numpy_helper.to_array(weights["w"]).min() == -65504
    assert np.isneginf(numpy_helper.to_array(weights["b"])).all()


def test_external_weights(make_model: MakeModel, tmp_path: Path) -> None:
    source, inline = make_model(name="外/部.onnx", external=True), make_model()
    out = tmp_path / "half.onnx"
    convert(source, "fp16", out)
    assert relative_error(inline, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


def test_large_models_keep_their_weights_beside(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "_PROTOBUF_LIMIT", 100)
    source, out = make_model(), tmp_path / "out" / "half.onnx"
    out.parent.mkdir()

    def grow(model: onnx.ModelProto) -> None:
        product = np.ones((8, 4000), np.float32)
        model.graph.initializer[2].CopyFrom(numpy_helper.from_array(product, "m"))
        model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 4000

    source = make_model(grow)
    convert(source, "fp16", out)
    assert sorted(p.name for p in out.parent.iterdir()) == ["half.onnx", "half.onnx.data"]
    assert relative_error(source, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


def test_keep_is_the_file_itself(make_model: MakeModel) -> None:
    source = make_model()
    with converted(source, "keep") as (path, warnings):
        assert (path, warnings) == (source, ())


def test_the_converted_file_is_temporary(make_model: MakeModel) -> None:
    with converted(make_model(), "fp16") as (path, warnings):
        assert types_of(path) == {TensorProto.FLOAT16}
        assert warnings == ()
    assert not path.parent.exists()


def test_other_precisions_are_refused(make_model: MakeModel, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="bf16"):
        convert(make_model(), "bf16", tmp_path / "out.onnx")


def test_what_cannot_be_converted_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "text.onnx"
    path.write_text("no model")
    with pytest.raises(StudioError) as caught:
        convert(path, "fp16", tmp_path / "out.onnx")
    assert "keep" in caught.value.hint
    assert caught.value.details


def test_a_full_disk_is_explained(make_model: MakeModel) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with pytest.raises(StudioError, match="could not be written") as caught:
        convert(make_model(), "fp16", full)
    assert "room" in caught.value.hint
