"""The throughput of this program's loops against the best hand-written cuda-python pipeline, which
is in this file, against Polygraphy's TrtRunner and ONNX Runtime's CUDA provider where they are
installed, and against itself while its samples are followed from another process. Prints JSON;
takes a GPU.

    python benchmarks/throughput.py [PLAN] [--model ONNX] [--seconds S]

Without a plan, the bundled sample is built first. All ways run the same plan on the same inputs in
turns, so that a change of the clocks meets all of them.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

import numpy as np
from gpu_time import build_sample

from trtstudio.engine import cuda, runtime
from trtstudio.engine.benchmark import benchmark, unheard
from trtstudio.engine.benchmark_inputs import random_inputs
from trtstudio.engine.logger import process_logger
from trtstudio.engine.opening import open_session
from trtstudio.engine.session import Session
from trtstudio.host.engines import Engines
from trtstudio.model.bench import BenchRequest
from trtstudio.model.loop import Loop
from trtstudio.model.run import Array, LoadRequest

ROUNDS = 3
WARM_UP_S = 2.0  # TensorRT-RTX puts better kernels in place while the first ones run
PERIOD_S = 0.05  # how often the window plots

Way = Callable[[float], float]
"""Runs for so many seconds and answers inferences a second."""


class Pipeline:
    """Nothing but TensorRT and CUDA: copies in streams of their own, ``depth`` sets of buffers, and
    neither checks nor timing. With ``graph``, a captured enqueue for each set.
    """

    def __init__(self, plan: Path, inputs: Mapping[str, Array], depth: int, *, graph: bool) -> None:
        from cuda.bindings import runtime as rt

        self.rt, module = rt, runtime.load()
        self.runtime = module.Runtime(process_logger(module))
        self.engine = self.runtime.deserialize_cuda_engine(plan.read_bytes())
        self.context = self.engine.create_execution_context()
        self.up, self.compute, self.down = (
            rt.cudaStreamCreateWithFlags(rt.cudaStreamNonBlocking)[1] for _ in range(3)
        )
        for name, array in inputs.items():
            self.context.set_input_shape(name, array.shape)
        self.slots = [self._slot(module, inputs) for _ in range(depth)]
        for slot in self.slots:
            self._begin(slot)
            rt.cudaStreamSynchronize(self.down)
        if graph:
            for slot in self.slots:
                slot["graph"] = self._captured(slot)

    def _slot(self, module: Any, inputs: Mapping[str, Array]) -> dict[str, Any]:
        rt = self.rt
        flags = rt.cudaEventDisableTiming | rt.cudaEventBlockingSync
        slot: dict[str, Any] = {"addresses": [], "in": [], "out": [], "graph": None}
        for event in ("uploaded", "computed", "done"):
            slot[event] = rt.cudaEventCreateWithFlags(flags)[1]
        for index in range(self.engine.num_io_tensors):
            name = self.engine.get_tensor_name(index)
            dtype = np.dtype(module.nptype(self.engine.get_tensor_dtype(name)))
            shape = tuple(self.context.get_tensor_shape(name))
            size = int(np.prod(shape)) * dtype.itemsize
            host = cuda.HostBuffer(size)
            device = rt.cudaMalloc(size)[1]
            if name in inputs:
                np.copyto(host.view(shape, dtype), inputs[name])
            slot["in" if name in inputs else "out"].append((host, device, size))
            slot["addresses"].append((name, device))
        return slot

    def _begin(self, slot: dict[str, Any]) -> None:
        rt = self.rt
        to_device = rt.cudaMemcpyKind.cudaMemcpyHostToDevice
        to_host = rt.cudaMemcpyKind.cudaMemcpyDeviceToHost
        for host, device, size in slot["in"]:
            rt.cudaMemcpyAsync(device, host.address, size, to_device, self.up)
        rt.cudaEventRecord(slot["uploaded"], self.up)
        rt.cudaStreamWaitEvent(self.compute, slot["uploaded"], 0)
        if slot["graph"] is None:
            for name, address in slot["addresses"]:
                self.context.set_tensor_address(name, address)
            self.context.execute_async_v3(int(self.compute))
        else:
            rt.cudaGraphLaunch(slot["graph"], self.compute)
        rt.cudaEventRecord(slot["computed"], self.compute)
        rt.cudaStreamWaitEvent(self.down, slot["computed"], 0)
        for host, device, size in slot["out"]:
            rt.cudaMemcpyAsync(host.address, device, size, to_host, self.down)
        rt.cudaEventRecord(slot["done"], self.down)

    def _captured(self, slot: dict[str, Any]) -> Any:
        rt = self.rt
        for name, address in slot["addresses"]:
            self.context.set_tensor_address(name, address)
        end = perf_counter() + WARM_UP_S
        while perf_counter() < end:
            self.context.execute_async_v3(int(self.compute))
            rt.cudaStreamSynchronize(self.compute)
        mode = rt.cudaStreamCaptureMode.cudaStreamCaptureModeThreadLocal
        cuda.check(rt.cudaStreamBeginCapture(self.compute, mode))
        self.context.execute_async_v3(int(self.compute))
        graph = cuda.check(rt.cudaStreamEndCapture(self.compute))
        return cuda.check(rt.cudaGraphInstantiate(graph, 0))

    def __call__(self, seconds: float) -> float:
        """Inferences a second."""
        for slot in self.slots:
            self._begin(slot)
        begin, count = perf_counter(), 0
        while (now := perf_counter()) - begin < seconds:
            slot = self.slots[count % len(self.slots)]
            self.rt.cudaEventSynchronize(slot["done"])
            self._begin(slot)
            count += 1
        self.rt.cudaStreamSynchronize(self.down)
        return count / (now - begin)


def loop_way(session: Session, request: BenchRequest, loop: Loop) -> Way:
    """One of this program's loops."""

    def run(seconds: float) -> float:
        wanted = replace(request, loop=loop, duration_s=seconds, warmup_ms=300)
        result = benchmark(session, wanted, on_samples=unheard, cancelled=lambda: False)
        return result.throughput_qps

    return run


