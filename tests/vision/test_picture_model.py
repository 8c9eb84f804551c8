from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision.labels import read_labels
from trtstudio.vision.picture import Picture, read_picture
from trtstudio.vision.picture_model import recognize
from trtstudio.vision.preprocess import seen

EXPECTED = {"chelsea": "tiger cat", "coffee": "espresso", "camera": "tripod", "rocket": "missile"}


def _info(
    *inputs: Tensor,
    output: tuple[str, tuple[Dim, ...]] = ("logits", (-1, 10)),
    shape: tuple[int, ...] = (1, 3, 32, 32),
) -> SessionInfo:
    name, sizes = output
    return SessionInfo(
        session=0,
        path="",
        runtime="",
        device="",
        inputs=inputs,
        outputs=(Tensor(name, "float32", sizes),),
        shapes={tensor.name: shape for tensor in inputs},
    )


def _ort(path: Path) -> tuple[Any, SessionInfo, dict[str, str]]:
    """The model in ONNX Runtime itself, and its information as a session would give it."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (given,), (gives,) = session.get_inputs(), session.get_outputs()
    shape = tuple(d if isinstance(d, int) else 1 for d in given.shape)
    info = _info(
        Tensor(given.name, "float32", tuple(given.shape)),
        output=(gives.name, tuple(gives.shape)),
        shape=shape,
    )
    return session, info, session.get_modelmeta().custom_metadata_map


def test_the_bundled_classifier_knows_its_pictures(
    sample_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    session, info, metadata = _ort(sample_model)
    model = recognize(info, metadata)
    assert model is not None
    assert (model.task, model.preprocess.source) == ("classification", "model")
    for path in sample_pictures:
        inputs, placement = model.feed(read_picture(path))
        outputs = dict(zip([t.name for t in info.outputs], session.run(None, inputs), strict=True))
        answer = model.answer(outputs, placement)
        assert answer is not None
        assert answer.top[0].label == EXPECTED[path.stem]


def test_a_real_detector_finds_what_is_there(
    yolox_model: Path, sample_pictures: tuple[Path, ...]
) -> None:
    session, info, metadata = _ort(yolox_model)
    model = recognize(info, metadata)
    assert model is not None
    assert model.task == "detection"
    names = read_labels(yolox_model.parent / "coco_classes.txt")
    chelsea = next(p for p in sample_pictures if p.stem == "chelsea")
    found = {}
    for path in (chelsea, yolox_model.parent / "000000000724.jpg"):
        inputs, placement = model.feed(read_picture(path))
        outputs = dict(zip([t.name for t in info.outputs], session.run(None, inputs), strict=True))
        answer = model.answer(outputs, placement)
        assert answer is not None
        found[path.stem] = [(names[d.index], round(d.score, 1)) for d in answer.detections]
    assert found["chelsea"] == [("cat", 0.6)]
    assert found["000000000724"][0] == ("stop sign", 1.0)


def test_a_fixed_batch_gets_the_picture_that_many_times(noise: np.ndarray) -> None:
    model = recognize(_info(Tensor("x", "float32", (4, 3, 32, 32)), shape=(4, 3, 32, 32)), {})
    assert model is not None
    inputs, _ = model.feed(Picture(Path("a"), noise))
    assert inputs["x"].shape == (4, 3, 32, 32)
    assert (inputs["x"] == inputs["x"][0]).all()


def test_dynamic_sides_take_the_shape_that_runs_best(noise: np.ndarray) -> None:
    tensor = Tensor("x", "float32", (-1, 3, -1, -1))
    model = recognize(_info(tensor, shape=(8, 3, 40, 64)), {})
    assert model is not None
    inputs, _ = model.feed(Picture(Path("a"), noise))
    assert inputs["x"].shape == (1, 3, 40, 64)


@pytest.mark.parametrize("inputs", [(), (Tensor("x", "float32", (1, 5)),)])
def test_other_models_take_no_pictures(inputs: tuple[Tensor, ...]) -> None:
    assert recognize(_info(*inputs, shape=(1, 5)), {}) is None
    assert recognize(_info(*[Tensor(n, "float32", (1, 3, 32, 32)) for n in "ab"]), {}) is None


def test_without_a_task_there_is_no_answer(noise: np.ndarray) -> None:
    tensor = Tensor("x", "float32", (1, 3, 32, 32))
    model = recognize(_info(tensor, output=("offsets", (1, 4))), {})
    assert model is not None
    assert model.task is None
    _, placement = model.feed(Picture(Path("a"), noise))
    assert model.answer({"offsets": np.zeros((1, 4), np.float32)}, placement) is None
    offered = model.with_task("embedding").answer({"o": np.eye(1, 4, dtype=np.float32)}, placement)
    assert offered is not None
    assert offered.embedding is not None


def test_each_item_of_a_batch_has_its_own_answer(noise: np.ndarray) -> None:
    tensor = Tensor("x", "float32", (3, 3, 32, 32))
    model = recognize(_info(tensor, shape=(3, 3, 32, 32)), {})
    assert model is not None
    _, placement = model.feed(Picture(Path("a"), noise))
    logits = np.eye(3, 10, dtype=np.float32)
    found = [model.answer({"logits": logits}, placement, item=item) for item in range(3)]
    assert [answer.top[0].index for answer in found if answer is not None] == [0, 1, 2]


def test_a_model_of_any_batch_may_have_run_several_pictures(noise: np.ndarray) -> None:
    model = recognize(_info(Tensor("x", "float32", (-1, 3, 32, 32))), {})
    assert model is not None
    _, placement = model.feed(Picture(Path("a"), noise))
    answer = model.answer({"logits": np.eye(8, 10)}, placement, item=5, batch=8)
    assert answer is not None
    assert answer.top[0].index == 5


def test_a_guess_and_a_choice_are_told_apart() -> None:
    model = recognize(_info(Tensor("x", "float32", (1, 3, 32, 32))), {})
    assert model is not None
    assert model.has_guessed_task
    assert model.guesses[0].reason
    chosen = model.with_task("embedding")
    assert (chosen.task, chosen.has_guessed_task) == ("embedding", False)
    assert not model.with_task(None).has_guessed_task


def _ocr(*sides: Dim, best: int = 224) -> SessionInfo:
    tensor = Tensor("x", "float32", (-1, 3, *sides))
    shape = (1, 3, *(side if isinstance(side, int) and side > 0 else best for side in sides))
    return _info(tensor, output=("sigmoid_0.tmp_0", (-1, 1, -1, -1)), shape=shape)


def test_a_size_that_nobody_chose_is_the_usual_one_of_such_models() -> None:
    sizes = {
        "any": recognize(_ocr(-1, -1), {}),
        "profile": recognize(_ocr(-1, -1, best=320), {}),
        "fixed": recognize(_ocr(224, 224), {}),
    }
    found = {name: model.preprocess.size for name, model in sizes.items() if model is not None}
    assert found == {"any": (736, 736), "profile": (320, 320), "fixed": (224, 224)}
    assert all(model is not None and model.task == "text-detection" for model in sizes.values())


@pytest.mark.parametrize(
    ("declared", "shape", "size"),
    [((3, 40, 60), (3, 40, 60), (40, 60)), ((3, "h", "w"), (3, 1, 1), (800, 800))],
)
def test_torchvisions_detectors_take_a_picture_without_a_batch(
    declared: tuple[Dim, ...], shape: tuple[int, ...], size: tuple[int, int], noise: np.ndarray
) -> None:
    info = replace(
        _info(Tensor("image", "float32", declared), shape=shape),
        outputs=(
            Tensor("2033", "float32", ("n", 4)),
            Tensor("2003", "int64", ("n",)),
            Tensor("2002", "float32", ("n",)),
        ),
    )
    model = recognize(info, {})
    assert model is not None
    assert (model.task, model.preprocess.size) == ("detection", size)
    inputs, placement = model.feed(Picture(Path(), noise))
    assert inputs["image"].shape == (3, *placement.tensor_size)
    assert 0 <= inputs["image"].min() <= inputs["image"].max() <= 1
    assert seen(inputs["image"], model.preprocess).shape == (*placement.tensor_size, 3)
    edge = np.float32([[0, 0, placement.target.right, placement.target.bottom]])
    outputs = {"2033": edge, "2003": np.array([7]), "2002": np.float32([0.9])}
    answer = model.answer(outputs, placement)
    assert answer is not None
    assert (answer.detections[0].index, answer.detections[0].box) == (7, (0, 0, 53, 37))


@pytest.mark.parametrize("shape", [(1, 80, 3000), (4, 64, 64), (3, 2, 64), ("n", 64, 64)])
def test_other_inputs_of_three_axes_are_no_pictures(shape: tuple[Dim, ...]) -> None:
    sides = tuple(side if isinstance(side, int) else 1 for side in shape)
    assert recognize(_info(Tensor("x", "float32", shape), shape=sides), {}) is None


def test_rt_detr_is_told_the_size_that_its_boxes_are_to_have(noise: np.ndarray) -> None:
    images = Tensor("images", "float32", ("N", 3, 64, 96))
    sizes = Tensor("orig_target_sizes", "int64", ("N", 2))
    info = replace(
        _info(images),
        inputs=(images, sizes),
        outputs=(
            Tensor("labels", "int64", ("a", "b")),
            Tensor("boxes", "float32", ("c", "d", 4)),
            Tensor("scores", "float32", ("e", "f")),
        ),
        shapes={"images": (1, 3, 64, 96), "orig_target_sizes": (1, 2)},
    )
    model = recognize(info, {})
    assert model is not None
    assert (model.task, model.preprocess.resize) == ("detection", "stretch")
    inputs, _ = model.feed(Picture(Path(), noise))
    np.testing.assert_array_equal(inputs["orig_target_sizes"], [[96, 64]])
    batch = model.inputs(np.zeros((3, 3, 64, 96), np.float32))
    assert batch["orig_target_sizes"].shape == (3, 2)
