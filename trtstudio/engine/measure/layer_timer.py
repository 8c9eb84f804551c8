"""TensorRT's profiler: the time of each layer. Only the thread that owns the engine."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from types import ModuleType
from typing import Any

from trtstudio.engine import runtime
from trtstudio.engine.run.context import Context
from trtstudio.engine.run.deserialize import LoadedEngine, new_context, settled
from trtstudio.engine.run.flight import Flight, Streams
from trtstudio.engine.run.refusals import insist, refusals
from trtstudio.model.run import Array, SessionInfo


def timed_layers(
    loaded: LoadedEngine, info: SessionInfo, inputs: Mapping[str, Array], steps: Iterable[bool]
) -> list[tuple[str, list[float]]]:
    """Each layer's name and its times in ms, in the order in which they ran: an inference of these
    inputs for each step, of which those count that are true.
    """
    module = runtime.load()
    # A captured graph is one launch, whose layers cannot be told apart.
    options = replace(loaded.options, cuda_graphs=None)
    with ExitStack() as resources:
        streams = Streams(resources, overlap=False)
        made = new_context(settled(module, replace(loaded, options=options)))
        context = Context(module, made.context, info, made.memory)
        resources.callback(context.close)
        flight = Flight(context, streams)
        resources.callback(flight.close)
        profiler = make_profiler(module)
        context.raw.profiler = profiler
        context.raw.enqueue_emits_profile = False
        context.bind(inputs, streams.compute)
        for number, counts in enumerate(steps):
            profiler.begin(counts)
            flight.enqueue(transfers=number == 0)  # the inputs stay on the GPU
            flight.wait()
            with refusals("TensorRT does not tell the times of the layers"):
                insist(context.raw.report_to_profiler(), "report_to_profiler")
        times: list[tuple[str, list[float]]] = profiler.times()
        return times


def make_profiler(module: ModuleType) -> Any:
    """An ``IProfiler`` that keeps what it is told, by layer."""

    class Profiler(module.IProfiler):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            module.IProfiler.__init__(self)
            self._collected: dict[tuple[str, int], list[float]] = {}
            self._met: dict[str, int] = {}
            self._counts = False

        def begin(self, counts: bool) -> None:
            """Another inference comes."""
            self._met = {}
            self._counts = counts

        def report_layer_time(self, layer_name: str, ms: float) -> None:
            """Called by TensorRT for each layer; two layers may have one name."""
            number = self._met[layer_name] = self._met.get(layer_name, 0) + 1
            if self._counts:
                self._collected.setdefault((layer_name, number), []).append(ms)

        def times(self) -> list[tuple[str, list[float]]]:
            """What was collected, in the order of the layers."""
            return [(name, times_ms) for (name, _), times_ms in self._collected.items()]

    return Profiler()
