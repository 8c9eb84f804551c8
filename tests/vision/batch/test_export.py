"""Exports: read back by their formats' own rules, and against pycocotools where that is there."""

import csv
import io
import json
import os
import sys
import threading
import tracemalloc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer, Detection, Keypoint, Label, Raster
from trtstudio.vision.batch.export import as_json, as_yolo
from trtstudio.vision.batch.export_files import ExportKind, Names, export, exporting
from trtstudio.vision.batch.records import Record
from trtstudio.vision.batch.rereading import read_again
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import describe_video, read_video
from trtstudio.vision.drawing.drawings import Drawings
from trtstudio.vision.drawing.masks import mask_of, run_lengths
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import Picture, read_picture, write_picture
from trtstudio.vision.times import Times

SIZE = (40, 60)
FILES: tuple[ExportKind, ...] = ("json", "csv", "coco")  # the others write a folder
BOXES = (
    Detection("cat", 0.9, (10.0, 5.0, 30.0, 25.0), 2),
    Detection("dog", 0.5, (-5.0, 30.0, 20.0, 45.0), 0, keypoints=(Keypoint(6.0, 32.0, 0.8),)),
)
MASK = np.zeros((4, 6), np.uint8)
MASK[1:3, 2:5] = 255


def record(answer: Answer | None, name: str = "a/cat.jpg", **words: object) -> Record:
    return Record(Source(Path(name)), SIZE, answer, Times(1, 2, 3, 4), **words)  # type: ignore[arg-type]


FOUND = record(Answer("detection", detections=BOXES))
SEEN = record(Answer("classification", top=(Label('tabby, "cat"', 0.25, 7),)), "b.png")
BAD = record(None, "c.jpg", problem="c.jpg is damaged.", hint="Copy it again.")


def exported(kind: ExportKind, records: Sequence[Record], path: Path, *labels: str) -> str:
    export(kind, records, path, labels)
    return path.read_text()


def test_csv_has_a_line_for_every_finding_and_every_problem(tmp_path: Path) -> None:
    records = [FOUND, SEEN, BAD, record(Answer("detection"))]
    rows = list(csv.DictReader(io.StringIO(exported("csv", records, tmp_path / "a.csv"))))
    assert [row["label"] for row in rows] == ["cat", "dog", 'tabby, "cat"', "", ""]
    assert [float(rows[0][edge]) for edge in ("left", "top", "right", "bottom")] == [10, 5, 30, 25]
    assert rows[3]["problem"] == "c.jpg is damaged." and rows[4]["problem"] == ""
    assert {row["total_ms"] for row in rows} == {"10.000"}


def test_json_has_an_object_for_every_picture(tmp_path: Path) -> None:
    text = exported("json", [FOUND, SEEN, BAD], tmp_path / "a.json")
    assert text == json.dumps([as_json(each) for each in (FOUND, SEEN, BAD)], indent=1)
    found, seen, bad = json.loads(text)
    assert found["detections"][0]["box"] == [10, 5, 30, 25]
    assert (seen["task"], seen["top"][0]["index"]) == ("classification", 7)
    assert (bad["task"], bad["problem"]) == (None, "c.jpg is damaged.")


def test_what_is_not_finite_is_null_and_nothing_is_an_empty_list(tmp_path: Path) -> None:
    heat = Raster(np.float32([[np.nan, np.inf]]), (0.0, 0.0, 2.0, 1.0))
    (found,) = json.loads(
        exported("json", [record(Answer("depth", heat=heat))], tmp_path / "a.json")
    )
    assert found["heat"]["max"] is None
    assert json.loads(exported("json", [], tmp_path / "b.json")) == []
    empty = json.loads(exported("coco", [BAD], tmp_path / "c.json"))
    assert empty == {"images": [], "categories": [], "annotations": []}


def test_files_that_are_written_record_by_record_are_whole_or_not_there(tmp_path: Path) -> None:
    for kind in FILES:
        with pytest.raises(StudioError, match="stopped"), exporting(kind, tmp_path / kind) as add:
            add(FOUND)
            raise StudioError("stopped")
    with pytest.raises(StudioError, match="of another file") as caught, ExitStack() as stack:
        stack.enter_context(exporting("csv", tmp_path / "a.csv"))
        raise OSError("of another file")
    assert "a.csv" not in caught.value.message
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").touch()
    for kind in FILES:
        with pytest.raises(StudioError, match=r"a\.csv cannot be written"):
            exporting(kind, tmp_path / "file" / "a.csv").__enter__()


def test_many_records_are_written_in_little_memory(tmp_path: Path) -> None:
    def written(kind: ExportKind, count: int) -> int:
        """The most memory that it takes at once, in bytes."""
        tracemalloc.start()
        export(kind, (record(FOUND.answer, f"{n}.jpg") for n in range(count)), tmp_path / kind)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    for kind in FILES:
        # The least of two: Python's own tables, as that of interned names, grow once in a while.
        few, many = (min(written(kind, count) for _ in range(2)) for count in (300, 1300))
        assert many - few < 1000 * 200, f"{kind}: a record takes {(many - few) / 1000} bytes"
        assert (tmp_path / kind).stat().st_size > 1300 * 100


