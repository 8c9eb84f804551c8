"""What the tests of converted models measure them by."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

Feed = Mapping[str, np.ndarray]


def run(path: Path, feed: Feed) -> list[np.ndarray]:
    """The outputs by ONNX Runtime as it computes without fusing quantized operators."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(path, options).run(None, feed)


@pytest.fixture
def relative_error() -> Callable[[Path, Path, Feed], float]:
    """The largest relative L2 error of an output of the second model."""

    def measure(path: Path, other: Path, feed: Feed) -> float:
        pairs = zip(run(path, feed), run(other, feed), strict=True)
        return max(float(np.linalg.norm(a - b) / np.linalg.norm(a)) for a, b in pairs)

    return measure


@pytest.fixture
def calibration_folder(tmp_path: Path) -> Path:
    """Six inputs of the small network, of which one is a batch of two."""
    folder = tmp_path / "samples"
    folder.mkdir()
    random = np.random.default_rng(3)
    for number in range(6):
        batch = 2 if number == 5 else 1
        array = random.standard_normal((batch, 3, 16, 16)).astype(np.float32)
        np.save(folder / f"{number}.npy", array)
    return folder
