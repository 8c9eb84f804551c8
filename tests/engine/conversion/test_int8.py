"""Models in INT8: their pairs, and their answers against those of the model in FP32."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime.quantization as ort_quantization
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine.conversion import convert
from trtstudio.engine.conversion.accuracy import compare_models
from trtstudio.engine.conversion.int8 import weight_scale
from trtstudio.engine.conversion.ranges import RangeCache, read_cache
from trtstudio.engine.conversion.rules import small_names
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.onnx.file import read_onnx
from trtstudio.vision import samples
from trtstudio.vision.picture import read_picture
from trtstudio.vision.picture_model import recognize

IN_THE_PICTURE = {
    "chelsea": ("tiger cat", "Egyptian cat", "tabby"),
    "coffee": ("espresso",),
    "camera": ("tripod",),
    "rocket": ("missile",),
}
MakeModel = Callable[..., Path]
Error = Callable[[Path, Path, dict[str, np.ndarray]], float]


def ignore(_: Progress) -> None:
    """Nobody looks."""


def quantized(source: Path, folder: Path, method: str = "minmax", **asked: Any) -> Path:
    """The model in INT8, which ONNX itself finds right."""
    out = source.with_name("int8.onnx")
    calibration = Calibration(str(folder), method)  # type: ignore[arg-type]
    convert(source, out, "int8", Conversion(calibration=calibration, **asked), on_progress=ignore)
    onnx.checker.check_model(onnx.load(out), full_check=True)
    return out


def sample(number: int, folder: Path) -> dict[str, np.ndarray]:
    return {"x": np.load(folder / f"{number}.npy")}


@pytest.mark.parametrize("base", ["fp32", "fp16"])
@pytest.mark.parametrize("method", ["entropy", "minmax", "percentile"])
def test_answers_nearly_as_before(
    make_model: MakeModel, calibration_folder: Path, relative_error: Error, method: str, base: str
) -> None:
    source = make_model()
    out = quantized(source, calibration_folder, method, base=base)
    limit = 0.3 if method == "entropy" else 0.05  # it cuts the tails of six pictures' noise
    assert 1e-4 < relative_error(source, out, sample(0, calibration_folder)) < limit


def test_layers_of_few_weights_are_left_out(
    make_model: MakeModel, calibration_folder: Path
) -> None:
    """The convolution has 216 weights, the product 80."""
    graph = onnx.load(quantized(make_model(), calibration_folder, int8_from=81, base="fp32")).graph
    quantizing = [n.input[0] for n in graph.node if n.op_type == "QuantizeLinear"]
    assert len(quantizing) == 2
    assert "w" in quantizing
    assert "m" not in quantizing
    with pytest.raises(StudioError, match="Nothing in this model can be INT8") as caught:
        quantized(make_model(), calibration_folder, int8_from=1_000_000)
    assert "1000000 weights" in caught.value.hint


def test_small_layers_are_known_by_name(make_model: MakeModel) -> None:
    """So that Model Optimizer can be told to leave them out."""
    graph = read_onnx(make_model())
    assert small_names(graph, 0) == ()
    assert small_names(graph, 81) == ("product",)
    assert small_names(graph, 217) == ("conv", "product")


def test_the_pairs_are_what_tensorrt_takes(make_model: MakeModel, calibration_folder: Path) -> None:
    """Symmetric INT8, weights channel by channel behind a pair of their own, biases left alone."""
    graph = onnx.load(quantized(make_model(), calibration_folder, base="fp32")).graph
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    pairs = [n for n in graph.node if n.op_type in ("QuantizeLinear", "DequantizeLinear")]
    assert len(pairs) == 8
    for node in pairs:
        assert constants[node.input[2]].dtype == np.int8
        assert not constants[node.input[2]].any()
    scales = {n.input[0]: constants[n.input[1]] for n in pairs if n.op_type == "QuantizeLinear"}
    expected = np.abs(constants["w"]).max(axis=(1, 2, 3)) / 127
    np.testing.assert_allclose(scales["w"], expected, rtol=1e-6)
    np.testing.assert_allclose(scales["m"], np.abs(constants["m"]).max(axis=0) / 127, rtol=1e-6)
    assert constants["b"].dtype == np.float32
    conv = next(n for n in graph.node if n.op_type == "Conv")
    assert conv.input[2] == "b"


def test_ranges_against_numpy(make_model: MakeModel, calibration_folder: Path) -> None:
    graph = onnx.load(quantized(make_model(), calibration_folder, base="fp32")).graph
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    largest = max(np.abs(np.load(p)).max() for p in calibration_folder.iterdir())
    assert constants["x_scale"] == pytest.approx(largest / 127)


def test_no_worse_than_onnx_runtimes_own_quantizer(
    make_model: MakeModel, calibration_folder: Path, relative_error: Error
) -> None:
    class Reader(ort_quantization.CalibrationDataReader):
        def __init__(self) -> None:
            self.feeds = iter([sample(n, calibration_folder) for n in range(6)])

        def get_next(self) -> dict[str, np.ndarray] | None:
            return next(self.feeds, None)

    source = make_model()
    other = source.with_name("theirs.onnx")
    ort_quantization.quantize_static(
        source,
        other,
        Reader(),
        activation_type=ort_quantization.QuantType.QInt8,
        weight_type=ort_quantization.QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["Conv", "MatMul"],
        extra_options={"ActivationSymmetric": True, "QuantizeBias": False},
    )
    own = quantized(source, calibration_folder)
    feed = sample(1, calibration_folder)
    assert relative_error(source, own, feed) < 1.5 * relative_error(source, other, feed)


def test_nodes_that_stay_out(make_model: MakeModel, calibration_folder: Path) -> None:
    out = quantized(make_model(), calibration_folder, keep_fp32=("MatMul",))
    graph = onnx.load(out).graph
    assert sum(n.op_type == "QuantizeLinear" for n in graph.node) == 2
    assert {t.name: t.data_type for t in graph.initializer}["m"] == TensorProto.FLOAT


def test_depthwise_convolutions_stay_out(make_model: MakeModel, calibration_folder: Path) -> None:
    def change(model: onnx.ModelProto) -> None:
        kernel = numpy_helper.from_array(np.ones((8, 1, 3, 3), np.float32), "each")
        model.graph.initializer.append(kernel)
        node = helper.make_node("Conv", ["r", "each"], ["d"], group=8, pads=[1] * 4)
        model.graph.node.insert(2, node)
        model.graph.node[3].input[0] = "d"

    graph = onnx.load(quantized(make_model(change), calibration_folder)).graph
    (depthwise,) = [n for n in graph.node if "d" in n.output]
    assert list(depthwise.input) == ["r", "each"]
    assert sum(n.op_type == "QuantizeLinear" for n in graph.node) == 4


def test_a_weight_of_two_products(make_model: MakeModel, calibration_folder: Path) -> None:
    """A Gemm reads it along the other axis than a MatMul."""

    def change(model: onnx.ModelProto) -> None:
        node = helper.make_node("Gemm", ["y", "m"], ["z"], transB=1)
        model.graph.node.append(node)
        model.graph.output.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, None))

    graph = onnx.load(quantized(make_model(change), calibration_folder)).graph
    axes = {n.attribute[0].i for n in graph.node if n.name.startswith("m_quantized")}
    assert axes == {0, 1}


@pytest.mark.parametrize(
    ("shape", "axis", "scales"), [((4, 3, 2, 2), 0, (4,)), ((4, 3), 1, (3,)), ((2, 4, 3), None, ())]
)
def test_a_scale_for_each_channel(
    shape: tuple[int, ...], axis: int | None, scales: tuple[int, ...]
) -> None:
    weight = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    found = weight_scale(weight, axis)
    assert found.shape == scales
    step = (
        found
        if axis is None
        else np.expand_dims(found, [a for a in range(weight.ndim) if a != axis])
    )
    assert np.abs(weight / step).max() == pytest.approx(127)


def test_a_model_that_is_quantized_already_is_taken_as_it_is(
    make_model: MakeModel, calibration_folder: Path, tmp_path: Path
) -> None:
    source = quantized(make_model(), calibration_folder)
    out = tmp_path / "again.onnx"
    (warning,) = convert(source, out, "int8", Conversion(), on_progress=ignore)
    assert "quantized already" in warning
    nodes = [list(onnx.load(path).graph.node) for path in (source, out)]
    assert nodes[0] == nodes[1]


def test_a_model_in_fp16_is_refused(make_model: MakeModel, calibration_folder: Path) -> None:
    source = make_model()
    half = source.with_name("half.onnx")
    convert(source, half, "fp16", Conversion(), on_progress=ignore)
    with pytest.raises(StudioError, match="FP16 or BF16 already"):
        quantized(half, calibration_folder)


def test_without_samples(make_model: MakeModel, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="needs samples"):
        convert(make_model(), tmp_path / "o.onnx", "int8", Conversion(), on_progress=ignore)


def test_nothing_left_to_quantize(make_model: MakeModel, calibration_folder: Path) -> None:
    with pytest.raises(StudioError, match="Nothing in this model can be INT8"):
        quantized(make_model(), calibration_folder, keep_fp32=("Conv", "MatMul"))


class TestCache:
    def asked(self, folder: Path, cache: Path, method: str = "minmax") -> Conversion:
        calibration = Calibration(str(folder), method, cache=str(cache))  # type: ignore[arg-type]
        return Conversion(calibration=calibration)

    def test_ranges_are_kept_and_taken_again(
        self, make_model: MakeModel, calibration_folder: Path, tmp_path: Path
    ) -> None:
        source, cache = make_model(), tmp_path / "ranges.json"
        outs = [tmp_path / "first.onnx", tmp_path / "second.onnx"]
        asked = self.asked(calibration_folder, cache)
        assert convert(source, outs[0], "int8", asked, on_progress=ignore) == ()
        gone = self.asked(tmp_path / "gone", cache)  # the folder is not even looked at
        (warning,) = convert(source, outs[1], "int8", gone, on_progress=ignore)
        assert str(calibration_folder) in warning
        assert outs[0].read_bytes() == outs[1].read_bytes()

    def test_another_model_or_method_is_measured_anew(
        self, make_model: MakeModel, calibration_folder: Path, tmp_path: Path
    ) -> None:
        cache, out = tmp_path / "ranges.json", tmp_path / "o.onnx"
        for asked in ("minmax", "percentile"):
            conversion = self.asked(calibration_folder, cache, asked)
            assert convert(make_model(), out, "int8", conversion, on_progress=ignore) == ()

        def rename(model: onnx.ModelProto) -> None:
            model.graph.name = "another"

        conversion = self.asked(calibration_folder, cache, "percentile")
        assert convert(make_model(rename), out, "int8", conversion, on_progress=ignore) == ()

    def test_another_file_is_not_overwritten(
        self, make_model: MakeModel, calibration_folder: Path, tmp_path: Path
    ) -> None:
        cache = tmp_path / "notes.json"
        cache.write_text("my notes")
        with pytest.raises(StudioError, match="holds no calibration ranges"):
            asked = self.asked(calibration_folder, cache)
            convert(make_model(), tmp_path / "o.onnx", "int8", asked, on_progress=ignore)
        assert cache.read_text() == "my notes"

    def test_a_cache_that_cannot_be_read_is_told_as_that(self, tmp_path: Path) -> None:
        with pytest.raises(StudioError, match="is a folder"):
            read_cache(tmp_path, "", "minmax", ())


def test_it_stops_at_any_step(
    make_model: MakeModel, calibration_folder: Path, tmp_path: Path
) -> None:
    source, cache, out = make_model(), tmp_path / "ranges.json", tmp_path / "o.onnx"
    steps: list[Progress] = []
    calibration = Calibration(str(calibration_folder), "minmax", cache=str(cache))
    asked = Conversion(calibration=calibration)
    convert(source, out, "int8", asked, on_progress=steps.append)
    assert [p.step for p in steps if p.phase == "Calibrating"] == [0, 1, 2, 3, 4, 5, 6]
    out.unlink()
    cache.unlink()
    for last in range(len(steps)):
        seen: list[Progress] = []

        def stop(progress: Progress, seen: list[Progress] = seen, last: int = last) -> None:
            seen.append(progress)
            if len(seen) > last:
                raise Cancelled("stopped")

        with pytest.raises(Cancelled):
            convert(source, out, "int8", asked, on_progress=stop)
        assert not out.exists()
        cache.unlink(missing_ok=True)


@pytest.mark.parametrize(("precision", "limit"), [("fp16", 0.01), ("int8", 0.2)])
def test_the_sample_on_its_labelled_pictures(
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    precision: str,
    limit: float,
) -> None:
    """Top-1 is that of FP32, and what is in the picture."""
    folder, out = sample_pictures[0].parent, tmp_path / "out.onnx"
    asked = Conversion(calibration=Calibration(str(folder), "minmax"))
    convert(sample_model, out, precision, asked, on_progress=ignore, pictures=samples)
    (found,), warnings = compare_models(
        sample_model, out, folder, on_progress=ignore, pictures=samples
    )
    assert (found.samples, found.same_top, warnings) == (len(sample_pictures), 1, ())
    assert found.worst_relative_l2 < limit
    with closing(OnnxSession(str(out), 0, ignore)) as session:
        model = recognize(session.info, read_onnx(sample_model).metadata)
        assert model is not None
        for path in sample_pictures:
            feed, placement = model.feed(read_picture(path))
            answer = model.answer(session.run(feed).outputs, placement)
            assert answer is not None
            assert answer.top[0].label in IN_THE_PICTURE[path.stem]


def test_the_cache_is_plain_json(
    make_model: MakeModel, calibration_folder: Path, tmp_path: Path
) -> None:
    import msgspec

    cache = tmp_path / "ranges.json"
    asked = Conversion(calibration=Calibration(str(calibration_folder), cache=str(cache)))
    convert(make_model(), tmp_path / "o.onnx", "int8", asked, on_progress=ignore)
    kept = msgspec.json.decode(cache.read_bytes(), type=RangeCache)
    assert kept.ranges.keys() == {"x", "f"}
