"""Layer profiles: in ONNX Runtime as it is, and TensorRT's parts one by one."""

import gc
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trtstudio.engine import runtime
from trtstudio.engine.measure import layer_profile, layer_timer
from trtstudio.engine.measure.layer_profile import WARMUP, match_layers, profile_layers
from trtstudio.engine.measure.layer_timer import make_profiler
from trtstudio.engine.run.deserialize import LoadedEngine, NewContext
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.measure.layer_profile import LayerProfileRequest, by_type, node_times


def ignore(_said: object) -> None:
    """Nobody listens."""


def never() -> bool:
    return False


@pytest.fixture
def session(make_model: Callable[..., Path]) -> OnnxSession:
    return OnnxSession(str(make_model(height=32, width=32)), 1, ignore)


def test_the_nodes_of_a_model_in_onnx_runtime(session: OnnxSession) -> None:
    said: list[Progress] = []
    request = LayerProfileRequest(1, {"x": (2, 3, 32, 32)}, 4)
    found = profile_layers(session, request, on_progress=said.append, cancelled=never)
    assert found.runtime == session.info.runtime
    assert (found.shapes, found.iterations) == ({"x": (2, 3, 32, 32)}, 4)
    assert sum(layer.share for layer in found.layers) == pytest.approx(1)
    assert all(layer.median_ms >= 0 and layer.mean_ms >= 0 for layer in found.layers)
    assert found.whole_ms > 0
    assert found.sum_ms + found.gap_ms == pytest.approx(found.whole_ms)
    assert {"conv", "relu", "product"} <= set(node_times(found))
    assert {"Conv", "MatMul"} <= {group.name for group in by_type(found)}
    assert len(said) == 2 * (4 + WARMUP)
    assert said[-1].steps == 4


def test_it_leaves_no_file_and_the_session_as_it_was(
    session: OnnxSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    profile_layers(session, LayerProfileRequest(1, {}, 1), on_progress=ignore, cancelled=never)
    gc.collect()
    assert sorted(tmp_path.rglob("*")) == before
    session.close()


@pytest.mark.parametrize("after", [0, 2, WARMUP + 3])
def test_it_stops_when_asked_to(session: OnnxSession, after: int) -> None:
    asked = iter([False] * after + [True] * 9)
    with pytest.raises(Cancelled):
        profile_layers(
            session,
            LayerProfileRequest(1, {}, 2),
            on_progress=ignore,
            cancelled=lambda: next(asked),
        )


def test_a_model_with_other_input_shapes(make_model: Callable[..., Path]) -> None:
    path = str(make_model(batch=4, height=32, width=32))
    with closing(OnnxSession(path, 1, ignore, {"x": (9, 3, 16, 16)})) as session:
        found = profile_layers(
            session, LayerProfileRequest(1, {}, 2), on_progress=ignore, cancelled=never
        )
    assert found.shapes == {"x": (9, 3, 16, 16)}
    assert {"conv", "relu", "product"} <= set(node_times(found))


def test_what_the_traced_copy_refuses_is_said_in_words(
    session: OnnxSession, tmp_path: Path
) -> None:
    inputs = {"x": np.ones((1, 3, 32, 32), np.float32)}
    model = Path(session.info.path)
    model.write_bytes(b"no model any more")
    with pytest.raises(StudioError, match="cannot load"):
        session.trace(inputs, tmp_path / "trace", range(2))


def test_wrong_shapes_are_refused_as_in_any_run(session: OnnxSession) -> None:
    request = LayerProfileRequest(1, {"x": (1, 4, 32, 32)}, 2)
    with pytest.raises(StudioError, match="wrong size"):
        profile_layers(session, request, on_progress=ignore, cancelled=never)


def engine(*names: str) -> Graph:
    layers = [Layer(i, name, "conv", (), ()) for i, name in enumerate(names)]
    return Graph("engine", "", layers, [], (), ())


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["b", "a"], [1, 0]),
        (["same", "same", "same"], [2, 3, 3]),
        (["conv_myl0_3"], [4]),
        (["nowhere"], [-1]),
        ([], []),
    ],
)
def test_the_profilers_names_are_found_in_the_engine(names: list[str], places: list[int]) -> None:
    assert match_layers(names, engine("a", "b", "same", "same", "conv")) == places


def test_an_engine_that_lists_nothing_matches_nothing() -> None:
    assert match_layers(["a"], engine()) == [-1]


@pytest.fixture
def module() -> Any:
    try:
        return runtime.load()
    except StudioError:
        pytest.skip("no TensorRT here")


