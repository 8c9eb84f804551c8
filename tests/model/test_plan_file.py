"""Plan headers: real ones, damaged ones, and what is said about them."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.model.plan_file import PlanHeader, read_plan_header, why_not
from trtstudio.model.runtime import Device, Runtime

MakePlan = Callable[..., Path]
A_GPU = Device("RTX 3060", "sm_86", 12 << 30)


def test_reads_a_plan_of_today(make_plan: MakePlan) -> None:
    header = read_plan_header(make_plan())
    assert header == PlanHeader(
        kind="tensorrt_rtx",
        version="1.7.1.116",
        stated_bytes=492700,
        actual_bytes=492700,
        targets=("sm_86",),
        weight_bytes=85600,
    )
    assert header.label == "TensorRT-RTX 1.7.1.116"


def test_reads_a_plan_of_yesterday(make_plan: MakePlan, rtx_14_head: bytes) -> None:
    header = read_plan_header(make_plan(rtx_14_head))
    assert (header.version, header.cuda_version) == ("1.4.0.76", "13.2")


def test_keeps_targets_without_a_name(make_plan: MakePlan, rtx_17_head: bytes) -> None:
    head = rtx_17_head[:32] + struct.pack("<I", 126) + rtx_17_head[36:]
    names = ("sm_80", "sm_86", "sm_89", "sm_120", "sm_121", "bit 6")
    assert read_plan_header(make_plan(head)).targets == names


def tensorrt_head(version: tuple[int, int, int, int], size: int = 100_000) -> bytes:
    """The header of a TensorRT plan, laid out as in those of 8.6 to 10.15."""
    sections = ((b"NGNE", 80, size - 5080), (b"THGW", size - 5000, 5000))
    table = b"".join(struct.pack("<4s4xQQ", *section) for section in sections)
    return struct.pack("<4sIQQ4B4s", b"ftrt", 0, 2, size, *version, b"rtrt") + table


def test_reads_a_plan_of_tensorrt(make_plan: MakePlan) -> None:
    header = read_plan_header(make_plan(tensorrt_head((10, 15, 1, 29))))
    assert (header.kind, header.version, header.targets) == ("tensorrt", "10.15.1.29", ())
    assert header.weight_bytes == 5000


@pytest.mark.parametrize(("number", "version"), [(205, "8.2"), (213, "8.4"), (232, "8.5"), (7, "")])
def test_reads_an_old_plan(tmp_path: Path, number: int, version: str) -> None:
    path = tmp_path / "old.engine"
    path.write_bytes(struct.pack("<4sIIQ", b"ptrt", 0, number, 120) + bytes(100))
    header = read_plan_header(path)
    assert (header.kind, header.version, header.stated_bytes) == ("tensorrt_old", version, 120)
    problem = why_not(header, Runtime("tensorrt", "10.15.1.29"), A_GPU)
    assert problem and "ONNX" in problem.hint and "pip" not in problem.hint


def test_reads_behind_the_prefix_of_ultralytics(make_plan: MakePlan) -> None:
    text = json.dumps({"task": "detect", "names": {0: "person"}, "imgsz": [640, 640]}).encode()
    path = make_plan(prefix=struct.pack("<I", len(text)) + text)
    header = read_plan_header(path)
    assert header.metadata["task"] == "detect"
    assert json.loads(header.metadata["names"]) == {"0": "person"}
    assert path.read_bytes()[header.offset :][:4] == b"vtrt"
    assert not header.is_truncated


def test_notices_what_is_missing(make_plan: MakePlan) -> None:
    header = read_plan_header(make_plan(missing_bytes=1))
    assert header.is_truncated
    problem = why_not(header, Runtime("tensorrt_rtx", "1.7.1.116"), A_GPU)
    assert problem and "492,699 of its 492,700 bytes" in problem.message


@pytest.mark.parametrize(
    "data",
    [
        b"vtrt",
        b"ftrt" + bytes(200),
        b"\x05\0\0\0{oops",
        b'\x02\0\0\0{"vtrt',
        b"\x02\0\0\0{}PNG",
        struct.pack("<I", 200_000) + b'{"a":' * 40_000,
    ],
)
def test_refuses_a_damaged_header(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.plan"
    path.write_bytes(data)
    with pytest.raises(StudioError) as error:
        read_plan_header(path)
    assert error.value.hint


@settings(deadline=None)
@given(data=st.data())
def test_damage_is_an_error_or_a_header(
    data: st.DataObject, rtx_17_head: bytes, scratch: Path
) -> None:
    head = bytearray(rtx_17_head)
    for _ in range(data.draw(st.integers(0, 4))):
        head[data.draw(st.integers(0, len(head) - 1))] = data.draw(st.integers(0, 255))
    scratch.write_bytes(head[: data.draw(st.integers(0, len(head)))])
    try:
        header = read_plan_header(scratch)
    except StudioError as error:
        assert error.hint
    else:
        assert header.kind in ("tensorrt", "tensorrt_rtx", "tensorrt_old")


RTX = PlanHeader("tensorrt_rtx", "1.7.1.116", 100, 100, targets=("sm_86", "sm_89"))
TRT = PlanHeader("tensorrt", "10.15.1.29", 100, 100)


def device(sm: str) -> Device:
    return Device(f"a GPU of {sm}", sm)


@pytest.mark.parametrize(
    ("header", "runtime", "gpu"),
    [
        (RTX, Runtime("tensorrt_rtx", "1.7.1.116"), device("sm_89")),
        # A GPU that the header cannot name is for TensorRT-RTX to judge.
        (RTX, Runtime("tensorrt_rtx", "1.7.1.116"), device("sm_90")),
        (TRT, Runtime("tensorrt", "10.15.1.29"), device("sm_75")),
        # The plan may be version compatible.
        (TRT, Runtime("tensorrt", "10.16.1.11"), device("sm_75")),
    ],
)
def test_lets_through_what_may_run(header: PlanHeader, runtime: Runtime, gpu: Device) -> None:
    assert why_not(header, runtime, gpu) is None


@pytest.mark.parametrize(
    ("header", "runtime", "gpu", "message", "hint"),
    [
        (RTX, None, A_GPU, "needs TensorRT-RTX 1.7.1.116 exactly", "tensorrt-rtx==1.7.1.116"),
        (RTX, Runtime("tensorrt_rtx", "1.6.1.120"), A_GPU, "TensorRT-RTX 1.6.1.120", "pip install"),
        (RTX, Runtime("tensorrt", "10.15.1.29"), A_GPU, "here is TensorRT 10", "tensorrt-rtx=="),
        (TRT, Runtime("tensorrt_rtx", "1.7.1.116"), A_GPU, "needs TensorRT 10", "tensorrt==10.15"),
        (TRT, Runtime("tensorrt", "10.14.1.48"), A_GPU, "needs TensorRT 10.15", "tensorrt==10.15"),
        (TRT, Runtime("tensorrt", "11.0.0.114"), A_GPU, "here is TensorRT 11", "tensorrt==10.15"),
        (replace(TRT, version="8.6.1.6"), None, A_GPU, "TensorRT 8.6.1.6", "Build the plan again"),
        (RTX, Runtime("tensorrt_rtx", "1.7.1.116"), None, "NVIDIA GPU", "nvidia-smi"),
        (RTX, Runtime("tensorrt_rtx", "1.7.1.116"), Device("CPU"), "NVIDIA GPU", "nvidia-smi"),
        (RTX, Runtime("tensorrt_rtx", "1.7.1.116"), device("sm_75"), "sm_86, sm_89", "sm_75"),
    ],
)
def test_says_why_a_plan_cannot_run(
    header: PlanHeader, runtime: Runtime | None, gpu: Device | None, message: str, hint: str
) -> None:
    problem = why_not(header, runtime, gpu)
    assert problem and message in problem.message and hint in problem.hint
