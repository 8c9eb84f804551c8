"""``trtstudio run`` over folders, lists and videos: resumed, exported, drawn and compared."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from trtstudio.cli import run, run_inference
from trtstudio.host.pictures.processes import PictureProcesses
from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.records import count_answers, read_records
from trtstudio.vision.batch.video import describe_video
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import read_picture

Call = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, sample_pictures: tuple[Path, ...]) -> Path:
    """Two pictures, one that is cut, a text, and a folder with two more."""
    place = tmp_path / "pictures"
    (place / "deep").mkdir(parents=True)
    for path in sample_pictures[:2]:
        shutil.copy(path, place)
    for path in sample_pictures[2:]:
        shutil.copy(path, place / "deep")
    (place / "cut.jpg").write_bytes(sample_pictures[0].read_bytes()[:3000])
    (place / "notes.txt").write_text("no picture")
    return place


@pytest.fixture
def clip(tmp_path: Path, sample_pictures: tuple[Path, ...]) -> Path:
    file = VideoFile(tmp_path / "clip.mp4", 10)
    for path in sample_pictures:
        for _ in range(2):
            file.write(cv2.resize(read_picture(path).pixels, (320, 240)))
    file.close()
    return tmp_path / "clip.mp4"


def names(results: list[dict]) -> list[str]:
    return [Path(result["source"]).name for result in results]


def test_a_folder_is_told_file_by_file(call: Call, sample_model: Path, folder: Path) -> None:
    said = call("run", sample_model, folder, "--json")
    assert said.code == 1
    assert names(said.json["results"]) == ["camera.jpg", "chelsea.jpg", "cut.jpg", "notes.txt"]
    assert ["error" in result for result in said.json["results"]] == [False, False, True, True]
    (folder / "cut.jpg").unlink()
    plain = call("run", sample_model, folder, "--recursive")
    assert plain.code == 0, "a text among pictures is no failure"
    assert "skipped: " in plain.out and "rocket.jpg" in plain.out


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ((), 1),
        (("--try-preprocess",), 0),
        (("--annotate", "drawn"), 0),
        (("--read-with", "missing.onnx"), 0),
    ],
)
def test_processes_begin_at_once_where_pictures_will_be_prepared_there(
    words: tuple[str, ...],
    begun: int,
    call: Call,
    sample_model: Path,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[object] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "FEW_PICTURES", 1)
    monkeypatch.setattr(PictureProcesses, "begin", lambda some: calls.append(some))
    call("run", sample_model, folder, *words)
    assert len(calls) == begun


def test_a_run_goes_on_where_it_stopped(
    call: Call, sample_model: Path, folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "run.jsonl"
    words = ("run", sample_model, folder, "--recursive", "--resume", kept, "--json")
    first = call(*words).json["results"]
    lines = kept.read_bytes().splitlines(keepends=True)
    kept.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    said = call(*words)
    assert "holds 2 answers" in said.err
    again = said.json["results"]
    assert names(again) == names(first)
    assert [r.get("top") for r in again] == [r.get("top") for r in first]
    assert len(list(read_records(kept))) == len(first)
    refused = call(*words, "--top", "2")
    assert refused.code == 1 and "another run" in refused.json["error"]["message"]


def test_what_failed_is_tried_again(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    folder, kept = tmp_path / "pictures", tmp_path / "run.jsonl"
    folder.mkdir()
    shutil.copy(sample_pictures[1], folder / "b.jpg")
    (folder / "a.jpg").write_bytes(sample_pictures[2].read_bytes()[:3000])
    words = ("run", sample_model, folder, "--resume", kept, "--json")
    first = call(*words)
    assert first.code == 1
    assert ["error" in result for result in first.json["results"]] == [True, False]
    shutil.copy(sample_pictures[2], folder / "a.jpg")
    again = call(*words)
    assert again.code == 0 and "holds 1 answer" in again.err
    found = {Path(r["source"]).name: r["top"][0]["label"] for r in again.json["results"]}
    assert found == {"b.jpg": "tiger cat", "a.jpg": "espresso"}


def test_what_two_models_agreed_in_is_known_the_next_time(
    call: Call, sample_model: Path, folder: Path, tmp_path: Path
) -> None:
    words = ("run", sample_model, folder, "--compare-with", "onnxruntime")
    kept = ("--resume", tmp_path / "kept")
    first, again = (call(*words, *kept, "--json").json for _ in range(2))
    assert first["agreement"] == again["agreement"] and first["agreement"]["pictures"] == 2
    for key in ("agreement", "differences"):
        assert [r.get(key) for r in again["results"]] == [r.get(key) for r in first["results"]]
    assert "over 2 pictures" in call(*words, *kept).out


def test_networks_that_have_nothing_in_common_are_said_to(
    call: Call, sample_model: Path, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    said = call("run", sample_model, sample_pictures[0], "--compare-with", embedding_model)
    assert said.code == 0
    assert "over 1 picture: nothing in" in said.out


def test_what_a_run_that_goes_on_leaves_out_is_said(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    words = ("run", sample_model, *sample_pictures[:2], "--resume", tmp_path / "kept")
    call(*words)
    assert "already.\n" in call(*words).err
    said = call(*words, "--contact-sheet", tmp_path / "sheet.png", "--save", tmp_path / "all.npz")
    assert "2 answers already; only the other" in said.err
    assert "--contact-sheet, --save" in said.err


def test_drawn_answers_keep_their_names_where_a_run_goes_on(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    places = [tmp_path / name / "same.jpg" for name in ("a", "b")]
    for place, picture in zip(places, sample_pictures, strict=False):
        place.parent.mkdir()
        shutil.copy(picture, place)
    kept, drawn = tmp_path / "kept", tmp_path / "drawn"
    words = ("run", sample_model, *places, "--resume", kept, "--annotate", drawn)
    assert f"Wrote {drawn}" in call(*words).err
    before = {path.name: path.read_bytes() for path in drawn.iterdir()}
    assert sorted(before) == ["same-2.png", "same.png"]
    kept.write_bytes(b"".join(kept.read_bytes().splitlines(keepends=True)[:2]))
    (drawn / "same-2.png").unlink()
    call(*words)
    assert {path.name: path.read_bytes() for path in drawn.iterdir()} == before


def test_answers_are_exported(call: Call, sample_model: Path, folder: Path, tmp_path: Path) -> None:
    out = {kind: tmp_path / "out" / kind for kind in ("a.csv", "a.json", "yolo", "sheet.png")}
    said = call(
        *("run", sample_model, folder, "--csv", out["a.csv"], "--coco", out["a.json"]),
        *("--yolo", out["yolo"], "--contact-sheet", out["sheet.png"]),
    )
    assert said.code == 1
    assert "classification has no objects, so --coco and --yolo will" in said.err
    rows = list(csv.DictReader(out["a.csv"].read_text().splitlines()))
    assert next(row["label"] for row in rows if row["file"].endswith("camera.jpg")) == "tripod"
    assert sum(bool(row["problem"]) for row in rows) == 2
    assert len(json.loads(out["a.json"].read_text())["images"]) == 2
    assert len(list((out["yolo"] / "labels").iterdir())) == 2
    assert read_picture(out["sheet.png"]).pixels.shape[1] > 2 * 240


def test_a_list_names_pictures(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    lines = [str(sample_pictures[1]), "gone.jpg", "http://example.org/a.jpg"]
    (tmp_path / "list.txt").write_text("\n".join([*lines, sample_pictures[0].as_uri()]))
    results = call("run", sample_model, tmp_path / "list.txt", "--json").json["results"]
    assert names(results) == ["chelsea.jpg", "gone.jpg", "a.jpg", "camera.jpg"]
    assert "http://example.org/a.jpg is not on this machine" in results[2]["error"]["message"]
    url = sample_pictures[0].as_uri()
    assert names(call("run", sample_model, url, "--json").json["results"]) == ["camera.jpg"]
    assert call("run", sample_model, "http://example.org/a.jpg").code == 2
    assert call("run", sample_model, "").code == 2


def test_a_video_is_run_and_drawn_frame_by_frame(
    call: Call, sample_model: Path, clip: Path, tmp_path: Path
) -> None:
    out = tmp_path / "drawn.mp4"
    said = call("run", sample_model, clip, "--annotate", out, "--json")
    assert said.code == 0, said.err
    assert [result["frame"] for result in said.json["results"]] == list(range(1, 9))
    assert describe_video(out).frames == 8
    assert describe_video(out).rate == 10
    few = call("run", sample_model, clip, "--frames", "3", "--json").json["results"]
    assert len(few) == 3
    for _ in range(2):
        words = ("run", sample_model, clip, "--frames", "3", "--resume", tmp_path / "kept")
        assert len(call(*words, "--json").json["results"]) == 3, "they are not three more"


def test_batches_answer_as_single_pictures_do(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    words = ("run", sample_model, *sample_pictures, "--json")
    single, together = (call(*words, "--batch", n).json["results"] for n in ("1", "3"))
    for one, other in zip(single, together, strict=True):
        assert [top["index"] for top in one["top"]] == [top["index"] for top in other["top"]]
        scores = [[top["score"] for top in result["top"]] for result in (one, other)]
        np.testing.assert_allclose(*scores, rtol=1e-3)


def test_no_more_pictures_at_once_than_a_model_of_a_fixed_batch_takes(
    call: Call, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    words = ("run", embedding_model, *sample_pictures, "--json")
    single, together = (call(*words, "--batch", n) for n in ("1", "3"))
    assert "the model takes 1 picture in" in together.err and "takes" not in single.err
    one, other = (
        [result["embedding"] for result in said.json["results"]] for said in (single, together)
    )
    assert one == other and one[0] != one[1]


def test_two_models_are_compared(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    said = call("run", sample_model, *sample_pictures, "--compare-with", "onnxruntime", "--json")
    assert said.code == 0, said.err
    assert said.json["agreement"]["same_top"] == 1
    assert said.json["agreement"]["pictures"] == len(sample_pictures)
    for result in said.json["results"]:
        assert result["differences"][0]["max_abs"] == 0
        assert result["agreement"]["same_top"] is True
    half = tmp_path / "half.onnx"
    assert call("convert", sample_model, "-o", half, "--precision", "fp16").code == 0
    near = call("run", sample_model, sample_pictures[0], "--compare-with", half)
    assert "Against ONNX Runtime" in near.out and "relative L2" in near.out
    gone = call("run", sample_model, sample_pictures[0], "--compare-with", tmp_path / "no.onnx")
    assert gone.code == 1 and "no model" in gone.err


def test_no_camera_is_told(call: Call, sample_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def isOpened(self) -> bool:
            return False

        def release(self) -> None:
            pass

    monkeypatch.setattr(cv2, "VideoCapture", lambda _: Nothing())
    assert "no camera 5" in call("run", sample_model, "camera:5").err


def test_one_source_that_is_not_there_does_not_end_the_others(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "list.txt").write_text("gone.jpg")
    first, second = sample_pictures[:2]
    sources = (first, tmp_path / "empty", tmp_path / "list.txt", "camera:97", second)
    said = call("run", sample_model, *sources, "--csv", tmp_path / "a.csv", "--json")
    assert said.code == 1
    results = said.json["results"]
    assert names(results) == ["empty", "list.txt", first.name, "camera:97", second.name]
    assert ["error" in result for result in results] == [True, True, False, True, False]
    words = [result["error"]["message"] for result in results if "error" in result]
    for expected, message in zip(
        ("no pictures in", "None of the", "no camera"), words, strict=True
    ):
        assert expected in message
    assert call("run", sample_model, tmp_path / "empty").code == 1


def test_an_address_in_a_list_is_told_whole(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    addresses = [f"https://example.org/cat{suffix}" for suffix in (".jpg", ".npy", ".mp4")]
    (tmp_path / "list.txt").write_text("\n".join((*addresses, str(sample_pictures[0]))))
    said = call("run", sample_model, tmp_path / "list.txt", "--csv", tmp_path / "a.csv", "--json")
    assert {*addresses} < {result["source"] for result in said.json["results"]}
    assert "https:/example" not in said.err + (tmp_path / "a.csv").read_text()
    assert all(said.err.count(address) == 1 for address in addresses)
    assert addresses[0] in call("run", sample_model, tmp_path / "list.txt").out


def test_the_surest_or_the_least_sure_pictures_come_first(
    call: Call, sample_model: Path, folder: Path, tmp_path: Path
) -> None:
    def told(*words: object) -> list[dict]:
        found: list[dict] = call("run", sample_model, folder, "--recursive", *words, "--json").json[
            "results"
        ]
        return found

    as_given = told()
    pairs = zip(names(as_given), as_given, strict=True)
    scores = {name: result["top"][0]["score"] for name, result in pairs if "top" in result}
    failed = [name for name in names(as_given) if name not in scores]
    surest = sorted(scores, key=lambda name: -scores[name])
    assert surest != list(scores) and len(failed) == 2
    sheet = tmp_path / "sheet.png"
    assert names(told("--sort", "score", "--contact-sheet", sheet)) == surest + failed
    assert names(told("--sort", "doubt")) == surest[::-1] + failed
    plain = tmp_path / "plain.png"
    ordered = [next(folder.rglob(name)) for name in surest]
    call("run", sample_model, *ordered, "--contact-sheet", plain)
    assert np.array_equal(read_picture(sheet).pixels, read_picture(plain).pixels)


def test_a_lost_gpu_ends_the_run(
    call: Call,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def fail(*_: object) -> None:
        raise StudioError("A CUDA call failed.")

    monkeypatch.setattr(run_inference, "run_batches", fail)
    each = call("run", sample_model, *sample_pictures, "--json").json["results"]
    assert [result["error"]["message"] for result in each] == ["A CUDA call failed."] * len(each)
    monkeypatch.setattr(run_inference, "lost_gpu", lambda: "cudaErrorIllegalAddress (700): words")
    said = call("run", sample_model, *sample_pictures, "--resume", tmp_path / "kept", "--json")
    assert said.code == 1
    assert said.json["error"]["hint"] == "Run it again; it goes on where it stopped."
    assert "cudaErrorIllegalAddress" in said.json["error"]["message"]
    assert "A CUDA call failed." in said.json["error"]["details"]
    assert count_answers(tmp_path / "kept") == 0, "they are run again the next time"
    for words in ((), sample_pictures[:1]):  # of which nothing is kept
        error = call("run", sample_model, *words, "--json").json["error"]
        assert "cudaErrorIllegalAddress" in error["message"]
        assert error["hint"] == "Run it again."
