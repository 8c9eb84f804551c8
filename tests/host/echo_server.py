"""An engine process without an engine: it answers what it is asked, and misbehaves on demand."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from trtstudio.host.server import serve
from trtstudio.host.verbs import VERBS, Verb
from trtstudio.host.work import Work
from trtstudio.model.build.build import BuildRequest, BuildResult, LogLine, Progress
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.files import scratch_folder
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchRequest,
    BenchResult,
    ClockSample,
    Samples,
    Summary,
    SweepPoint,
    SweepRequest,
    SweepResult,
)
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest, LayerTime
from trtstudio.model.measure.memory import MemoryItem, MemoryLedger, MemoryRequest, ProfileMemory
from trtstudio.model.refit import RefitRequest, RefitResult
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest, RunResult, SessionInfo, Timing
from trtstudio.model.runtime import Device, Installation, Runtime

UNTIL_CANCELLED = -1.0  # s
TENSOR = Tensor("x", "float32", (1, "batch", -1), "input")
INSTALLATION = Installation(
    Runtime("tensorrt_rtx", "1.7", precisions=("keep",), flags=("TF32",)),
    devices=(Device("GPU", "sm_86", 1 << 33),),
    packages={"numpy": np.__version__},
)
SUMMARY = Summary(1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0)


def graph(view: str, path: str) -> Graph:
    layer = Layer(0, "conv", "Conv", (0, None), (0,), {"pads": [1, 2], "alpha": 0.5, "none": None})
    return Graph(view, path, [layer], [TENSOR, Tensor("?", shape=None)], (0,), (0,))


_SCRATCH = ExitStack()


def finish(request: BuildRequest, text: str = "") -> BuildResult:
    built = graph("engine", request.plan)
    targets, profiles = request.targets, request.profiles
    return BuildResult(request.plan, 1, "00", text, 0.1, targets, profiles, {"float16": 1.0}, built)


def convert_and_die_later() -> str:
    """A converted model that nobody removes."""
    model = Path(_SCRATCH.enter_context(scratch_folder()), "model.onnx")
    model.write_bytes(bytes(9))
    return str(model)


def wait_for_cancel(
    _request: BuildRequest, work: Work, phase: str = "waiting to be stopped"
) -> BuildResult:
    work.on_progress(Progress(phase))
    while not work.is_cancelled():
        time.sleep(0.005)
    raise Cancelled("Stopped.")


def sleep(_request: BuildRequest, work: Work) -> None:
    work.on_progress(Progress("asleep"))
    time.sleep(600)


def hold_a_program(_request: BuildRequest, work: Work) -> BuildResult:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as program:
        try:
            return wait_for_cancel(_request, work, str(program.pid))
        finally:
            program.kill()


def report(request: BuildRequest, work: Work) -> BuildResult:
    for step in range(2000):
        work.on_progress(Progress("compiling", step, 2000))
        work.on_log(LogLine("info", f"line {step}", float(step)))
    while not Path(request.plan).exists():  # until somebody has seen it
        time.sleep(0.01)
    work.on_progress(Progress("done", 2000, 2000))
    return finish(request)


def report_from_many_threads(request: BuildRequest, work: Work) -> BuildResult:
    def log(name: str) -> None:
        for number in range(200):
            work.on_log(LogLine("info", f"{name} {number}"))

    threads = [threading.Thread(target=log, args=[str(n)]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return finish(request)


def pollute(request: BuildRequest, _work: Work) -> BuildResult:
    print("printed")
    sys.__stdout__.write("written")
    os.write(1, b"\x00\x00\x00\x04from native code")
    subprocess.run([sys.executable, "-c", "print('a child'); input()"], check=False)
    return finish(request, sys.stdin.read())


def fail(_request: BuildRequest, _work: Work) -> BuildResult:
    raise StudioError("It is too large.", hint="Make it smaller.", details="by 3")


def stumble(request: BuildRequest, _work: Work) -> BuildResult:
    raise {"exit": SystemExit, "key": KeyError}[request.plan]("missing")


def answer_nonsense(_request: BuildRequest, _work: Work) -> object:
    return {"plan": 3}


def answer_the_unsendable(_request: BuildRequest, _work: Work) -> object:
    return object()


def crash(_request: BuildRequest, _work: Work) -> object:
    os.write(2, b"Myelin: about to fail\n")
    return ctypes.string_at(0)


def lose_the_gpu(_request: BuildRequest, _work: Work) -> object:
    raise EngineDied("The GPU is lost.", hint="Load it again.", details="illegal address")


def forget(_request: BuildRequest, _work: Work) -> object:
    raise NotLoaded


def speak_garbage(_request: BuildRequest, work: Work) -> object:
    work._channel._writer.write(b"\xff" * 64)
    work._channel._writer.flush()
    time.sleep(600)
    return None


BUILDS = {
    "plain": lambda request, _work: finish(request),
    "pid": lambda request, _work: finish(request, str(os.getpid())),
    "leave": lambda request, _work: finish(request, convert_and_die_later()),
    "environment": lambda request, _work: finish(request, os.environ[request.plan]),
    "quit": lambda _request, _work: os._exit(7),
    "wait for cancel": wait_for_cancel,
    "hold a program": hold_a_program,
    "sleep": sleep,
    "report": report,
    "report from many threads": report_from_many_threads,
    "pollute": pollute,
    "fail": fail,
    "stumble": stumble,
    "answer nonsense": answer_nonsense,
    "answer the unsendable": answer_the_unsendable,
    "crash": crash,
    "lose the GPU": lose_the_gpu,
    "forget": forget,
    "speak garbage": speak_garbage,
}


def load(request: LoadRequest, work: Work) -> SessionInfo:
    work.on_progress(Progress("creating the context"))
    shapes = {"x": (1, 2)}
    return SessionInfo(1, request.path, "TensorRT", "GPU", (TENSOR,), (TENSOR,), shapes)


def bench(request: BenchRequest, work: Work) -> BenchResult:
    times = np.linspace(1, 4, request.iterations, dtype=np.float32)
    table = np.repeat(times[:, None], len(COLUMNS), axis=1)
    for piece in np.array_split(table, 10):
        work.on_samples(Samples(piece))
        while request.duration_s == UNTIL_CANCELLED and not work.is_cancelled():
            time.sleep(0.005)
        time.sleep(max(0.0, request.duration_s / 10))
    work.on_clock(ClockSample(0.5, 1980, throttle=("power cap",)))
    timing = (SUMMARY, None, None, None, None)
    found = Samples(table)
    return BenchResult("TensorRT", "GPU", len(times), 9.0, *timing, request.shapes, samples=found)


def sweep(request: SweepRequest, work: Work) -> SweepResult:
    points = [SweepPoint({"batch": n}, bench(request.base, work)) for n in request.axes["batch"]]
    for point in points:
        work.on_part(point)
    return SweepResult("TensorRT", "GPU", (*request.finished, *points), complete=False)


def profile_layers(request: LayerProfileRequest, _work: Work) -> LayerProfile:
    layers = (LayerTime("k", "conv", 0.5, 0.6, 1.0, 3, ("conv", "relu")),)
    return LayerProfile("TensorRT", "GPU", request.shapes, request.iterations, layers, 0.7)


def count_memory(request: MemoryRequest, _work: Work) -> MemoryLedger:
    items = (MemoryItem("weights", 100, request.contexts, "at_most", request.load.path),)
    streaming = request.load.options.weight_streaming
    kept = streaming if isinstance(streaming, int) else None
    profiles = (ProfileMemory(0, 7),)
    return MemoryLedger("TensorRT", "GPU", items, 90, 1000, 5, profiles, 50, kept, request.shapes)


ANSWERS = {
    ProbeRequest: lambda _request, _work: INSTALLATION,
    NetworkRequest: lambda request, _work: graph("network", request.path),
    EngineRequest: lambda request, _work: graph("engine", request.path),
    BuildRequest: lambda request, work: BUILDS[request.model](request, work),
    LoadRequest: load,
    RunRequest: lambda request, _work: RunResult(request.inputs, Timing(1.5)),
    BenchRequest: bench,
    SweepRequest: sweep,
    LayerProfileRequest: profile_layers,
    MemoryRequest: count_memory,
    RefitRequest: lambda request, _work: RefitResult(request.output, 1, request.model, 2, 0.5),
    UnloadRequest: lambda _request, _work: None,
}

if __name__ == "__main__":
    serve({request: Verb(VERBS[request].lane, run) for request, run in ANSWERS.items()})
