"""ONNX Runtime sessions against the reference evaluator of ONNX."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from trtstudio.engine.measure.benchmark_inputs import random_inputs
from trtstudio.engine.run import onnx_session
from trtstudio.engine.run.opening import open_session
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.run import LoadRequest


def ignore(_said: object) -> None:
    """Nobody listens."""


def value(name: str, dtype: int, shape: list[int | str | None]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, dtype, shape)


def write(
    path: Path,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    opset: int = 17,
) -> Path:
    graph = helper.make_graph(nodes, "g", inputs, outputs)
    opsets = [helper.make_opsetid("", opset)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=10 if opset > 17 else 8)
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def matmul(tmp_path: Path) -> Path:
    """z = relu(x @ y), both free in every size."""
    nodes = [
        helper.make_node("MatMul", ["x", "y"], ["p"]),
        helper.make_node("Relu", ["p"], ["z"]),
    ]
    inputs = [value("x", TensorProto.FLOAT, ["N", "K"]), value("y", TensorProto.FLOAT, ["K", None])]
    return write(tmp_path / "matmul.onnx", nodes, inputs, [value("z", 1, ["N", None])])


def test_it_agrees_with_the_reference_evaluator(matmul: Path) -> None:
    random = np.random.default_rng(1)
    session = open_session(LoadRequest(str(matmul)), 3, ignore)
    for n, k, m in ((1, 1, 1), (2, 3, 4), (5, 2, 1)):
        inputs = {
            "x": random.normal(size=(n, k)).astype(np.float32),
            "y": random.normal(size=(k, m)).astype(np.float32),
        }
        (expected,) = ReferenceEvaluator(str(matmul)).run(None, inputs)
        result = session.run(inputs)
        np.testing.assert_allclose(result.outputs["z"], expected, rtol=1e-5)
        assert result.timing.latency_ms > 0
        assert result.timing.gpu_ms == 0
    session.close()


def test_it_describes_itself(matmul: Path) -> None:
    import onnxruntime

    said: list[Progress] = []
    session = open_session(LoadRequest(str(matmul), "onnxruntime"), 3, said.append)
    info = session.info
    assert (info.session, info.path) == (3, str(matmul))
    assert info.runtime == f"ONNX Runtime {onnxruntime.__version__}"
    assert info.device
    assert [(t.name, t.dtype, t.shape, t.role) for t in info.inputs] == [
        ("x", "float32", ("N", "K"), "input"),
        ("y", "float32", ("K", -1), "input"),
    ]
    assert [(t.name, t.role) for t in info.outputs] == [("z", "output")]
    assert info.shapes == {"x": (1, 1), "y": (1, 1)}
    assert info.load_seconds["load"] > 0
    assert "CPU" in info.warnings[0]
    assert said
    session.close()


def test_onnx_runtime_keeps_nothing_about_this_machine(matmul: Path, tmp_path: Path) -> None:
    """Where it collects what it sends to its maker it begins with files in the home folder."""
    script = (
        "import sys; from trtstudio.engine.run.opening import open_session;"
        "from trtstudio.model.run import LoadRequest;"
        "open_session(LoadRequest(sys.argv[1]), 1, lambda said: None).close()"
    )
    kept = ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
    environment = {name: text for name, text in os.environ.items() if name not in kept}
    home = tmp_path / "home"
    home.mkdir()
    environment |= {"HOME": str(home), "LOCALAPPDATA": str(home)}
    subprocess.run([sys.executable, "-c", script, str(matmul)], env=environment, check=True)
    files = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if "trtstudio" not in path.parts] == []


def test_it_computes_a_network_like_the_reference_evaluator(
    make_model: Callable[..., Path],
) -> None:
    path = make_model()
    session = open_session(LoadRequest(str(path)), 1, ignore)
    x = np.random.default_rng(2).normal(size=(2, 3, 9, 7)).astype(np.float32)
    (expected,) = ReferenceEvaluator(str(path)).run(None, {"x": x})
    found = session.run({"x": x}).outputs["y"]
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
    assert np.ptp(found) > 0.1, "not all the same"
    session.close()


def test_light_models_run(light_models: tuple[Path, ...]) -> None:
    slow = ("vgg19", "alexnet", "zfnet512")  # their matrices are huge
    for path in (p for p in light_models if not p.stem.endswith(slow)):
        session = open_session(LoadRequest(str(path)), 1, ignore)
        outputs = session.run(random_inputs(session.info.inputs, session.info.shapes)).outputs
        assert {o.name: o.shape for o in session.info.outputs} == {
            name: array.shape for name, array in outputs.items()
        }
        session.close()


def test_a_light_model_agrees_with_the_reference_evaluator(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "resnet50" in p.name)
    session = open_session(LoadRequest(str(path)), 1, ignore)
    inputs = random_inputs(session.info.inputs, session.info.shapes)
    (found,) = session.run(inputs).outputs.values()
    (expected,) = ReferenceEvaluator(str(path)).run(None, inputs)
    np.testing.assert_allclose(found, expected, rtol=1e-3)
    session.close()


def test_the_sample_takes_any_batch(sample_model: Path) -> None:
    if not sample_model.exists():
        pytest.skip("the bundled sample is not here")
    session = open_session(LoadRequest(str(sample_model)), 1, ignore)
    assert session.info.shapes == {"images": (1, 3, 224, 224)}
    pictures = np.random.default_rng(0).random((2, 3, 224, 224), np.float32)
    both = session.run({"images": pictures}).outputs["logits"]
    alone = session.run({"images": pictures[1:]}).outputs["logits"]
    assert both.shape == (2, 1000)
    np.testing.assert_allclose(both[1:], alone, rtol=1e-3, atol=1e-3)
    session.close()


@pytest.mark.parametrize("dtype", [TensorProto.FLOAT16, TensorProto.UINT8, TensorProto.BOOL])
def test_other_dtypes_pass_through(tmp_path: Path, dtype: int) -> None:
    nodes = [helper.make_node("Identity", ["x"], ["y"])]
    path = write(tmp_path / "m.onnx", nodes, [value("x", dtype, [3])], [value("y", dtype, [3])])
    session = open_session(LoadRequest(str(path)), 1, ignore)
    x = np.array([0, 1, 1]).astype(helper.tensor_dtype_to_np_dtype(dtype))
    y = session.run({"x": x}).outputs["y"]
    assert y.dtype == x.dtype
    np.testing.assert_array_equal(y, x)
    session.close()


BYTES_ONLY = {
    TensorProto.BFLOAT16: ml_dtypes.bfloat16,
    TensorProto.FLOAT8E4M3FN: ml_dtypes.float8_e4m3fn,
    TensorProto.FLOAT8E4M3FNUZ: ml_dtypes.float8_e4m3fnuz,
    TensorProto.FLOAT8E5M2: ml_dtypes.float8_e5m2,
    TensorProto.FLOAT8E5M2FNUZ: ml_dtypes.float8_e5m2fnuz,
}


@pytest.fixture(params=BYTES_ONLY, ids=TensorProto.DataType.Name)
def small_floats(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, type]:
    """small = x in the small dtype, wide = s in FP32, sum = x + x: x is [n, 3], s of any shape."""
    small, f32 = request.param, TensorProto.FLOAT
    nodes = [
        helper.make_node("Cast", ["x"], ["small"], to=small),
        helper.make_node("Cast", ["s"], ["wide"], to=f32),
        helper.make_node("Add", ["x", "x"], ["sum"]),
    ]
    inputs = [value("x", f32, ["n", 3]), value("s", small, ["m"])]
    outputs = [value("small", small, ["n", 3]), value("wide", f32, ["m"])]
    return (
        write(tmp_path / "m.onnx", nodes, inputs, [*outputs, value("sum", f32, ["n", 3])], 19),
        BYTES_ONLY[small],
    )


def test_bfloat16_and_float8_go_in_and_out(small_floats: tuple[Path, type]) -> None:
    path, dtype = small_floats
    with closing(open_session(LoadRequest(str(path)), 1, ignore)) as session:
        for rows in (4, 1, 0):
            random = np.random.default_rng(rows)
            x = random.normal(size=(rows, 3)).astype(np.float32)
            s = random.normal(size=(rows + 2)).astype(dtype)
            outputs = session.run({"x": x, "s": s}).outputs
            assert outputs["small"].dtype == dtype
            np.testing.assert_array_equal(outputs["small"].astype(float), x.astype(dtype))
            np.testing.assert_array_equal(outputs["wide"], s.astype(np.float32))
            np.testing.assert_array_equal(outputs["sum"], x + x)


def test_such_outputs_are_the_callers_own(small_floats: tuple[Path, type]) -> None:
    path, dtype = small_floats
    x, s = np.ones((2, 3), np.float32), np.full(2, 2, dtype)
    with closing(open_session(LoadRequest(str(path)), 1, ignore)) as session:
        first = session.run({"x": x, "s": s}).outputs
        session.run({"x": -x, "s": -s})
    for name, expected in (("small", 1), ("wide", 2), ("sum", 2)):
        assert (first[name].astype(float) == expected).all()
        first[name][:] = 0


def test_a_scalar_of_bfloat16(tmp_path: Path) -> None:
    kind = TensorProto.BFLOAT16
    nodes = [helper.make_node("Identity", ["x"], ["y"])]
    path = write(tmp_path / "m.onnx", nodes, [value("x", kind, [])], [value("y", kind, [])])
    with closing(open_session(LoadRequest(str(path)), 1, ignore)) as session:
        y = session.run({"x": np.array(1.5, ml_dtypes.bfloat16)}).outputs["y"]
    assert (y.shape, y.dtype, float(y)) == ((), ml_dtypes.bfloat16, 1.5)


@pytest.mark.parametrize("dtype", [TensorProto.STRING, TensorProto.INT4])
def test_what_it_cannot_exchange_is_refused_in_words(tmp_path: Path, dtype: int) -> None:
    nodes = [helper.make_node("Cast", ["x"], ["y"], to=TensorProto.FLOAT)]
    path = write(tmp_path / "m.onnx", nodes, [value("x", dtype, [3])], [value("y", 1, [3])], 21)
    with pytest.raises(StudioError, match=r'"x" is a tensor.* 8 bits and more') as caught:
        open_session(LoadRequest(str(path)), 1, ignore)
    assert "float32" in caught.value.hint


def test_its_errors_are_told_in_words_and_nothing_is_printed(
    matmul: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    nodes = [helper.make_node("NoSuchOperator", ["x"], ["y"])]
    unknown = write(tmp_path / "u.onnx", nodes, [value("x", 1, [1])], [value("y", 1, [1])])
    with pytest.raises(StudioError, match=r"cannot load u\.onnx: it does not know") as caught:
        open_session(LoadRequest(str(unknown)), 1, ignore)
    assert "NoSuchOperator" in caught.value.message
    session = open_session(LoadRequest(str(matmul)), 1, ignore)
    with pytest.raises(StudioError, match="could not run the model") as caught:
        session.run({"x": np.ones((2, 3), np.float32), "y": np.ones((2, 3), np.float32)})
    assert caught.value.details
    session.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("said", "reason", "hint"),
    [
        ("FAIL : Fatal error: my:Op(-1) is not a registered function/op", "my:Op", "Replace"),
        (
            "INVALID_GRAPH : Error No Op registered for Op with domain_version of 17",
            "Op",
            "Replace",
        ),
        (
            "Could not find an implementation for Erf(13) node with name 'e'",
            "kernel for",
            "TensorRT",
        ),
        ("Unsupported model IR version: 99, max supported IR version: 13", "newer", "--upgrade"),
        ("INVALID_ARGUMENT : Load model from a.onnx failed:Invalid model.", "rules", "export"),
        ("INVALID_ARGUMENT : Invalid rank for input: a", "does not fit", "shapes"),
        ("FAIL : Non-zero status code returned while running Add node.", "Add", "shapes"),
        ("something new", "", "export the model again"),
    ],
)
def test_its_words_are_explained(said: str, reason: str, hint: str) -> None:
    with pytest.raises(StudioError) as caught, onnx_session._refusals("It failed"):
        raise RuntimeError(said)
    assert caught.value.message.startswith("It failed")
    assert reason in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.details == said


def test_missing_weights_are_named(tmp_path: Path) -> None:
    weight = onnx.numpy_helper.from_array(np.ones((64, 64), np.float32), "w")
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "w"], ["y"])],
        "g",
        [value("x", 1, [64, 64])],
        [value("y", 1, [64, 64])],
        [weight],
    )
    path = tmp_path / "external.onnx"
    onnx.save(
        helper.make_model(graph),
        path,
        save_as_external_data=True,
        location="w.bin",
        size_threshold=0,
    )
    (tmp_path / "w.bin").unlink()
    with pytest.raises(StudioError, match=r"w\.bin"):
        open_session(LoadRequest(str(path)), 1, ignore)


def test_a_closed_session_says_so(matmul: Path) -> None:
    session = open_session(LoadRequest(str(matmul)), 1, ignore)
    session.close()
    session.close()
    with pytest.raises(StudioError, match="no longer loaded"):
        session.run({})
