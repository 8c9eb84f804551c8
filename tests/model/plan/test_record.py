"""The record beside a plan, written, moved, damaged."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.plan.engine_table import read_build_log_table
from trtstudio.model.plan.record import (
    BuildRecord,
    read_record,
    record_path,
    sha256_of,
    verify,
    whole_plan,
    write_record,
)


@pytest.fixture
def record(tmp_path: Path, build_logs: dict[str, str]) -> BuildRecord:
    """A plan on disk and what would have been recorded of its build."""
    plan = tmp_path / "netz ü 模型.plan"
    plan.write_bytes(bytes(range(256)) * 100)
    profile = {"x:0": ShapeRange((1, 3), (2, 3), (8, 3))}
    request = BuildRequest("net.onnx", str(plan), (profile,), targets=("sm_86",))
    result = BuildResult(
        plan=str(plan),
        plan_bytes=plan.stat().st_size,
        sha256=hashlib.sha256(plan.read_bytes()).hexdigest(),
        runtime="TensorRT-RTX 1.7.1.116",
        build_seconds=1.5,
        targets=("sm_86",),
        profiles=(profile,),
        precision={"float32": 1.0},
        engine=read_build_log_table(build_logs["1.7"]),
    )
    return BuildRecord(request, result, "00" * 32, {"names": '{"0": "cat"}'})


def test_is_read_as_it_was_written(record: BuildRecord) -> None:
    plan = Path(record.result.plan)
    assert read_record(plan) is None
    write_record(record)
    assert record_path(plan).name == plan.name + ".json"
    assert read_record(plan) == record
    assert {p.name for p in plan.parent.iterdir()} == {plan.name, plan.name + ".json"}


def test_goes_with_the_plan_that_another_one_replaces(record: BuildRecord) -> None:
    plan = Path(record.result.plan)
    write_record(record)
    with pytest.raises(ZeroDivisionError), whole_plan(plan):
        raise ZeroDivisionError
    verify(plan, record)
    assert read_record(plan) == record
    with whole_plan(plan) as file:
        file.write(b"another one")
    assert plan.read_bytes() == b"another one"
    assert read_record(plan) is None


def test_travels_with_its_plan(record: BuildRecord, tmp_path: Path) -> None:
    write_record(record)
    plan = Path(record.result.plan)
    copied = tmp_path / "elsewhere" / plan.name
    copied.parent.mkdir()
    shutil.copy(plan, copied)
    shutil.copy(record_path(plan), record_path(copied))
    read = read_record(copied)
    assert read == record
    verify(copied, record)


@pytest.mark.parametrize("change", [bytes(25600), b"short"])
def test_notices_a_changed_plan(record: BuildRecord, change: bytes) -> None:
    plan = Path(record.result.plan)
    verify(plan, record)
    plan.write_bytes(change)
    with pytest.raises(StudioError, match="changed since it was built"):
        verify(plan, record)


def test_hashes_files(record: BuildRecord) -> None:
    plan = Path(record.result.plan)
    assert sha256_of(plan) == hashlib.sha256(plan.read_bytes()).hexdigest()


def test_says_what_cannot_be_written_or_verified(record: BuildRecord, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    gone = tmp_path / "file" / "net.plan"
    with pytest.raises(StudioError, match="cannot be written"):
        write_record(replace(record, result=replace(record.result, plan=str(gone))))
    with pytest.raises(StudioError, match="does not exist"):
        verify(gone, record)


@given(junk=st.one_of(st.binary(), st.sampled_from([b"{}", b"[" * 100_000, b'{"request": 1}'])))
def test_damage_is_an_error(junk: bytes, scratch: Path) -> None:
    record_path(scratch).write_bytes(junk)
    with pytest.raises(StudioError, match="cannot be read"):
        read_record(scratch)
