"""``trtstudio bench --devices``: the same benchmark on several GPUs at once, each in a process of
its own, against the first of them alone.
"""

from argparse import Namespace
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from dataclasses import replace
from typing import TypeVar

from trtstudio.cli.load import load_request
from trtstudio.cli.output import Report, say, table
from trtstudio.cli.remember import remember_parallel
from trtstudio.host.client import EngineProcess, Job, close_all
from trtstudio.model.errors import Cancelled
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.parallel import ParallelResult, parallel_json, parallel_rows
from trtstudio.model.measure.sweep_export import as_csv
from trtstudio.model.run import SessionInfo

T = TypeVar("T")
_TICK_S = 0.1


def bench_devices(
    options: Namespace, request: BenchRequest, cancelled: Callable[[], bool]
) -> Report:
    """The first GPU alone, then all of them together."""
    processes = [EngineProcess(f"GPU {device}") for device in options.devices]
    try:
        say(f"Loading {options.file.name} onto {len(processes)} GPUs ...")
        sessions = _loaded(processes, options, cancelled)
        requests = [replace(request, session=info.session) for info in sessions]
        say(f"Measuring GPU {options.devices[0]} alone for {request.duration_s:g} s ...")
        (alone,) = _answers([processes[0].submit(requests[0])], cancelled)
        say(f"Measuring all together for {request.duration_s:g} s ...")
        jobs = [p.submit(r) for p, r in zip(processes, requests, strict=True)]
        together = _answers(jobs, cancelled)
    finally:
        close_all(processes)
    devices = tuple(options.devices)
    found = ParallelResult(alone, dict(zip(devices, together, strict=True)), devices)
    remember_parallel(options, sessions[0], request, found)
    return _report(options, found)


def _loaded(
    processes: Sequence[EngineProcess], options: Namespace, cancelled: Callable[[], bool]
) -> list[SessionInfo]:
    load = load_request(options)
    jobs = [
        process.submit(replace(load, options=replace(load.options, device=device)))
        for process, device in zip(processes, options.devices, strict=True)
    ]
    return _answers(jobs, cancelled)


def _answers(jobs: Sequence[Job[T]], cancelled: Callable[[], bool]) -> list[T]:
    """All results; raises the first job's error, and Cancelled where it is stopped."""
    while wait([job.future for job in jobs], _TICK_S).not_done:
        if cancelled():
            raise Cancelled("stopped")
    return [job.future.result() for job in jobs]


def _report(options: Namespace, found: ParallelResult) -> Report:
    data, rows = parallel_json(found, samples=options.samples), parallel_rows(found)
    if options.csv:
        return Report(0, data, as_csv(rows))
    words = (
        f"{found.throughput_qps:,.1f} per second together, {found.factor:.2f} times those of GPU "
        f"{options.devices[0]} alone"
    )
    return Report(0, data, f"{table(rows, right=(2, 3))}\n\n{words}")
