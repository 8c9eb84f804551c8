"""Interpreters that are kept side by side: the list on the disk, and which one fits a plan."""

from pathlib import Path

import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import (
    OWN,
    Interpreter,
    KnownRuntime,
    check_python,
    environment_name,
    find_fitting,
    read_interpreters,
    write_interpreters,
)
from trtstudio.model.plan.file import PlanHeader
from trtstudio.model.runtime import Device, Installation, Runtime

GPU = Device("GPU", "sm_86", 1 << 33)


def known(
    version: str, python: str = "", *, kind: str = "tensorrt_rtx", gpu: Device | None = GPU
) -> KnownRuntime:
    installation = Installation(Runtime(kind, version), devices=(gpu,) if gpu else ())
    return KnownRuntime(Interpreter(python), installation)


def header(version: str, targets: tuple[str, ...] = ("sm_86",)) -> PlanHeader:
    return PlanHeader("tensorrt_rtx", version, 100, 100, targets)


def test_the_list_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "设置" / "runtimes.json"
    assert read_interpreters(path) == ()
    listed = (
        known("1.6.1.120", "/venvs/16/bin/python"),
        KnownRuntime(Interpreter("/gone", "tensorrt"), None, "It is gone."),
    )
    write_interpreters(listed, path)
    assert read_interpreters(path) == listed


@pytest.mark.parametrize("content", [b"", b"[{", b"\xff", b'{"a": 1}'])
def test_a_damaged_list_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "runtimes.json"
    path.write_bytes(content)
    with pytest.raises(StudioError, match="cannot be read") as caught:
        read_interpreters(path)
    assert "Delete that file" in caught.value.hint


def test_a_folder_stands_for_its_python(tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert check_python(str(tmp_path / "venv")) == check_python(str(python))
    assert check_python(str(python)).python == str(python)
    assert environment_name(str(python)) == str(tmp_path / "venv")
    with pytest.raises(StudioError, match="no Python interpreter"):
        check_python(str(tmp_path))


@pytest.mark.parametrize("place", ["~nobody-of-that-name/venv", "x" * 300])
def test_what_cannot_be_a_place_holds_no_python(place: str) -> None:
    with pytest.raises(StudioError, match=f"There is no Python interpreter at {place}"):
        check_python(place)


def test_each_plan_gets_the_runtime_that_built_it() -> None:
    ours, older = known("1.7.1.116"), known("1.6.1.120", "/venvs/16/bin/python")
    assert find_fitting(header("1.7.1.116"), (ours, older)) is ours
    assert find_fitting(header("1.6.1.120"), (ours, older)) is older
    assert find_fitting(header("1.4.0.76"), (ours, older)) is None


def test_the_right_version_is_named_even_without_its_gpu() -> None:
    ours, older = known("1.7.1.116", gpu=None), known("1.6.1.120", "/venvs/16/bin/python", gpu=None)
    assert find_fitting(header("1.6.1.120"), (ours, older)) is older


def test_what_could_not_be_asked_never_fits() -> None:
    silent = KnownRuntime(Interpreter("/gone"), None, "It is gone.")
    nothing = KnownRuntime(Interpreter("/bare"), Installation(None, "no TensorRT"))
    assert find_fitting(header("1.7.1.116"), (silent, nothing)) is None


def test_labels_name_the_environment_of_others() -> None:
    assert known("1.7.1.116").label == "TensorRT-RTX 1.7.1.116"
    assert known("1.6.1.120", "/venvs/16/bin/python").label == "TensorRT-RTX 1.6.1.120 (/venvs/16)"
    assert KnownRuntime(OWN).label == "No TensorRT"
