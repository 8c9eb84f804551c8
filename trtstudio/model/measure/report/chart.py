"""Charts of curves as SVG, in colours that the page's style sheet gives: ``--s0`` to ``--s6``,
``--text``, ``--muted`` and ``--border``. Any thread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import numpy as np

from trtstudio.model.measure.report.markup import tag
from trtstudio.model.measure.report.scale import Scale, round_step, tick_text, ticks
from trtstudio.model.run import Array

COLORS = 7
WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 14, 30, 44


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over ``x``, in its order; NaN interrupts the curve. ``color`` counts the style's."""

    name: str
    x: Array
    y: Array
    color: int = 0


@dataclass(frozen=True, slots=True)
class Axes:
    """The labels with their units; ``x_ticks`` are the only places with a mark, where given."""

    x: str
    y: str
    from_zero: bool = True
    x_ticks: Mapping[float, str] = field(default_factory=dict)


def curve_chart(
    title: str, axes: Axes, curves: Sequence[Curve], *, has_points: bool = False
) -> Element:
    """A chart with its title; a point at every value where wanted."""
    across = _scale([c.x for c in curves], _LEFT, WIDTH - _RIGHT)
    upwards = _scale([c.y for c in curves], HEIGHT - _BOTTOM, _TOP, from_zero=axes.from_zero)
    parts = [
        tag("text", title, class_="chart-title", x=_LEFT, y=18),
        *_across(across, axes),
        *_upwards(upwards, axes),
    ]
    for curve in curves:
        x, y = across.all_at(curve.x), upwards.all_at(curve.y)
        parts.append(_line(curve, x, y))
        if has_points:
            parts += _points(curve, x, y)
    return tag(
        "svg",
        *parts,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=title,
    )


def legend(names: Iterable[str]) -> Element:
    """What the colours stand for, in their order."""
    entries = (
        tag("span", tag("i", style=f"background: var(--s{n % COLORS})"), name)
        for n, name in enumerate(names)
    )
    return tag("p", *entries, class_="legend")


def _scale(values: Sequence[Array], start: float, end: float, *, from_zero: bool = False) -> Scale:
    known = np.concatenate([v[np.isfinite(v)] for v in values]) if values else np.empty(0)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if from_zero:
        low, high = min(low, 0.0), high * 1.05
    if high <= low:
        low, high = low - 0.5, high + 0.5
    return Scale(low, high, start, end)


def _across(scale: Scale, axes: Axes) -> list[Element]:
    bottom = HEIGHT - _BOTTOM
    shown = list(axes.x_ticks) or ticks(scale.low, scale.high, 8)
    step = round_step((scale.high - scale.low) / 8)
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    marks = [tag("line", class_="axis", x1=_LEFT, x2=WIDTH - _RIGHT, y1=bottom, y2=bottom)]
    for value in shown:
        text = axes.x_ticks.get(value) or tick_text(value, step)
        marks.append(tag("text", text, class_="tick middle", x=scale.at(value), y=bottom + 16))
    marks.append(tag("text", axes.x, class_="label middle", x=middle, y=HEIGHT - 8))
    return marks


def _upwards(scale: Scale, axes: Axes) -> list[Element]:
    step = round_step((scale.high - scale.low) / 5)
    marks = []
    for value in ticks(scale.low, scale.high):
        y = scale.at(value)
        marks.append(tag("line", class_="grid", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y))
        text = tick_text(value, step)
        marks.append(tag("text", text, class_="tick end", x=_LEFT - 6, y=y + 4))
    place = f"translate(14 {(_TOP + HEIGHT - _BOTTOM) / 2}) rotate(-90)"
    marks.append(tag("text", axes.y, class_="label middle", transform=place))
    return marks


def _line(curve: Curve, x: Array, y: Array) -> Element:
    """One path; what is not finite interrupts it."""
    words, is_pen_down = [], False
    for place, height in zip(x.tolist(), y.tolist(), strict=True):
        is_known = np.isfinite(height)
        if is_known:
            words.append(f"{'L' if is_pen_down else 'M'}{place:.1f} {height:.1f}")
        is_pen_down = bool(is_known)
    path = tag("path", class_="curve", d="".join(words), style=_stroke(curve))
    path.append(tag("title", curve.name))
    return path


def _points(curve: Curve, x: Array, y: Array) -> list[Element]:
    fill = f"fill: var(--s{curve.color % COLORS})"
    known = np.isfinite(y)
    places = zip(x[known].tolist(), y[known].tolist(), curve.y[known].tolist(), strict=True)
    return [
        tag("circle", tag("title", f"{curve.name}: {value:.4g}"), cx=px, cy=py, r=3.5, style=fill)
        for px, py, value in places
    ]


def _stroke(curve: Curve) -> str:
    return f"stroke: var(--s{curve.color % COLORS})"
