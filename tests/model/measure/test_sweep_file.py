"""A sweep's file: what was written is read again, and nothing else is."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchRequest,
    BenchResult,
    ClockSample,
    Samples,
    StreamResult,
    SweepPoint,
)
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import Loop
from trtstudio.model.measure.sweep_file import about, read_points, write_points
from trtstudio.model.run import LoadRequest, SessionInfo

BASE = BenchRequest(17, {"x": (1, 3)}, loop=Loop(streams=2))
INFO = SessionInfo(5, "a.plan", "TensorRT 10.9", "H200", (), (), {})


@pytest.fixture
def model(tmp_path: Path) -> LoadRequest:
    path = tmp_path / "a.plan"
    path.write_bytes(b"ftrt")
    return LoadRequest(str(path))


def result() -> BenchResult:
    times = np.array([1.0, 2.0, 4.0])
    summary = summarize(times)
    return BenchResult(
        "TensorRT",
        "GPU",
        3,
        500.0,
        summary,
        summary,
        None,
        None,
        summary,
        {"x": (1, 3)},
        samples=Samples(np.zeros((3, len(COLUMNS)), np.float32)),
        loop=Loop(streams=2),
        streams=(StreamResult(1, 3, 500.0, summary, None),),
        clocks=(ClockSample(0.1, 1980, throttle=("power cap",)),),
    )


def test_points_are_read_again_without_their_samples(model: LoadRequest, tmp_path: Path) -> None:
    kept = tmp_path / "new" / "sweep.json"
    done = SweepPoint({"batch": 1}, result())
    failed = SweepPoint({"batch": 2}, problem="too large")
    write_points(kept, replace(about(model, INFO, BASE), points=(done, failed)))
    (found,) = read_points(kept, about(model, INFO, replace(BASE, session=3)))
    assert found.values == {"batch": 1}
    assert found.result is not None
    assert found.result.samples_ms.size == 0
    assert found.result == replace(result(), samples=None)


def test_a_file_that_is_not_there_has_no_points(model: LoadRequest, tmp_path: Path) -> None:
    assert read_points(tmp_path / "none.json", about(model, INFO, BASE)) == ()


def test_another_sweeps_file_is_refused(model: LoadRequest, tmp_path: Path) -> None:
    kept = tmp_path / "sweep.json"
    write_points(kept, about(model, INFO, BASE))
    with pytest.raises(StudioError, match=r"another model.* or with other settings"):
        read_points(kept, about(model, INFO, replace(BASE, seed=1)))


def test_a_file_of_the_same_size_is_another_model(model: LoadRequest, tmp_path: Path) -> None:
    kept, path = tmp_path / "sweep.json", Path(model.path)
    write_points(kept, about(model, INFO, BASE))
    Path(model.path).write_bytes(b"frtt")
    os.utime(path, ns=(0, 0))  # a coarse clock may tell no change within a tick
    with pytest.raises(StudioError, match="another model") as caught:
        read_points(kept, about(model, INFO, BASE))
    assert caught.value.details.startswith("sha256: ")


def test_two_models_that_cannot_be_read_are_not_the_same(
    model: LoadRequest, tmp_path: Path
) -> None:
    kept = tmp_path / "sweep.json"
    Path(model.path).unlink()
    write_points(kept, about(model, INFO, BASE))
    with pytest.raises(StudioError, match="another model") as caught:
        read_points(kept, about(model, INFO, BASE))
    assert caught.value.details.startswith("sha256: ")


@pytest.mark.parametrize(
    ("load", "info"),
    [
        ({}, {"runtime": "TensorRT 10.10"}),
        ({}, {"device": "L4"}),
        ({"options": LoadOptions(weight_streaming=5)}, {}),
        ({"input_shapes": {"x": (4, 3)}}, {}),
    ],
)
def test_what_runs_it_otherwise_is_another_sweep(
    model: LoadRequest, tmp_path: Path, load: dict[str, Any], info: dict[str, Any]
) -> None:
    kept = tmp_path / "sweep.json"
    write_points(kept, about(model, INFO, BASE))
    with pytest.raises(StudioError, match="on another runtime or GPU"):
        read_points(kept, about(replace(model, **load), replace(INFO, **info), BASE))
    assert read_points(kept, about(model, replace(INFO, session=9), BASE)) == ()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"model": 3}', b"\0", b'{"model": "\xff"}', b'{"a": ' * 5000]
)
def test_what_is_no_sweep_is_refused(model: LoadRequest, tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "sweep.json"
    kept.write_bytes(content)
    with pytest.raises(StudioError, match="no sweep"):
        read_points(kept, about(model, INFO, BASE))


def test_a_file_that_cannot_be_read_is_told_as_that(model: LoadRequest, tmp_path: Path) -> None:
    kept = tmp_path / "sweep.json"
    kept.mkdir()
    with pytest.raises(StudioError, match="is a folder"):
        read_points(kept, about(model, INFO, BASE))
