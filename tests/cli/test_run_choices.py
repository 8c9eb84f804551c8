"""``trtstudio run`` with a chosen head, another dtype, two models in a chain, and embeddings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from trtstudio.vision.picture import read_picture

Call = Callable[..., Any]


def test_texts_that_one_model_finds_are_read_by_another(
    call: Call, text_models: tuple[Path, Path], text_picture: Path, tmp_path: Path
) -> None:
    finds, reads = text_models
    kept = tmp_path / "answers.csv"
    words = ("run", finds, text_picture, "--read-with", reads)
    said = call(*words, "--csv", kept, "--annotate", tmp_path, "--json")
    assert said.code == 0, said.err
    (result,) = said.json["results"]
    found = sorted(result["detections"], key=lambda each: each["box"][1])
    assert [each["text"] for each in found] == ["a", "b"]
    assert {line.split(",")[-3] for line in kept.read_text().splitlines()[1:]} == {"a", "b"}
    assert (read_picture(tmp_path / text_picture.name).pixels != 255).any()
    plain = call(*words[:3], "--json").json["results"][0]["detections"]
    assert all("text" not in each for each in plain)


def test_a_chain_that_makes_no_sense_is_told(
    call: Call, text_models: tuple[Path, Path], text_picture: Path, sample_model: Path
) -> None:
    finds, reads = text_models
    wrong = call("run", finds, text_picture, "--read-with", sample_model)
    assert wrong.code == 1 and "does not read text" in wrong.err
    nothing = call("run", sample_model, text_picture, "--read-with", reads)
    assert nothing.code == 1 and "does not find text" in nothing.err


def test_another_reader_is_another_run(
    call: Call, text_models: tuple[Path, Path], text_picture: Path, tmp_path: Path
) -> None:
    finds, reads = text_models
    kept = tmp_path / "run.jsonl"
    assert call("run", finds, text_picture, "--resume", kept).code == 0
    refused = call("run", finds, text_picture, "--resume", kept, "--read-with", reads)
    assert refused.code == 1 and "another run" in refused.err


def test_embeddings_are_compared(
    call: Call, embedding_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    said = call("run", embedding_model, *sample_pictures, "--json")
    assert said.code == 0, said.err
    similarity = said.json["similarity"]
    vectors = np.array([result["embedding"] for result in said.json["results"]])
    np.testing.assert_allclose(similarity["matrix"], vectors @ vectors.T, atol=1e-5)
    best = similarity["pairs"][0]
    others = np.array(similarity["matrix"])[np.triu_indices(len(vectors), 1)]
    assert best["cosine"] == pytest.approx(others.max(), abs=1e-5)
    text = call("run", embedding_model, *sample_pictures)
    assert "most similar" in text.out
    one = call("run", embedding_model, sample_pictures[0], "--json")
    assert "similarity" not in one.json


def test_a_head_is_chosen(call: Call, yolox_model: Path, sample_pictures: tuple[Path, ...]) -> None:
    cat = next(path for path in sample_pictures if path.stem == "chelsea")
    known = call("run", yolox_model, cat, "--json").json["results"]
    chosen = call("run", yolox_model, cat, "--head", "yolox", "--json").json["results"]
    assert chosen[0]["detections"] == known[0]["detections"]
    wrong = call("run", yolox_model, cat, "--head", "yolov5")
    assert wrong.code == 1 and "It needs an output [1, 3 x cells" in wrong.err


def test_a_head_brings_a_task_that_has_one(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    wrong = call("run", sample_model, sample_pictures[0], "--head", "ssd")
    assert wrong.code == 1 and "are not those of SSD" in wrong.err
    none = call(
        "run", sample_model, sample_pictures[0], "--head", "ssd", "--task", "classification"
    )
    assert none.code == 1 and "has no heads" in none.err


def test_what_the_input_does_not_take_is_told(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    for way, said in (
        ('{"layout": "NHWC"}', "It takes NCHW."),
        ('{"dtype": "int64"}', "It takes float32"),
    ):
        refused = call("run", sample_model, sample_pictures[0], "--preprocess", way)
        assert refused.code == 1 and said in refused.err
    rounded = call("run", sample_model, sample_pictures[0], "--preprocess", '{"dtype": "uint8"}')
    assert rounded.code == 0, rounded.err


def test_an_animation_is_run_frame_by_frame(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    if not hasattr(cv2, "Animation"):
        pytest.skip("this OpenCV writes no animations")
    animation = cv2.Animation()
    animation.frames = [
        cv2.resize(read_picture(path).pixels[..., ::-1], (160, 120)) for path in sample_pictures
    ]
    animation.durations = [100] * len(sample_pictures)
    path = tmp_path / "moves.gif"
    assert cv2.imwriteanimation(str(path), animation)
    said = call("run", sample_model, path, "--json")
    assert [result["frame"] for result in said.json["results"]] == [1, 2, 3, 4]
    few = call("run", sample_model, path, "--frames", "2", "--json").json["results"]
    assert len(few) == 2


def test_what_of_a_file_was_left_out_is_told(
    call: Call, sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    light = read_picture(sample_pictures[0]).pixels.astype(np.float32) / 64
    path = tmp_path / "light.hdr"
    cv2.imwrite(str(path), light)
    said = call("run", sample_model, path, "--json").json["results"][0]
    assert "high dynamic range" in said["note"]
    assert "high dynamic range" in call("run", sample_model, path).out
