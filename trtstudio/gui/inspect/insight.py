"""What is found in a model and what it costs, as properties. Main thread only."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.document import Document
from trtstudio.gui.parts.property_list import Row, Section, Tone, Value, WeightsLink, link_to, row
from trtstudio.gui.plural import counted
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding, Severity
from trtstudio.model.findings.insight import Insight
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.costs import Cost, Costs
from trtstudio.model.quantities import format_bytes, format_flops, format_percent

MOST_LINKS = 5
"""A finding leads to so many of its layers."""

_SIGNS: dict[Severity, tuple[str, Tone]] = {
    "error": ("✕", "error"),
    "warning": ("!", "warning"),
    "info": ("i", "muted"),
}


def insight_sections(document: Document, insight: Insight | StudioError | None) -> list[Section]:
    """The findings and the costs; None while they are looked for, or why there are none."""
    title = _tr("Findings")
    if insight is None:
        return [Section(title, (row("", _tr("Looking for findings …"), "muted"),))]
    if isinstance(insight, StudioError):
        return [Section(title, (row("", insight.message, "error"),))]
    rows = tuple(_finding_row(document, finding) for finding in insight.findings)
    rows = *(rows or (row("", _tr("nothing found"), "muted"),)), *_weight_rows(document, insight)
    sections = [Section(title, rows)]
    if insight.costs is not None:
        rows = *_total_rows(insight.costs), *_condition_rows(insight)
        sections.append(Section(_tr("Cost"), rows))
    return sections


def cost_section(insight: Insight, found: Cost, *, is_fused: bool) -> Section:
    """What some layers of the ONNX graph cost together, and their shares of the whole model.

    What a kernel that they are fused into keeps to itself takes no memory, so that is left out.
    """
    assert insight.costs is not None
    rows = *_layer_rows(found, insight.costs.total, is_fused=is_fused), *_condition_rows(insight)
    return Section(_tr("Cost of its ONNX nodes") if is_fused else _tr("Cost"), rows)


def _condition_rows(insight: Insight) -> Iterator[Row]:
    """Which sizes the figures are for."""
    if insight.sizes:
        sizes = ", ".join(f"{name} = {size}" for name, size in insight.sizes.items())
        yield row("", _tr("for {sizes}").format(sizes=sizes), "muted")


def _layer_rows(found: Cost, total: Cost, *, is_fused: bool) -> Iterator[Row]:
    if found.parameters:
        yield _share_row(
            _tr("Parameters"), f"{found.parameters:,}", found.parameters, total.parameters
        )
    if found.weight_bytes:
        yield row(_tr("Weights"), format_bytes(found.weight_bytes))
    if found.flops is not None:
        yield _share_row(_tr("FLOPs"), format_flops(found.flops), found.flops, total.flops)
    else:
        yield row(_tr("FLOPs"), _tr("not counted"), "muted")
    if found.activation_bytes is not None and not is_fused:
        yield row(_tr("Activations"), format_bytes(found.activation_bytes))


def _share_row(name: str, text: str, part: int, whole: int | None) -> Row:
    values = [Value(text)]
    if whole:
        values.append(Value(format_percent(part / whole, 1), "muted"))
    return Row(name, (tuple(values),))


def _finding_row(document: Document, finding: Finding) -> Row:
    sign, tone = _SIGNS[finding.severity]
    title, why = core_text(finding.title).rstrip("。"), core_text(finding.why)
    lines = [(Value(title, tone),), (Value(why, "muted"),)]
    reading = document.readings.get(finding.view)
    if reading is not None and reading.graph is not None:
        links = [*_links(reading.graph, finding)]
        lines += ((link,) for link in links[:MOST_LINKS])
        if len(links) > MOST_LINKS:
            words = _tr("and {count:,} more").format(count=len(links) - MOST_LINKS)
            lines.append((Value(words, "muted"),))
    return Row(sign, tuple(lines))


def _links(graph: Graph, finding: Finding) -> Iterator[Value]:
    """What a finding is about."""
    for position in finding.layers:
        yield Value(graph.layers[position].name, link=link_to("layer", graph, position))
    for position in finding.tensors:
        yield Value(graph.tensors[position].name, link=link_to("tensor", graph, position))


def _weight_rows(document: Document, insight: Insight) -> Iterator[Row]:
    """An offer to look at the values of the weights, where that was not done yet."""
    if document.graph is None or insight.costs is None or insight.has_read_weights:
        return
    size = format_bytes(insight.costs.total.weight_bytes or 0)
    words = _tr("The values of the weights ({size}) have not been looked at.").format(size=size)
    link = Value(_tr("Look for NaN and overflow"), link=WeightsLink())
    yield Row("", ((Value(words, "muted"),), (link,)))


def _total_rows(costs: Costs) -> Iterator[Row]:
    total = costs.total
    if total.parameters is not None:
        yield row(_tr("Parameters"), f"{total.parameters:,}")
    if total.weight_bytes is not None:
        yield row(_tr("Weights"), format_bytes(total.weight_bytes))
    if total.flops is not None:
        values = [
            (Value(format_flops(total.flops)),),
            (Value(_tr("a multiply-add is 2"), "muted"),),
        ]
        if costs.uncounted:
            many = _tr("{count:,} layers not counted")
            words = counted(len(costs.uncounted), _tr("1 layer not counted"), many)
            values.append((Value(words, "muted"),))
        yield Row(_tr("FLOPs"), tuple(values))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
