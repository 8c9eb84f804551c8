"""How long an engine takes to load in a fresh process: the first time, and when the kernels that
TensorRT-RTX compiled are kept from an earlier start. Prints JSON; takes a GPU.

    python benchmarks/second_start.py [PLAN] [--starts N]

Without a plan, the bundled sample is built first. The promise is that a
second start takes under 0.3 s for making the context and running it once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from sample import build_sample

from trtstudio.engine.run.opening import open_session
from trtstudio.model.run import LoadRequest

PROMISED_S = 0.3


def start(plan: Path, cache: Path) -> dict[str, float]:
    """The phases of loading in s, in a process of its own that keeps its kernels in ``cache``."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, __file__, "--load", str(plan)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    phases: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return phases


def load(plan: Path) -> None:
    """What such a process does."""
    session = open_session(LoadRequest(str(plan)), 1, lambda _: None)
    session.close()
    print(json.dumps(session.info.load_seconds))


def measure(plan: Path, folder: Path, starts: int) -> dict[str, object]:
    """The first start, and the median of each phase of those after it."""
    first, *later = (start(plan, folder / "cache") for _ in range(1 + starts))
    medians = {phase: median(each[phase] for each in later) for phase in first}
    return {
        "first_s": first,
        "later_s": medians,
        "promised_s": PROMISED_S,
        "kept": medians["context"] + medians["first_run"] < PROMISED_S,
    }


def main() -> None:
    """Load as the command line says and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path, nargs="?")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        load(options.load)
        return
    with tempfile.TemporaryDirectory() as folder:
        plan = options.plan or build_sample(Path(folder))
        print(json.dumps(measure(plan, Path(folder), options.starts), indent=1))


if __name__ == "__main__":
    main()
