"""Files are opened for what they are, whatever their names."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import read, sniff
from trtstudio.model.plan.engine_table import read_build_log_table
from trtstudio.model.plan.record import BuildRecord, record_path, write_record

MakePlan = Callable[..., Path]


def test_opens_a_model(dynamic_onnx: Path) -> None:
    assert sniff(dynamic_onnx) == "onnx"
    file = read(dynamic_onnx)
    assert file.graph and file.graph.view == "onnx"
    assert file.title == "net é.onnx"
    assert file.size_bytes == dynamic_onnx.stat().st_size
    assert file.metadata["names"] == '{"0": "cat"}'


def test_a_name_decides_nothing(dynamic_onnx: Path, make_plan: MakePlan) -> None:
    disguised = dynamic_onnx.rename(dynamic_onnx.with_suffix(".plan"))
    assert read(disguised).format == "onnx"
    plan = make_plan()
    assert read(plan.rename(plan.with_suffix(".onnx"))).format == "plan"


def test_opens_a_plan_with_its_record(make_plan: MakePlan, build_logs: dict[str, str]) -> None:
    plan = make_plan()
    alone = read(plan)
    assert (alone.graph, alone.record, alone.metadata) == (None, None, {})
    assert alone.header and alone.header.version == "1.7.1.116"
    engine = read_build_log_table(build_logs["1.7"])
    result = BuildResult(str(plan), 0, "", "", 0.0, (), (), {}, engine)
    request = BuildRequest("net.onnx", str(plan))
    write_record(BuildRecord(request, result, "", {"task": "classify"}))
    both = read(plan)
    assert both.graph == engine
    assert both.metadata == {"task": "classify"}


def test_profiles_are_told_by_the_record_where_the_layers_do_not(
    make_plan: MakePlan, build_logs: dict[str, str]
) -> None:
    plan = make_plan()
    profiles = ({"x": ShapeRange((1, 3), (2, 3), (4, 3))},)
    engine = replace(read_build_log_table(build_logs["1.7"]), profiles=())
    result = BuildResult(str(plan), 0, "", "", 0.0, (), profiles, {}, engine)
    write_record(BuildRecord(BuildRequest("net.onnx", str(plan)), result, ""))
    graph = read(plan).graph
    assert graph is not None and graph.profiles == profiles


def test_a_damaged_record_is_a_warning(make_plan: MakePlan) -> None:
    plan = make_plan()
    record_path(plan).write_text("{")
    file = read(plan)
    assert file.record is None
    assert "cannot be read" in file.warnings[0]


def test_missing_weights_are_a_warning(bad_files: Path) -> None:
    file = read(bad_files / "weights.onnx")
    assert file.graph and len(file.graph.layers) == 1
    assert "w.bin, which is missing" in file.warnings[0]


def test_says_what_else_a_file_is(sample_pictures: tuple[Path, ...]) -> None:
    with pytest.raises(StudioError, match="JPEG picture") as error:
        read(sample_pictures[0])
    assert "drop" in error.value.hint
