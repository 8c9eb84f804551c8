"""The colour of each node, by type, by dtype or by any figure, and what the colours mean. No
widgets; safe in any thread.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.flow import Ints
from trtstudio.gui.graph.visible import Node, dtype_of
from trtstudio.gui.knowledge.figures import FigureName, Figures
from trtstudio.gui.theme import DARK, Colors

Mode = Literal["type", "dtype"] | FigureName
Share = tuple[float, str]
"""A share of a group's layers and their colour."""

_HEAT_STEPS = 24
_HEAT_LIGHT = ("#eef1f4", "#f6c27a", "#d4552a", "#8c1515")
_HEAT_DARK = ("#2a323e", "#7d4a2a", "#e0783c", "#ffd796")
_MOST_KEYS = 8
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Coloring:
    """``palette[index[node]]`` is the colour of a node, ``shares`` how a group is made up, ``keys``
    what the colours mean. With figures the keys are the least and the greatest, and ``notes`` says
    the figure of each node.
    """

    palette: tuple[str, ...]
    index: Ints
    shares: Mapping[int, tuple[Share, ...]]
    keys: tuple[tuple[str, str], ...]
    notes: Mapping[int, str]
    is_heat: bool = False


def color_nodes(
    drawing: Drawing, colors: Colors, mode: Mode, figures: Figures | None = None
) -> Coloring:
    """The colours of a drawing, by ``figures`` where there are any. A group has that of most of its
    layers, or of its hottest one.
    """
    if figures is not None:
        return _by_figure(drawing, colors, figures)
    return _by_kind(drawing, colors, by_type=mode != "dtype")


def _by_kind(drawing: Drawing, colors: Colors, by_type: bool) -> Coloring:
    graph, makeup = drawing.structure.graph, drawing.visible.makeup
    color_of = colors.layer if by_type else colors.dtype
    known: dict[str, str] = {}
    counts: dict[str, int] = {}

    def color(name: str, count: int = 1) -> str:
        if name not in known:
            known[name] = color_of(name)
        counts[name] = counts.get(name, 0) + count
        return known[name]

    shares: dict[int, tuple[Share, ...]] = {}
    chosen: list[str] = []
    for i, (kind, position) in enumerate(drawing.visible.nodes):
        if kind == "layer":
            layer = graph.layers[position]
            chosen.append(color(layer.type if by_type else dtype_of(graph, position)))
        elif kind == "group":
            members = makeup[position].types if by_type else makeup[position].dtypes
            shares[i] = _shares((color(name, count), count) for name, count in members)
            chosen.append(shares[i][0][1])
        else:
            chosen.append(colors.outline)
    palette, index = _indexed(chosen)
    return Coloring(palette, index, shares, _keys(known, counts), {})


def _by_figure(drawing: Drawing, colors: Colors, figures: Figures) -> Coloring:
    values = [_figure(drawing, node, figures) for node in drawing.visible.nodes]
    found = [value for value in values if value is not None]
    low, high = min(found, default=0.0), max(found, default=0.0)
    palette = (*_heat(colors), colors.raised)
    index = [len(palette) - 1 if v is None else _step(v, low, high, _HEAT_STEPS) for v in values]
    keys = ((palette[0], figures.write(low)), (palette[_HEAT_STEPS - 1], figures.write(high)))
    notes = {i: _note(drawing, i, figures, v) for i, v in enumerate(values) if v is not None}
    return Coloring(palette, np.array(index, np.int64), {}, keys, notes, is_heat=True)


def _figure(drawing: Drawing, node: Node, figures: Figures) -> float | None:
    if node.kind == "layer":
        return figures.value(node.position)
    if node.kind != "group":
        return None
    found = map(figures.value, drawing.structure.grouping.layers_in(node.position))
    return max((value for value in found if value is not None), default=None)


def _note(drawing: Drawing, node: int, figures: Figures, value: float) -> str:
    """The figure of a layer, or the greatest in a group."""
    kind, position = drawing.visible.nodes[node]
    if kind == "layer":
        return figures.text(position)
    words = QCoreApplication.translate("Graph", "up to {figure}")
    return words.format(figure=figures.write(value))


def _step(value: float, low: float, high: float, steps: int) -> int:
    return 0 if high <= low else min(steps - 1, int((value - low) / (high - low) * steps))


def _shares(members: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    counts: dict[str, int] = {}
    for color, count in members:
        counts[color] = counts.get(color, 0) + count
    total = sum(counts.values())
    order = sorted(counts.items(), key=lambda item: -item[1])
    return tuple((count / total, color) for color, count in order)


def _indexed(chosen: list[str]) -> tuple[tuple[str, ...], Ints]:
    palette = tuple(dict.fromkeys(chosen))
    number = {color: i for i, color in enumerate(palette)}
    return palette, np.array([number[color] for color in chosen], np.int64)


def _keys(known: Mapping[str, str], counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The colours with the names that have them, the most frequent first."""
    names: dict[str, list[str]] = {}
    for name in sorted(known, key=lambda name: -counts[name]):
        names.setdefault(known[name], []).append(name[:24] or "?")
    return tuple(
        (color, ", ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else ""))
        for color, words in list(names.items())[:_MOST_KEYS]
    )


def _heat(colors: Colors) -> list[str]:
    stops = _HEAT_DARK if colors is DARK else _HEAT_LIGHT
    rgb = np.array([[int(stop[i : i + 2], 16) for i in (1, 3, 5)] for stop in stops], float)
    at = np.linspace(0, len(stops) - 1, _HEAT_STEPS)
    channels = [np.interp(at, range(len(stops)), channel) for channel in rgb.T]
    return [f"#{int(r):02x}{int(g):02x}{int(b):02x}" for r, g, b in zip(*channels, strict=True)]
