"""``trtstudio history``: what was built and measured here."""

from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

import msgspec

from trtstudio.cli.history_text import entry_text, listing, run_table
from trtstudio.cli.language import user_language
from trtstudio.cli.output import Report
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.errors import StudioError
from trtstudio.model.history import History, Kept
from trtstudio.model.measure.bench_history import BenchmarkRun, SweepRun, annotate, samples_of
from trtstudio.model.measure.history_export import as_rows, benchmark_json, sweep_json, write_export

Run = BenchmarkRun | SweepRun | BuildRun
_KINDS: dict[str, type[Run]] = {
    "benchmarks": BenchmarkRun,
    "sweeps": SweepRun,
    "builds": BuildRun,
}


def history(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """List, show, export, report on, annotate or remove entries."""
    kept = History()
    needs_numbers = options.show or options.report or options.remove or options.note is not None
    if needs_numbers and not options.numbers:
        options.wrong_usage("name the entries by their numbers")
    found = _chosen(kept, options)
    if options.remove:
        kept.remove(options.numbers)
        return Report(0, {"removed": options.numbers}, f"{len(found)} removed")
    if options.note is not None:
        return _note(kept, options)
    if options.report:
        return _write_report(kept, options.report, found)
    if options.export == "csv":
        swept = sweeps_of(found) if options.numbers or options.sweeps else []
        return Report(0, {}, as_rows(benchmarks_of(found), swept))
    data = {"entries": [_json(kept, each, samples=options.samples) for each in found]}
    if options.export == "json":
        return Report(0, data, msgspec.json.format(msgspec.json.encode(data), indent=2).decode())
    if not options.numbers:
        return Report(0, data, listing(found))
    return Report(0, data, _text(found))


def _chosen(kept: History, options: Namespace) -> list[Kept[Run]]:
    """The entries of these numbers in their order, else the newest."""
    if options.numbers:
        return [_entry(kept, number) for number in options.numbers]
    wanted = [kind for name, kind in _KINDS.items() if getattr(options, name)]
    about = str(options.of.absolute()) if options.of else None
    found: list[Kept[Run]] = []
    for kind in wanted or _KINDS.values():
        found += kept.entries(kind, about, options.limit)
    return sorted(found, key=lambda each: each.id, reverse=True)[: options.limit]


def _entry(kept: History, number: int) -> Kept[Run]:
    for kind in _KINDS.values():
        found = kept.entry(kind, number)
        if found is not None:
            return found
    raise StudioError(
        f"The history has no entry {number}.", hint="'trtstudio history' lists its entries."
    )


def benchmarks_of(found: Iterable[Kept[Run]]) -> list[Kept[BenchmarkRun]]:
    """Those that are benchmarks."""
    return [cast(Kept[BenchmarkRun], k) for k in found if isinstance(k.entry, BenchmarkRun)]


def sweeps_of(found: Iterable[Kept[Run]]) -> list[Kept[SweepRun]]:
    """Those that are sweeps."""
    return [cast(Kept[SweepRun], k) for k in found if isinstance(k.entry, SweepRun)]


def _note(kept: History, options: Namespace) -> Report:
    for number in options.numbers:
        annotate(kept, number, options.note)
    return Report(0, {"annotated": options.numbers}, "")


def _write_report(kept: History, path: Path, found: list[Kept[Run]]) -> Report:
    runs, swept = benchmarks_of(found), sweeps_of(found)
    if not runs and not swept:
        raise StudioError("A build has no figures to report.", hint="Name benchmarks or sweeps.")
    write_export(kept, path, "html", runs, swept, user_language())
    return Report(0, {"report": str(path)}, f"{path}")


def _json(kept: History, each: Kept[Run], *, samples: bool) -> dict[str, Any]:
    if isinstance(each.entry, BenchmarkRun):
        found = samples_of(kept, each.id) if samples else None
        run = cast(Kept[BenchmarkRun], each)
        return {"kind": "benchmark", **benchmark_json(run, found)}
    if isinstance(each.entry, SweepRun):
        return {"kind": "sweep", **sweep_json(cast(Kept[SweepRun], each))}
    about = {"number": each.id, "when": each.added_at}
    return {"kind": "build", **about, **msgspec.to_builtins(each.entry)}


def _text(found: list[Kept[Run]]) -> str:
    runs = benchmarks_of(found)
    parts = [run_table(runs)] if len(runs) > 1 else []
    return "\n\n".join([*parts, *map(entry_text, found)])
