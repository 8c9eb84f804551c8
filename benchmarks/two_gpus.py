"""The throughput of one plan on one GPU and on several at once, each in an engine process of its
own as in the window and on the command line. Prints JSON; takes two GPUs or more.

    python benchmarks/two_gpus.py [PLAN] [--devices 0 1] [--seconds S] [--rounds N]

Without a plan, the bundled sample is built first. The goal is a ratio of 1.9 on two; the rounds
take turns, so that a change of the clocks meets both ways, and the median of their ratios counts.
"""

import argparse
import json
import tempfile
from concurrent.futures import wait
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median

from sample import build_sample

from trtstudio.host.client import EngineProcess
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest, from_preset
from trtstudio.model.run import LoadRequest, SessionInfo

PRESETS = ("studio", "trtexec-10", "trtexec-11")


def together(
    processes: list[EngineProcess], sessions: list[SessionInfo], request: BenchRequest
) -> list[float]:
    """Inferences a second of each, all at the same time."""
    jobs = [
        process.submit(replace(request, session=info.session))
        for process, info in zip(processes, sessions, strict=True)
    ]
    wait([job.future for job in jobs])
    return [job.future.result().throughput_qps for job in jobs]


def compare(
    processes: list[EngineProcess], sessions: list[SessionInfo], request: BenchRequest, rounds: int
) -> dict[str, object]:
    """One alone and all at once, in turns."""
    alone, every = [], []
    for _ in range(rounds):
        alone += together(processes[:1], sessions[:1], request)
        every.append(together(processes, sessions, request))
    ratios = [sum(each) / one for each, one in zip(every, alone, strict=True)]
    return {
        "alone_qps": alone,
        "together_qps": every,
        "ratios": ratios,
        "median_ratio": median(ratios),
        "loop": asdict(request.loop),
    }


def measure(plan: Path, devices: list[int], seconds: float, rounds: int) -> dict[str, object]:
    """Every preset, on the same sessions."""
    with ExitStack() as resources:
        processes = [EngineProcess(f"GPU {device}") for device in devices]
        for process in processes:
            resources.callback(process.close)
        loads = [
            process.submit(LoadRequest(str(plan), "tensorrt", LoadOptions(device=device)))
            for process, device in zip(processes, devices, strict=True)
        ]
        sessions = [load.future.result() for load in loads]
        return {
            "runtime": sessions[0].runtime,
            "devices": [info.device for info in sessions],
            **{
                name: compare(
                    processes, sessions, replace(from_preset(name), duration_s=seconds), rounds
                )
                for name in PRESETS
            },
        }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--devices", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = args.plan or build_sample(Path(folder))
        print(json.dumps(measure(plan, args.devices, args.seconds, args.rounds), indent=2))


if __name__ == "__main__":
    main()
