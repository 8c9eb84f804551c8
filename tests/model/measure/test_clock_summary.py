"""Clocks in a few numbers, and in words."""

from trtstudio.model.measure.bench import ClockSample
from trtstudio.model.measure.clock_summary import Span, clock_words, summarize_clocks


def test_readings_come_to_spans_and_shares() -> None:
    clocks = [
        ClockSample(0.0, 1980, power_w=100.0),
        ClockSample(0.1, 1755, throttle=("power cap",)),
        ClockSample(0.2, 1900, temperature_c=60, throttle=("power cap", "too hot")),
        ClockSample(0.3, 1980),
    ]
    found = summarize_clocks(clocks)
    assert found is not None
    assert found.sm_mhz == Span(1755, 1940.0, 1980)
    assert found.temperature_c == Span(60, 60, 60)
    assert found.memory_mhz is None
    assert found.throttle == {"power cap": 0.5, "too hot": 0.25}
    assert clock_words(found) == (
        "SM clock 1755-1980 MHz, temperature 60 °C, power 100 W, "
        "power cap in 50 % of the readings, too hot in 25 % of the readings"
    )


def test_no_readings_come_to_nothing() -> None:
    assert summarize_clocks([]) is None
    silent = summarize_clocks([ClockSample(0.0)])
    assert silent is not None and clock_words(silent) == ""
