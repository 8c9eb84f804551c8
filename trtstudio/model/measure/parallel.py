"""The same benchmark on several GPUs at once, against the first of them alone. Plain data; any
thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trtstudio.model.measure.bench import BenchResult
from trtstudio.model.measure.bench_export import bench_json


@dataclass(frozen=True, slots=True)
class ParallelResult:
    """``alone`` is the first GPU's; ``together`` has every GPU by its number, in the order in which
    they were asked for. Where it was stopped, those of ``devices`` that had ended by then.
    """

    alone: BenchResult
    together: Mapping[int, BenchResult]
    devices: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every GPU has ended; the sums mean nothing else."""
        return len(self.together) == len(self.devices)

    @property
    def throughput_qps(self) -> float:
        """Inferences a second of all together."""
        return sum(result.throughput_qps for result in self.together.values())

    @property
    def factor(self) -> float:
        """How many times the throughput of the first GPU alone that is."""
        return self.throughput_qps / self.alone.throughput_qps


def parallel_json(found: ParallelResult, *, samples: bool = False) -> dict[str, Any]:
    """For other programs."""
    return {
        "throughput_qps": found.throughput_qps,
        "alone_qps": found.alone.throughput_qps,
        "factor": found.factor,
        "devices": [
            {"index": device, **bench_json(result, samples=samples)}
            for device, result in found.together.items()
        ],
    }


def parallel_rows(found: ParallelResult) -> list[list[str]]:
    """A head and a row for each GPU: what it did beside the others."""
    rows = [["GPU", "", "per second", "latency ms"]]
    for device, result in found.together.items():
        cells = (f"{result.throughput_qps:.1f}", f"{result.latency_ms.median:.3f}")
        rows.append([str(device), result.device, *cells])
    return rows
