"""The file of a long run: what is written comes back, and damage costs one line."""

import errno
import io
import math
import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer, Detection, Keypoint, Label, Raster, Regions
from trtstudio.vision.batch.agreement import Agreement, Difference
from trtstudio.vision.batch.records import (
    Heading,
    Journal,
    Record,
    count_answers,
    read_heading,
    read_record,
    read_records,
    read_thumbnails,
)
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.preprocess import Preprocess
from trtstudio.vision.settings import Settings
from trtstudio.vision.times import Times

HEADING = Heading(
    Path("m.onnx"),
    "ONNX Runtime",
    Preprocess((4, 6), mean=(1.0, 2.0, 3.0)),
    "detection",
    Settings(classes=frozenset((3, 1))),
    ("a", "ü"),
    (Path("folder"),),
)
ANSWER = Answer(
    "instance-segmentation",
    top=(Label("cat", 0.5, 1),),
    detections=(
        Detection(
            "cat",
            0.75,
            (1.0, 2.0, 3.5, 4.0),
            1,
            polygon=((1.0, 2.0), (3.0, 4.0)),
            mask=Raster(np.arange(12, dtype=np.uint8).reshape(3, 4), (0.0, 0.0, 4.0, 3.0)),
            keypoints=(Keypoint(1.0, 2.0, 0.5),),
        ),
    ),
    skeleton=((0, 1),),
    regions=Regions(Raster(np.full((2, 3), 300, np.uint16), (0.0, 0.0, 3.0, 2.0)), 0),
    heat=Raster(np.float32([[0.1, -1e9], [np.nan, np.inf]]), (0.0, 0.0, 2.0, 2.0)),
    picture=Raster(np.arange(24, dtype=np.uint8).reshape(2, 4, 3), (0.0, 0.0, 4.0, 2.0)),
    text="été",
    embedding=np.float32([0.6, 0.8]),
)


def record(number: int, answer: Answer | None = None) -> Record:
    return Record(Source(Path(f"{number}.jpg")), (4, 6), answer, Times(1.0, 2.0, 3.0, 4.0))


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = replace(
        record(1, ANSWER),
        source=Source(Path("clip.mp4"), 7, is_expected=False),
        problem="p",
        hint="h",
        thumbnail=b"\xff\xd8\x00",
        second=ANSWER,
        agreement=Agreement(matched=1, found=(1, 2), box_iou=0.5),
        differences=(Difference("y", 0.5, 0.25, 0.99),),
    )
    journal = Journal(tmp_path / "run.jsonl", HEADING, go_on=False)
    journal.add(record(0))
    place = journal.add(whole)
    journal.close()
    found = read_record(tmp_path / "run.jsonl", place)
    assert found.answer is not None and found.answer.heat is not None
    for name in ("source", "size", "times", "problem", "hint", "thumbnail", "agreement"):
        assert getattr(found, name) == getattr(whole, name), name
    assert found.differences == whole.differences
    own, expected = found.answer, ANSWER
    assert (own.top, own.skeleton, own.text) == (expected.top, expected.skeleton, expected.text)
    assert own.detections[0].polygon == expected.detections[0].polygon
    assert own.detections[0].keypoints == expected.detections[0].keypoints
    for one, other in (
        (own.detections[0].mask, expected.detections[0].mask),
        (own.regions and own.regions.raster, expected.regions and expected.regions.raster),
        (own.heat, expected.heat),
        (own.picture, expected.picture),
    ):
        assert one is not None and other is not None and one.box == other.box
        assert one.values.dtype == other.values.dtype
        np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(own.embedding, expected.embedding)
    assert read_heading(tmp_path / "run.jsonl") == HEADING


