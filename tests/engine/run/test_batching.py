"""Batches in pieces: against the same model run whole, in ONNX Runtime and in Python."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.engine.run.batching import find_batch, run_batches
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.engine.run.session import Session
from trtstudio.model.build.build import Profile, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, RunResult, SessionInfo, Timing

X = Tensor("x", "float32", (-1, 3), "input")
SCALE = Tensor("scale", "float32", (), "input")


def within(low: int, high: int) -> Profile:
    return {"x": ShapeRange((low, 3), (high, 3), (high, 3))}


class Doubler(Session):
    """Doubles ``x``, in batches of its profiles only; ``total`` has no row for each item."""

    def __init__(self, *profiles: Profile, also: tuple[Tensor, ...] = (), total: bool = False):
        self.info = SessionInfo(1, "", "Python", "CPU", (X, *also), (), {}, profiles=profiles)
        self.sizes: list[int] = []
        self.total = total

    def run(self, inputs: Mapping[str, Array]) -> RunResult:
        x = inputs["x"]
        if not any(p["x"].min[0] <= len(x) <= p["x"].max[0] for p in self.info.profiles):
            raise StudioError("outside every profile")
        self.sizes.append(len(x))
        outputs = {"y": 2 * x * inputs.get("scale", np.float32(1)), "index": np.arange(len(x))}
        if self.total:
            outputs["total"] = x.sum()
        return RunResult(outputs, Timing(3.0, 1.0, 0.5, 0.5, 0.25))


def ramp(rows: int) -> Array:
    return np.arange(rows * 3, dtype=np.float32).reshape(rows, 3)


@given(st.integers(1, 5), st.integers(0, 6), st.integers(0, 40))
def test_any_batch_comes_back_whole(low: int, more: int, rows: int) -> None:
    session = Doubler(within(low, low + more))
    if rows < low:
        with pytest.raises(StudioError, match="outside"):
            run_batches(session, {"x": ramp(rows)})
        return
    result = run_batches(session, {"x": ramp(rows)})
    np.testing.assert_array_equal(result.outputs["y"], 2 * ramp(rows))
    assert len(result.outputs["index"]) == rows
    assert result.pieces == len(session.sizes) == -(-rows // (low + more))
    assert result.timing.latency_ms == 3.0 * result.pieces
    assert result.timing.enqueue_ms == 0.25 * result.pieces
    assert all(low <= size <= low + more for size in session.sizes)


def test_the_profile_of_the_largest_batch_is_taken() -> None:
    session = Doubler(within(1, 2), within(4, 8), within(1, 4))
    assert run_batches(session, {"x": ramp(20)}).pieces == 3
    assert session.sizes == [8, 8, 4]
    session.sizes.clear()
    run_batches(session, {"x": ramp(7)})
    assert session.sizes == [7], "a batch that a profile takes stays whole"


def test_what_is_no_batch_goes_into_every_piece() -> None:
    session = Doubler(within(1, 2), also=(SCALE,))
    result = run_batches(session, {"x": ramp(5), "scale": np.float32(3)})
    np.testing.assert_array_equal(result.outputs["y"], 6 * ramp(5))
    assert session.sizes == [2, 2, 1]


def test_an_output_without_a_row_for_each_item_is_refused_at_once() -> None:
    session = Doubler(within(1, 2), total=True)
    with pytest.raises(StudioError, match='"total" has no row') as caught:
        run_batches(session, {"x": ramp(6)})
    assert session.sizes == [2]
    assert "at most 2" in caught.value.hint


@pytest.mark.parametrize(
    "shapes",
    [{"x": (9, 4)}, {"x": (9,)}, {"x": ()}, {}, {"x": (0, 3)}, {"x": (2, 3)}],
    ids=["size", "rank", "scalar", "missing", "empty", "fits"],
)
def test_nothing_else_is_taken_for_a_batch(shapes: dict[str, tuple[int, ...]]) -> None:
    assert find_batch(Doubler(within(1, 2)).info, shapes) is None


def test_all_inputs_must_have_the_same_batch() -> None:
    y = ShapeRange((1, 2), (4, 2), (4, 2))
    profile = {**within(1, 8), "y": y}
    info = replace(Doubler(profile).info, inputs=(X, Tensor("y", "float32", (-1, 2), "input")))
    batch = find_batch(info, {"x": (10, 3), "y": (10, 2)})
    assert batch is not None
    assert (batch.largest, batch.inputs) == (4, {"x", "y"})
    assert find_batch(info, {"x": (10, 3), "y": (9, 2)}) is None
    kept = find_batch(info, {"x": (10, 3), "y": (2, 2)})
    assert kept is not None
    assert kept.inputs == {"x"}, "an input that fits as it is stays whole"


SIZE = Tensor("size", "int64", (2,), "input", "HOST")


@pytest.mark.parametrize(
    ("x", "ranges"), [(X, within(1, 8)), (Tensor("x", "float32", (8, 3), "input"), {})]
)
def test_values_that_decide_about_shapes_are_no_batch(
    x: Tensor, ranges: dict[str, ShapeRange]
) -> None:
    profile = {**ranges, "size": ShapeRange((1, 1), (20, 2), (99, 9), values=True)}
    info = replace(Doubler(profile).info, inputs=(x, SIZE))
    for size in ((20, 2), (2, 2)):
        batch = find_batch(info, {"x": (20, 3), "size": size})
        assert batch is not None
        assert (batch.largest, batch.inputs) == (8, {"x"})
    assert find_batch(info, {"x": (8, 3), "size": (20, 2)}) is None


@pytest.mark.parametrize("rows", [1, 4, 7, 8, 9])
def test_a_fixed_batch_in_onnx_runtime_is_as_the_dynamic_model(
    make_model: Callable[..., Path], rows: int
) -> None:
    path = make_model(batch=4, name="4.onnx", height=8, width=8)
    fixed = OnnxSession(str(path), 1, lambda _: None)
    free = OnnxSession(str(make_model(height=8, width=8)), 2, lambda _: None)
    x = np.random.default_rng(0).random((rows, 3, 8, 8), np.float32)
    if rows < 4:
        with pytest.raises(StudioError, match="wrong size"):
            run_batches(fixed, {"x": x})
        return
    found, expected = run_batches(fixed, {"x": x}), run_batches(free, {"x": x})
    assert (found.pieces, expected.pieces) == (-(-rows // 4), 1)
    np.testing.assert_allclose(found.outputs["y"], expected.outputs["y"], rtol=1e-5, atol=1e-6)
