"""Plan headers: real ones, damaged ones, and what is said about them."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.plan.file import PlanHeader, read_plan_header, why_not
from trtstudio.model.runtime import Device, Runtime

MakePlan = Callable[..., Path]
Change = Callable[[Path], object]
METADATA = json.dumps({"task": "detect", "names": {0: "person"}, "imgsz": [640, 640]}).encode()
PREFIX = struct.pack("<I", len(METADATA)) + METADATA
"""What Ultralytics writes before a plan."""
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


@pytest.mark.parametrize(
    ("release", "version", "cuda", "targets", "weight_bytes"),
    [
        ("1.4", "1.4.0.76", "13.2", ("sm_86",), 85600),
        ("1.5", "1.5.0.114", "12.9", ("sm_86", "sm_120"), 9984),
        ("1.6", "1.6.1.120", "12.9", ("sm_86", "sm_120"), 9984),
        ("1.7", "1.7.1.116", "", ("sm_86",), 85600),
    ],
)
def test_reads_a_plan_of_each_rtx(
    make_plan: MakePlan,
    rtx_heads: dict[str, bytes],
    release: str,
    version: str,
    cuda: str,
    targets: tuple[str, ...],
    weight_bytes: int,
) -> None:
    header = read_plan_header(make_plan(rtx_heads[release]))
    assert (header.kind, header.version, header.cuda_version) == ("tensorrt_rtx", version, cuda)
    assert (header.targets, header.weight_bytes) == (targets, weight_bytes)
    assert not header.is_truncated


def test_an_rtx_reads_its_own_release_alone(
    make_plan: MakePlan, rtx_heads: dict[str, bytes]
) -> None:
    headers = {release: read_plan_header(make_plan(head)) for release, head in rtx_heads.items()}
    for release, header in headers.items():
        for other in headers.values():
            problem = why_not(header, Runtime("tensorrt_rtx", other.version), A_GPU)
            assert (problem is None) == (header is other)
            if problem:
                assert f"TensorRT-RTX {release}" in problem.message
                assert f"tensorrt-rtx=={header.version}" in problem.hint


def test_keeps_targets_without_a_name(make_plan: MakePlan, rtx_17_head: bytes) -> None:
    head = rtx_17_head[:32] + struct.pack("<I", 126) + rtx_17_head[36:]
    names = ("sm_80", "sm_86", "sm_89", "sm_120", "sm_121", "bit 6")
    assert read_plan_header(make_plan(head)).targets == names


def tensorrt_head(version: str, size: int = 100_000) -> bytes:
    """The header of a TensorRT plan, laid out as in those of 8.6 to 10.15."""
    numbers = [int(part) for part in version.split(".")]
    mark = b"rtrt" if numbers[0] > 8 else bytes(4)
    sections = ((b"NGNE", 80, size - 5080), (b"THGW", size - 5000, 5000))
    table = b"".join(struct.pack("<4s4xQQ", *section) for section in sections)
    return struct.pack("<4sIQQ4B4s", b"ftrt", 0, 2, size, *numbers, mark) + table


TENSORRT_VERSIONS = ("8.6.1.6", "10.0.1.6", "10.15.1.29", "11.4.0.106")


@pytest.mark.parametrize("prefix", [b"", PREFIX], ids=["plain", "ultralytics"])
@pytest.mark.parametrize("version", TENSORRT_VERSIONS)
def test_reads_a_plan_of_tensorrt(make_plan: MakePlan, version: str, prefix: bytes) -> None:
    header = read_plan_header(make_plan(tensorrt_head(version), prefix=prefix))
    assert (header.kind, header.version, header.targets) == ("tensorrt", version, ())
    assert (header.offset, header.stated_bytes) == (len(prefix), 100_000)
    assert (header.weight_bytes, header.cuda_version) == (5000, "")
    assert header.label == f"TensorRT {version}"
    assert not header.is_truncated


@pytest.mark.parametrize("prefix", [b"", PREFIX], ids=["plain", "ultralytics"])
@pytest.mark.parametrize("missing", [1, 50_000, 100_000 - 80])
@pytest.mark.parametrize("version", TENSORRT_VERSIONS)
def test_says_how_much_of_a_plan_is_missing(
    make_plan: MakePlan, version: str, missing: int, prefix: bytes
) -> None:
    path = make_plan(tensorrt_head(version), prefix=prefix, missing_bytes=missing)
    header = read_plan_header(path)
    assert header.is_truncated and header.actual_bytes == 100_000 - missing
    problem = why_not(header, Runtime("tensorrt", version), A_GPU)
    assert problem and f"{100_000 - missing:,} of its 100,000 bytes" in problem.message


@pytest.mark.parametrize("size", [0, 79, 80, 1000, 1 << 63, (1 << 64) - 1])
def test_a_wrong_size_is_damage_or_a_truncation(tmp_path: Path, size: int) -> None:
    path = tmp_path / "net.plan"
    whole = tensorrt_head("10.0.1.6") + bytes(1000)
    path.write_bytes(whole[:16] + struct.pack("<Q", size) + whole[24:])
    if size < 80:
        with pytest.raises(StudioError, match="damaged header"):
            read_plan_header(path)
    else:
        assert read_plan_header(path).is_truncated == (size > len(whole))


@pytest.mark.parametrize("version", TENSORRT_VERSIONS)
def test_a_header_that_is_cut_off(tmp_path: Path, version: str) -> None:
    path = tmp_path / "net.plan"
    for length in range(8, 80, 7):
        path.write_bytes(tensorrt_head(version)[:length])
        with pytest.raises(StudioError, match="damaged header") as error:
            read_plan_header(path)
        assert error.value.hint


@pytest.mark.parametrize(("number", "version"), [(205, "8.2"), (213, "8.4"), (232, "8.5"), (7, "")])
def test_reads_an_old_plan(tmp_path: Path, number: int, version: str) -> None:
    path = tmp_path / "old.engine"
    path.write_bytes(struct.pack("<4sIIQ", b"ptrt", 0, number, 120) + bytes(100))
    header = read_plan_header(path)
    assert (header.kind, header.version, header.stated_bytes) == ("tensorrt_old", version, 120)
    problem = why_not(header, Runtime("tensorrt", "10.15.1.29"), A_GPU)
    assert problem and "ONNX" in problem.hint and "pip" not in problem.hint


def test_reads_behind_the_prefix_of_ultralytics(make_plan: MakePlan) -> None:
    path = make_plan(prefix=PREFIX)
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


def test_what_is_no_file(tmp_path: Path) -> None:
    one = tmp_path / "one.plan"
    one.write_bytes(b"v")
    for path, words in (
        (one, "not a model"),
        (tmp_path, "is a folder"),
        (tmp_path / "gone.plan", "does not exist"),
    ):
        with pytest.raises(StudioError, match=words) as error:
            read_plan_header(path)
        assert error.value.hint


@pytest.mark.parametrize("prefix", [b"", PREFIX], ids=["plain", "ultralytics"])
@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_changes_while_it_is_read(
    make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch, change: Change, prefix: bytes
) -> None:
    path = make_plan(prefix=prefix)
    read_head = content.read_head

    def changing(path: Path) -> bytes:
        head = read_head(path)
        change(path)
        return head

    monkeypatch.setattr(content, "read_head", changing)
    with pytest.raises(StudioError, match=r"does not exist|damaged header") as error:
        read_plan_header(path)
    assert error.value.hint


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
