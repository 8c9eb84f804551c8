"""What a benchmark says of its own figures."""

import numpy as np
import pytest

from trtstudio.engine.measure.benchmark_verdict import diagnose
from trtstudio.model.measure.bench import ClockSample
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import Array


def columns(**parts: list[float]) -> dict[str, Array]:
    count = max(map(len, parts.values()))
    names = ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")
    return {name: np.array(parts.get(name, [0.0] * count)) for name in names}


def test_a_healthy_gpu_needs_no_diagnosis() -> None:
    times = columns(
        gpu_ms=[1.0, 1.01, 1.0], h2d_ms=[0.9] * 3, d2h_ms=[0.9] * 3, enqueue_ms=[0.8] * 3
    )
    assert diagnose(times, Loop(overlap=True)) == ()


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("enqueue_ms", 0.81, "The CPU is the limit"),
        ("h2d_ms", 1.0, "Copying to the GPU is the limit"),
        ("d2h_ms", 1.0, "Copying from the GPU is the limit"),
    ],
)
def test_what_limits_is_said(part: str, value: float, words: str) -> None:
    times = columns(gpu_ms=[1.0] * 5, **{part: [value] * 5})
    (warning,) = diagnose(times, Loop(overlap=True))
    assert words in warning
    assert f"{value:.3f} ms" in warning


def test_unstable_times_are_said() -> None:
    assert diagnose(columns(gpu_ms=[0.98, 1.02] * 5), Loop()) == ()
    (warning,) = diagnose(columns(gpu_ms=[0.97, 1.03] * 5), Loop())
    assert "3.0 %" in warning
    (on_cpu,) = diagnose(columns(latency_ms=[0.9, 1.1] * 5), Loop())
    assert "10.0 %" in on_cpu


def test_a_loop_that_wastes_the_copies_is_told() -> None:
    times = columns(gpu_ms=[1.0] * 5, h2d_ms=[0.4] * 5, d2h_ms=[0.1] * 5)
    (warning,) = diagnose(times, Loop())
    assert "33 %" in warning
    assert "1.50 times" in warning
    assert diagnose(times, Loop(overlap=True)) == ()
    assert diagnose(times, Loop(transfers=False)) == ()


def test_pageable_memory_and_several_streams_are_told() -> None:
    times = columns(gpu_ms=[1.0] * 5)
    (warning,) = diagnose(times, Loop(overlap=True, pinned=False))
    assert "pageable" in warning
    (warning,) = diagnose(times, Loop(overlap=True, streams=4))
    assert "4 streams" in warning


def test_a_graph_is_no_advice_where_there_is_one() -> None:
    times = columns(gpu_ms=[1.0] * 5, enqueue_ms=[2.0] * 5)
    (without,) = diagnose(times, Loop())
    (with_one,) = diagnose(times, Loop(cuda_graph=True))
    assert "CUDA graph" in without
    assert "CUDA graph" not in with_one


def test_times_that_fall_want_a_longer_warm_up() -> None:
    falling = columns(gpu_ms=[1.2] * 20 + [1.0] * 60)
    assert any("Warm up longer" in warning for warning in diagnose(falling, Loop()))
    for times in ([1.0] * 60 + [1.2] * 20, [1.01] * 20 + [1.0] * 60, [1.2] + [1.0] * 30):
        assert not any("Warm up" in w for w in diagnose(columns(gpu_ms=times), Loop()))


def clocks(*mhz: int, throttle: tuple[str, ...] = ()) -> list[ClockSample]:
    return [ClockSample(i / 10, sm, throttle=throttle) for i, sm in enumerate(mhz)]


def test_throttling_is_said_with_its_share_and_reasons() -> None:
    times = columns(gpu_ms=[1.0] * 5)
    held = clocks(1980, throttle=("power cap", "clocks set by the user")) + clocks(1980, 1980, 1980)
    (warning,) = diagnose(times, Loop(), held)
    assert "25 %" in warning
    assert "(power cap)" in warning
    assert diagnose(times, Loop(), clocks(1980, throttle=("clocks set by the user",))) == ()


def test_clocks_that_fall_are_said_and_those_that_rise_are_not() -> None:
    times = columns(gpu_ms=[1.0] * 5)
    (warning,) = diagnose(times, Loop(), clocks(1980, 1980, 1755, 1800))
    assert "from 1980 to 1755 MHz" in warning
    assert diagnose(times, Loop(), clocks(345, 1755, 1980, 1965)) == ()
    assert diagnose(times, Loop(), [ClockSample(0.0)]) == ()
