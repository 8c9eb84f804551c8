"""Kept benchmarks and sweeps as one HTML file that loads nothing and runs no script. Any thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from trtstudio import __version__
from trtstudio.model.history import Kept
from trtstudio.model.language import ENGLISH, Language, Words
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
from trtstudio.model.measure.bench_labels import labels
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
    runs: Sequence[Reported],
    sweeps: Sequence[Kept[SweepRun]] = (),
    made_at: str = "",
    language: Language = ENGLISH,
) -> bytes:
    """The page. The first of several benchmarks is what the others are compared with."""
    words = language.words
    title = words("Benchmarks of {names}").format(names=_names(runs, sweeps))
    content: list[Content] = [tag("h1", title)]
    if made_at:
        content.append(tag("p", words("Written {when}").format(when=made_at), class_="muted"))
    if runs:
        content.append(_overview(runs, words))
    content += [_details(run, words) for run in runs]
    content += [sweep_section(kept, words) for kept in sweeps]
    made_by = words("Written by TRT Studio {version}. Times in ms.").format(version=__version__)
    content.append(tag("footer", made_by))
    return page(title, SHEET, content, language.code)


def _names(runs: Sequence[Reported], sweeps: Sequence[Kept[SweepRun]]) -> str:
    subjects = [run.kept.entry.subject for run in runs] + [kept.entry.subject for kept in sweeps]
    names = dict.fromkeys(Path(subject.model).name for subject in subjects)
    return ", ".join(names)


def _overview(runs: Sequence[Reported], words: Words) -> Element:
    """All figures beside each other, and all curves in one chart each."""
    rows = compared([run.kept.entry.result for run in runs])
    found = [Measured(run.name, run.found.samples) for run in runs if run.found]
    parts: list[Content] = [tag("h2", words("Figures"))]
    if len(runs) > 1:
        ratios = words("Ratios are to {name}.").format(name=runs[0].name)
        parts.append(tag("p", ratios, class_="muted"))
    parts.append(tag("div", _figures(runs, rows, words), class_="wide"))
    charts = latency_charts(found, words)
    if charts:
        parts.append(legend(run.name for run in found))
        parts.append(tag("div", *charts, class_="charts"))
    return tag("section", *parts)


def _figures(runs: Sequence[Reported], rows: Sequence[FigureRow], words: Words) -> Element:
    known, told = labels(words), [facts(run.kept.entry, words) for run in runs]
    head = [tag("th", ""), *(tag("th", run.name, class_="number") for run in runs)]
    body = [
        tag(
            "tr",
            tag("th", known[name]),
            *(tag("td", each.get(name, ""), class_="number") for each in told),
        )
        for name in ("runtime", "device", "method", "shapes")
    ]
    return table(head, [*body, *(_figure_row(row, known[row.figure.name]) for row in rows)])


def _figure_row(row: FigureRow, name: str) -> Element:
    cells = [tag("th", f"{name} ({row.figure.unit})")]
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


def _details(run: Reported, words: Words) -> Element:
    """How one was measured, its percentiles, what it warned of, and its clocks."""
    entry, known = run.kept.entry, labels(words)
    about = {"measured at": utc(run.kept.added_at), **facts(entry, words)}
    head, *rows = figure_rows(entry.result)
    body = [
        tag("tr", tag("th", known[row[0]]), *(tag("td", cell, class_="number") for cell in row[1:]))
        for row in rows
    ]
    names = [
        tag("th", head[0]),
        *(tag("th", known.get(name, name), class_="number") for name in head[1:]),
    ]
    parts: list[Content] = [
        tag("h2", run.name),
        tag("div", table(names, body), class_="wide"),
        tag("h3", words("How it was measured")),
        facts_table(about, known),
    ]
    parts += [tag("p", words(warning)) for warning in entry.result.warnings]
    charts = clock_charts(run.found.clocks, words) if run.found else []
    if charts:
        parts += [tag("h3", words("The GPU meanwhile")), tag("div", *charts, class_="charts")]
    return tag("section", *parts)
