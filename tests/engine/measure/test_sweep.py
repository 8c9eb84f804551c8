"""Sweeps: the grid, what fails, what is resumed and what is stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trtstudio.engine.measure.sweep import sweep
from trtstudio.engine.measure.sweep_grid import check_axes, grid, request_at
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.bench import BenchRequest, SweepPoint, SweepRequest
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import SessionInfo

pytestmark = pytest.mark.usefixtures("no_nvml")
OpenFake = Callable[..., Any]
BASE = BenchRequest(1, warmup_ms=0, duration_s=0, iterations=4)
IMAGES = Tensor("images", "float32", ("N", 3, "H", "W"), "input")
SIZES = Tensor("sizes", "float32", (-1, 2), "input")
INFO = SessionInfo(
    1, "p", "TensorRT", "GPU", (IMAGES, SIZES), (), {"images": (1, 3, 32, 32), "sizes": (1, 2)}
)


def never() -> bool:
    return False


def ignore(_said: object) -> None:
    """Nobody listens."""


def test_the_last_axis_is_the_fastest() -> None:
    found = [tuple(values.values()) for values in grid({"a": (1, 2), "b": (3, 4)})]
    assert found == [(1, 3), (1, 4), (2, 3), (2, 4)]


def test_a_value_that_is_named_twice_is_measured_once() -> None:
    found = [tuple(values.values()) for values in grid({"a": (1, 2, 1), "b": (3, 3)})]
    assert found == [(1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("values", "images", "sizes"),
    [
        ({"batch": 4}, (4, 3, 32, 32), (4, 2)),
        ({"N": 4}, (4, 3, 32, 32), (1, 2)),
        ({"H": 64, "W": 48}, (1, 3, 64, 48), (1, 2)),
        ({"images[3]": 7, "batch": 2}, (2, 3, 32, 7), (2, 2)),
    ],
)
def test_an_axis_sets_the_sizes_that_it_names(
    values: dict[str, int], images: tuple[int, ...], sizes: tuple[int, ...]
) -> None:
    request = request_at(INFO, BASE, values)
    assert request.shapes == {"images": images, "sizes": sizes}
    assert request.loop == BASE.loop


def test_an_axis_may_be_an_option_of_the_loop() -> None:
    request = request_at(INFO, BASE, {"streams": 3, "cuda_graph": 1, "transfers": 0})
    assert request.loop == Loop(streams=3, cuda_graph=True, transfers=False)


@pytest.mark.parametrize(
    "axes", [{}, {"batch": ()}, {"batch": (-1,)}, {"depth": (1,)}, {"images[1]": (1,)}]
)
def test_an_axis_that_is_not_there_is_refused(axes: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(StudioError) as caught:
        check_axes(INFO, axes)
    assert caught.value.hint


@pytest.mark.parametrize(
    "axes",
    [
        {"batch": (1, 8), "N": (3,)},
        {"sizes[0]": (1,), "batch": (2,)},
        {"H": (32,), "streams": (1,), "images[2]": (64,)},
    ],
)
def test_two_axes_do_not_set_one_size(axes: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(StudioError, match=r'both set size \d of "(images|sizes)"'):
        check_axes(INFO, axes)


def test_axes_of_different_sizes_go_together() -> None:
    check_axes(INFO, {"N": (1,), "sizes[0]": (2,), "H": (3,), "streams": (1, 2)})


def test_the_names_of_the_axes_are_told() -> None:
    with pytest.raises(StudioError) as caught:
        check_axes(INFO, {"depth": (1,)})
    assert (
        "batch, N, H, W, images[0], images[2], images[3], sizes[0], precision, streams"
        in caught.value.hint
    )


def test_every_point_has_a_result_or_a_reason(open_fake: OpenFake) -> None:
    session, contexts, gpu = open_fake()
    told: list[SweepPoint] = []
    phases: list[Progress] = []
    result = sweep(
        session,
        SweepRequest(BASE, {"batch": (1, 5, 16), "streams": (1, 2)}),
        cancelled=never,
        on_point=told.append,
        on_progress=phases.append,
    )
    assert result.complete
    assert told == list(result.points)
    for point in result.points:
        if point.values["batch"] == 5:
            assert "outside what the engine was built for" in point.problem
            assert point.result is None
        else:
            assert point.result is not None
            assert point.result.shapes["x"] == (point.values["batch"], 3)
            assert point.result.loop.streams == point.values["streams"]
    assert phases[1].phase == "Point 2 of 6: batch 1, streams 2"
    assert len(contexts) == 2, "one sweep makes its contexts once"
    assert len(gpu.memory) == 4, "and frees what only it needed"


def test_a_sweep_that_was_stopped_goes_on_where_it_was(open_fake: OpenFake) -> None:
    session, _, _ = open_fake()
    axes = {"batch": (1, 2, 4)}
    told: list[SweepPoint] = []
    stopped = sweep(
        session, SweepRequest(BASE, axes), cancelled=lambda: len(told) >= 2, on_point=told.append
    )
    assert not stopped.complete
    assert [point.values["batch"] for point in stopped.points] == [1, 2]
    told.clear()
    request = SweepRequest(BASE, {"batch": (4, 2, 1)}, stopped.points)
    resumed = sweep(session, request, cancelled=never, on_point=told.append)
    assert resumed.complete
    assert [point.values["batch"] for point in told] == [4]
    assert resumed.points == (told[0], stopped.points[1], stopped.points[0])


def test_finished_points_survive_another_stop(open_fake: OpenFake) -> None:
    session, _, _ = open_fake()
    finished = SweepPoint({"batch": 4}, problem="known")
    request = SweepRequest(BASE, {"batch": (1, 4)}, (finished,))
    result = sweep(session, request, cancelled=lambda: True)
    assert result.points == (finished,)
    assert not result.complete


def test_a_cpu_sweeps_sizes_only(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    session = OnnxSession(str(path), 1, ignore)
    with pytest.raises(StudioError, match="one inference after another"):
        sweep(session, SweepRequest(BASE, {"streams": (1, 2)}), cancelled=never)
    session.close()
