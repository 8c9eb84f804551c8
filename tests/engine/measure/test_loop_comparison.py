"""The comparison of loops: every variant, its ratio and its cause, worked out from the figures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.engine.measure.loop_causes import cause
from trtstudio.engine.measure.loop_comparison import STEPS, compare_loops
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    CompareLoopsRequest,
    LoopVariant,
)
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import PRESETS, Loop

pytestmark = pytest.mark.usefixtures("no_nvml")
REQUEST = CompareLoopsRequest(BenchRequest(1, warmup_ms=0, duration_s=0, iterations=8))


def never() -> bool:
    return False


def result(qps: float, loop: Loop, **medians_ms: float) -> BenchResult:
    names = ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")
    parts = [summarize(np.array([medians_ms.get(name, 0.0)])) for name in names]
    return BenchResult("TensorRT", "GPU", 1, qps, *parts, {}, loop=loop)


def test_steps_change_one_before_them() -> None:
    names = [step.name for step in STEPS]
    assert len(set(names)) == len(names)
    for number, step in enumerate(STEPS):
        assert (number == 0) == (step.against == "")
        assert number == 0 or step.against in names[:number]
    loops = {step.loop for step in STEPS}
    assert {preset.loop for preset in PRESETS.values()} <= loops, "every preset is among them"
    assert {loop.streams for loop in loops} == {1, 2, 4}


def test_every_variant_has_figures_and_a_cause(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    told: list[LoopVariant] = []
    found = compare_loops(session, REQUEST, cancelled=never, on_variant=told.append)
    assert found.complete
    assert list(found.variants) == told
    assert [v.name for v in told] == [step.name for step in STEPS]
    assert told[0].ratio == 1.0
    for variant in told:
        assert variant.result is not None
        assert variant.result.loop == variant.loop
        assert variant.ratio == pytest.approx(
            variant.result.throughput_qps / told[0].result.throughput_qps
        )
        assert variant.cause.endswith(".")
    assert len(gpu.memory) == 4, "page-locked and bound as before"


def test_a_variant_that_fails_does_not_end_it(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    session.run({"x": np.zeros((2, 3), np.float32)})
    normal, gpu.cudaMalloc = (
        gpu.cudaMalloc,
        lambda size: (2, 0) if len(gpu.memory) > 4 else normal(size),
    )
    found = compare_loops(session, REQUEST, cancelled=never)
    failed = [variant for variant in found.variants if variant.problem]
    assert failed
    assert {v.loop.streams * (1 + v.loop.overlap) > 1 for v in failed} == {True}
    assert all("memory does not suffice" in v.problem and v.result is None for v in failed)
    assert len(found.variants) == len(STEPS)


def test_being_stopped_keeps_what_is_complete(open_fake: Callable[..., Any]) -> None:
    session, _, _ = open_fake()
    told: list[LoopVariant] = []
    found = compare_loops(
        session, REQUEST, cancelled=lambda: len(told) >= 3, on_variant=told.append
    )
    assert not found.complete
    assert list(found.variants) == told
    assert len(told) == 3


def test_a_cpu_has_nothing_to_compare(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    session = OnnxSession(str(path), 1, lambda _: None)
    with pytest.raises(StudioError, match="no copies, streams or CUDA graphs"):
        compare_loops(session, REQUEST, cancelled=never)
    session.close()


SERIAL = result(500.0, Loop(), gpu_ms=1.0, h2d_ms=0.4, d2h_ms=0.1, enqueue_ms=0.5)


def test_the_first_says_where_its_time_goes() -> None:
    said = cause(None, SERIAL)
    assert "2.000 ms" in said
    assert "H2D 20 %, GPU compute 50 %, D2H 5 %" in said


@pytest.mark.parametrize(
    ("change", "qps", "parts", "words"),
    [
        ({"pinned": False}, 250.0, {"h2d_ms": 2.4}, ["Pageable", "2.500 ms instead of 0.500 ms"]),
        ({"overlap": True}, 900.0, {}, ["copies (0.500 ms)", "50 % of the time", "1.80 times"]),
        ({"cuda_graph": True}, 505.0, {"enqueue_ms": 0.01}, ["0.010 ms instead of 0.500 ms"]),
        (
            {"transfers": False},
            700.0,
            {},
            ["0.400 ms to the GPU (H2D)", "0.100 ms back", "1.40 times"],
        ),
        ({"streams": 2}, 600.0, {"gpu_ms": 1.7}, ["2 streams", "1.700 ms instead of 1.000 ms"]),
        ({"spin": True}, 400.0, {}, ["Spin wait", "throughput falls by 20 %"]),
        (
            {"spin": True, "overlap": True},
            500.0,
            {},
            ["copies", "; Spin", "the throughput stays the same"],
        ),
    ],
)
def test_a_cause_has_the_figures(
    change: dict[str, Any], qps: float, parts: dict[str, float], words: list[str]
) -> None:
    figures = {"gpu_ms": 1.0, "h2d_ms": 0.4, "d2h_ms": 0.1, "enqueue_ms": 0.5} | parts
    said = cause(SERIAL, result(qps, replace(Loop(), **change), **figures))
    for each in words:
        assert each in said


def test_a_graph_that_was_not_captured_is_no_cause() -> None:
    after = replace(
        result(500.0, Loop(), gpu_ms=1.0, enqueue_ms=0.5),
        warnings=("Unstable.", "Without a CUDA graph: it cannot."),
    )
    assert cause(SERIAL, after) == (
        "Without a CUDA graph: it cannot. So this is the loop before it, measured again."
    )
