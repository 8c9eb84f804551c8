"""Measures a loaded model the way trtexec does. Only the thread that opened the session.

Serial: one inference is in flight at a time, so its copies do not overlap the next one's compute
and the throughput is what a single caller gets.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping
from time import perf_counter

import numpy as np

from trtstudio.engine.inputs import check_shape, numpy_dtype
from trtstudio.engine.session import Session
from trtstudio.model.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.latency import summarize, variation
from trtstudio.model.run import Array, BenchRequest, BenchResult, Summary, Timing

REPORT_S = 0.05
"""How often samples are handed out while measuring."""

COLUMNS = ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")

_SEED = 0
_ENQUEUE_BOUND = (
    "The CPU is the limit: it takes {enqueue:.3f} ms to start an inference that the GPU computes "
    "in {gpu:.3f} ms. Larger batches or a CUDA graph help."
)
_COPY_BOUND = (
    "Copying {way} is the limit: {copy:.3f} ms for {gpu:.3f} ms of computing. Smaller dtypes for "
    "inputs and outputs help, and so does keeping data on the GPU."
)
_UNSTABLE = (
    "The times vary by {percent:.1f} %, so the averages are not stable. Other programs, or clocks "
    "that change, may be the reason; lock the clocks or measure longer."
)
_STOPPED = (
    "Stopped early, after {seconds:.1f} s: the figures hold for what was measured until then."
)


def benchmark(
    session: Session,
    request: BenchRequest,
    *,
    on_samples: Callable[[Array], None],
    cancelled: Callable[[], bool],
) -> BenchResult:
    """Warm up, then run until both the duration and the iterations are reached.

    ``on_samples`` gets each latency once, in ms as float32, in batches. Being cancelled ends it
    early with what was measured, at least one inference. Raises StudioError for a shape or a
    model that does not run.
    """
    shapes = _shapes(session, request.shapes)
    session.bind(random_inputs(session.info.inputs, shapes) | dict(session.shape_values))
    _warm_up(session, request.warmup_ms / 1e3, cancelled)
    samples = _Samples(on_samples)
    seconds, complete = _measure(session, request, samples, cancelled)
    samples.report()
    columns = samples.columns()
    return BenchResult(
        runtime=session.info.runtime,
        device=session.info.device,
        iterations=len(samples),
        throughput_qps=len(samples) / seconds,
        latency_ms=summarize(columns["latency_ms"]),
        gpu_ms=_summary(columns["gpu_ms"]),
        h2d_ms=_summary(columns["h2d_ms"]),
        d2h_ms=_summary(columns["d2h_ms"]),
        enqueue_ms=_summary(columns["enqueue_ms"]),
        samples_ms=columns["latency_ms"].astype(np.float32),
        shapes=shapes,
        warnings=(
            *session.info.warnings,
            *diagnose(columns),
            *(() if complete else (_STOPPED.format(seconds=seconds),)),
        ),
    )


def _shapes(session: Session, asked: Mapping[str, Shape]) -> dict[str, Shape]:
    """The shapes to measure: those asked for, the model's best for other inputs."""
    inputs = {tensor.name: tensor for tensor in session.info.inputs}
    for name, shape in asked.items():
        if name not in inputs:
            raise StudioError(
                f'The model has no input called "{name}".',
                hint=f"Its inputs are: {', '.join(inputs)}.",
            )
        check_shape(inputs[name], shape)
        if min(shape, default=0) < 0:
            raise StudioError(
                f'The shape for "{name}" has a negative size.',
                hint="Give a size for every dimension.",
            )
    return {name: tuple(asked.get(name, session.info.shapes[name])) for name in inputs}


def random_inputs(tensors: Iterable[Tensor], shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """An array for every input, the same in every call: floats between -1 and 1 as in trtexec,
    integers 0 or 1, which are valid as indices, masks and quantized values alike.
    """
    random = np.random.default_rng(_SEED)
    try:
        return {tensor.name: _random(random, tensor, shapes[tensor.name]) for tensor in tensors}
    except MemoryError as error:
        raise StudioError(
            "The inputs do not fit into memory.", hint="Take smaller shapes."
        ) from error


def _random(random: np.random.Generator, tensor: Tensor, shape: Shape) -> Array:
    dtype = numpy_dtype(tensor.dtype)
    if dtype.kind in "biu":
        return random.integers(0, 2, shape).astype(dtype)
    return (random.random(shape, np.float32) * 2 - 1).astype(dtype)


def _warm_up(session: Session, seconds: float, cancelled: Callable[[], bool]) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end and not cancelled():
        session.step()


class _Samples:
    """Every inference's times, one row of COLUMNS each; latencies are handed out as they come."""

    def __init__(self, on_samples: Callable[[Array], None]) -> None:
        self._on_samples = on_samples
        self._times = array("d")
        self._reported = 0
        self._next_report = perf_counter() + REPORT_S

    def add(self, timing: Timing, now: float) -> None:
        """Take one inference, which ended ``now``."""
        self._times.extend(
            (timing.latency_ms, timing.gpu_ms, timing.h2d_ms, timing.d2h_ms, timing.enqueue_ms)
        )
        if now >= self._next_report:
            self._next_report = now + REPORT_S
            self.report()

    def report(self) -> None:
        """Hand out what has not been handed out yet."""
        fresh = np.array(self._times[self._reported :: len(COLUMNS)], np.float32)
        self._reported = len(self._times)
        if fresh.size:
            self._on_samples(fresh)

    def __len__(self) -> int:
        return len(self._times) // len(COLUMNS)

    def columns(self) -> dict[str, Array]:
        """All times in ms by name, float64, in the order in which they ran."""
        table = np.array(self._times).reshape(-1, len(COLUMNS))
        return dict(zip(COLUMNS, table.T, strict=True))


def _measure(
    session: Session, request: BenchRequest, samples: _Samples, cancelled: Callable[[], bool]
) -> tuple[float, bool]:
    """The seconds that all inferences took, and whether they were all that were asked for."""
    begin = perf_counter()
    while True:
        timing = session.step()
        now = perf_counter()
        samples.add(timing, now)
        if now - begin >= request.duration_s and len(samples) >= request.iterations:
            return now - begin, True
        if cancelled():
            return now - begin, False


def _summary(times_ms: Array) -> Summary | None:
    """None for what was not measured."""
    return summarize(times_ms) if times_ms.any() else None


def diagnose(columns: Mapping[str, Array]) -> tuple[str, ...]:
    """trtexec's diagnoses in plain words: what else than the GPU the figures depend on."""
    if not columns["gpu_ms"].any():
        return _instability(columns["latency_ms"])
    gpu, h2d, d2h, enqueue = (
        float(np.median(columns[name])) for name in ("gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")
    )
    found = []
    if enqueue > 0.8 * gpu:
        found.append(_ENQUEUE_BOUND.format(enqueue=enqueue, gpu=gpu))
    found += [
        _COPY_BOUND.format(copy=copy, gpu=gpu, way=way)
        for copy, way in ((h2d, "to the GPU"), (d2h, "from the GPU"))
        if copy >= gpu
    ]
    return (*found, *_instability(columns["gpu_ms"]))


def _instability(compute_ms: Array) -> tuple[str, ...]:
    """trtexec's warning for times that vary by more than 2.5 %."""
    varies = variation(compute_ms)
    return (_UNSTABLE.format(percent=100 * varies),) if varies > 0.025 else ()