@given(
    st.one_of(
        npst.arrays(np.uint8, npst.array_shapes(min_dims=2, max_dims=3, max_side=9, min_side=0)),
        npst.arrays(np.uint16, npst.array_shapes(min_dims=2, max_dims=2, max_side=9)),
        npst.arrays(np.float32, npst.array_shapes(min_dims=1, max_dims=3, max_side=9)),
    )
)
def test_every_raster_comes_back(
    tmp_path_factory: pytest.TempPathFactory, values: np.ndarray
) -> None:
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    journal = Journal(path, HEADING, go_on=False)
    answer = Answer("depth", heat=Raster(values, (0.0, 0.0, 1.0, 1.0)))
    place = journal.add(record(0, answer))
    journal.close()
    found = read_record(path, place).answer
    assert found is not None and found.heat is not None
    assert found.heat.values.dtype == values.dtype
    np.testing.assert_array_equal(found.heat.values, values)


def test_a_run_goes_on_behind_the_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.jsonl"
    journal = Journal(path, HEADING, go_on=True)
    for number in range(3):
        journal.add(record(number))
    journal.close()
    with path.open("ab") as file:
        file.write(b'{"source": {"path": "half')
    again = Journal(path, replace(HEADING, runtime="TensorRT"), go_on=True)
    place = again.add(record(3))
    again.close()
    assert [found.source.path.stem for _, found in read_records(path)] == ["0", "1", "2", "3"]
    assert read_record(path, place).source == record(3).source
    assert count_answers(path) == 4
    anew = Journal(path, HEADING, go_on=False)
    anew.close()
    assert count_answers(path) == 0


def test_what_failed_is_forgotten_when_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    journal = Journal(path, HEADING, go_on=False)
    for number in range(4):
        journal.add(replace(record(number), problem="gone" if number % 2 else ""))
    journal.close()
    kept = [line for line in path.read_bytes().splitlines(True) if b"gone" not in line]
    files: list[int] = []
    for _ in range(2):
        Journal(path, HEADING, go_on=True).close()
        assert path.read_bytes() == b"".join(kept)
        files.append(path.stat().st_ino)
    assert files[0] == files[1], "without a problem it is not written anew"
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]


def test_thumbnails_are_read_without_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    journal = Journal(path, HEADING, go_on=False)
    places = [
        journal.add(replace(record(n, ANSWER), thumbnail=bytes((0xFF, n)) if n else b""))
        for n in range(3)
    ]
    journal.close()
    found = read_thumbnails(path, [places[2], places[0], places[1], places[1] + 1, 10**6])
    assert found == [b"\xff\x02", b"", b"\xff\x01", b"", b""]
    with pytest.raises(StudioError, match="does not exist"):
        read_thumbnails(tmp_path / "gone.jsonl", [0])


def test_a_full_disk_is_told_with_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    journal = Journal(tmp_path / "run.jsonl", HEADING, go_on=False)
    journal.close()
    monkeypatch.setattr(journal, "_file", Full())
    with pytest.raises(StudioError, match=r"run\.jsonl .* the disk is full"):
        journal.add(record(0))


def test_frames_of_a_video_share_its_path(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "run.jsonl", HEADING, go_on=False)
    for frame in range(1, 4):
        journal.add(replace(record(0), source=Source(Path("clip.mp4"), frame)))
    journal.close()
    sources = [found.source for _, found in read_records(tmp_path / "run.jsonl")]
    assert len({id(source.path) for source in sources}) == 1


