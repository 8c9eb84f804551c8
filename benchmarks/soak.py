"""What a hundred thousand inferences, overlapped, leave behind in the memory of the host and of the
GPU. Prints JSON; takes a GPU and Linux.

    python benchmarks/soak.py [PLAN] [--iterations N]

Without a plan, the bundled sample is built first.
"""

import argparse
import gc
import json
import os
import tempfile
from contextlib import closing
from pathlib import Path

from sample import build_sample

from trtstudio.engine import cuda
from trtstudio.engine.measure.benchmark_inputs import random_inputs
from trtstudio.engine.run.opening import open_session
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import LoadRequest

WARM_UP = 5000


def soak(plan: Path, iterations: int) -> dict[str, object]:
    """What many inferences leave behind, in bytes."""
    with closing(open_session(LoadRequest(str(plan)), 1, lambda _: None)) as session:
        inputs = random_inputs(session.info.inputs, session.info.shapes) | dict(
            session.shape_values
        )
        with session.flights(Loop(overlap=True), inputs) as flights:
            for flight in flights:
                flight.enqueue(transfers=True)

            def run(count: int) -> None:
                for turn in range(count):
                    flight = flights[turn % len(flights)]
                    flight.wait()
                    flight.enqueue(transfers=True)

            run(WARM_UP)
            before = memory_bytes()
            run(iterations)
            after = memory_bytes()
            for flight in flights:
                flight.wait()
    return {
        "iterations": iterations,
        "host_growth_bytes": after[0] - before[0],
        "device_growth_bytes": before[1] - after[1],
    }


def memory_bytes() -> tuple[int, int]:
    """What the process takes of the host, and what is free on the GPU."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), int(cuda.check(cuda.cudart().cudaMemGetInfo()))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--iterations", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = options.plan or build_sample(Path(folder))
        print(json.dumps(soak(plan, options.iterations), indent=2))


if __name__ == "__main__":
    main()
