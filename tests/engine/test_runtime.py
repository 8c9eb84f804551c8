"""Which TensorRT is found, and what is said of it."""

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from trtstudio.engine import cuda, runtime
from trtstudio.model.build.conversion import PRECISIONS
from trtstudio.model.errors import StudioError
from trtstudio.model.runtime import Device


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is remembered from one test to the next."""
    monkeypatch.delenv(runtime.CHOICE, raising=False)
    before = sys.modules.pop("tensorrt", None)
    runtime.load.cache_clear()
    yield
    runtime.load.cache_clear()
    sys.modules.pop("tensorrt", None)
    if before:
        sys.modules["tensorrt"] = before


def plant(monkeypatch: pytest.MonkeyPatch, folder: Path, source: str) -> None:
    """Make a package ``tensorrt`` of this source the one that Python finds."""
    (folder / "tensorrt").mkdir()
    (folder / "tensorrt" / "__init__.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)


def test_describes_the_installed_module() -> None:
    module = runtime.load()
    described = runtime.describe()
    assert described.version == module.__version__
    assert described.version == metadata.version(described.kind)
    assert runtime.is_rtx(module) == (described.kind == "tensorrt_rtx")
    assert set(described.flags) <= set(module.BuilderFlag.__members__)
    assert {"TF32", "REFIT"} <= set(described.flags)
    assert described.precisions == PRECISIONS
    assert described.options


def test_targets_are_the_members_of_the_enum() -> None:
    pytest.importorskip("tensorrt_rtx")
    module = runtime.load()
    members = runtime.target_members(module)
    assert members["sm_86"] == module.ComputeCapability.SM86
    assert members["sm_120"] == module.ComputeCapability.SM120
    assert members["current"] == module.ComputeCapability.CURRENT
    assert set(runtime.describe().targets) == set(members) - {"current"}
    assert len(members) == len(module.ComputeCapability.__members__) - 1


def test_no_targets_where_the_module_knows_none() -> None:
    assert runtime.target_members(ModuleType("tensorrt")) == {}


def test_a_whole_tensorrt_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plant(monkeypatch, tmp_path, "class Builder: pass\n__version__ = '10.9.0'\n")
    assert runtime.load().__name__ == "tensorrt"
    assert not runtime.is_rtx(runtime.load())


@pytest.mark.parametrize("source", ["raise OSError('libnvinfer.so.10: not found')", ""])
def test_a_broken_tensorrt_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    plant(monkeypatch, tmp_path, source)
    assert runtime.load().__name__ == "tensorrt_rtx"


def test_the_choice_is_final(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plant(monkeypatch, tmp_path, "raise OSError('libnvinfer.so.10: not found')")
    monkeypatch.setenv(runtime.CHOICE, "tensorrt")
    with pytest.raises(StudioError) as caught:
        runtime.load()
    assert "pip install" in caught.value.hint
    assert "tensorrt: OSError: libnvinfer.so.10: not found" in caught.value.details
    found = runtime.installation()
    assert found.runtime is None
    assert "libnvinfer.so.10" in found.runtime_problem


def test_an_unknown_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runtime.CHOICE, "openvino")
    with pytest.raises(StudioError, match="openvino") as caught:
        runtime.load()
    assert "tensorrt_rtx" in caught.value.hint


def test_installation_without_a_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_driver() -> tuple[Device, ...]:
        raise cuda.CudaError("There is no driver.")

    monkeypatch.setattr(cuda, "devices", no_driver)
    found = runtime.installation()
    assert found.runtime == runtime.describe(defaults=True)
    assert found.devices == ()
    assert found.device_problem == "There is no driver."
    assert not runtime.has_gpu()
    assert found.onnxruntime == metadata.version("onnxruntime")
    assert found.python == ".".join(map(str, sys.version_info[:3]))
    assert found.packages is not None
    assert found.packages["onnx"] == metadata.version("onnx")


def test_installation_with_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    gpu = Device("A GPU", "sm_86", 8 << 30, 7 << 30, "580.1")
    monkeypatch.setattr(cuda, "devices", lambda: (gpu,))
    found = runtime.installation()
    assert (found.devices, found.device_problem) == ((gpu,), "")
    assert runtime.has_gpu()


@pytest.mark.gpu
def test_the_gpu_is_found() -> None:
    found = runtime.installation()
    assert found.device_problem == ""
    assert found.devices[0].sm.startswith("sm_")
    assert found.devices[0].memory_bytes > found.devices[0].free_bytes > 0
