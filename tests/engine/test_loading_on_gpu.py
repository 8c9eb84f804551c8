"""Loading options, layers, memory, refitting and batches on a real GPU: whatever is chosen, the
answers are ONNX Runtime's.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine import runtime
from trtstudio.engine.build.build import build
from trtstudio.engine.measure.benchmark import benchmark
from trtstudio.engine.measure.layer_profile import profile_layers
from trtstudio.engine.measure.memory import count_memory
from trtstudio.engine.run import kernel_cache
from trtstudio.engine.run.batching import run_batches
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.refit import refit
from trtstudio.engine.run.session import Session
from trtstudio.model.arrays import numpy_dtype, random_array
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.layer_profile import LayerProfileRequest, node_times
from trtstudio.model.measure.memory import MemoryRequest
from trtstudio.model.plan.record import read_record, verify
from trtstudio.model.refit import RefitRequest
from trtstudio.model.run import Array, LoadRequest

pytestmark = pytest.mark.gpu
SIZES = ShapeRange((1, 3, 32, 32), (4, 3, 32, 32), (8, 3, 32, 32))
TF32, EXACT = 5e-3, 2e-5
"""How far two results may be apart, as relative L2."""


def ignore(_said: object) -> None:
    """Nobody listens."""


def never() -> bool:
    return False


def pictures(count: int) -> Array:
    return np.random.default_rng(count).random((count, 3, 32, 32), np.float32)


def apart(found: Array, expected: Array) -> float:
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected))


@pytest.fixture(autouse=True)
def kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kernel_cache, "folder", lambda: tmp_path / "kernels")
    return tmp_path / "kernels"


@pytest.fixture
def on_cpu(built: tuple[Path, Path]) -> Iterator[Session]:
    with closing(OnnxSession(str(built[0]), 1, ignore)) as session:
        yield session


Make = Callable[..., Path]


@pytest.fixture
def make_plan(built: tuple[Path, Path], tmp_path: Path) -> Make:
    """Builds the small model with other settings."""

    def make(name: str, **settings: Any) -> Path:
        plan = tmp_path / name
        request = BuildRequest(str(built[0]), str(plan), ({"images": SIZES},), **settings)
        build(request, on_progress=ignore, on_log=ignore, cancelled=never)
        return plan

    return make


def load(plan: Path, **options: Any) -> Any:
    return open_session(LoadRequest(str(plan), "auto", LoadOptions(**options)), 1, ignore)


def agree(on_gpu: Session, on_cpu: Session, tolerance: float = TF32) -> None:
    for batch in (4, 1, 8, 8, 3):
        inputs = {"images": pictures(batch)}
        found = on_gpu.run(inputs).outputs["scores"]
        assert apart(found, on_cpu.run(inputs).outputs["scores"]) < tolerance


@pytest.mark.parametrize(
    "options",
    [
        {"context_memory": "on_profile_change"},
        {"context_memory": "user_managed"},
        {"cuda_graphs": "whole_graph_capture"},
        {"cuda_graphs": "disabled"},
        {"kernel_specialization": "eager"},
        {"kernel_specialization": "none"},
        {"keep_kernels": False},
        {"context_memory": "user_managed", "cuda_graphs": "whole_graph_capture"},
    ],
    ids=lambda options: "+".join(f"{name}={value}" for name, value in options.items()),
)
def test_every_option_gives_the_same_answers(
    built: tuple[Path, Path], on_cpu: Session, kernels: Path, options: dict[str, Any]
) -> None:
    if missing := set(options) - set(runtime.describe().load_options):
        with pytest.raises(StudioError, match="does not have"):
            load(built[1], **options)
        pytest.skip(f"this runtime has no choice of {missing}")
    with closing(load(built[1], **options)) as session:
        agree(session, on_cpu)
        assert session.info.options == LoadOptions(**options)
    if options == {"keep_kernels": False}:
        assert not kernels.exists()


def test_a_gpu_that_is_not_there_is_refused(built: tuple[Path, Path]) -> None:
    with pytest.raises(StudioError, match="no GPU 99 here"):
        load(built[1], device=99)


def test_the_last_gpu_answers_as_the_first(built: tuple[Path, Path], on_cpu: Session) -> None:
    last = len(runtime.gpus()[0]) - 1
    with closing(load(built[1], device=last)) as session:
        agree(session, on_cpu)


@pytest.mark.parametrize("budget", [0, "automatic", 20_000, 10**12])
def test_streamed_weights_give_the_same_answers(
    make_plan: Make, on_cpu: Session, budget: int | str
) -> None:
    plan = make_plan("streamed.plan", flags=("WEIGHT_STREAMING",))
    with closing(load(plan, weight_streaming=budget)) as session:
        agree(session, on_cpu)
    request = LoadRequest(str(plan), options=LoadOptions(weight_streaming=budget))
    ledger = count_memory(MemoryRequest(request), ignore)
    assert ledger.streamable_bytes > 0
    kept = {0: 0, 10**12: None}.get(budget, ledger.streaming_bytes)  # type: ignore[call-overload]
    assert ledger.streaming_bytes == kept


def test_weights_that_cannot_be_streamed_are_refused(built: tuple[Path, Path]) -> None:
    with pytest.raises(StudioError, match="cannot be streamed"):
        load(built[1], weight_streaming="automatic")


@pytest.mark.parametrize("count", [1, 8, 9, 21])
def test_a_batch_in_pieces(built: tuple[Path, Path], on_cpu: Session, count: int) -> None:
    inputs = {"images": pictures(count)}
    with closing(load(built[1])) as session:
        result = run_batches(session, inputs)
    assert result.pieces == -(-count // 8)
    assert apart(result.outputs["scores"], on_cpu.run(inputs).outputs["scores"]) < TF32


@pytest.mark.parametrize("graphs", [None, "whole_graph_capture"])
def test_the_layers_of_an_engine(
    built: tuple[Path, Path], on_cpu: Session, graphs: str | None
) -> None:
    if graphs and "cuda_graphs" not in runtime.describe().load_options:
        pytest.skip("this runtime captures no graphs itself")
    with closing(load(built[1], cuda_graphs=graphs)) as session:
        request = LayerProfileRequest(1, {"images": (8, 3, 32, 32)}, 20)
        found = profile_layers(session, request, on_progress=ignore, cancelled=never)
        agree(session, on_cpu)
    assert found.layers
    assert all(layer.median_ms >= 0 for layer in found.layers)
    assert sum(layer.share for layer in found.layers) == pytest.approx(1)
    assert found.whole_ms > 0
    assert found.sum_ms > 0
    assert any(layer.position >= 0 for layer in found.layers), found.layers
    assert len(node_times(found)) >= 2, found.layers


@pytest.mark.parametrize("memory", ["static", "on_profile_change", "user_managed"])
def test_the_ledger_of_an_engine(built: tuple[Path, Path], memory: str) -> None:
    options = LoadOptions(context_memory=memory)  # type: ignore[arg-type]
    request = LoadRequest(str(built[1]), options=options)
    ledger = count_memory(MemoryRequest(request, contexts=2), ignore)
    sizes = {item.kind: item for item in ledger.items}
    weights = sum(numpy_helper.to_array(w).nbytes for w in onnx.load(built[0]).graph.initializer)
    assert sizes["weights"].bytes_each >= 0.5 * weights
    assert (sizes["inputs"].bytes_each, sizes["inputs"].count) == (4 * 8 * 3 * 32 * 32, 2)
    assert sizes["outputs"].bytes_each == 4 * 8 * 10
    assert len(ledger.profiles) == 1
    assert ledger.shapes == {"images": (8, 3, 32, 32)}
    assert ledger.fits
    assert 0 < ledger.free_bytes <= ledger.device_bytes
    assert not count_memory(MemoryRequest(request, contexts=10**9), ignore).fits


def test_an_engine_with_new_weights(
    built: tuple[Path, Path], make_plan: Make, tmp_path: Path
) -> None:
    plan = make_plan("refittable.plan", flags=("REFIT",))
    changed = onnx.load(built[0])
    random = np.random.default_rng(5)
    for weight in changed.graph.initializer:
        values = random.normal(0, 0.1, weight.dims).astype(np.float32)
        weight.CopyFrom(numpy_helper.from_array(values, weight.name))
    model, output = tmp_path / "changed.onnx", tmp_path / "changed.plan"
    onnx.save(changed, model)
    for again in (plan, output):  # what came of it can be refitted in turn
        result = refit(
            RefitRequest(str(again), str(model), str(output)), on_progress=ignore, cancelled=never
        )
        assert result.weights > 0
    record = read_record(output)
    assert record is not None
    verify(output, record)
    with closing(load(output)) as session, closing(OnnxSession(str(model), 2, ignore)) as other:
        agree(session, other)


def test_an_engine_that_takes_no_weights_is_left_alone(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    request = RefitRequest(str(built[1]), str(built[0]), str(tmp_path / "new.plan"))
    with pytest.raises(StudioError, match="takes no new weights"):
        refit(request, on_progress=ignore, cancelled=never)
    assert not (tmp_path / "new.plan").exists()


def one_node(dtype: str, shape: list[int], operator: str) -> onnx.ModelProto:
    """y = operator(x, x)"""
    kind = {
        "float32": TensorProto.FLOAT,
        "float16": TensorProto.FLOAT16,
        "bfloat16": TensorProto.BFLOAT16,
        "int32": TensorProto.INT32,
        "int64": TensorProto.INT64,
        "bool": TensorProto.BOOL,
    }[dtype]
    graph = helper.make_graph(
        [helper.make_node(operator, ["x", "x"], ["y"])],
        "one",
        [helper.make_tensor_value_info("x", kind, shape)],
        [helper.make_tensor_value_info("y", kind, shape)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.parametrize("shape", [[], [5], [2, 3]], ids=str)
@pytest.mark.parametrize(
    ("dtype", "operator"),
    [
        ("float32", "Add"),
        ("float16", "Add"),
        ("bfloat16", "Add"),
        ("int32", "Add"),
        ("int64", "Add"),
        ("bool", "And"),
    ],
)
def test_every_type_and_rank_goes_in_and_out(
    tmp_path: Path, dtype: str, operator: str, shape: list[int]
) -> None:
    model, plan = tmp_path / "one.onnx", tmp_path / "one.plan"
    onnx.save(one_node(dtype, shape, operator), model)
    build(BuildRequest(str(model), str(plan)), on_progress=ignore, on_log=ignore, cancelled=never)
    x = random_array(np.random.default_rng(0), dtype, tuple(shape))
    expected = np.logical_and(x, x) if dtype == "bool" else x + x
    with closing(load(plan)) as session:
        found = session.run({"x": x}).outputs["y"]
    assert found.dtype == numpy_dtype(dtype)
    np.testing.assert_array_equal(found, expected)


ROWS_FEW = ShapeRange((1, 6), (2, 6), (3, 8), values=True)
ROWS_MANY = ShapeRange((6, 1), (6, 2), (9, 4), values=True)


def expanding() -> onnx.ModelProto:
    """y = relu(x) repeated to the shape that the values of ``size`` are."""
    graph = helper.make_graph(
        [
            helper.make_node("Relu", ["x"], ["r"]),
            helper.make_node("Expand", ["r", "size"], ["y"]),
        ],
        "expanding",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1]),
            helper.make_tensor_value_info("size", TensorProto.INT64, [2]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["a", "b"])],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def expanding_plan(tmp_path: Path) -> Path:
    model, plan = tmp_path / "expanding.onnx", tmp_path / "expanding.plan"
    onnx.save(expanding(), model)
    request = BuildRequest(str(model), str(plan), ({"size": ROWS_FEW}, {"size": ROWS_MANY}))
    build(request, on_progress=ignore, on_log=ignore, cancelled=never)
    return plan


def test_values_that_decide_about_shapes_choose_the_profile(expanding_plan: Path) -> None:
    x = np.array([[2.5]], np.float32)
    with closing(load(expanding_plan)) as session:
        assert [profile["size"] for profile in session.info.profiles] == [ROWS_FEW, ROWS_MANY]
        assert session.shape_values["size"].tolist() == [2, 6]
        for size in ((2, 6), (9, 4), (3, 8), (6, 1), (6, 2), (1, 6)):
            found = session.run({"x": x, "size": np.array(size)}).outputs["y"]
            np.testing.assert_array_equal(found, np.full(size, 2.5, np.float32))
        with pytest.raises(StudioError, match=r'values \[4, 6\] of "size" are outside') as caught:
            session.run({"x": x, "size": np.array((4, 6))})
        assert "profile 1: min [6, 1], opt [6, 2], max [9, 4]" in caught.value.details
        request = BenchRequest(1, duration_s=0.1, warmup_ms=0)
        assert benchmark(session, request, on_samples=ignore, cancelled=never).iterations >= 10
    ledger = count_memory(MemoryRequest(LoadRequest(str(expanding_plan))), ignore)
    outputs = next(item for item in ledger.items if item.kind == "outputs")
    assert outputs.bytes_each == 4 * 3 * 8
    assert ledger.shapes == {"x": (1, 1), "size": (2,)}
