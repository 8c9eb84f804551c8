"""Fixtures for all tests: real models and pictures, and which tests a machine can run."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]
# Processes that tests start find the package too, installed or not.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
SHARED_SAMPLES = ROOT.parent / "shared" / "samples"


@cache
def gpu_problem() -> str:
    """Why tests that need a GPU cannot run here, or nothing."""
    if not shutil.which("nvidia-smi") and not Path("/proc/driver/nvidia").exists():
        return "no NVIDIA GPU on this machine"
    from cuda.bindings import runtime

    error, count = runtime.cudaGetDeviceCount()
    return "" if not int(error) and count else f"the CUDA driver does not answer ({error})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if any("gpu" in item.keywords for item in items) and (problem := gpu_problem()):
        for item in items:
            if "gpu" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=problem))


@pytest.fixture(scope="session")
def sample_model() -> Path:
    """The bundled classifier."""
    from trtstudio import assets

    return assets.SAMPLE_MODEL


@pytest.fixture(scope="session")
def sample_pictures() -> tuple[Path, ...]:
    """The bundled pictures."""
    from trtstudio import assets

    return assets.sample_pictures()


@pytest.fixture(scope="session")
def yolox_model() -> Path:
    """A real detector, where it is at hand."""
    path = SHARED_SAMPLES / "yolox_nano.onnx"
    if not path.exists():
        pytest.skip("shared/samples/yolox_nano.onnx is not here")
    return path


@pytest.fixture(scope="session")
def light_models() -> tuple[Path, ...]:
    """The nine real structures with constant weights that the onnx package brings along."""
    import onnx

    folder = Path(onnx.__file__).parent / "backend" / "test" / "data" / "light"
    models = tuple(sorted(folder.glob("light_*.onnx")))
    assert len(models) == 9
    return models


@pytest.fixture(autouse=True)
def _own_folders(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Settings and caches of a test never touch the user's own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    yield
