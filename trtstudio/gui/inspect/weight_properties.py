"""What the property panel says of the values of weights, once they are read. Main thread only."""

from collections.abc import Callable, Iterator
from math import prod

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.parts.property_list import Row, Section, Value, WeightLink, row
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer, Tensor, WeightPlace
from trtstudio.model.quantities import format_percent
from trtstudio.model.tensor_summary import TensorSummary

Look = Callable[[WeightPlace], TensorSummary | StudioError | None]
"""What a weight is like, or why that is not known; None while it is read."""
MOST_WEIGHTS = 8
"""Of one layer; the others are a click away, among its inputs."""


def weight_sections(graph: Graph, index: int, look: Look) -> Iterator[Section]:
    """The figures of a tensor whose values are in the file, and their histogram."""
    place = graph.weights.get(index)
    if place is None:
        return
    title, tensor, found = _tr("Values"), graph.tensors[index], look(place)
    show = Row("", ((_show(tensor, place),),))
    if not isinstance(found, TensorSummary):
        yield Section(title, (_unread(found), show))
        return
    yield Section(title, tuple(_figure_rows(found, tensor)))
    yield Section("", (*(Row("", (line,)) for line in _histogram_lines(found)), show))


def layer_weights(graph: Graph, layer: Layer, look: Look) -> Iterator[Section]:
    """The same in short of each weight that a layer reads, and of what a Constant puts out."""
    positions = dict.fromkeys((*layer.inputs, *layer.outputs))
    known = [p for p in positions if p is not None and p in graph.weights][:MOST_WEIGHTS]
    rows = tuple(_short_row(graph, position, look) for position in known)
    if rows:
        yield Section(_tr("Weights"), rows)


def _short_row(graph: Graph, position: int, look: Look) -> Row:
    tensor, place = graph.tensors[position], graph.weights[position]
    found = look(place)
    lines: list[tuple[Value, ...]] = [(Value(tensor.name, "muted"),)]
    if isinstance(found, TensorSummary):
        lines += _short_lines(found, tensor)
    else:
        lines += _unread(found).lines
    return Row("", (*lines, (_show(tensor, place),)))


def _short_lines(found: TensorSummary, tensor: Tensor) -> Iterator[tuple[Value, ...]]:
    if _is_constant(found):
        yield (Value(_constant_words(found)),)
        return
    yield from _histogram_lines(found)
    if found.min is not None:
        words = _tr("{low} to {high}, mean {mean}, std {std}")
        ends = {"low": _number(found.min), "high": _number(found.max)}
        yield (Value(words.format(**ends, mean=_number(found.mean), std=_number(found.std))),)
    for each in _count_rows(found):
        yield Value(each.name, "muted"), *each.lines[0]
    yield from _sample_lines(found, tensor)


def _figure_rows(found: TensorSummary, tensor: Tensor) -> Iterator[Row]:
    if _is_constant(found):
        yield row("", _constant_words(found))
        return
    if found.min is not None:
        yield row(_tr("Min"), _number(found.min))
        yield row(_tr("Max"), _number(found.max))
        yield row(_tr("Mean"), _number(found.mean))
        yield row(_tr("Std"), _number(found.std))
    yield from _count_rows(found)
    if found.distinct is not None:
        yield row(_tr("Distinct"), f"{found.distinct:,}")
    yield from (Row("", (line,)) for line in _sample_lines(found, tensor))


def _count_rows(found: TensorSummary) -> Iterator[Row]:
    """How many values are not like the others, where there are any."""
    if found.zeros:
        share = Value(format_percent(found.zeros / found.count, 1), "muted")
        yield Row(_tr("Zeros"), ((Value(f"{found.zeros:,}"), share),))
    if found.nans:
        yield row(_tr("NaN"), f"{found.nans:,}", "error")
    if found.infs:
        yield row(_tr("Inf"), f"{found.infs:,}", "error")


def _is_constant(found: TensorSummary) -> bool:
    """Whether all that was read is the same number, of which there is no more to say."""
    return found.min is not None and found.min == found.max and not found.nans + found.infs


def _constant_words(found: TensorSummary) -> str:
    words = "{value}" if found.count == 1 else _tr("{value} in all of {count:,}")
    return words.format(value=_number(found.min), count=found.count)


def _histogram_lines(found: TensorSummary) -> Iterator[tuple[Value, ...]]:
    if len(found.histogram) > 1:
        yield (Value("", histogram=found.histogram),)


def _sample_lines(found: TensorSummary, tensor: Tensor) -> Iterator[tuple[Value, ...]]:
    """What the figures are of, where that is not all of the weight."""
    whole = prod(size for size in tensor.shape or () if isinstance(size, int))
    if found.count < whole:
        words = _tr("of a sample: {count:,} of {whole:,} values")
        yield (Value(words.format(count=found.count, whole=whole), "muted"),)


def _unread(found: StudioError | None) -> Row:
    if found is None:
        return row("", _tr("Reading the values …"), "muted")
    return row("", found.message, "error")


def _show(tensor: Tensor, place: WeightPlace) -> Value:
    return Value(_tr("Show values"), link=WeightLink(tensor.name, place))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
