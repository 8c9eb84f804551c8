"""Benchmarks and sweeps that were made on this machine: what was measured, how, and what came of
it. Any thread.
"""

import platform
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from trtstudio.model.history import History, Kept, New
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchRequest,
    BenchResult,
    ClockSample,
    Samples,
    SweepPoint,
)
from trtstudio.model.measure.clock_summary import ClockSummary, summarize_clocks
from trtstudio.model.measure.sweep_axes import Axes
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.model_hash import model_sha256
from trtstudio.model.run import Array
from trtstudio.model.runtime import Device

MOST_SAMPLES = 200_000
"""Of more, every so many are kept: they draw the same curves."""
_MOST_OF_A_PART = 20_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured where: the ``model`` that was opened, the ``file`` that ran, which is the
    plan where one was built of it, the SHA-256 of that (see ``model_hash``), how it was loaded, and
    the machine.
    """

    model: str
    file: str
    sha256: str = ""
    options: LoadOptions = field(default_factory=LoadOptions)
    driver: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Of what a benchmark is a part: of a comparison of loops, or of a benchmark on several GPUs.
    ``name`` says which one it is, ``brings`` what it shows beside the others; ``first`` is the
    number of the first of them in the history.
    """

    of: Literal["loops", "gpus"]
    name: str
    brings: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class BenchmarkRun:
    """One benchmark. ``result`` is without its single samples and clocks, which the history keeps
    apart; ``clocks`` is what they come to, ``note`` what its user wrote to it.
    """

    subject: Subject
    request: BenchRequest
    result: BenchResult
    clocks: ClockSummary | None = None
    note: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class SweepRun:
    """One sweep, perhaps stopped before its end: ``points`` are those that were measured."""

    subject: Subject
    base: BenchRequest
    axes: Axes
    points: tuple[SweepPoint, ...] = ()
    runtime: str = ""
    device: str = ""
    complete: bool = False
    note: str = ""
    precisions: Precisions = field(default_factory=Precisions)


@dataclass(frozen=True, slots=True)
class KeptSamples:
    """The single inferences of a kept benchmark, evenly thinned where there were very many, and
    the clocks.
    """

    samples: Samples
    clocks: tuple[ClockSample, ...] = ()


def subject(
    model: Path, file: Path, options: LoadOptions | None = None, devices: Iterable[Device] = ()
) -> Subject:
    """What is about to enter the history. Reads all of ``file`` when that has changed; a file that
    cannot be read any more has no SHA-256.
    """
    drivers = dict.fromkeys(device.driver for device in devices if device.driver)
    return Subject(
        str(model.absolute()),
        str(file.absolute()),
        model_sha256(file),
        options or LoadOptions(),
        ", ".join(drivers),
        f"{platform.system()} {platform.release()} {platform.machine()}",
    )


def remember_benchmark(
    history: History,
    about: Subject,
    request: BenchRequest,
    result: BenchResult,
    note: str = "",
    part: Part | None = None,
) -> int:
    """Keep a benchmark with its inferences, fewer of them for a part of several; its number."""
    return history.add_set([new_benchmark(about, request, result, note, part)])[0]


def new_benchmark(
    about: Subject,
    request: BenchRequest,
    result: BenchResult,
    note: str = "",
    part: Part | None = None,
) -> New:
    """A benchmark that is about to be kept; a part learns the number of the first of its set."""
    clocks, brief = summarize_clocks(result.clocks), without_samples(result)
    run = BenchmarkRun(about, replace(request, session=0), brief, clocks, note)
    most = MOST_SAMPLES if part is None else _MOST_OF_A_PART

    def entry(first: int) -> BenchmarkRun:
        return replace(run, part=part and replace(part, first=first))

    return New(entry, about.model, _attachment(result, most))


def benchmarks(
    history: History, model: str | None = None, limit: int = 1000
) -> list[Kept[BenchmarkRun]]:
    """The newest benchmarks first: of one model, by its absolute path, or of all."""
    return history.entries(BenchmarkRun, model, limit)


def sweeps(history: History, model: str | None = None, limit: int = 1000) -> list[Kept[SweepRun]]:
    """The newest sweeps first: of one model, by its absolute path, or of all."""
    return history.entries(SweepRun, model, limit)


def remember_sweep(history: History, run: SweepRun, number: int | None = None) -> int:
    """Keep a sweep as far as it is, in the place of the one with this number; its number."""
    brief = tuple(map(_brief, run.points))
    run = replace(run, base=replace(run.base, session=0), points=brief)
    if number is not None and history.change(number, run):
        return number
    return history.add(run, run.subject.model)


def annotate(history: History, number: int, note: str) -> None:
    """Write something to a benchmark or sweep; nothing happens where it is gone."""
    if benchmark := history.entry(BenchmarkRun, number):
        history.change(number, replace(benchmark.entry, note=note.strip()))
    elif sweep := history.entry(SweepRun, number):
        history.change(number, replace(sweep.entry, note=note.strip()))


def samples_of(history: History, number: int) -> KeptSamples | None:
    """The inferences of a kept benchmark, None where they are not known."""
    content = history.attachment(number)
    if not content:
        return None
    found = msgspec.msgpack.decode(content, type=_Attachment)
    table = np.frombuffer(found.table, np.float32).reshape(-1, len(found.columns))
    whole = np.zeros((len(table), len(COLUMNS)), np.float32)
    for position, name in enumerate(COLUMNS):  # another version may know other columns
        if name in found.columns:
            whole[:, position] = table[:, found.columns.index(name)]
    return KeptSamples(Samples(whole), found.clocks)


def without_samples(result: BenchResult) -> BenchResult:
    """The figures alone."""
    return replace(result, samples=None, clocks=())


def thinned(samples: Samples, most: int = MOST_SAMPLES) -> Samples:
    """At most about so many, evenly chosen, and always the fastest and the slowest."""
    if len(samples) <= most:
        return samples
    latency = samples.column("latency_ms")
    even = np.linspace(0, len(samples) - 1, most).astype(np.int64)
    chosen = np.union1d(even, [latency.argmin(), latency.argmax()])
    return Samples(samples.table[chosen])


@dataclass(frozen=True, slots=True)
class _Attachment:
    columns: tuple[str, ...]
    table: bytes
    clocks: tuple[ClockSample, ...]


def _attachment(result: BenchResult, most: int) -> bytes:
    if result.samples is None:
        return b""
    table: Array = thinned(result.samples, most).table
    content = np.ascontiguousarray(table, np.float32).tobytes()
    return msgspec.msgpack.encode(_Attachment(COLUMNS, content, result.clocks))


def _brief(point: SweepPoint) -> SweepPoint:
    if point.result is None:
        return point
    return replace(point, result=without_samples(point.result))
