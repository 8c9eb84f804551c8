"""Converting as a whole: what is refused, what is warned of, and what is left behind."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, numpy_helper

from trtstudio.engine.conversion import convert, converted, model_file
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.errors import Cancelled, StudioError

MakeModel = Callable[..., Path]
Error = Callable[[Path, Path, dict[str, np.ndarray]], float]


def ignore(_: Progress) -> None:
    """Nobody looks."""


def to_fp16(source: Path, out: Path) -> tuple[str, ...]:
    return convert(source, out, "fp16", Conversion(), on_progress=ignore)


def picture(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).random(shape, np.float32)


def test_keep_is_the_file_itself(make_model: MakeModel) -> None:
    source = make_model()
    with converted(BuildRequest(str(source), ""), ignore) as (path, warnings):
        assert (path, warnings) == (source, ())


def test_keep_tells_of_nan_in_weights(make_model: MakeModel) -> None:
    source = make_model(spoil(np.nan))
    with converted(BuildRequest(str(source), ""), ignore) as (path, (warning,)):
        assert path == source
    assert "NaN" in warning
    assert warning.endswith(": w.")


def test_the_converted_file_is_temporary(make_model: MakeModel) -> None:
    request = BuildRequest(str(make_model()), "", precision="fp16")
    with converted(request, ignore) as (path, warnings):
        assert {t.data_type for t in onnx.load(path).graph.initializer} == {TensorProto.FLOAT16}
        assert warnings == ()
    assert not path.parent.exists()


def test_other_precisions_are_refused(make_model: MakeModel, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="fp12"):
        convert(make_model(), tmp_path / "o.onnx", "fp12", Conversion(), on_progress=ignore)


def test_a_model_without_fp32_is_left_as_it_is(make_model: MakeModel, tmp_path: Path) -> None:
    half, again = tmp_path / "half.onnx", tmp_path / "again.onnx"
    asked = Conversion(convert_io=True)
    convert(make_model(), half, "fp16", asked, on_progress=ignore)
    (warning,) = convert(half, again, "bf16", asked, on_progress=ignore)
    assert "Nothing in half.onnx is FP32" in warning
    assert {t.data_type for t in onnx.load(again).graph.initializer} == {TensorProto.FLOAT16}


def spoil(value: float, weight: int = 0) -> Callable[[onnx.ModelProto], None]:
    def change(model: onnx.ModelProto) -> None:
        tensor = model.graph.initializer[weight]
        values = numpy_helper.to_array(tensor).copy()
        values.flat[-1] = value
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))

    return change


def test_weights_out_of_range_are_named_and_cut(make_model: MakeModel, tmp_path: Path) -> None:
    out = tmp_path / "half.onnx"
    (warning,) = to_fp16(make_model(spoil(-70000)), out)
    assert " w:" in warning
    weights = {t.name: numpy_helper.to_array(t) for t in onnx.load(out).graph.initializer}
    assert weights["w"].min() == -65504
    assert convert(make_model(spoil(-70000)), out, "bf16", Conversion(), on_progress=ignore) == ()


def test_an_infinity_stays_one(make_model: MakeModel, tmp_path: Path) -> None:
    out = tmp_path / "half.onnx"
    assert to_fp16(make_model(spoil(-np.inf, 1)), out) == ()
    weights = {t.name: numpy_helper.to_array(t) for t in onnx.load(out).graph.initializer}
    assert np.isneginf(weights["b"][-1])


@pytest.mark.parametrize("precision", ["fp16", "bf16", "int8"])
def test_nan_is_refused_and_named(make_model: MakeModel, tmp_path: Path, precision: str) -> None:
    out = tmp_path / "out.onnx"
    with pytest.raises(StudioError, match=r"NaN: m \(1\)") as caught:
        source = make_model(spoil(np.nan, 2))
        convert(source, out, precision, Conversion(), on_progress=ignore)
    assert caught.value.hint
    assert not out.exists()


@pytest.mark.parametrize("precision", ["fp16", "bf16"])
def test_external_weights(make_model: MakeModel, tmp_path: Path, precision: str) -> None:
    """ONNX's version converter, which BF16 needs, forgets where they are."""
    source, inline = make_model(name="外/部.onnx", external=True), make_model()
    outs = [tmp_path / "a.onnx", tmp_path / "b.onnx"]
    for path, out in zip((source, inline), outs, strict=True):
        convert(path, out, precision, Conversion(), on_progress=ignore)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def grow(model: onnx.ModelProto) -> None:
    """Let it have a weight that is worth a file of its own."""
    product = np.ones((8, 1000), np.float32)
    model.graph.initializer[2].CopyFrom(numpy_helper.from_array(product, "m"))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 1000


def test_large_models_keep_their_weights_beside(
    make_model: MakeModel, tmp_path: Path, relative_error: Error, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = make_model(grow), tmp_path / "out" / "half.onnx"
    out.parent.mkdir()
    monkeypatch.setattr(model_file, "_PROTOBUF_LIMIT", 100)
    to_fp16(source, out)
    assert sorted(p.name for p in out.parent.iterdir()) == ["half.onnx", "half.onnx.data"]
    assert relative_error(source, out, {"x": picture(1, 3, 16, 16)}) < 2e-3


def test_large_models_for_which_there_is_no_room(
    make_model: MakeModel, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "_PROTOBUF_LIMIT", 100)
    out, weights = small_disk / "half.onnx", small_disk / "half.onnx.data"
    to_fp16(make_model(grow), out)
    kept = [path.read_bytes() for path in (out, weights)]
    with (small_disk / "filler").open("wb", 0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))
    with pytest.raises(StudioError, match="the disk is full"):
        to_fp16(make_model(grow), out)
    assert sorted(small_disk.iterdir()) == [small_disk / "filler", out, weights]
    assert [path.read_bytes() for path in (out, weights)] == kept


def test_what_is_no_model_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "text.onnx"
    path.write_text("no model")
    with pytest.raises(StudioError, match="text file") as caught:
        to_fp16(path, tmp_path / "out.onnx")
    assert caught.value.hint


def test_a_full_disk_is_explained(make_model: MakeModel) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with pytest.raises(StudioError, match="cannot be written"):
        to_fp16(make_model(), full / "out.onnx")


def test_it_can_be_stopped(make_model: MakeModel, tmp_path: Path) -> None:
    def stop(_: Progress) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        convert(make_model(), tmp_path / "o.onnx", "fp16", Conversion(), on_progress=stop)
    assert not (tmp_path / "o.onnx").exists()
