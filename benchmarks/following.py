"""What it costs a benchmark that its inferences are followed in a window: the loop in an engine
process, with and without telling the window of each, in turns. Its inferences are calls that hold
no lock of the interpreter, as those of CUDA are. Prints JSON; needs no GPU.

    python benchmarks/following.py [--microseconds T] [--seconds S] [--rounds N]
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, sleep
from zlib import crc32

from trtstudio.engine.measure.benchmark import benchmark, unheard
from trtstudio.engine.run.session import Session
from trtstudio.host.engines import Engines
from trtstudio.host.server import serve
from trtstudio.host.verbs import Verb
from trtstudio.host.work import Work
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.run import Array, SessionInfo, Timing

CALLS = 12  # of CUDA, that an inference begins and ends with
PERIOD_S = 0.05  # how often the window plots
PROMISED = 0.99
_TRIAL = bytes(1 << 20)
_CALL = bytes(5121)  # of so many bytes zlib lets the lock go


class BusySession(Session):
    """An inference is a checksum of so many bytes that it takes about ``microseconds``."""

    def __init__(self, microseconds: float) -> None:
        tensor = Tensor("x", "float32", (1,), "input")
        self.info = SessionInfo(1, "", "Checksums", "CPU", (tensor,), (), {"x": (1,)})
        took_us = min(_timed(lambda: crc32(_TRIAL)) for _ in range(9)) * 1e6
        self._work = bytes(max(1, int(len(_TRIAL) * microseconds / took_us)))

    def bind(self, inputs: Mapping[str, Array]) -> None:
        """There is nothing to bind."""

    def step(self) -> Timing:
        """One inference."""
        begin = perf_counter()
        for _ in range(CALLS):
            crc32(_CALL)
        crc32(self._work)
        took_ms = (perf_counter() - begin) * 1e3
        return Timing(took_ms, took_ms, 0.0, 0.0, 0.0, took_ms)

    def outputs(self) -> dict[str, Array]:
        """Nobody asks for them."""
        return {}

    def close(self) -> None:
        """There is nothing to free."""


def _timed(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin


def run(request: BenchRequest, work: Work) -> BenchResult:
    """In the engine process; the request's preset says whether it is followed."""
    on_samples = work.on_samples if request.preset == "followed" else unheard
    session = BusySession(float(os.environ["MICROSECONDS"]))
    return benchmark(session, request, on_samples=on_samples, cancelled=work.is_cancelled)


def rate(engines: Engines, preset: str, seconds: float) -> float:
    """Inferences a second."""
    job = engines.submit(BenchRequest(1, warmup_ms=100, duration_s=seconds, preset=preset))
    while not job.future.done():
        job.take_samples()
        sleep(PERIOD_S)
    return float(job.future.result().throughput_qps)


def measure(microseconds: float, seconds: float, rounds: int) -> dict[str, object]:
    """The medians of both, and of the ratios within a round."""
    environment = {"MICROSECONDS": str(microseconds)}
    engines = Engines(environment, arguments=(__file__, "--serve"))
    try:
        found = [
            {preset: rate(engines, preset, seconds) for preset in ("alone", "followed")}
            for _ in range(rounds)
        ]
    finally:
        engines.close()
    ratio = median(each["followed"] / each["alone"] for each in found)
    return {
        "alone_per_second": median(each["alone"] for each in found),
        "followed_per_second": median(each["followed"] for each in found),
        "ratio": ratio,
        "promised": PROMISED,
        "kept": ratio >= PROMISED,
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--microseconds", type=float, default=150.0)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    print(json.dumps(measure(options.microseconds, options.seconds, options.rounds), indent=2))


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve({BenchRequest: Verb("run", run)})
    main()