def test_coco_is_a_data_set_of_whole_references(tmp_path: Path) -> None:
    masked = record(Answer("instance-segmentation", detections=(_masked(),)), "m.jpg")
    records = [FOUND, BAD, masked]
    data = json.loads(exported("coco", records, tmp_path / "a.json", "dog", "bird", "cat"))
    images = {image["id"]: image for image in data["images"]}
    names = {category["id"]: category["name"] for category in data["categories"]}
    assert [image["file_name"] for image in data["images"]] == ["a/cat.jpg", "m.jpg"]
    assert names == {0: "dog", 1: "bird", 2: "cat", 5: "mouse"}
    assert len({each["id"] for each in data["annotations"]}) == 3
    for each in data["annotations"]:
        assert each["image_id"] in images and each["category_id"] in names
    assert data["annotations"][0]["bbox"] == [10, 5, 20, 20]
    assert data["annotations"][1]["keypoints"] == [6, 32, 2]
    mask = data["annotations"][2]
    assert mask["area"] == 6 * 100
    assert _decode(mask["segmentation"]["counts"]).sum() == 600


def _masked() -> Detection:
    return Detection("mouse", 0.8, (20.0, 10.0, 50.0, 30.0), 5, mask=Raster(MASK, (0, 0, 60, 40)))


def _decode(counts: list[int]) -> np.ndarray:
    """COCO's rule: runs outside and inside in turns, column by column."""
    flat = np.concatenate([np.full(count, number % 2, bool) for number, count in enumerate(counts)])
    return flat.reshape(SIZE, order="F")


@given(npst.arrays(bool, npst.array_shapes(min_dims=2, max_dims=2, max_side=12)))
def test_run_lengths_are_the_mask(mask: np.ndarray) -> None:
    counts = run_lengths(mask)
    parts = [np.full(count, number % 2, bool) for number, count in enumerate(counts)]
    np.testing.assert_array_equal(np.concatenate(parts).reshape(mask.shape, order="F"), mask)
    assert all(count > 0 for count in counts[1:])


@given(npst.arrays(bool, npst.array_shapes(min_dims=2, max_dims=2, max_side=12)))
def test_run_lengths_are_those_of_pycocotools(mask: np.ndarray) -> None:
    coco = pytest.importorskip("pycocotools.mask")
    encoded = coco.frPyObjects({"size": list(mask.shape), "counts": run_lengths(mask)}, *mask.shape)
    np.testing.assert_array_equal(coco.decode(encoded).astype(bool), mask)


def test_a_mask_lies_where_its_raster_does() -> None:
    inside = mask_of(_masked(), SIZE)
    expected = np.zeros(SIZE, bool)
    expected[10:30, 20:50] = True
    np.testing.assert_array_equal(inside, expected)


edges = st.floats(-20, 80)


