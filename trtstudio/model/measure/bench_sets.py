"""Measurements of which several belong together, in the history: each is a benchmark that says of
what it is a part. Any thread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trtstudio.model.history import History
from trtstudio.model.measure.bench import BenchRequest, BenchResult, LoopComparison
from trtstudio.model.measure.bench_history import Part, Subject, new_benchmark
from trtstudio.model.measure.parallel import ParallelResult

Member = tuple[Part, Subject, BenchRequest, BenchResult]


def remember_comparison(
    history: History, about: Subject, base: BenchRequest, found: LoopComparison
) -> list[int]:
    """Keep every loop that has a result; their numbers."""
    return _remember(
        history,
        [
            (
                Part("loops", variant.name, variant.cause),
                about,
                replace(base, loop=variant.loop, preset=""),
                variant.result,
            )
            for variant in found.variants
            if variant.result is not None
        ],
    )


def remember_parallel(
    history: History, about: Subject, request: BenchRequest, found: ParallelResult
) -> list[int]:
    """Keep the first GPU's benchmark alone, and that of each beside the others, as far as they are
    there; their numbers.
    """
    first, count = found.devices[0], len(found.devices)
    brings = f"{found.throughput_qps:,.1f} per second together, {found.factor:.2f} times one alone."
    if not found.is_complete:
        brings = "It was stopped before all GPUs had been measured together."
    members = [(Part("gpus", f"GPU {first} alone"), _on(about, first), request, found.alone)]
    for device, result in found.together.items():
        part = Part("gpus", f"GPU {device}, {count} at once", brings)
        members.append((part, _on(about, device), request, result))
    return _remember(history, members)


def _on(about: Subject, device: int) -> Subject:
    return replace(about, options=replace(about.options, device=device))


def _remember(history: History, members: Sequence[Member]) -> list[int]:
    """All of them or none, under the number of the first."""
    return history.add_set(
        [
            new_benchmark(about, request, result, part=part)
            for part, about, request, result in members
        ]
    )


def of_one_set(parts: Iterable[Part | None]) -> int | None:
    """The number of the set that all of these belong to; None where there is not just one."""
    found = {part.first if part is not None else None for part in parts}
    return found.pop() if len(found) == 1 else None
