"""Small networks made on the spot, for the tests of what TensorRT makes of them."""

import sys
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine import cuda
from trtstudio.engine.run.session import Session
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.run import LoadRequest

MakeModel = Callable[..., Path]


def small_net(
    height: str | int = "H", width: str | int = "W", batch: str | int = "N"
) -> onnx.ModelProto:
    """x [batch, 3, height, width] -> Conv, Relu, mean, MatMul -> y [batch, 10], all FP32."""
    random = np.random.default_rng(0)
    weights = {"w": (8, 3, 3, 3), "b": (8,), "m": (8, 10)}
    nodes = [
        helper.make_node("Conv", ["x", "w", "b"], ["c"], name="conv", pads=[1] * 4, strides=[2, 1]),
        helper.make_node("Relu", ["c"], ["r"], name="relu"),
        helper.make_node("GlobalAveragePool", ["r"], ["g"], name="mean"),
        helper.make_node("Flatten", ["g"], ["f"], name="flatten"),
        helper.make_node("MatMul", ["f", "m"], ["y"], name="product"),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, 3, height, width])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [batch, 10])],
        [
            numpy_helper.from_array(random.standard_normal(shape).astype(np.float32), name)
            for name, shape in weights.items()
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Writes the small network, changed as wanted, and answers its path."""

    def make(
        change: Callable[[onnx.ModelProto], object] | None = None,
        *,
        name: str = "small.onnx",
        height: str | int = "H",
        width: str | int = "W",
        batch: str | int = "N",
        external: bool = False,
    ) -> Path:
        model = small_net(height, width, batch)
        if change:
            change(model)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(
            model,
            path,
            save_as_external_data=external,
            location=f"{path.stem}.bin",
            size_threshold=0,
        )
        return path

    return make


@pytest.fixture
def no_nvml(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where nvidia-ml-py is not installed."""
    monkeypatch.setitem(sys.modules, "pynvml", None)


@pytest.fixture
def open_fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Opens a session on a GPU of Python and answers it, its contexts and the GPU; what it leaves
    there afterwards is an error. ``lazy`` decides in which order streams go on.
    """
    spec = util.spec_from_file_location("python_gpu", Path(__file__).with_name("python_gpu.py"))
    assert spec is not None
    assert spec.loader is not None
    python_gpu = util.module_from_spec(spec)
    spec.loader.exec_module(python_gpu)
    opened: list[tuple[Any, Any]] = []

    def open_it(
        *also: str, lazy: Random | None = None, options: LoadOptions | None = None
    ) -> tuple[Any, Any, Any]:
        gpu = python_gpu.LazyCuda(lazy) if lazy else python_gpu.PythonCuda()
        monkeypatch.setattr(cuda, "cudart", lambda: gpu)
        session, contexts = python_gpu.make_session(gpu, also, options or LoadOptions())
        opened.append((session, gpu))
        return session, contexts, gpu

    yield open_it
    for session, gpu in opened:
        monkeypatch.setattr(cuda, "cudart", lambda gpu=gpu: gpu)
        session.close()
        session.close()
        assert not gpu.memory
        assert not gpu.objects


def _ignore(_said: object) -> None:
    """Nobody listens."""


def _write_small_model(path: Path) -> Path:
    """Two convolutions, a pool and a matrix product, for any number of pictures of 3 x 32 x 32."""
    random = np.random.default_rng(0)
    weights = {
        "w1": random.normal(0, 0.2, (32, 3, 3, 3)),
        "w2": random.normal(0, 0.06, (64, 32, 3, 3)),
        "w3": random.normal(0, 0.1, (64, 10)),
    }
    nodes = [
        helper.make_node("Conv", ["images", "w1"], ["a"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Conv", ["b", "w2"], ["c"], pads=[1, 1, 1, 1], strides=[2, 2]),
        helper.make_node("Relu", ["c"], ["d"]),
        helper.make_node("GlobalAveragePool", ["d"], ["e"]),
        helper.make_node("Flatten", ["e"], ["f"]),
        helper.make_node("MatMul", ["f", "w3"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 3, 32, 32])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 10])],
        [numpy_helper.from_array(w.astype(np.float32), name) for name, w in weights.items()],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small model and the plan that the real builder makes of it, for batches of 1 to 8."""
    from trtstudio.engine.build.build import build

    folder = tmp_path_factory.mktemp("built")
    model, plan = _write_small_model(folder / "small.onnx"), folder / "small.plan"
    sizes = ShapeRange((1, 3, 32, 32), (4, 3, 32, 32), (8, 3, 32, 32))
    request = BuildRequest(str(model), str(plan), ({"images": sizes},))
    build(request, on_progress=_ignore, on_log=_ignore, cancelled=lambda: False)
    return model, plan


@pytest.fixture
def on_gpu(built: tuple[Path, Path]) -> Iterator[Session]:
    """The plan, loaded."""
    from trtstudio.engine.run.opening import open_session

    session = open_session(LoadRequest(str(built[1])), 7, _ignore)
    yield session
    session.close()
