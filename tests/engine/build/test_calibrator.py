"""TensorRT 10's own calibration: its protocol, over a base class of Python, and over the real ones
in ``test_generations.py``.
"""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from trtstudio.engine.build.calibrator import can_calibrate, make_calibrator
from trtstudio.engine.conversion.samples import Samples
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo


class Base:
    """What TensorRT's classes are to Python."""


def module(*names: str) -> ModuleType:
    made = ModuleType("tensorrt")
    for name in names:
        setattr(made, name, Base)
    return made


BOTH = module("IInt8EntropyCalibrator2", "IInt8MinMaxCalibrator")


class FakeUpload:
    """Keeps the batches, and says that each array is at its own length."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Array]] = []
        self.closed = False

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, int]:
        self.batches.append({name: array.copy() for name, array in batch.items()})
        return {name: array.nbytes for name, array in batch.items()}

    def close(self) -> None:
        self.closed = True


def samples(count: int, batch: int = 1) -> Samples:
    tensors = tuple(Tensor(name, "float32", ("N", 2), "input") for name in ("a", "b"))
    if batch > 1:
        tensors = tuple(Tensor(name, "float32", (batch, 2), "input") for name in ("a", "b"))
    info = SessionInfo(0, "m.onnx", "", "", tensors, (), {})

    def read(path: Path) -> Mapping[str, Array]:
        return {
            name: np.full((batch, 2), float(path.name) + shift, np.float32)
            for name, shift in (("a", 0), ("b", 0.5))
        }

    return Samples([Path(str(n)) for n in range(count)], read, info, 100)


def made(given: Samples, size: int, **more: Any) -> tuple[Any, FakeUpload, list[Progress]]:
    upload, progress = FakeUpload(), more.pop("progress", [])
    calibrator = make_calibrator(
        more.pop("module", BOTH),
        more.pop("method", "entropy"),
        given,
        batch_size=size,
        cache=more.pop("cache", None),
        on_progress=more.pop("on_progress", progress.append),
        upload=upload,
    )
    return calibrator, upload, progress


def test_batches_in_the_order_of_the_names_until_there_are_none() -> None:
    calibrator, upload, progress = made(samples(5), 2)
    assert calibrator.get_batch_size() == 2
    addresses = [calibrator.get_batch(["b", "a"]) for _ in range(4)]
    assert addresses == [[16, 16]] * 3 + [None]
    values = [batch["a"][:, 0].tolist() for batch in upload.batches]
    assert values == [[0, 1], [2, 3], [4, 4]]  # the last batch is filled up
    assert upload.batches[0]["b"][0, 0] == 0.5
    assert [p.step for p in progress] == [0, 2, 4, 6]
    assert calibrator.problem is None


def test_a_sample_may_be_a_whole_batch() -> None:
    calibrator, upload, _ = made(samples(2, batch=4), 4)
    while calibrator.get_batch(["a", "b"]):
        pass
    assert [batch["a"].shape for batch in upload.batches] == [(4, 2), (4, 2)]


def test_what_goes_wrong_ends_it_and_is_kept() -> None:
    def stop(_: Progress) -> None:
        raise Cancelled("stopped")

    calibrator, upload, _ = made(samples(3), 1, on_progress=stop)
    assert calibrator.get_batch(["a", "b"]) is None
    assert isinstance(calibrator.problem, Cancelled)
    calibrator.close()
    assert upload.closed


def test_the_cache_is_read_and_written_whole(tmp_path: Path) -> None:
    cache = tmp_path / "ranges.cache"
    calibrator, _, _ = made(samples(1), 1, cache=cache)
    assert calibrator.read_calibration_cache() is None
    calibrator.write_calibration_cache(memoryview(b"TRT-101600-EntropyCalibration2\n"))
    assert calibrator.read_calibration_cache() == b"TRT-101600-EntropyCalibration2\n"
    assert [p.name for p in tmp_path.iterdir()] == ["ranges.cache"]


def test_a_cache_that_cannot_be_written_is_kept_as_the_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    calibrator, _, _ = made(samples(1), 1, cache=tmp_path / "file" / "ranges.cache")
    calibrator.write_calibration_cache(b"x")
    assert isinstance(calibrator.problem, StudioError)


def test_a_cache_that_cannot_be_read_ends_it_before_it_begins(tmp_path: Path) -> None:
    calibrator, upload, _ = made(samples(2), 1, cache=tmp_path)
    assert calibrator.read_calibration_cache() is None
    assert "is a folder" in calibrator.problem.message
    assert calibrator.get_batch(["a", "b"]) is None
    assert not upload.batches


@pytest.mark.parametrize(
    ("method", "given"), [("percentile", BOTH), ("minmax", module("IInt8EntropyCalibrator2"))]
)
def test_a_method_that_it_does_not_have(method: str, given: ModuleType) -> None:
    with pytest.raises(StudioError, match="no calibration by"):
        made(samples(1), 1, method=method, module=given)


def test_whether_a_configuration_takes_one() -> None:
    class Config:
        int8_calibrator = None

    assert can_calibrate(Config())
    assert not can_calibrate(object())
