"""A sweep in a report. Any thread."""

from math import prod
from pathlib import Path
from xml.etree.ElementTree import Element

from trtstudio.model.history import Kept
from trtstudio.model.language import Words
from trtstudio.model.measure.bench_figures import sweep_facts
from trtstudio.model.measure.bench_history import SweepRun
from trtstudio.model.measure.bench_labels import labels
from trtstudio.model.measure.report.chart import Axes, Curve, curve_chart, legend
from trtstudio.model.measure.report.markup import Content, tag
from trtstudio.model.measure.report.tables import facts_table, table, utc
from trtstudio.model.measure.sweep_axes import across, places, value_words
from trtstudio.model.measure.sweep_export import sweep_curves, sweep_rows


def sweep_section(kept: Kept[SweepRun], words: Words) -> Element:
    """Its curves, its points and what was measured."""
    run, known = kept.entry, labels(words)
    head, *rows = sweep_rows(run.axes, run.points)
    numbers = len(head) - 1
    body = [
        tag(
            "tr",
            *(tag("td", cell, class_="number") for cell in row[:numbers]),
            tag("td", words(row[numbers])),
        )
        for row in rows
    ]
    names = [tag("th", known.get(name, name), class_="number") for name in head[:numbers]]
    title = words("Sweep of {file} over {axes}").format(
        file=Path(run.subject.file).name, axes=", ".join(run.axes)
    )
    return tag(
        "section",
        tag("h2", f"#{kept.id} {title}"),
        *_stopped(run, words),
        *_charts(run, words),
        tag("div", table([*names, tag("th", known[head[numbers]])], body), class_="wide"),
        tag("h3", words("How it was measured")),
        facts_table({"measured at": utc(kept.added_at), **sweep_facts(run, words)}, known),
    )


def _stopped(run: SweepRun, words: Words) -> list[Content]:
    if run.complete:
        return []
    wanted = prod(map(len, run.axes.values()))
    stopped = words("Stopped after {done} of {all} points.")
    return [tag("p", stopped.format(done=len(run.points), all=wanted), class_="muted")]


def _charts(run: SweepRun, words: Words) -> list[Content]:
    axes = list(run.axes)
    first = across(axes)
    place = places(first, [point.values for point in run.points])
    ticks = {x: value_words(value) for value, x in sorted(place.items(), key=lambda each: each[1])}
    latency = sweep_curves(axes, run.points, "latency")
    rate = sweep_curves(axes, run.points, "throughput")
    charts: list[Element] = []
    for found, title, unit in (
        (latency, words("Median latency"), "ms"),
        (rate, words("Throughput"), words("inferences per second")),
    ):
        curves = [Curve(n or title, *xy, c) for c, (n, xy) in enumerate(found.items())]
        if curves:
            shown = Axes(first, unit, x_ticks=ticks)
            charts.append(curve_chart(title, shown, curves, has_points=True))
    if not charts:
        return []
    key = [legend(latency)] if len(latency) > 1 else []
    return [*key, tag("div", *charts, class_="charts")]
