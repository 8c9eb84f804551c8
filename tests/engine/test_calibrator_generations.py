"""Calibrators over the real Python bindings of TensorRT 10 and 11, in a process each, as in
``test_generations.py``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "TRTSTUDIO_BINDINGS"
PROBE = Path(__file__).with_name("calibrator_probe.py")
ROOT = PROBE.parents[2]
CLASSES = {"entropy": "IInt8EntropyCalibrator2", "minmax": "IInt8MinMaxCalibrator"}


def bindings() -> list[Path]:
    root = os.environ.get(VARIABLE)
    return sorted(Path(root).iterdir()) if root else []


pytestmark = pytest.mark.skipif(
    not bindings(), reason=f"{VARIABLE} is not set; fetch_bindings.py says how"
)


@pytest.fixture(scope="module", params=bindings(), ids=lambda path: path.name)
def answer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the probe says of one generation."""
    folder: Path = request.param
    (library,) = (folder / "tensorrt_bindings").glob("libnvinfer.so.*")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "TRTSTUDIO_RUNTIME": "tensorrt",
    }
    cache = tmp_path_factory.mktemp("calibration") / "ranges.cache"
    command = [sys.executable, str(PROBE), str(library), str(cache)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {"version": folder.name, **json.loads(done.stdout)}


def is_11(answer: dict[str, Any]) -> bool:
    return bool(answer["version"].startswith("11."))


@pytest.mark.parametrize("method", CLASSES)
def test_it_is_of_the_modules_own_class(answer: dict[str, Any], method: str) -> None:
    if is_11(answer):
        assert "no calibration by" in answer[method]
        return
    bases, size, batches, kept, reached = answer[method]
    assert CLASSES[method] in bases
    assert size == 2
    assert batches == [[2], None]
    assert kept == "ranges"
    assert reached  # the configuration of the library itself


def test_only_tensorrt_10_takes_one(answer: dict[str, Any]) -> None:
    assert answer["takes"] == (not is_11(answer))
    assert "percentile" in answer["percentile"]