@contextmanager
def live_way(plan: Path, request: BenchRequest, loop: Loop) -> Iterator[Way]:
    """The same in an engine process, followed at 20 Hz as by the window."""
    engines = Engines()
    session = engines.submit(LoadRequest(str(plan))).future.result().session

    def run(seconds: float) -> float:
        wanted = replace(request, session=session, loop=loop, duration_s=seconds, warmup_ms=300)
        job = engines.submit(wanted)
        while not job.future.done():
            job.take_samples()
            job.take_clocks()
            sleep(PERIOD_S)
        return float(job.future.result().throughput_qps)

    yield run
    engines.close()


@contextmanager
def polygraphy_way(plan: Path, inputs: Mapping[str, Array]) -> Iterator[Way]:
    """Polygraphy's TrtRunner, which works serially."""
    if runtime.is_rtx(runtime.load()):
        os.environ["POLYGRAPHY_USE_TENSORRT_RTX"] = "1"
    from polygraphy.backend.trt import EngineFromBytes, TrtRunner

    with TrtRunner(EngineFromBytes(plan.read_bytes())) as runner:
        yield lambda seconds: repeat(lambda: runner.infer(dict(inputs)), seconds)


def onnxruntime_way(model: Path, inputs: Mapping[str, Array]) -> Way:
    """ONNX Runtime's CUDA provider."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CUDAExecutionProvider"])
    return lambda seconds: repeat(lambda: session.run(None, dict(inputs)), seconds)


def repeat(call: Callable[[], object], seconds: float) -> float:
    """Calls a second."""
    begin, count = perf_counter(), 0
    while (now := perf_counter()) - begin < seconds:
        call()
        count += 1
    return count / (now - begin)


def has_cuda_provider() -> bool:
    """Whether ONNX Runtime here can use the GPU."""
    import onnxruntime

    return "CUDAExecutionProvider" in onnxruntime.get_available_providers()


def measure(plan: Path, model: Path | None, seconds: float) -> dict[str, object]:
    """Inferences a second for each way, and the ratios that are promised."""
    overlap = Loop(overlap=True)
    graph = replace(overlap, cuda_graph=True)
    with ExitStack() as resources:
        session = resources.enter_context(
            closing(open_session(LoadRequest(str(plan)), 1, lambda _: None))
        )
        request = BenchRequest(1)
        inputs = random_inputs(session.info.inputs, session.info.shapes)
        inputs |= session.shape_values
        ways: dict[str, Way] = {
            "serial": loop_way(session, request, Loop()),
            "overlapped": loop_way(session, request, overlap),
            "overlapped_graph": loop_way(session, request, graph),
            "four_streams": loop_way(session, request, replace(overlap, streams=4)),
            "live": resources.enter_context(live_way(plan, request, overlap)),
            "by_hand_2": Pipeline(plan, inputs, 2, graph=False),
            "by_hand_3": Pipeline(plan, inputs, 3, graph=False),
        }
        with suppress(cuda.CudaError):  # where a capture is not possible, ours has none either
            ways["by_hand_graph"] = Pipeline(plan, inputs, 2, graph=True)
        if find_spec("polygraphy"):
            ways["polygraphy"] = resources.enter_context(polygraphy_way(plan, inputs))
        if model is not None and has_cuda_provider():
            ways["onnxruntime_cuda"] = onnxruntime_way(model, inputs)
        found = in_turns(ways, seconds)
        best = max(found["by_hand_2"], found["by_hand_3"])
        by_hand = found.get("by_hand_graph")
        return {
            "plan": plan.name,
            "runtime": session.info.runtime,
            "device": session.info.device,
            "per_second": found,
            "overlapped_by_hand_ratio": found["overlapped"] / best,
            "graph_by_hand_ratio": found["overlapped_graph"] / by_hand if by_hand else None,
            "live_ratio": found["live"] / found["overlapped"],
        }


def in_turns(ways: Mapping[str, Way], seconds: float) -> dict[str, float]:
    """The median of each way's rounds."""
    for run in ways.values():
        run(WARM_UP_S)
    rounds = [{name: run(seconds) for name, run in ways.items()} for _ in range(ROUNDS)]
    return {name: median(found[name] for found in rounds) for name in ways}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, help="the ONNX model, for ONNX Runtime")
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = options.plan or build_sample(Path(folder))
        print(json.dumps(measure(plan, options.model, options.seconds), indent=2))


if __name__ == "__main__":
    main()
