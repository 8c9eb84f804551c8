"""Memory before running: ONNX models from their files, engines against an engine of Python."""

import ctypes
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import onnx
import pytest

from trtstudio.engine import runtime
from trtstudio.engine.measure import memory, plan_memory
from trtstudio.engine.measure.host_memory import _linux, host_memory
from trtstudio.engine.measure.memory import count_memory
from trtstudio.engine.run.deserialize import LoadedEngine, NewContext
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.memory import MemoryLedger, MemoryRequest
from trtstudio.model.run import LoadRequest
from trtstudio.model.runtime import Device, Runtime


def ignore(_said: object) -> None:
    """Nobody listens."""


def sizes(ledger: MemoryLedger) -> dict[str, tuple[int, int, str]]:
    return {i.kind: (i.bytes_each, i.count, i.certainty) for i in ledger.items}


WEIGHTS = 4 * (8 * 3 * 3 * 3 + 8 + 8 * 10)


def test_an_onnx_model_from_its_file(make_model: Callable[..., Path]) -> None:
    path = make_model(height=16, width=8)
    request = MemoryRequest(LoadRequest(str(path)), {"x": (2, 3, 16, 8)}, 3)
    ledger = count_memory(request, ignore)
    # Conv halves the height; its output and Relu's live at once.
    conv = 4 * 2 * 8 * 8 * 8
    assert sizes(ledger) == {
        "weights": (WEIGHTS, 1, "exact"),
        "activations": (2 * conv, 3, "exact"),
        "inputs": (4 * 2 * 3 * 16 * 8, 3, "exact"),
        "outputs": (4 * 2 * 10, 3, "exact"),
    }
    assert ledger.total_bytes == WEIGHTS + 3 * (2 * conv + 4 * 2 * (3 * 16 * 8 + 10))
    assert ledger.shapes == {"x": (2, 3, 16, 8)}
    assert ledger.fits


@pytest.mark.parametrize(
    ("reshaped", "shapes"),
    [
        ((9, 3, 32, 8), {}),
        ((9, 3, -1, 8), {"x": (9, 3, 32, 8)}),
        ((-1, 3, -1, -1), {"x": (9, 3, 32, 8)}),
    ],
)
def test_a_model_with_other_input_shapes_than_it_declares(
    make_model: Callable[..., Path], reshaped: tuple[int, ...], shapes: dict[str, Any]
) -> None:
    path = make_model(batch=4, height=16, width=8)
    load = LoadRequest(str(path), input_shapes={"x": reshaped})
    ledger = count_memory(MemoryRequest(load, shapes), ignore)
    conv = 4 * 9 * 8 * 16 * 8
    assert sizes(ledger) == {
        "weights": (WEIGHTS, 1, "exact"),
        "activations": (2 * conv, 1, "exact"),
        "inputs": (4 * 9 * 3 * 32 * 8, 1, "exact"),
        "outputs": (4 * 9 * 10, 1, "exact"),
    }
    assert ledger.shapes == {"x": (9, 3, 32, 8)}