@given(st.lists(st.tuples(edges, edges, edges, edges), min_size=1, max_size=5))
def test_yolo_boxes_come_back_within_a_tenth_of_a_pixel(boxes: list[tuple[float, ...]]) -> None:
    sides = [(min(l, r), min(t, b), max(l, r), max(t, b)) for l, t, r, b in boxes]  # noqa: E741
    found = tuple(Detection("x", 0.5, box, 3) for box in sides)
    text = as_yolo(Answer("detection", detections=found), SIZE)
    height, width = SIZE
    for line, (left, top, right, bottom) in zip(text.splitlines(), sides, strict=True):
        number, *shares = line.split()
        x, y, w, h = map(float, shares)
        assert number == "3"
        assert all(0 <= share <= 1 for share in (x, y, w, h))
        own = ((x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height)
        cut = (*np.clip((left, top), 0, (width, height)), *np.clip((right, bottom), 0, (60, 40)))
        np.testing.assert_allclose(own, cut, atol=0.1)


def test_yolo_outlines_and_key_points() -> None:
    turned = Detection("x", 0.5, (0, 0, 60, 40), 1, polygon=((0, 0), (30, 0), (60, 80)))
    assert as_yolo(Answer("oriented-boxes", detections=(turned,)), SIZE) == "1 0 0 0.5 0 1 1\n"
    masked = as_yolo(Answer("instance-segmentation", detections=(_masked(),)), SIZE).split()
    xs, ys = np.float64(masked[1::2]) * 60, np.float64(masked[2::2]) * 40
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == pytest.approx((20, 50, 10, 30), abs=0.1)
    pose = as_yolo(Answer("keypoints", detections=BOXES[1:]), SIZE).split()
    assert [float(x) for x in pose[5:]] == pytest.approx([0.1, 0.8, 2])


def test_files_of_every_kind(tmp_path: Path) -> None:
    picture = tmp_path / "in" / "cat.jpg"
    write_picture(picture, np.full((*SIZE, 3), 200, np.uint8))
    records = [record(Answer("detection", detections=BOXES), str(picture)), BAD]
    heard: list[int] = []
    for kind, place in (
        ("csv", "a.csv"),
        ("json", "a.json"),
        ("coco", "coco.json"),
        ("yolo", "yolo"),
        ("pictures", "drawn"),
    ):
        export(kind, records, tmp_path / place, ("dog",), lambda: heard.append(1))  # type: ignore[arg-type]
    assert len(heard) == 10
    assert len(json.loads((tmp_path / "a.json").read_text())) == 2
    assert (tmp_path / "yolo" / "labels" / "cat.txt").read_text().count("\n") == 2
    assert (tmp_path / "yolo" / "classes.txt").read_text() == "dog\n"
    assert read_picture(tmp_path / "drawn" / "cat.png").pixels.std() > 0


def test_names_are_never_given_twice() -> None:
    names = Names(".png")
    paths = ("a/x.jpg", "b/x.jpg", "c/X.png", "x-2.jpg", "d/x.bmp")
    given_names = [names.name(Source(Path(path))) for path in paths]
    assert len({name.lower() for name in given_names}) == len(paths)
    assert given_names[:2] == ["x.png", "x-2.png"]
    assert names.name(Source(Path("clip.mp4"), 3)) == "clip_000003.png"


def test_drawings_in_a_folder_and_as_a_video(tmp_path: Path) -> None:
    answer = Answer("detection", detections=BOXES[:1])
    pictures = [Picture(Path(f"{n}.jpg"), np.full((*SIZE, 3), 60 * n, np.uint8)) for n in range(3)]
    for place in (tmp_path / "drawn", tmp_path / "out.avi"):
        drawings = Drawings(place, 10)
        for picture in pictures:
            source = Source(picture.path)
            drawings.expect(source)
            drawings.add(drawings.draw(source, picture, answer))
        drawings.close()
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == [
        *("0.png", "1.png", "2.png")
    ]
    assert describe_video(tmp_path / "out.avi").frames == 3
    dark, _, light = (picture.pixels.mean() for picture in read_video(tmp_path / "out.avi"))
    assert dark < light
    frame = read_again(Source(tmp_path / "out.avi", 3))
    assert frame.pixels.mean() == light


def test_a_picture_that_is_named_twice_is_drawn_twice(tmp_path: Path) -> None:
    """By a folder and by a list: both may wait to be drawn at once."""
    drawings, source = Drawings(tmp_path), Source(Path("cat.jpg"))
    picture = Picture(source.path, np.zeros((*SIZE, 3), np.uint8))
    drawings.skip(source)  # cat.png is there from the last time
    for _ in range(2):
        drawings.expect(source)
    for _ in range(2):
        drawings.draw(source, picture, None)
    drawings.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cat-2.png", "cat-3.png"]


def test_a_video_whose_last_frames_cannot_be_written_is_a_problem_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asks for the last frames before the end."""
    write, full = VideoFile.write, threading.Event()

    def write_or_fail(video: VideoFile, pixels: np.ndarray) -> None:
        if pixels.max():
            assert full.wait(30)
            raise StudioError("The disk is full.")
        write(video, pixels)

    monkeypatch.setattr(VideoFile, "write", write_or_fail)
    drawings = Drawings(tmp_path / "out.avi", 10)
    for value in (0, 1):
        drawings.add(np.full((*SIZE, 3), value, np.uint8))
    full.set()
    with pytest.raises(StudioError, match="full"):
        drawings.close()
    assert list(tmp_path.iterdir()) == []


def test_a_video_in_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    drawings = Drawings(tmp_path / "file" / "out.avi", 10)
    with pytest.raises(StudioError, match="cannot be written"):
        drawings.add(np.zeros((*SIZE, 3), np.uint8))  # it is told as soon as that is known
        drawings.close()


def test_pictures_that_are_gone_are_left_out_of_the_drawn_ones(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        write_picture(tmp_path / name, np.zeros((*SIZE, 3), np.uint8))
    answer = Answer("detection", detections=BOXES)
    records = [
        Record(Source(tmp_path / name), SIZE, answer) for name in ("a.png", "b.png", "c.png")
    ]
    (tmp_path / "b.png").unlink()
    with pytest.raises(StudioError, match=r"1 picture could not be drawn: .*b\.png does not exist"):
        export("pictures", records, tmp_path / "drawn")
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == ["a.png", "c.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
@pytest.mark.parametrize("kind", FILES)
def test_a_pipe_takes_an_export(tmp_path: Path, kind: ExportKind) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit((tmp_path / "pipe").read_text)
        export(kind, [FOUND, BAD], tmp_path / "pipe")
        assert read.result(30) == exported(kind, [FOUND, BAD], tmp_path / "file")
