"""A sweep in a report. Any thread."""

from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

from trtstudio.model.history import Kept
from trtstudio.model.measure.bench_figures import sweep_facts
from trtstudio.model.measure.bench_history import SweepRun
from trtstudio.model.measure.report.chart import Axes, Curve, curve_chart, legend
from trtstudio.model.measure.report.markup import Content, tag
from trtstudio.model.measure.report.tables import facts_table, table, utc
from trtstudio.model.measure.sweep_axes import across, places, value_words
from trtstudio.model.measure.sweep_export import sweep_curves, sweep_rows
from trtstudio.model.words import counted

_CHARTS: tuple[tuple[Literal["latency", "throughput"], str, str], ...] = (
    ("latency", "Median latency", "ms"),
    ("throughput", "Throughput", "inferences per second"),
)


def sweep_section(kept: Kept[SweepRun]) -> Element:
    """Its curves, its points and what was measured."""
    run = kept.entry
    head, *rows = sweep_rows(run.axes, run.points)
    numbers = len(head) - 1
    body = [
        tag(
            "tr",
            *(tag("td", cell, class_="number") for cell in row[:numbers]),
            tag("td", row[numbers]),
        )
        for row in rows
    ]
    names = [tag("th", name, class_="number") for name in head[:numbers]]
    name = Path(run.subject.file).name
    return tag(
        "section",
        tag("h2", f"#{kept.id} Sweep of {name} over {', '.join(run.axes)}"),
        *_stopped(run),
        *_charts(run),
        tag("div", table([*names, tag("th", head[numbers])], body), class_="wide"),
        tag("h3", "How it was measured"),
        facts_table({"measured at": utc(kept.added_at), **sweep_facts(run)}),
    )


def _stopped(run: SweepRun) -> list[Content]:
    if run.complete:
        return []
    return [tag("p", f"Stopped after {counted(len(run.points), 'point')}.", class_="muted")]


def _charts(run: SweepRun) -> list[Content]:
    axes = list(run.axes)
    first = across(axes)
    place = places(first, [point.values for point in run.points])
    ticks = {x: value_words(value) for value, x in sorted(place.items(), key=lambda each: each[1])}
    charts: list[Element] = []
    names: list[str] = []
    for quantity, title, unit in _CHARTS:
        found = sweep_curves(axes, run.points, quantity)
        names = list(found)
        curves = [Curve(n or title, *xy, c) for c, (n, xy) in enumerate(found.items())]
        if curves:
            shown = Axes(first, unit, x_ticks=ticks)
            charts.append(curve_chart(title, shown, curves, has_points=True))
    if not charts:
        return []
    key = [legend(names)] if len(names) > 1 else []
    return [*key, tag("div", *charts, class_="charts")]
