"""The GPU time that a session reports against a bare loop over ``execute_async_v3``, and what an
iteration costs Python. Prints JSON; takes a GPU.

    python benchmarks/gpu_time.py [PLAN] [--iterations N] [--warmup S]

Without a plan, the bundled sample is built first. Both sides run the same plan on the same inputs
in one process, in many short turns; ``ratio`` is the median of the turns' own, with the interval in
which the true median lies with a probability of 95 %.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from by_hand import final_context
from sample import WARM_UP_S, build_sample
from turns import ROUNDS, in_turns, median_within

from trtstudio.engine import runtime
from trtstudio.engine.logger import process_logger
from trtstudio.engine.measure.benchmark import benchmark, unheard
from trtstudio.engine.measure.benchmark_inputs import random_inputs
from trtstudio.engine.run.tensorrt_session import TensorrtSession, open_plan
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import Array, LoadRequest


class BareLoop:
    """A plan run with nothing but TensorRT and CUDA, as in their manuals."""

    def __init__(self, plan: Path, inputs: Mapping[str, Array], *, spin: bool) -> None:
        from cuda.bindings import runtime as rt

        self.rt, module = rt, runtime.load()
        self.runtime = module.Runtime(process_logger(module))
        self.engine = self.runtime.deserialize_cuda_engine(plan.read_bytes())
        self.context = final_context(module, self.engine)
        self.stream = rt.cudaStreamCreateWithFlags(rt.cudaStreamNonBlocking)[1]
        flags = rt.cudaEventDefault if spin else rt.cudaEventBlockingSync
        self.events = [rt.cudaEventCreateWithFlags(flags)[1] for _ in range(2)]
        for name, array in inputs.items():
            self.context.set_input_shape(name, array.shape)
        for index in range(self.engine.num_io_tensors):
            name = self.engine.get_tensor_name(index)
            self._bind(module, name, inputs.get(name))

    def _bind(self, module: Any, name: str, array: Array | None) -> None:
        dtype = module.nptype(self.engine.get_tensor_dtype(name))
        content = np.zeros(tuple(self.context.get_tensor_shape(name)), dtype)
        content = content if array is None else np.ascontiguousarray(array)
        rt, size = self.rt, content.nbytes
        address = rt.cudaMalloc(size)[1]
        kind = rt.cudaMemcpyKind.cudaMemcpyHostToDevice
        rt.cudaMemcpyAsync(address, content.ctypes.data, size, kind, self.stream)
        rt.cudaStreamSynchronize(self.stream)
        self.context.set_tensor_address(name, address)

    def run(self, iterations: int) -> list[float]:
        """The GPU time of each inference in ms."""
        rt, stream, (start, end) = self.rt, self.stream, self.events
        handle, times = int(stream), []
        for _ in range(iterations):
            rt.cudaEventRecord(start, stream)
            self.context.execute_async_v3(handle)
            rt.cudaEventRecord(end, stream)
            rt.cudaEventSynchronize(end)
            times.append(rt.cudaEventElapsedTime(start, end)[1])
        return times


def session_times(session: TensorrtSession, iterations: int, *, transfers: bool) -> list[float]:
    """The GPU time of each of a session's inferences in ms."""
    return [session.step(transfers=transfers).gpu_ms for _ in range(iterations)]


def python_us(session: TensorrtSession, iterations: int, *, transfers: bool) -> list[float]:
    """What each iteration takes on the host in us, besides TensorRT's enqueue and the waiting."""
    from cuda.bindings import runtime as rt

    costs = []
    for _ in range(iterations):
        begin = perf_counter()
        session.enqueue(transfers=transfers)
        enqueued = perf_counter()
        rt.cudaDeviceSynchronize()
        waited = perf_counter()
        timing = session.wait()
        seconds = (enqueued - begin) + (perf_counter() - waited)
        costs.append(seconds * 1e6 - timing.enqueue_ms * 1e3)
    return costs


def measure(plan: Path, iterations: int, warmup_s: float) -> dict[str, object]:
    """All figures for one plan; times in ms where the name says nothing else."""
    session = open_plan(LoadRequest(str(plan)), 1, lambda _: None)
    try:
        inputs = random_inputs(session.info.inputs, session.info.shapes)
        inputs |= session.shape_values
        session.bind(inputs)
        session.step()
        figures = _in_turns(plan, session, inputs, iterations, warmup_s)
        result = _benchmark(session, Loop())
        graph = _benchmark(session, Loop(overlap=True, cuda_graph=True))
    finally:
        session.close()
    assert result.gpu_ms is not None
    assert result.enqueue_ms is not None
    assert graph.enqueue_ms is not None
    return {
        "plan": plan.name,
        "runtime": result.runtime,
        "device": result.device,
        "shapes": result.shapes,
        "iterations": iterations,
        **figures,
        "benchmark_gpu_ms": result.gpu_ms.median,
        "benchmark_latency_ms": result.latency_ms.median,
        "benchmark_enqueue_ms": result.enqueue_ms.median,
        "graph_enqueue_ms": graph.enqueue_ms.median,
        "graph_captured": graph.loop.cuda_graph,
        "load_seconds": session.info.load_seconds,
        "warnings": (*result.warnings, *graph.warnings),
    }


def _benchmark(session: TensorrtSession, loop: Loop) -> BenchResult:
    request = BenchRequest(1, duration_s=1.0, loop=loop)
    return benchmark(session, request, on_samples=unheard, cancelled=lambda: False)


def _in_turns(
    plan: Path,
    session: TensorrtSession,
    inputs: Mapping[str, Array],
    iterations: int,
    warmup_s: float,
) -> dict[str, Any]:
    """The median of each way to run the plan, and the ratio of the session's to the bare loop's."""
    bare = BareLoop(plan, inputs, spin=False)
    spinning = BareLoop(plan, inputs, spin=True)
    ways: dict[str, Callable[[int], list[float]]] = {
        "bare_gpu_ms": bare.run,
        "bare_spinning_gpu_ms": spinning.run,
        "session_gpu_ms": lambda n: session_times(session, n, transfers=False),
        "session_with_copies_gpu_ms": lambda n: session_times(session, n, transfers=True),
        "python_us_per_iteration": lambda n: python_us(session, n, transfers=False),
        "python_us_with_copies": lambda n: python_us(session, n, transfers=True),
    }
    for run in ways.values():
        end = perf_counter() + warmup_s
        while perf_counter() < end:
            run(10)
    count = -(-iterations // ROUNDS)
    rounds = in_turns({name: partial(run, count) for name, run in ways.items()})
    ratios = [median(each["session_gpu_ms"]) / median(each["bare_gpu_ms"]) for each in rounds]
    medians = {name: median(chain.from_iterable(each[name] for each in rounds)) for name in ways}
    return {**medians, "ratio": median_within(ratios)}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--iterations", type=int, default=1000)
    parser.add_argument("--warmup", type=float, default=WARM_UP_S)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = options.plan or build_sample(Path(folder))
        print(json.dumps(measure(plan, options.iterations, options.warmup), indent=2))


if __name__ == "__main__":
    main()
