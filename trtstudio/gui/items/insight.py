"""What is found in a model and what it costs, for the property panel. ``look`` is safe in any
thread, the rest is for the main thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.items.file_properties import _size
from trtstudio.gui.items.property_list import Link, Row, Section, Tone, Value, row
from trtstudio.gui.workspace import Document
from trtstudio.model.costs import Costs, cost
from trtstudio.model.errors import StudioError
from trtstudio.model.finding import Finding, Severity
from trtstudio.model.findings import find
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph

Graphs = tuple[Graph | None, Graph | None, Graph | None]
"""The ONNX graph, the network and the engine."""
MOST_LINKS = 5
"""A finding leads to so many of its layers."""

_SIGNS: dict[Severity, tuple[str, Tone]] = {
    "error": ("✕", "error"),
    "warning": ("!", "warning"),
    "info": ("i", "muted"),
}


@dataclass(frozen=True, slots=True)
class Insight:
    """What ``look`` found. Only an ONNX graph has costs."""

    findings: tuple[Finding, ...]
    costs: Costs | None


def look(file: ModelFile, graphs: Graphs, refusal: StudioError | None) -> Insight:
    """Look at the ONNX graph, the network and the engine of a file, as far as there are."""
    onnx, network, engine = graphs
    main = onnx or network or engine
    if main is None:
        return Insight((), None)
    path = file.path if onnx is not None else None
    found = find(main, network=network, engine=engine, path=path, refusal=refusal)
    return Insight(found, cost(onnx) if onnx is not None else None)


def insight_sections(document: Document, insight: Insight | StudioError | None) -> list[Section]:
    """The findings and the costs; None while they are looked for, or why there are none."""
    title = _tr("Findings")
    if insight is None:
        return [Section(title, (row("", _tr("Looking for findings …"), "muted"),))]
    if isinstance(insight, StudioError):
        return [Section(title, (row("", insight.message, "error"),))]
    rows = tuple(_finding_row(document, finding) for finding in insight.findings)
    sections = [Section(title, rows or (row("", _tr("nothing found"), "muted"),))]
    if insight.costs is not None:
        sections.append(Section(_tr("Cost"), tuple(_cost_rows(insight.costs))))
    return sections


def _finding_row(document: Document, finding: Finding) -> Row:
    sign, tone = _SIGNS[finding.severity]
    lines = [(Value(finding.title, tone),), (Value(finding.why, "muted"),)]
    reading = document.readings.get(finding.view)
    if reading is not None and reading.graph is not None:
        for position in finding.layers[:MOST_LINKS]:
            name = reading.graph.layers[position].name
            lines.append((Value(name, link=Link("layer", finding.view, position)),))
        if len(finding.layers) > MOST_LINKS:
            words = _tr("and {count:,} more").format(count=len(finding.layers) - MOST_LINKS)
            lines.append((Value(words, "muted"),))
    return Row(sign, tuple(lines))


def _cost_rows(costs: Costs) -> Iterator[Row]:
    total = costs.total
    if total.parameters is not None:
        yield row(_tr("Parameters"), f"{total.parameters:,}")
    if total.weight_bytes is not None:
        yield row(_tr("Weights"), _size(total.weight_bytes))
    if total.flops is not None:
        values = [(Value(_flops(total.flops)),), (Value(_tr("a multiply-add is 2"), "muted"),)]
        if costs.uncounted:
            words = _tr("{count:,} layers not counted").format(count=len(costs.uncounted))
            values.append((Value(words, "muted"),))
        yield Row(_tr("FLOPs"), tuple(values))


def _flops(count: int) -> str:
    """``0.77 G``."""
    return f"{count / 1e9:,.2f} G" if count >= 1e8 else f"{count / 1e6:,.2f} M"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
