"""COCO's names for detectors without any: where they are guessed, and where never."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision.choices import Choices, choices_of, with_choices
from trtstudio.vision.labels import unnamed
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.usual_labels import coco_labels, guess_labels, inherent_labels

CELLS = 40 * 40 + 20 * 20 + 10 * 10  # of 320 x 320 pixels


def _model(*shapes: tuple[int, ...], names: str = "") -> PictureModel:
    inputs = (Tensor("images", "float32", (1, 3, 320, 320)),)
    outputs = tuple(Tensor(f"output{i}", "float32", shape) for i, shape in enumerate(shapes))
    info = SessionInfo(
        session=0,
        path="",
        runtime="ONNX Runtime",
        device="cpu",
        inputs=inputs,
        outputs=outputs,
        shapes={"images": (1, 3, 320, 320)},
    )
    model = recognize(info, {"names": names} if names else {})
    assert model is not None
    return model


def test_the_names_are_in_the_order_of_training() -> None:
    names = coco_labels()
    assert len(set(names)) == len(names) == 80
    places = {0: "person", 2: "car", 15: "cat", 39: "bottle", 62: "tv", 79: "toothbrush"}
    assert {place: names[place] for place in places} == places


@pytest.mark.parametrize(
    ("shapes", "task"),
    [
        ([(1, 84, CELLS)], "detection"),
        ([(1, CELLS, 85)], "detection"),
        ([(1, 3 * CELLS, 85)], "detection"),
        ([(1, 116, CELLS), (1, 32, 80, 80)], "instance-segmentation"),
        ([(1, 300, 84)], "detection"),
        ([(1, 300, 4), (1, 300, 80)], "detection"),
        ([(1, 300, 4), (1, 300, 81)], "detection"),
        ([(1, 80, 80, 80), (1, 2, 80, 80), (1, 2, 80, 80)], "detection"),
    ],
)
def test_detectors_of_80_classes(shapes: Sequence[tuple[int, ...]], task: str) -> None:
    model = _model(*shapes)
    assert model.task == task and model.has_guessed_labels
    assert model.labels == coco_labels() and model.network.labels is None


@pytest.mark.parametrize(
    "shapes", [[(1, 24, CELLS)], [(1, 300, 6)], [(1, 80)], [(1, 80, 320, 320)], [(1, 56, CELLS)]]
)
def test_others_are_not_guessed(shapes: Sequence[tuple[int, ...]]) -> None:
    model = _model(*shapes)
    assert (model.labels, model.has_guessed_labels) == (None, False)


def test_the_models_own_names_come_first() -> None:
    own = [f"thing {i}" for i in range(80)]
    model = _model((1, 84, CELLS), names=str(own))
    assert model.labels == tuple(own) and not model.has_guessed_labels
    assert guess_labels(model.network, model.task) is None


def test_names_come_from_the_user_before_all_and_go_back() -> None:
    model = _model((1, 84, CELLS))
    mine = tuple(map(str, range(80)))
    named = model.with_labels(mine)
    assert named.labels == mine and not named.has_guessed_labels
    assert named.with_task("instance-segmentation").labels == mine
    assert named.with_labels(None) == model


def test_faces_have_their_name_without_anybody_telling() -> None:
    faces = _model(*((1, planes, 80, 80) for planes in (1, 2, 2, 10)))
    assert inherent_labels(faces.network, faces.task) == ("face",)
    assert inherent_labels(faces.network, "depth") is None
    assert inherent_labels(_model((1, 84, CELLS)).network, "detection") is None


def test_no_guess_is_remembered_and_no_names_are() -> None:
    model = _model((1, 84, CELLS))
    assert choices_of(model, model) == Choices()
    bare = model.with_labels(())
    assert choices_of(bare, model) == Choices(labels=())
    again = with_choices(model, Choices(labels=()))
    assert (again.labels, again.has_guessed_labels) == ((), False)


def test_a_task_without_classes_loses_the_guess() -> None:
    model = _model((1, 84, CELLS))
    other = model.with_task("depth")
    assert (other.labels, other.has_guessed_labels) == (None, False)
    assert choices_of(other, model) == Choices(task="depth")
    assert other.with_task("detection").labels == coco_labels()


def _label(model: PictureModel, rows: int = 84) -> str:
    output = np.zeros((1, rows, CELLS), np.float32)
    output[0, :4, 7] = 100, 100, 50, 50
    output[0, 4 + 15, 7] = 0.9
    _, placement = model.feed(Picture(Path("a.png"), np.zeros((320, 320, 3), np.uint8)))
    answer = model.answer({"output0": output}, placement)
    assert answer is not None
    (found,) = answer.detections
    return found.label


def test_answers_are_named_by_the_guess_until_it_is_switched_off() -> None:
    model = _model((1, 84, CELLS))
    assert _label(model) == "cat"
    assert _label(model.with_labels(())) == unnamed(15) == "class 15"


def test_a_guess_that_does_not_fit_the_outputs_is_dropped() -> None:
    model = _model((1, 84, CELLS))
    assert _label(model, rows=94) == "class 15"
