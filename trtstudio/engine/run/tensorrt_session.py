"""A plan on the GPU: an engine with as many execution contexts as are asked for. Only the thread
that opened it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from math import inf
from pathlib import Path
from time import perf_counter
from types import ModuleType

import numpy as np

from trtstudio.engine import cuda, runtime
from trtstudio.engine.run.context import Context
from trtstudio.engine.run.deserialize import (
    LoadedEngine,
    NewContext,
    load_engine,
    new_context,
    settled,
)
from trtstudio.engine.run.flight import Flight, Streams
from trtstudio.engine.run.inputs import numpy_dtype
from trtstudio.engine.run.io_tensors import best_shapes, io_tensors
from trtstudio.engine.run.kernel_cache import keep_nothing
from trtstudio.engine.run.profiles import read_profiles
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model.build.build import Progress, Shape
from trtstudio.model.errors import NotLoaded, StudioError
from trtstudio.model.measure.loop import Loop
from trtstudio.model.profile_fit import best_values
from trtstudio.model.run import Array, LoadRequest, RunResult, SessionInfo, Timing

_COMPILING_MS = 20.0  # the largest models are begun in less
_KEEP_EVERY_S = 5.0
KEPT_SHAPES = 4
"""For so many shapes contexts are kept, where one cannot run several."""


def open_plan(request: LoadRequest, session_id: int, on_progress: OnProgress) -> "TensorrtSession":
    """Load a plan onto a GPU and make a context for it."""
    loaded = load_engine(Path(request.path), on_progress, request.options)
    inputs, outputs = io_tensors(loaded.engine)
    info = SessionInfo(
        session=session_id,
        path=request.path,
        runtime=runtime.describe().label,
        device=loaded.device.name,
        inputs=inputs,
        outputs=outputs,
        shapes=best_shapes(loaded.engine, inputs),
        load_seconds=dict(loaded.seconds),
        warnings=loaded.warnings,
        profiles=read_profiles(loaded.engine, inputs),
        options=loaded.options,
        exact_fp32=loaded.exact_fp32 is True,
    )
    on_progress(Progress("Compiling kernels and making the context"))
    begin = perf_counter()
    session = TensorrtSession(runtime.load(), loaded, info)
    info.load_seconds["context"] = perf_counter() - begin
    on_progress(Progress("Running it once"))
    info.load_seconds["first_run"] = _run_once(session)
    return session


def _run_once(session: "TensorrtSession") -> float:
    """Seconds of a first inference on zeros: kernels are made ready in it, which would be taken for
    the latency of the first picture.
    """
    info, begin = session.info, perf_counter()
    zeros = {t.name: np.zeros(info.shapes[t.name], numpy_dtype(t.dtype)) for t in info.inputs}
    # A model that cannot run on zeros says so when it is run for real.
    with suppress(StudioError):
        session.bind({**zeros, **session.shape_values})
        session.step()
    seconds = perf_counter() - begin
    session.keep_kernels()  # now: an engine process that the window ends closes no session
    return seconds


class TensorrtSession(Session):
    """An engine. One context runs what is asked of the session itself; a benchmark has one for each
    stream, all kernels of which are final before it begins. As with trtexec (``Iteration`` in its
    sampleInference.cpp) the two inferences of a stream share that; but not one set of buffers, in
    which the next input may overwrite the one in use: ours have right answers as well.
    """

    def __init__(
        self,
        module: ModuleType,
        loaded: LoadedEngine,
        info: SessionInfo,
        make: Callable[[LoadedEngine], NewContext] = new_context,
    ) -> None:
        """Takes over the engine; ``make`` makes its contexts."""
        self.info = info
        self.loaded: LoadedEngine | None = loaded
        self._module = module
        self._make = make
        self._resources = ExitStack()
        self._save_kernels = keep_nothing
        self._kept_s = -inf
        context = self._new_context(loaded)
        self._streams = Streams(self._resources, overlap=False)
        self._own = [Flight(context, self._streams)]
        self._measured: list[Context] = []
        self._save_kernels()

    def _new_context(self, loaded: LoadedEngine) -> Context:
        """One more, which finds the kernels of those before."""
        self._save_kernels()
        made = self._make(loaded)
        self._save_kernels = made.save_kernels
        return Context(self._module, made.context, self.info, made.memory)

    @property
    def _flight(self) -> Flight:
        """What runs the inputs that were bound last."""
        return self._own[-1]

    def _engine(self) -> LoadedEngine:
        """The engine, with its GPU made current: another session's may have been since then."""
        if self.loaded is None:
            raise NotLoaded
        cuda.set_device(self.info.options.device)
        return self.loaded

    def values_for(self, shapes: Mapping[str, Shape]) -> Mapping[str, Array]:
        """For inputs whose values decide about shapes: those that the profile which takes these
        shapes is optimized for.
        """
        return best_values(self.info, shapes)

    @property
    def bus_id(self) -> bytes:
        """Of the GPU that the plan was loaded onto."""
        return cuda.bus_id(self.info.options.device)

    def bind(self, inputs: Mapping[str, Array]) -> None:
        """Check the inputs and copy them into page-locked memory.

        Raises StudioError for an input that is wrong or outside every profile.
        """
        self._choose_context(self._engine(), inputs)
        self._flight.context.take_memory(pinned=True)
        self._flight.context.bind(inputs, self._streams.compute)

    def _choose_context(self, loaded: LoadedEngine, inputs: Mapping[str, Array]) -> None:
        """Where a context keeps its shapes, take the one for these, or a new one; those that were
        not used for longest go.
        """
        if not loaded.keeps_shapes or not self._flight.context.has_run_others(inputs):
            return
        own = (flight for flight in self._own if not flight.context.has_run_others(inputs))
        flight = next(own, None)
        if flight is not None:
            self._own.remove(flight)
        else:
            flight = Flight(self._new_context(loaded), self._streams)
        self._own.append(flight)
        while len(self._own) > KEPT_SHAPES:
            _close(self._own.pop(0))

    def run(self, inputs: Mapping[str, Array]) -> RunResult:
        """One inference of these inputs. Where it is the first of such shapes and kernels were
        compiled to begin it, another one tells the times, which are those of all later ones.
        """
        self.bind(inputs)
        is_new = self._flight.context.is_new
        timing = self.step()
        if is_new and timing.enqueue_ms > _COMPILING_MS:
            timing = self.step()
            self._keep_when_due()
        return RunResult(self.outputs(), timing)

    def _keep_when_due(self) -> None:
        """Not for each of many shapes, since all kernels are written each time."""
        if perf_counter() - self._kept_s > _KEEP_EVERY_S:
            self.keep_kernels()
            self._kept_s = perf_counter()

    def step(self, *, transfers: bool = True) -> Timing:
        """One inference of what is bound; without ``transfers`` on what the GPU holds already."""
        self.enqueue(transfers=transfers)
        return self.wait()

    def enqueue(self, *, transfers: bool = True) -> None:
        """Put one inference into the stream and return at once; ``wait`` belongs to it."""
        self._flight.enqueue(transfers=transfers)

    def wait(self) -> Timing:
        """Wait until the inference is done."""
        return self._flight.wait()

    def outputs(self) -> dict[str, Array]:
        """What the last step computed, copied out of the page-locked buffers."""
        return self._flight.context.arrays()

    @contextmanager
    def flights(self, loop: Loop, inputs: Mapping[str, Array]) -> Iterator[Sequence[Flight]]:
        """A flight for each stream, two with overlap, the streams in turns; each has run once."""
        self._engine()
        with ExitStack() as resources:
            streams = [Streams(resources, overlap=loop.overlap) for _ in range(loop.streams)]
            flights: list[Flight] = []
            for turn in range(loop.streams * (2 if loop.overlap else 1)):
                number = turn % loop.streams
                if turn >= loop.streams and flights[number].context.can_be_shared:
                    context = resources.enter_context(flights[number].context.twin())
                else:
                    context = self._measured_context(turn, inputs)
                flight = Flight(context, streams[number], spin=loop.spin, number=number)
                resources.callback(flight.close)
                self._make_ready(flight, loop, inputs)
                flights.append(flight)
            yield flights

    def _measured_context(self, number: int, inputs: Mapping[str, Array]) -> Context:
        loaded = self._engine()
        final = settled(self._module, loaded)
        if loaded.keeps_shapes and any(c.has_run_others(inputs) for c in self._measured):
            self.release()
        own = [self._flight.context] if final is loaded and not loaded.keeps_shapes else []
        contexts = [*own, *self._measured]
        if number < len(contexts):
            return contexts[number]
        self._measured.append(self._new_context(final))
        return self._measured[-1]

    def _make_ready(self, flight: Flight, loop: Loop, inputs: Mapping[str, Array]) -> None:
        """Bind, and put the inputs onto the GPU even where the loop never copies them."""
        flight.context.take_memory(pinned=loop.pinned)
        flight.context.bind(inputs, flight.streams.compute)
        flight.enqueue(transfers=True)
        flight.wait()

    def release(self) -> None:
        """Free the contexts of benchmarks."""
        while self._measured:
            self._measured.pop().close()

    def keep_kernels(self) -> None:
        """Write down the kernels that were compiled so far, where TensorRT gives them out."""
        self._save_kernels()

    def close(self) -> None:
        """Free the contexts, then the engine; harmless when repeated."""
        if self.loaded is None:
            return
        with suppress(StudioError):  # a broken GPU has said so already
            self._engine()
        self._save_kernels()
        self.release()
        for flight in self._own:
            _close(flight)
        self._resources.close()
        self.loaded = None


def _close(flight: Flight) -> None:
    flight.close()
    flight.context.close()
