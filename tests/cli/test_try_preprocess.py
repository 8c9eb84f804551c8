import json
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trtstudio.cli import main
from trtstudio.vision.batch import frames
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import Picture, read_picture


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(*words: object) -> tuple[int, str]:
        code = main([str(word) for word in ("run", *words)])
        return code, capsys.readouterr().out

    return call


def test_the_right_way_is_the_surest(
    run: Callable[..., tuple[int, str]], sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    code, out = run(
        sample_model, sample_pictures[0], sample_pictures[2], "--try-preprocess", "--json"
    )
    assert code == 0
    found = json.loads(out)["variants"]
    assert len(found) == 24
    (best,) = (variant for variant in found if variant["is_surest"])
    assert best["is_current"] and best["confidence"] == max(v["confidence"] for v in found)
    labels = [answer["top"][0]["label"] for answer in best["answers"]]
    assert labels == ["tripod", "espresso"]


def test_what_a_variant_changes_is_what_preprocess_takes(
    run: Callable[..., tuple[int, str]], yolox_model: Path
) -> None:
    picture = yolox_model.with_name("000000000139.jpg")
    _, out = run(yolox_model, picture, "--try-preprocess", "--json")
    variant = next(
        v
        for v in json.loads(out)["variants"]
        if json.loads(v["changes"]) == {"color": "RGB", "resize": "stretch"}
    )
    _, out = run(yolox_model, picture, "--preprocess", variant["changes"], "--json")
    (result,) = json.loads(out)["results"]
    assert result["detections"] == variant["answers"][0]["detections"]


def test_words_say_that_it_is_a_hint(
    run: Callable[..., tuple[int, str]], sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    _, out = run(sample_model, sample_pictures[2], "--try-preprocess")
    rows = out.splitlines()
    assert rows[1].startswith("* now") and "espresso" in rows[1]
    assert "hint" in rows[-1]


def test_of_many_pictures_one_is_held_and_a_few_have_columns(
    run: Callable[..., tuple[int, str]],
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(8):
        shutil.copy(sample_pictures[2], tmp_path / f"{number}.jpg")
    held: list[weakref.ref[Any]] = []
    read = frames.read_picture

    def noted(path: Path) -> Picture:
        assert sum(each() is not None for each in held) <= 1, "the last one"
        picture = read(path)
        held.append(weakref.ref(picture.pixels))
        return picture

    monkeypatch.setattr(frames, "read_picture", noted)
    _, out = run(sample_model, tmp_path, "--try-preprocess")
    assert len(held) == 8
    head, first, *_ = out.splitlines()
    assert "5.jpg" in head and "6.jpg" not in head
    assert first.count("espresso") == 6
    assert "all 8" in out


def test_without_a_picture_there_is_nothing_to_try(
    run: Callable[..., tuple[int, str]], sample_model: Path
) -> None:
    assert run(sample_model, "--try-preprocess")[0] != 0


def test_what_is_no_picture_does_not_end_it(
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clip = VideoFile(tmp_path / "clip.avi", 10)
    for _ in range(2):
        clip.write(read_picture(sample_pictures[1]).pixels)
    clip.close()
    (tmp_path / "cut.jpg").write_bytes(sample_pictures[0].read_bytes()[:3000])
    (tmp_path / "empty").mkdir()
    words = [sample_model, sample_pictures[2], tmp_path, tmp_path / "empty", "--try-preprocess"]
    assert main(["run", *map(str, words), "--json"]) == 0
    said = capsys.readouterr()
    assert "cut.jpg is a damaged" in said.err and "no pictures in" in said.err
    told = json.loads(said.out)
    assert [Path(name).name for name in told["pictures"]] == [sample_pictures[2].name, "clip.avi"]
    for variant in told["variants"]:
        assert len(variant["answers"]) == 2
    bad = [sample_model, tmp_path / "cut.jpg", "--try-preprocess"]
    assert main(["run", *map(str, bad)]) == 1


@pytest.mark.parametrize("option", ["--csv", "--annotate", "--contact-sheet", "--compare-with"])
def test_files_that_would_not_be_written_are_refused(
    option: str, sample_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [sample_model, "a.jpg", "--try-preprocess", option, tmp_path / "out"]
    assert main(["run", *map(str, words)]) == 1
    assert f"cannot be used with {option}" in capsys.readouterr().err
