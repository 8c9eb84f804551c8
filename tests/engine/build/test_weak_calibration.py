"""Calibration by TensorRT 10 inside a build: only where asked for, and never silently wrong."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trtstudio.engine.build.weak_calibration import calibrated
from trtstudio.model.build.build import BuildRequest, Progress, ShapeRange
from trtstudio.model.build.build_options import WeakTyping
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array

PROFILE = {"images": ShapeRange((1, 3, 224, 224), (2, 3, 224, 224), (4, 3, 224, 224))}


class Base:
    """What TensorRT's class is to Python."""


@pytest.fixture
def module() -> ModuleType:
    made = ModuleType("tensorrt")
    made.IInt8EntropyCalibrator2 = Base  # type: ignore[attr-defined]
    return made


@pytest.fixture
def request_int8(sample_model: Path, tmp_path: Path) -> BuildRequest:
    for number in range(3):
        images = np.full((1, 3, 224, 224), number, np.float32)
        np.savez(tmp_path / f"{number}.npz", images=images)
    return BuildRequest(
        str(sample_model),
        str(tmp_path / "out.plan"),
        (PROFILE,),
        weak=WeakTyping(("INT8", "FP16")),
        conversion=Conversion(calibration=Calibration(str(tmp_path))),
    )


class Upload:
    """Says that a batch lies at the number that fills it."""

    def __init__(self) -> None:
        self.closings = 0

    def __call__(self, batch: Mapping[str, Array]) -> dict[str, int]:
        return {name: int(array.sum()) for name, array in batch.items()}

    def close(self) -> None:
        self.closings += 1


@pytest.fixture
def upload(monkeypatch: pytest.MonkeyPatch) -> Upload:
    made = Upload()
    monkeypatch.setattr("trtstudio.engine.build.calibrator.DeviceUpload", lambda: made)
    return made


def test_tensorrt_is_fed_with_the_samples(
    module: ModuleType, request_int8: BuildRequest, upload: Upload
) -> None:
    config: Any = SimpleNamespace(int8_calibrator=None)
    told: list[Progress] = []
    with calibrated(module, config, request_int8, told.append, None):
        calibrator = config.int8_calibrator
        assert calibrator.get_batch_size() == 2, "the profile's optimum"
        pixels = 3 * 224 * 224
        assert calibrator.get_batch(["images"]) == [(0 + 1) * pixels]
        assert calibrator.get_batch(["images"]) == [(2 + 2) * pixels], "filled up with its own"
        assert calibrator.get_batch(["images"]) is None
        assert upload.closings == 0
    assert upload.closings == 1
    assert "Calibrating" in {progress.phase for progress in told}


def test_what_goes_wrong_while_measuring_fails_the_build(
    module: ModuleType, request_int8: BuildRequest, upload: Upload
) -> None:
    config: Any = SimpleNamespace(int8_calibrator=None)
    folder = Path(request_int8.conversion.calibration.folder)  # type: ignore[union-attr]
    with pytest.raises(StudioError), calibrated(module, config, request_int8, lambda _: None, None):
        for file in folder.glob("*.npz"):
            file.write_bytes(b"no longer an array")
        assert config.int8_calibrator.get_batch(["images"]) is None
    assert upload.closings == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"weak": None},
        {"weak": WeakTyping(("FP16",))},
        {"conversion": Conversion()},
    ],
    ids=["strongly typed", "no INT8", "ranges in the model"],
)
def test_other_builds_are_left_alone(
    module: ModuleType, request_int8: BuildRequest, changes: dict[str, Any]
) -> None:
    config: Any = SimpleNamespace(int8_calibrator=None)
    with calibrated(module, config, replace(request_int8, **changes), lambda _: None, None):
        assert config.int8_calibrator is None
