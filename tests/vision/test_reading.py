"""A chain of two networks in ONNX Runtime itself: one finds text, the other reads it."""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import RunResult, SessionInfo, Timing
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.reading import (
    Reader,
    check_reader,
    is_unread,
    keep_texts,
    read_texts,
    without_texts,
)


def _loaded(path: Path) -> tuple[PictureModel, Any]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (given,), (gives,) = session.get_inputs(), session.get_outputs()
    shape = tuple(given.shape)
    info = SessionInfo(
        0,
        "",
        "",
        "",
        (Tensor(given.name, "float32", shape),),
        (Tensor(gives.name, "float32", tuple(gives.shape)),),
        {given.name: (1, *(d if isinstance(d, int) else 224 for d in shape[1:]))},
    )
    model = recognize(info, session.get_modelmeta().custom_metadata_map)
    assert model is not None

    def run(inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {gives.name: session.run(None, inputs)[0]}

    return model, run


def _reader(model: PictureModel, run: Any) -> Reader:
    def infer(inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
        future: Future[RunResult] = Future()
        future.set_result(RunResult(run(inputs), Timing(1.0)))
        return future

    return Reader(check_reader(model), infer)


def _found(path: Path, picture: Picture) -> Answer:
    model, run = _loaded(path)
    assert model.task == "text-detection"
    inputs, placement = model.feed(picture)
    answer = model.answer(run(inputs), placement)
    assert answer is not None
    return answer


def test_what_is_found_is_read(text_models: tuple[Path, Path], text_picture: Path) -> None:
    picture = read_picture(text_picture)
    found = _found(text_models[0], picture)
    assert len(found.detections) == 2
    assert is_unread(found)
    read = read_texts(picture, found, _reader(*_loaded(text_models[1])))
    assert not is_unread(read)
    by_height = sorted(read.detections, key=lambda each: each.box[1])
    assert [each.text for each in by_height] == ["a", "b"]
    assert [each.mark for each in by_height] == ["a", "b"]
    assert without_texts(read).detections == found.detections
    assert is_unread(without_texts(read))


def test_texts_stay_where_they_were(text_models: tuple[Path, Path], text_picture: Path) -> None:
    picture = read_picture(text_picture)
    found = _found(text_models[0], picture)
    read = read_texts(picture, found, _reader(*_loaded(text_models[1])))
    assert keep_texts(found, read).detections == read.detections
    assert keep_texts(found, None) is found
    moved = replace(found.detections[0], polygon=((0, 0), (9, 0), (9, 5), (0, 5)))
    kept = keep_texts(replace(found, detections=(moved, found.detections[1])), read)
    assert [each.text for each in kept.detections] == [None, read.detections[1].text]


def test_what_is_read_already_is_not_read_again(text_picture: Path) -> None:
    def infer(_: object) -> "Future[RunResult]":
        raise AssertionError

    known = Detection("text", 0.9, (0, 0, 9, 5), 0, ((0, 0), (9, 0), (9, 5), (0, 5)), text="x")
    answer = Answer("text-detection", detections=(known,))
    reader = Reader(None, infer)  # type: ignore[arg-type]
    assert read_texts(read_picture(text_picture), answer, reader).detections == (known,)
    other = Answer("detection", detections=(replace(known, text=None),))
    assert read_texts(read_picture(text_picture), other, reader) is other


def test_another_model_does_not_read(text_models: tuple[Path, Path]) -> None:
    for model in (None, _loaded(text_models[0])[0]):
        with pytest.raises(StudioError, match="does not read text"):
            check_reader(model)
