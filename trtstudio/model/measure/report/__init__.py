"""Kept benchmarks and sweeps as one HTML file that loads nothing and runs no script. Any thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from trtstudio import __version__
from trtstudio.model.history import Kept
from trtstudio.model.measure.bench_export import figure_rows
from trtstudio.model.measure.bench_figures import (
    FigureRow,
    compared,
    facts,
    figure_text,
    ratio_text,
    title_of,
)
from trtstudio.model.measure.bench_history import BenchmarkRun, KeptSamples, SweepRun
from trtstudio.model.measure.report.chart import legend
from trtstudio.model.measure.report.curves import Measured, clock_charts, latency_charts
from trtstudio.model.measure.report.markup import Content, page, tag
from trtstudio.model.measure.report.style import SHEET
from trtstudio.model.measure.report.sweeps import sweep_section
from trtstudio.model.measure.report.tables import facts_table, table, utc

_NEAR = 0.01
"""Ratios closer to 1 than this are neither better nor worse."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A kept benchmark with its inferences, where they are known."""

    kept: Kept[BenchmarkRun]
    found: KeptSamples | None = None

    @property
    def name(self) -> str:
        """``#12 net.plan``"""
        return f"#{self.kept.id} {title_of(self.kept.entry)}"


def report(
    runs: Sequence[Reported], sweeps: Sequence[Kept[SweepRun]] = (), made_at: str = ""
) -> bytes:
    """The page. The first of several benchmarks is what the others are compared with."""
    title = _title(runs, sweeps)
    content: list[Content] = [tag("h1", title)]
    if made_at:
        content.append(tag("p", f"Written {made_at}", class_="muted"))
    if runs:
        content.append(_overview(runs))
    content += [_details(run) for run in runs]
    content += [sweep_section(kept) for kept in sweeps]
    content.append(tag("footer", f"Written by TRT Studio {__version__}. Times in ms."))
    return page(title, SHEET, content)


def _title(runs: Sequence[Reported], sweeps: Sequence[Kept[SweepRun]]) -> str:
    subjects = [run.kept.entry.subject for run in runs] + [kept.entry.subject for kept in sweeps]
    names = dict.fromkeys(Path(subject.model).name for subject in subjects)
    return f"Benchmarks of {', '.join(names)}"


def _overview(runs: Sequence[Reported]) -> Element:
    """All figures beside each other, and all curves in one chart each."""
    rows = compared([run.kept.entry.result for run in runs])
    found = [Measured(run.name, run.found.samples) for run in runs if run.found]
    parts: list[Content] = [tag("h2", "Figures")]
    if len(runs) > 1:
        parts.append(tag("p", f"Ratios are to {runs[0].name}.", class_="muted"))
    parts.append(tag("div", _figures(runs, rows), class_="wide"))
    charts = latency_charts(found)
    if charts:
        parts.append(legend(run.name for run in found))
        parts.append(tag("div", *charts, class_="charts"))
    return tag("section", *parts)


def _figures(runs: Sequence[Reported], rows: Sequence[FigureRow]) -> Element:
    head = [tag("th", ""), *(tag("th", run.name, class_="number") for run in runs)]
    about = [
        ("runtime", [run.kept.entry.result.runtime for run in runs]),
        ("device", [run.kept.entry.result.device for run in runs]),
        ("method", [run.kept.entry.result.method for run in runs]),
        ("shapes", [facts(run.kept.entry).get("shapes", "") for run in runs]),
    ]
    body = [
        tag("tr", tag("th", name), *(tag("td", text, class_="number") for text in texts))
        for name, texts in about
    ]
    return table(head, [*body, *map(_figure_row, rows)])


def _figure_row(row: FigureRow) -> Element:
    cells = [tag("th", f"{row.figure.name} ({row.figure.unit})")]
    for position, (value, ratio) in enumerate(zip(row.values, row.ratios, strict=True)):
        cell = tag("td", figure_text(value, row.figure.unit), class_="number")
        if position and ratio is not None:
            cell.append(tag("span", ratio_text(ratio), class_=f"ratio {_verdict(row, ratio)}"))
        cells.append(cell)
    return tag("tr", *cells)


def _verdict(row: FigureRow, ratio: float) -> str:
    if abs(ratio - 1) < _NEAR:
        return "muted"
    return "better" if (ratio > 1) is row.figure.more_is_better else "worse"


def _details(run: Reported) -> Element:
    """How one was measured, its percentiles, what it warned of, and its clocks."""
    entry = run.kept.entry
    about = {"measured at": utc(run.kept.added_at), **facts(entry)}
    head, *rows = figure_rows(entry.result)
    body = [
        tag("tr", tag("th", row[0]), *(tag("td", cell, class_="number") for cell in row[1:]))
        for row in rows
    ]
    names = [tag("th", head[0]), *(tag("th", name, class_="number") for name in head[1:])]
    parts: list[Content] = [
        tag("h2", run.name),
        tag("div", table(names, body), class_="wide"),
        tag("h3", "How it was measured"),
        facts_table(about),
    ]
    parts += [tag("p", warning) for warning in entry.result.warnings]
    charts = clock_charts(run.found.clocks) if run.found else []
    if charts:
        parts += [tag("h3", "The GPU meanwhile"), tag("div", *charts, class_="charts")]
    return tag("section", *parts)
