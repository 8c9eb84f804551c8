import json

import numpy as np
import pytest

from trtstudio.vision.answer import Answer, Detection, Keypoint, Label, Raster, Regions
from trtstudio.vision.answer_words import answer_json, answer_words
from trtstudio.vision.tasks import TASKS

BOX = (0.0, 0.0, 40.0, 30.0)
CELLS = np.zeros((3, 4), np.uint8)
HEAT = Raster(np.linspace(-1, 2, 12, dtype=np.float32).reshape(3, 4), BOX)
FULL = Raster(np.full((3, 4), 255, np.uint8), BOX)
FOUND = Detection("cat", 0.9, BOX, 3)
ANSWERS = (
    Answer("classification", top=(Label("cat", 0.9, 3),)),
    Answer("detection", detections=(FOUND,)),
    Answer("instance-segmentation", detections=(Detection("cat", 0.9, BOX, 3, mask=FULL),)),
    Answer(
        "keypoints",
        detections=(Detection("cat", 0.9, BOX, 3, keypoints=(Keypoint(1, 2, 0.5),)),),
        skeleton=((0, 1),),
    ),
    Answer(
        "oriented-boxes",
        detections=(Detection("cat", 0.9, BOX, 3, polygon=((0, 0), (9, 0), (9, 5), (0, 5))),),
    ),
    Answer("semantic-segmentation", top=(Label("cat", 1, 0),), regions=Regions(FULL)),
    Answer("saliency", top=(Label("foreground", 0.5, 1),), regions=Regions(FULL, 0), heat=HEAT),
    Answer("depth", heat=HEAT),
    Answer("image-to-image", picture=Raster(np.zeros((6, 8, 3), np.uint8), BOX)),
    Answer("text-detection", detections=(Detection("text", 0.9, BOX, 0),)),
    Answer("text-recognition", top=(Label("hello", 0.9, 0),), text="hello"),
    Answer("embedding", embedding=np.float32([0.6, 0.8])),
)


def test_every_task_is_here() -> None:
    assert [answer.task for answer in ANSWERS] == list(TASKS)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.task)
def test_every_answer_is_json_and_words(answer: Answer) -> None:
    data = json.loads(json.dumps(answer_json(answer), allow_nan=False))
    assert data
    assert all(value not in (None, [], {}) for value in data.values())
    assert answer_words(answer)


@pytest.mark.parametrize("task", TASKS)
def test_an_empty_answer_is_told_too(task: str) -> None:
    empty = Answer(task)  # type: ignore[arg-type]
    json.dumps(answer_json(empty))
    assert answer_words(empty) == ""


def test_places_are_in_the_pictures_own_pixels() -> None:
    by_task = {answer.task: answer_json(answer) for answer in ANSWERS}
    (mask,) = by_task["instance-segmentation"]["detections"][0]["outlines"]
    assert (min(mask), max(mask)) == ((0, 0), (40, 30))  # edges of cells of ten pixels
    assert by_task["keypoints"]["detections"][0]["keypoints"] == [(1, 2, 0.5)]
    assert by_task["depth"]["heat"]["box"] == BOX
    assert (by_task["depth"]["heat"]["min"], by_task["depth"]["heat"]["max"]) == (-1, 2)
    assert by_task["image-to-image"]["picture"]["shape"] == (6, 8, 3)


def test_words_name_a_few() -> None:
    many = Answer("detection", detections=(FOUND,) * 5)
    assert answer_words(many) == "cat 90 %, cat 90 %, cat 90 % and 2 more"
    assert answer_words(ANSWERS[0]) == "cat 90 %"
