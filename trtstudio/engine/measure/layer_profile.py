"""How long each layer of a loaded model takes. Only the thread that owns the session.

TensorRT times them in a context of its own, so that the session's is as fast afterwards as before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median

from trtstudio.engine import runtime
from trtstudio.engine.inspect import inspector_json
from trtstudio.engine.logger import capture
from trtstudio.engine.measure.benchmark_inputs import chosen_shapes, random_inputs
from trtstudio.engine.measure.layer_timer import timed_layers
from trtstudio.engine.measure.onnx_trace import NodeFinder, read_trace
from trtstudio.engine.run.deserialize import LoadedEngine
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.engine.run.tensorrt_session import TensorrtSession
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, NotLoaded, StudioError
from trtstudio.model.files import require_room, scratch_folder
from trtstudio.model.formats import read
from trtstudio.model.graph import Graph
from trtstudio.model.links import network_name
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest, LayerTime
from trtstudio.model.measure.loop import Loop
from trtstudio.model.plan.engine_table import read_inspector_json
from trtstudio.model.run import Array

WARMUP = 3
"""How many inferences are not counted: the first compile kernels and fill caches."""


def profile_layers(
    session: Session,
    request: LayerProfileRequest,
    *,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
) -> LayerProfile:
    """Time the whole, then every layer. Raises StudioError for shapes that the model does not take
    and where the runtime times no layers, Cancelled soon after ``cancelled`` answers true.
    """
    shapes = chosen_shapes(session.info, request.shapes)
    inputs = random_inputs(session.info.inputs, shapes) | dict(session.values_for(shapes))
    steps = _Steps(request.iterations, on_progress, cancelled)
    whole_ms = _whole_ms(session, inputs, steps)
    if isinstance(session, TensorrtSession):
        layers, warnings = _engine_layers(session, inputs, steps)
    elif isinstance(session, OnnxSession):
        layers, warnings = _onnx_nodes(session, inputs, steps)
    else:
        raise StudioError(
            f"{session.info.runtime} does not time single layers.", hint="Measure the whole model."
        )
    return LayerProfile(
        runtime=session.info.runtime,
        device=session.info.device,
        shapes=shapes,
        iterations=request.iterations,
        layers=layers,
        whole_ms=whole_ms,
        warnings=warnings,
    )


class _Steps:
    """Counts inferences: the warm-up's, then those that are wanted."""

    def __init__(
        self, iterations: int, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> None:
        self.iterations = iterations
        self._on_progress = on_progress
        self._cancelled = cancelled

    def __call__(self, phase: str) -> Iterator[bool]:
        """Whether each inference counts."""
        for index in range(WARMUP + self.iterations):
            if self._cancelled():
                raise Cancelled("Stopped.")
            self._on_progress(Progress(phase, max(0, index - WARMUP), self.iterations))
            yield index >= WARMUP


def _whole_ms(session: Session, inputs: Mapping[str, Array], steps: _Steps) -> float:
    times = []
    with session.flights(Loop(), inputs) as (flight,):
        for counts in steps("Timing the whole model"):
            flight.enqueue(transfers=True)
            times.append((flight.wait(), counts))
    session.release()
    return median(timing.gpu_ms or timing.latency_ms for timing, counts in times if counts)


# An engine


def _engine_layers(
    session: TensorrtSession, inputs: Mapping[str, Array], steps: _Steps
) -> tuple[tuple[LayerTime, ...], tuple[str, ...]]:
    if session.loaded is None:
        raise NotLoaded
    times = timed_layers(session.loaded, session.info, inputs, steps("Timing the layers"))
    if not times:
        raise StudioError(
            "TensorRT named no layer of this engine.",
            hint="Build it with detailed profiling, which is this program's default.",
        )
    engine, warnings = _engine_reading(session.loaded)
    places = match_layers([name for name, _ in times], engine)
    layers = [engine.layers[place] if place >= 0 else None for place in places]
    made = (
        (name, layer.type if layer else "", layer.origins if layer else (), place, times_ms)
        for (name, times_ms), layer, place in zip(times, layers, places, strict=True)
    )
    return _shared_out(made), warnings


def _engine_reading(loaded: LoadedEngine) -> tuple[Graph, tuple[str, ...]]:
    try:
        with capture():
            said = inspector_json(runtime.load(), loaded.engine)
        return read_inspector_json(said), ()
    except StudioError as error:
        nothing = Graph("engine", "", [], [], (), ())
        return nothing, (f"The layers cannot be told from each other: {error.message}",)


def match_layers(names: Sequence[str], engine: Graph) -> list[int]:
    """The position in the engine's reading of each layer that the profiler names, -1 where it has
    none. Layers of one name are taken in their order; what the profiler calls by a kernel's whole
    name may stand there by the name of its network layer.
    """
    places: dict[str, list[int]] = {}
    for position, layer in enumerate(engine.layers):
        places.setdefault(layer.name, []).append(position)
    shorter = {network_name(name): name for name in reversed(places)}
    found = []
    for name in names:
        known = name if name in places else shorter.get(network_name(name), "")
        waiting = places.get(known, [])
        found.append(waiting.pop(0) if len(waiting) > 1 else next(iter(waiting), -1))
    return found


# A model in ONNX Runtime


def _onnx_nodes(
    session: OnnxSession, inputs: Mapping[str, Array], steps: _Steps
) -> tuple[tuple[LayerTime, ...], tuple[str, ...]]:
    path = Path(session.info.path)
    with scratch_folder() as folder:
        trace = session.trace(inputs, Path(folder, "trace"), steps("Timing the nodes"))
        require_room(trace)
        nodes = read_trace(trace.read_bytes(), WARMUP)
    graph = read(path).graph
    finder = NodeFinder(graph) if graph else None
    made = (
        (node.name, node.type, finder.origins(node) if finder else (), -1, node.times_ms)
        for node in nodes
    )
    return _shared_out(made), ()


_Timed = tuple[str, str, tuple[str, ...], int, Sequence[float]]


def _shared_out(layers: Iterable[_Timed]) -> tuple[LayerTime, ...]:
    """The layers with their times and their shares of the sum."""
    timed = list(layers)
    sum_ms = sum(median(times_ms) for *_, times_ms in timed)
    return tuple(
        LayerTime(
            name,
            kind,
            median(times_ms),
            fmean(times_ms),
            median(times_ms) / sum_ms if sum_ms else 0.0,
            position,
            origins,
        )
        for name, kind, origins, position, times_ms in timed
    )