def test_what_cannot_be_inferred_for_them_is_a_lower_bound(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StudioError("too large", hint="none")

    monkeypatch.setattr(memory, "with_input_shapes", refuse)
    path = make_model(batch=4, height=16, width=8)
    load = LoadRequest(str(path), input_shapes={"x": (9, 3, 16, 8)})
    counted = sizes(count_memory(MemoryRequest(load), ignore))
    assert counted["inputs"] == (4 * 9 * 3 * 16 * 8, 1, "exact")
    assert {counted["activations"][2], counted["outputs"][2]} == {"at_least"}


@pytest.mark.parametrize(
    ("shapes", "reshaped", "words"),
    [
        ({"x": (1, 16, 8)}, {}, "instead of 4"),
        ({"x": (4, 7, 16, 8)}, {}, "has the wrong size"),
        ({"x": (-1, 3, 16, 8)}, {}, "negative size"),
        ({"q": (1, 3)}, {}, 'no input called "q"'),
        ({"x": (4, 3, 16, 8)}, {"x": (9, 3, 16, 8)}, "wrong size"),
        ({}, {"x": (9, 3)}, "no input x of 2 sizes"),
        ({}, {"q": (9, 3)}, "no input q of 2 sizes"),
    ],
)
def test_shapes_that_the_model_does_not_take_are_refused(
    make_model: Callable[..., Path],
    shapes: dict[str, tuple[int, ...]],
    reshaped: dict[str, tuple[int, ...]],
    words: str,
) -> None:
    load = LoadRequest(str(make_model(height=16, width=8)), input_shapes=reshaped)
    with pytest.raises(StudioError, match=words):
        count_memory(MemoryRequest(load, shapes), ignore)


def test_sizes_that_nobody_knows_make_it_a_lower_bound(make_model: Callable[..., Path]) -> None:
    def forget(model: onnx.ModelProto) -> None:
        node = onnx.helper.make_node("NonZero", ["y"], ["places"], name="places")
        model.graph.node.append(node)
        model.graph.output.append(
            onnx.helper.make_tensor_value_info("places", onnx.TensorProto.INT64, [2, None])
        )

    ledger = count_memory(MemoryRequest(LoadRequest(str(make_model(forget)))), ignore)
    assert sizes(ledger)["outputs"][2] == "at_least"
    assert sizes(ledger)["inputs"][2] == "exact"


def test_what_does_not_fit_is_said_so(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "host_memory", lambda: (1000, 2000))
    ledger = count_memory(MemoryRequest(LoadRequest(str(make_model()))), ignore)
    assert (ledger.free_bytes, ledger.device_bytes, ledger.fits) == (1000, 2000, False)


def test_options_of_an_engine_are_refused_for_a_model(make_model: Callable[..., Path]) -> None:
    load = LoadRequest(str(make_model()), options=LoadOptions(weight_streaming=5))
    with pytest.raises(StudioError, match="ONNX Runtime on the CPU does not have weight streaming"):
        count_memory(MemoryRequest(load), ignore)


def test_this_computers_memory() -> None:
    free, total = host_memory()
    assert 0 < free <= total or (free, total) == (0, 0)


def test_the_kernels_figures(tmp_path: Path) -> None:
    file = tmp_path / "meminfo"
    assert _linux(file) == (0, 0)
    file.write_text("MemTotal:  2000 kB\nMemFree:  100 kB\nMemAvailable:  900 kB\n")
    assert _linux(file) == (900 * 1024, 2000 * 1024)
    file.write_text("nonsense\n")
    assert _linux(file) == (0, 0)


class Engine:
    """``x`` [N, 3] of float32, two profiles; an output ``y`` [N, 5] of float16 on the GPU, and one
    whose size the data decide about.
    """

    num_io_tensors = 3
    num_optimization_profiles = 2
    device_memory_size_v2 = 800
    streamable_weights_size = 600
    weight_streaming_scratch_memory_size = 50
    weight_streaming_budget_v2 = 600

    def get_tensor_name(self, index: int) -> str:
        return ("x", "y", "found")[index]

    def get_tensor_format(self, _name: str) -> Any:
        return SimpleNamespace(name="LINEAR")

    def get_tensor_dtype(self, name: str) -> Any:
        return SimpleNamespace(name="HALF" if name == "y" else "FLOAT")

    def get_tensor_mode(self, name: str) -> Any:
        return SimpleNamespace(name="INPUT" if name == "x" else "OUTPUT")

    def get_tensor_location(self, _name: str) -> Any:
        return SimpleNamespace(name="DEVICE")

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        return {"x": (-1, 3), "y": (-1, 5), "found": (-1,)}[name]

    def get_tensor_profile_shape(self, _name: str, profile: int) -> list[tuple[int, int]]:
        return [(1, 3), (2, 3), (4, 3)] if profile == 0 else [(8, 3), (8, 3), (16, 3)]

    def is_shape_inference_io(self, _name: str) -> bool:
        return False

    def get_device_memory_size_for_profile_v2(self, profile: int) -> int:
        return (300, 800)[profile]

    def get_engine_stat(self, _stat: str) -> int:
        return 1000


class ByValue(Engine):
    """The same with ``size`` [2], whose values decide about shapes."""

    num_io_tensors = 4

    def get_tensor_name(self, index: int) -> str:
        return ("x", "y", "found", "size")[index]

    def get_tensor_dtype(self, name: str) -> Any:
        return SimpleNamespace(name="INT64") if name == "size" else super().get_tensor_dtype(name)

    def get_tensor_mode(self, name: str) -> Any:
        return SimpleNamespace(name="INPUT" if name in ("x", "size") else "OUTPUT")

    def get_tensor_location(self, name: str) -> Any:
        return SimpleNamespace(name="HOST" if name == "size" else "DEVICE")

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        return (2,) if name == "size" else super().get_tensor_shape(name)

    def is_shape_inference_io(self, name: str) -> bool:
        return name == "size"

    def get_tensor_profile_values(self, profile: int, name: str) -> list[list[int]]:
        assert name == "size"
        return [[1, 1], [2, 5], [4 + profile, 9]]


class Context:
    """Knows the shapes once it is told that of ``x``."""

    profile = 0
    rows = 0
    values: tuple[int, ...] = ()

    def set_tensor_address(self, name: str, address: int) -> bool:
        """Values are read at once here."""
        self.values = tuple(ctypes.cast(address, ctypes.POINTER(ctypes.c_int64))[:2])
        return name == "size"

    def set_optimization_profile_async(self, profile: int, _stream: int) -> bool:
        self.profile = profile
        return True

    def set_input_shape(self, name: str, shape: tuple[int, ...]) -> bool:
        if name == "size":
            return shape == (2,)
        self.rows = shape[0]
        return self.rows <= (4, 16)[self.profile]

    def infer_shapes(self) -> list[str]:
        return []

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        return (self.rows, 5) if name == "y" else (-1,)

    def get_max_output_size(self, _name: str) -> int:
        return 4 * 3 * self.rows

    def update_device_memory_size_for_shapes(self) -> int:
        return 10 * self.rows


class Stream:
    handle = 1

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None: ...

    def synchronize(self) -> None: ...


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., MemoryLedger]:
    """The ledger of the engine above."""

    def it(**asked: Any) -> MemoryLedger:
        options = LoadOptions(**asked.pop("options", {}))
        engine, context = asked.pop("engine", Engine)(), asked.pop("context", Context())
        if options.weight_streaming is not None:
            engine.weight_streaming_budget_v2 = int(options.weight_streaming)
        device = Device("GPU", "sm_90", 10_000, 5000)
        here = LoadedEngine(engine, device, (), {}, Path("a.plan"), options)
        module = SimpleNamespace(EngineStat=SimpleNamespace(TOTAL_WEIGHTS_SIZE="all"))
        monkeypatch.setattr(memory, "runs_on_tensorrt", lambda *_: True)
        monkeypatch.setattr(plan_memory, "load_engine", lambda *_: here)
        monkeypatch.setattr(plan_memory, "new_context", lambda _: NewContext(context))
        monkeypatch.setattr(plan_memory.cuda, "Stream", Stream)
        monkeypatch.setattr(runtime, "load", lambda: module)
        monkeypatch.setattr(runtime, "describe", lambda: Runtime("tensorrt", "10.9"))
        load = LoadRequest("a.plan", "auto", options, input_shapes=asked.pop("input_shapes", {}))
        return count_memory(MemoryRequest(load, **asked), ignore)

    return it


