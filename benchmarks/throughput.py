"""The throughput of this program's loops against the best hand-written cuda-python pipeline, that
of ``by_hand.py``, against Polygraphy's TrtRunner and ONNX Runtime's CUDA provider where they are
installed, and against itself while its samples are followed from another process: "followed" sends
them from this process, "live" is a whole engine process. Prints JSON; takes a GPU.

    python benchmarks/throughput.py [PLAN] [--model ONNX] [--seconds S] [--warmup S] [--rounds N]
        [--only WAY ...]

Without a plan, the bundled sample is built first. All ways run the same plan on the same inputs in
many short turns, every second round backwards, so that a change of the clocks or of the machine
meets all of them: one turn may differ from the next by 10 % and more. A ratio is the median of the
rounds' own, with the interval in which the true median lies with a probability of 95 %. The warm-up
is that of each way.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, redirect_stdout, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from by_hand import Pipeline
from msgspec.msgpack import Decoder
from sample import WARM_UP_S, build_sample
from turns import ROUNDS, in_turns, median_within

from trtstudio.engine import cuda, runtime
from trtstudio.engine.measure import benchmark
from trtstudio.engine.measure.benchmark import OnSamples, unheard
from trtstudio.engine.measure.benchmark_inputs import random_inputs
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.host.arrays import ArrayCarrier
from trtstudio.host.channel import Channel
from trtstudio.host.engines import Engines
from trtstudio.host.messages import ToEngine
from trtstudio.host.work import Work
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import Array, LoadRequest

PERIOD_S = 0.05  # how often the window plots
WARM_UP_MS = 50  # of a turn

Way = Callable[[float], float]
"""Runs for so many seconds and answers inferences a second."""


def loop_way(
    session: Session, request: BenchRequest, loop: Loop, on_samples: OnSamples = unheard
) -> Way:
    """One of this program's loops."""

    def run(seconds: float) -> float:
        wanted = replace(request, loop=loop, duration_s=seconds, warmup_ms=WARM_UP_MS)
        return steady(benchmark.measure(session, wanted, on_samples, cancelled=lambda: False))

    return run


def steady(result: BenchResult) -> float:
    """Inferences a second from the end of the first to that of the last: a turn is so short that
    its beginning counts, which is not the same in all ways."""
    if result.samples is None:
        return result.throughput_qps
    ends_s = result.samples.column("end_s")
    return (len(ends_s) - 1) / float(ends_s[-1] - ends_s[0])


@contextmanager
def listener() -> Iterator[OnSamples]:
    """Sends samples as an engine process does, to a process that reads them and nothing else."""
    script = "import sys\nwhile sys.stdin.buffer.read1(65536): pass"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        channel = Channel(io.BytesIO(), process.stdin, ArrayCarrier(()), Decoder(ToEngine))
        yield Work(1, channel).on_samples
        process.stdin.close()


@contextmanager
def live_way(plan: Path, request: BenchRequest, loop: Loop) -> Iterator[Way]:
    """The same in an engine process, followed at 20 Hz as by the window."""
    engines = Engines()
    session = engines.submit(LoadRequest(str(plan))).future.result().session

    def run(seconds: float) -> float:
        wanted = replace(
            request, session=session, loop=loop, duration_s=seconds, warmup_ms=WARM_UP_MS
        )
        job = engines.submit(wanted)
        while not job.future.done():
            job.take_samples()
            job.take_clocks()
            sleep(PERIOD_S)
        return steady(job.future.result())

    yield run
    engines.close()


@contextmanager
def polygraphy_way(plan: Path, inputs: Mapping[str, Array]) -> Iterator[Way]:
    """Polygraphy's TrtRunner, which works serially."""
    if runtime.is_rtx(runtime.load()):
        os.environ["POLYGRAPHY_USE_TENSORRT_RTX"] = "1"  # read when it is imported
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


def make_ways(
    plan: Path, model: Path | None, resources: ExitStack
) -> Iterator[tuple[str, Callable[[], Way]]]:
    """Every way that there is here by its name, to be made when it is wanted."""
    overlap = Loop(overlap=True)
    graph = replace(overlap, cuda_graph=True)
    session = resources.enter_context(
        closing(open_session(LoadRequest(str(plan)), 1, lambda _: None))
    )
    request = BenchRequest(1)
    inputs = random_inputs(session.info.inputs, session.info.shapes)
    inputs |= session.shape_values

    def loop(loop: Loop) -> Callable[[], Way]:
        return lambda: loop_way(session, request, loop)

    def by_hand(depth: int, **options: bool) -> Callable[[], Way]:
        return lambda: Pipeline(plan, inputs, depth, **options)

    def followed() -> Way:
        return loop_way(session, request, overlap, resources.enter_context(listener()))

    yield "serial", loop(Loop())
    yield "overlapped", loop(overlap)
    yield "overlapped_graph", loop(graph)
    yield "four_streams", loop(replace(overlap, streams=4))
    yield "by_hand_2", by_hand(2, graph=False)
    yield "by_hand_3", by_hand(3, graph=False)
    yield "by_hand_timed", by_hand(2, graph=False, timed=True)
    yield "by_hand_graph", by_hand(2, graph=True)
    yield "by_hand_graph_timed", by_hand(2, graph=True, timed=True)
    yield "followed", followed
    yield "live", lambda: resources.enter_context(live_way(plan, request, overlap))
    if find_spec("polygraphy"):
        yield "polygraphy", lambda: resources.enter_context(polygraphy_way(plan, inputs))
    if model is not None and has_cuda_provider():
        yield "onnxruntime_cuda", lambda: onnxruntime_way(model, inputs)


def measure(plan: Path, model: Path | None, options: argparse.Namespace) -> dict[str, object]:
    """Inferences a second for each way, and the ratios that are promised."""
    with ExitStack() as resources:
        ways: dict[str, Way] = {}
        for name, make in make_ways(plan, model, resources):
            if not options.only or name in options.only:
                with suppress(cuda.CudaError):  # a capture that is not possible, nor is ours then
                    ways[name] = make()
        for run in ways.values():
            run(options.warmup)
        turns = {name: partial(run, options.seconds) for name, run in ways.items()}
        rounds = in_turns(turns, options.rounds)
    info = runtime.describe()
    return {
        "plan": plan.name,
        "runtime": info.label,
        "per_second": {name: median(each[name] for each in rounds) for name in ways},
        **ratios(rounds),
    }


RATIOS = {
    "overlapped": ("by_hand_2", "by_hand_3", "by_hand_timed"),
    "overlapped_graph": ("by_hand_graph", "by_hand_graph_timed"),
    "followed": ("overlapped",),
    "live": ("overlapped",),
    "polygraphy": ("overlapped",),
    "onnxruntime_cuda": ("overlapped",),
}
"""What is compared with what."""


def ratios(rounds: list[dict[str, float]]) -> dict[str, list[float]]:
    """The median of each ratio over the rounds, and its interval."""
    return {
        f"{name}_to_{peer}": median_within([each[name] / each[peer] for each in rounds])
        for name, peers in RATIOS.items()
        for peer in peers
        if name in rounds[0] and peer in rounds[0]
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, help="the ONNX model, for ONNX Runtime")
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--warmup", type=float, default=WARM_UP_S)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", metavar="WAY")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = options.plan or build_sample(Path(folder))
        with redirect_stdout(sys.stderr):  # Polygraphy says what it does
            found = measure(plan, options.model, options)
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