def test_answers_of_another_run_are_not_mixed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    Journal(path, HEADING, go_on=True).close()
    for other in (
        replace(HEADING, model=Path("n.onnx")),
        replace(HEADING, settings=Settings()),
        replace(HEADING, sources=(Path("elsewhere"),)),
        replace(HEADING, compared_with="another"),
    ):
        with pytest.raises(StudioError, match="another run"):
            Journal(path, other, go_on=True)
    path.write_text("something else\n")
    with pytest.raises(StudioError, match="does not hold"):
        Journal(path, HEADING, go_on=True)
    assert path.read_text() == "something else\n"


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"\xff\xff",
        b'{"source": {"path": "x"}, "answer": {"task": "depth", "heat": {"values": {"png": "AA=="},'
        b' "box": [0,0,1,1]}}}',
        b'{"source": {"path": "x"}, "answer": {"task": "depth", "embedding": {"dtype": "O", '
        b'"shape": [1], "data": "AAAAAAAAAAA="}}}',
        b'{"source": {"path": "x"}, "answer": {"task": "depth", "embedding": {"dtype": "<f4", '
        b'"shape": [9], "data": "AAAA"}}}',
    ],
)
def test_a_damaged_line_is_left_out(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "run.jsonl"
    journal = Journal(path, HEADING, go_on=False)
    first = journal.add(record(0))
    journal.close()
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(line + b"\n")
    journal = Journal(path, HEADING, go_on=True)
    last = journal.add(record(1))
    journal.close()
    assert [place for place, _ in read_records(path)] == [first, last]
    with pytest.raises(StudioError, match="changed"):
        read_record(path, size)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="is a folder"):
        Journal(tmp_path, HEADING, go_on=False)
    (tmp_path / "file").touch()
    with pytest.raises(StudioError, match="cannot be written"):
        Journal(tmp_path / "file" / "run.jsonl", HEADING, go_on=False)


def test_a_full_disk_is_told_at_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", fill)
    with pytest.raises(StudioError, match="the disk is full") as caught:
        Journal(tmp_path / "run.jsonl", HEADING, go_on=False)
    assert caught.value.hint.startswith("Make space")


def test_a_disk_that_fills_up(small_disk: Path) -> None:
    (filler := small_disk / "filler").write_bytes(bytes(15 * 4096))
    journal = Journal(small_disk / "run.jsonl", HEADING, go_on=True)
    with closing(journal), pytest.raises(StudioError, match="the disk is full"):
        for number in range(1000):
            journal.add(record(number))
    known = [found.source for _, found in read_records(small_disk / "run.jsonl")]
    assert known == [record(number).source for number in range(len(known))]
    with pytest.raises(StudioError, match="the disk is full"):
        Journal(small_disk / "other.jsonl", HEADING, go_on=True)
    assert sorted(small_disk.iterdir()) == [filler, small_disk / "run.jsonl"]


@pytest.mark.parametrize("content", [b"my notes", b"my notes\nmore"])
def test_a_file_of_something_else_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StudioError, match="does not hold answers"):
        Journal(path, HEADING, go_on=True)
    assert path.read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_names_that_are_no_unicode_come_back(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    strange = Path(os.fsdecode(b"caf\xe9.jpg"))
    heading = replace(HEADING, sources=(strange,))
    journal = Journal(path, heading, go_on=False)
    journal.add(Record(Source(strange, 3), problem=f"{strange} is empty."))
    journal.close()
    assert read_heading(path) == heading
    ((_, record),) = read_records(path)
    assert record.source == Source(strange, 3)
    assert record.problem == "caf?.jpg is empty."


@pytest.mark.parametrize("name", [b"7", b"{}", b'{"name":7}', b'{"name":"a"}'])
def test_a_damaged_name_is_a_damaged_line(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / "run.jsonl"
    journal = Journal(path, HEADING, go_on=False)
    journal.add(Record(Source(Path("here.jpg"))))
    journal.close()
    path.write_bytes(path.read_bytes().replace(b'"here.jpg"', name))
    assert count_answers(path) == 0


def test_a_picture_whose_outputs_overflowed_is_known_again(tmp_path: Path) -> None:
    difference = Difference("y", math.nan, math.inf, 0.5)
    record = Record(
        Source(Path("a.jpg")), (3, 4), ANSWER, thumbnail=b"jpeg", differences=(difference,)
    )
    journal = Journal(tmp_path / "run", HEADING, go_on=False)
    place = journal.add(record)
    journal.close()
    (found,) = read_record(tmp_path / "run", place).differences
    assert math.isnan(found.max_abs) and not math.isfinite(found.relative_l2)
    assert found.cosine == 0.5
    again = replace(read_record(tmp_path / "run", place), differences=())
    assert repr(again) == repr(replace(record, differences=()))
