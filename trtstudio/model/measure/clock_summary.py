"""A GPU's clocks during a benchmark in a few numbers. Plain data and functions; any thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from trtstudio.model.language import Words
from trtstudio.model.measure.bench import ClockSample
from trtstudio.model.quantities import format_percent


@dataclass(frozen=True, slots=True)
class Span:
    """The smallest, the middle and the largest of some readings."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class ClockSummary:
    """The readings of a benchmark; None for what the GPU does not tell. ``throttle`` is in what
    share of the readings a reason held the clocks down.
    """

    sm_mhz: Span | None = None
    memory_mhz: Span | None = None
    temperature_c: Span | None = None
    power_w: Span | None = None
    utilization_percent: Span | None = None
    throttle: dict[str, float] = field(default_factory=dict)


def summarize_clocks(clocks: Sequence[ClockSample]) -> ClockSummary | None:
    """None where there are no readings."""
    if not clocks:
        return None
    reasons = Counter(reason for clock in clocks for reason in clock.throttle)
    return ClockSummary(
        sm_mhz=_span([clock.sm_mhz for clock in clocks]),
        memory_mhz=_span([clock.memory_mhz for clock in clocks]),
        temperature_c=_span([clock.temperature_c for clock in clocks]),
        power_w=_span([clock.power_w for clock in clocks]),
        utilization_percent=_span([clock.utilization_percent for clock in clocks]),
        throttle={reason: count / len(clocks) for reason, count in reasons.items()},
    )


def clock_words(summary: ClockSummary, words: Words = str) -> str:
    """``SM clock 1755-1980 MHz, temperature 61 °C, power cap in 12 % of the readings``"""
    spans = (
        (words("SM clock"), summary.sm_mhz, "MHz"),
        (words("memory clock"), summary.memory_mhz, "MHz"),
        (words("temperature"), summary.temperature_c, "°C"),
        (words("power"), summary.power_w, "W"),
    )
    told = [f"{name} {_span_words(span)} {unit}" for name, span, unit in spans if span]
    held = [
        words("{why} in {share} of the readings").format(
            why=words(why), share=format_percent(share)
        )
        for why, share in summary.throttle.items()
    ]
    return ", ".join(told + held)


def _span(values: Sequence[float | None]) -> Span | None:
    known = [value for value in values if value is not None]
    return Span(min(known), median(known), max(known)) if known else None


def _span_words(span: Span) -> str:
    low, high = f"{span.low:.0f}", f"{span.high:.0f}"
    return low if low == high else f"{low}-{high}"