def test_the_profiler_tells_layers_of_one_name_from_each_other(module: Any) -> None:
    profiler = make_profiler(module)
    assert isinstance(profiler, module.IProfiler)
    for counts, factor in ((False, 100), (True, 1), (True, 2)):
        profiler.begin(counts)
        for name, ms in (("a", 1.0), ("b", 2.0), ("a", 3.0)):
            profiler.report_layer_time(name, factor * ms)
    assert profiler.times() == [("a", [1.0, 2.0]), ("b", [2.0, 4.0]), ("a", [3.0, 6.0])]


class Profiled:
    """A context of Python that times three layers, two of one name, whenever it is asked."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.enqueue_emits_profile = True
        self.profiler: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def report_to_profiler(self) -> bool:
        assert self.enqueue_emits_profile is False
        for name, ms in (("conv", 4.0), ("move", 1.0), ("conv", 3.0)):
            self.profiler.report_layer_time(name, ms)
        return True


INSPECTED = """{"Layers": [
    {"Name": "conv", "LayerType": "Conv", "Inputs": [], "Outputs": [],
     "Metadata": "[ONNX Layer: conv_0]\\u001f[ONNX Layer: relu_0]"},
    {"Name": "other", "LayerType": "Conv", "Inputs": [], "Outputs": []},
    {"Name": "conv", "LayerType": "Gemm", "Inputs": [], "Outputs": [],
     "Metadata": "[ONNX Layer: conv_1]"}
]}"""


@pytest.fixture
def engine_session(
    open_fake: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> tuple[Any, list[Profiled], Any]:
    """A session of Python, the contexts that are made for profiling, and the GPU."""
    session, (context,), gpu = open_fake()
    made: list[Profiled] = []

    def new_context(loaded: LoadedEngine) -> NewContext:
        assert loaded.options.cuda_graphs is None, "layers of a graph cannot be told apart"
        made.append(Profiled(type(context)(loaded.engine, gpu)))
        return NewContext(made[-1])

    monkeypatch.setattr(layer_timer, "new_context", new_context)
    monkeypatch.setattr(runtime, "load", lambda: SimpleNamespace(IProfiler=Interface))
    monkeypatch.setattr(layer_profile, "inspector_json", lambda *_: INSPECTED)
    return session, made, gpu


class Interface:
    """What the binding's ``IProfiler`` is here."""


def test_the_layers_of_an_engine_are_timed_in_a_context_of_their_own(
    engine_session: tuple[Any, list[Profiled], Any],
) -> None:
    session, made, gpu = engine_session
    before = len(gpu.objects)
    request = LayerProfileRequest(1, {"x": (2, 3)}, 3)
    found = profile_layers(session, request, on_progress=ignore, cancelled=never)
    assert [(t.name, t.type, t.position, t.origins) for t in found.layers] == [
        ("conv", "Conv", 0, ("conv_0", "relu_0")),
        ("move", "", -1, ()),
        ("conv", "Gemm", 2, ("conv_1",)),
    ]
    assert [(t.median_ms, t.mean_ms, t.share) for t in found.layers] == [
        (4.0, 4.0, 0.5),
        (1.0, 1.0, 0.125),
        (3.0, 3.0, 0.375),
    ]
    assert (found.whole_ms, found.sum_ms, found.gap_ms) == (2.0, 8.0, -6.0)
    assert len(made) == 1
    assert len(gpu.objects) == before, "its events and streams are gone"


def test_what_tensorrt_refuses_to_report_is_said(
    engine_session: tuple[Any, list[Profiled], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Profiled, "report_to_profiler", lambda _: False)
    with pytest.raises(StudioError, match="does not tell the times of the layers"):
        profile_layers(
            engine_session[0], LayerProfileRequest(1), on_progress=ignore, cancelled=never
        )


def test_an_engine_that_names_no_layer_is_refused(
    engine_session: tuple[Any, list[Profiled], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Profiled, "report_to_profiler", lambda _: True)
    with pytest.raises(StudioError, match="named no layer"):
        profile_layers(
            engine_session[0], LayerProfileRequest(1), on_progress=ignore, cancelled=never
        )


def test_a_closed_session_is_not_loaded(
    engine_session: tuple[Any, list[Profiled], Any],
) -> None:
    engine_session[0].close()
    with pytest.raises(StudioError, match="no longer loaded"):
        profile_layers(
            engine_session[0], LayerProfileRequest(1), on_progress=ignore, cancelled=never
        )