def test_an_engine_at_its_largest(ask: Callable[..., MemoryLedger]) -> None:
    ledger = ask(contexts=2)
    assert sizes(ledger) == {
        "weights": (1000, 1, "exact"),
        "activations": (800, 2, "exact"),
        "inputs": (4 * 4 * 3, 2, "exact"),
        "outputs": (2 * 4 * 5 + 4 * 3 * 4, 2, "at_most"),
    }
    assert ledger.shapes == {"x": (4, 3)}
    assert ledger.host_bytes == 2 * (48 + 88)
    assert [p.activation_bytes for p in ledger.profiles] == [300, 800]
    assert (ledger.streamable_bytes, ledger.streaming_bytes) == (600, None)
    assert ledger.fits


def test_another_profile_is_taken_for_its_shapes(ask: Callable[..., MemoryLedger]) -> None:
    ledger = ask(shapes={"x": (16, 3)}, options={"context_memory": "on_profile_change"})
    assert sizes(ledger)["activations"][0] == 800
    assert sizes(ledger)["inputs"][0] == 16 * 12
    small = ask(shapes={"x": (2, 3)}, options={"context_memory": "on_profile_change"})
    assert sizes(small)["activations"][0] == 300


def test_values_are_the_largest_of_the_profile_that_takes_the_shapes(
    ask: Callable[..., MemoryLedger],
) -> None:
    for rows, values in ((4, (4, 9)), (16, (5, 9))):
        context = Context()
        ledger = ask(shapes={"x": (rows, 3)}, engine=ByValue, context=context)
        assert ledger.shapes == {"x": (rows, 3), "size": (2,)}
        assert context.values == values
        assert sizes(ledger)["inputs"][0] == rows * 12, "the values stay on the host"


def test_our_own_memory_is_that_of_the_shapes(ask: Callable[..., MemoryLedger]) -> None:
    ledger = ask(shapes={"x": (3, 3)}, options={"context_memory": "user_managed"})
    assert sizes(ledger)["activations"] == (30, 1, "exact")


def test_streamed_weights_are_not_on_the_gpu(ask: Callable[..., MemoryLedger]) -> None:
    ledger = ask(options={"weight_streaming": 100}, contexts=2)
    assert sizes(ledger)["weights"][0] == 1000 - 500
    assert sizes(ledger)["activations"] == (750, 2, "exact")
    assert sizes(ledger)["scratch"] == (50, 2, "exact")
    assert (ledger.streamable_bytes, ledger.streaming_bytes) == (600, 100)


def test_too_many_contexts_do_not_fit(ask: Callable[..., MemoryLedger]) -> None:
    assert ask(contexts=4).fits
    assert not ask(contexts=5).fits


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ({"x": (3,)}, "instead of 2"),
        ({"x": (2, 4)}, "has the wrong size"),
        ({"q": (2, 3)}, 'no input called "q"'),
    ],
)
def test_shapes_that_the_engine_does_not_take_are_refused(
    ask: Callable[..., MemoryLedger], shapes: dict[str, tuple[int, ...]], words: str
) -> None:
    with pytest.raises(StudioError, match=words):
        ask(shapes=shapes)


def test_an_engine_has_the_shapes_that_it_was_built_with(ask: Callable[..., MemoryLedger]) -> None:
    with pytest.raises(StudioError, match="shapes that it was built with"):
        ask(input_shapes={"x": (2, 3)})


def test_shapes_outside_every_profile_are_refused(ask: Callable[..., MemoryLedger]) -> None:
    with pytest.raises(StudioError, match="outside what the engine was built for"):
        ask(shapes={"x": (5, 3)})
