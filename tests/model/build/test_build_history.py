"""Builds in the history, and what they say about the next one."""

from pathlib import Path

import pytest

from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.build.build_history import (
    builds,
    estimate_s,
    layers_of,
    remember_build,
    remember_failure,
)
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.history import History

REQUEST = BuildRequest(
    "/models/net.onnx",
    "/models/net.plan",
    profiles=({"x": ShapeRange((1, 3), (2, 3), (4, 3))},),
    precision="fp16",
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite3")


def result(seconds: float, engine: Graph | None = None) -> BuildResult:
    return BuildResult(
        REQUEST.plan, 100, "ab" * 32, "TensorRT 11", seconds, ("sm_86",), (), {}, engine
    )


def test_a_build_comes_back_with_its_layers(history: History) -> None:
    engine = Graph("engine", "net", (Layer(0, "conv", "Conv", (), ()),), (), (), ())
    number = remember_build(history, REQUEST, result(2.0, engine))
    (kept,) = builds(history, REQUEST.model)
    assert (kept.id, kept.entry.request, kept.entry.outcome) == (number, REQUEST, "built")
    assert kept.entry.result == result(2.0)
    layers = layers_of(history, number)
    assert layers is not None
    assert [layer.name for layer in layers.layers] == ["conv"]


def test_stopped_and_failed_builds_are_told_apart(history: History) -> None:
    remember_failure(history, REQUEST, Cancelled("stopped"), 1.0)
    number = remember_failure(history, REQUEST, StudioError("No space."), 2.0, "TensorRT 11")
    failed, stopped = (kept.entry for kept in builds(history))
    assert (stopped.outcome, failed.outcome, failed.problem) == ("stopped", "failed", "No space.")
    assert layers_of(history, number) is None


def test_the_estimate_is_the_median_of_like_builds(history: History) -> None:
    assert estimate_s(history, REQUEST) is None
    for seconds in (1.0, 2.0, 30.0):
        remember_build(history, REQUEST, result(seconds))
    remember_failure(history, REQUEST, StudioError("No space."), 500.0)
    assert estimate_s(history, REQUEST) == 2.0
    assert estimate_s(history, REQUEST, "TensorRT 11") == 2.0
    assert estimate_s(history, REQUEST, "TensorRT-RTX 1.7") is None
    other = BuildRequest(REQUEST.model, REQUEST.plan, precision="keep")
    assert estimate_s(history, other) is None
