import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.placement import stretch
from trtstudio.vision.settings import USUAL, Settings
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks import TASKS, guess_tasks, read_answer

CHARACTERS = "\n".join("abcdef")


def _guess(
    *outputs: tuple[str, tuple[Dim, ...] | None],
    names: int | None = None,
    dtype: str = "float32",
    **metadata: str,
) -> TaskName | None:
    """The likeliest task, None where nothing is likely."""
    tensors = tuple(Tensor(name, dtype, shape) for name, shape in outputs)
    labels = None if names is None else tuple(f"class {i}" for i in range(names))
    guesses = guess_tasks(Network((224, 224), tensors, metadata, labels))
    assert [g.likelihood for g in guesses] == sorted((g.likelihood for g in guesses), reverse=True)
    assert all(guess.reason.endswith(".") for guess in guesses)
    return guesses[0].task if guesses and guesses[0].likelihood >= 0.4 else None


def test_classification() -> None:
    assert _guess(("y", ("N", 1000))) == "classification"
    assert _guess(("y", (1, 1000, 1, 1))) == "classification"
    assert _guess(("logits", (1, 7))) == "classification"
    assert _guess(("y", (1, 7)), names=7) == "classification"
    assert _guess(("logits", (1, 7)), names=8) is None
    assert _guess(("logits", (1, 1))) is None
    assert _guess(("logits", (1, "C"))) is None


def test_embedding() -> None:
    assert _guess(("y", (1, 512))) == "embedding"
    assert _guess(("image_embeds", (1, 300))) == "embedding"
    assert _guess(("last_hidden_state", (1, 197, 768)), ("pooler_output", (1, 768))) == "embedding"


def test_maps() -> None:
    assert _guess(("y", (1, 21, 224, 224))) == "semantic-segmentation"
    assert _guess(("y", (1, 5, 56, 56)), names=5) == "semantic-segmentation"
    assert _guess(("y", (1, 224, 224)), dtype="int64") == "semantic-segmentation"
    assert _guess(("mask", (1, 1, 224, 224))) == "saliency"
    assert _guess(*[(f"d{i}", (1, 1, 224, 224)) for i in range(7)]) == "saliency"
    assert _guess(("predicted_depth", (1, 224, 224))) == "depth"
    assert _guess(("depth", (1, 1, 112, 112))) == "depth"
    assert _guess(("y", (1, 3, 448, 448))) == "image-to-image"
    assert _guess(("y", (1, 3, 224, 224))) == "image-to-image"
    assert _guess(("y", (1, 1, 672, 672))) == "image-to-image"
    assert _guess(("y", (1, 224, 224, 21))) == "semantic-segmentation"
    assert _guess(("y", ("b", "Clipoutput_dim_1", "h2", "w2"))) == "image-to-image"
    assert _guess(("y", (1, 1, 224, 224)), task="depth") == "depth"
    assert _guess(("y", (1, 224, 448, 3))) is None  # stretched: no picture of the same thing


@pytest.mark.parametrize(
    ("said", "dtype", "preset"),
    [
        ("depth", "float32", "zero-to-one"),
        ("semantic", "uint8", "yolo"),
        ("", "uint8", "segmentation"),
    ],
)
def test_ultralytics_maps_are_fed_as_its_other_networks(said: str, dtype: str, preset: str) -> None:
    outputs = (Tensor("output0", dtype, (1, 224, 224)),)
    assert guess_tasks(Network((224, 224), outputs, {"task": said}))[0].preset == preset


def test_text() -> None:
    assert _guess(("sigmoid_0.tmp_0", ("N", 1, "H", "W"))) == "text-detection"
    assert _guess(("y", (1, "T", 8)), character=CHARACTERS) == "text-recognition"
    assert _guess(("y", (1, "T", 20)), character=CHARACTERS) is None


def test_objects() -> None:
    assert _guess(("y", (1, 1029, 85))) == "detection"
    assert _guess(("y", (1, 56, 1029))) == "keypoints"
    assert _guess(("y", (1, 116, 1029)), ("p", (1, 32, 56, 56))) == "instance-segmentation"
    assert _guess(("y", (1, 20, 1029)), task="obb") == "oriented-boxes"


def test_nothing() -> None:
    assert _guess(("y", None)) is None
    assert _guess() is None
    assert _guess(("a", (1, 4)), ("b", (1, 2))) is None
    assert _guess(("y", (1, 3, 4, 5, 6))) is None


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (1, 0), (2, 5), (1, 3, 4), (1, 2, 3, 4, 5)])
@pytest.mark.parametrize("value", [0, 1, -7, 1e30, np.nan, np.inf])
def test_any_output_is_read_or_refused(
    task: TaskName, shape: tuple[int, ...], value: float
) -> None:
    array = np.full(shape, value, np.float32)
    network = Network((64, 64), (), {}).with_outputs({"y": array})
    scene = Scene(network, (array,), stretch((90, 70), (64, 64)), TASKS[task].settings)
    try:
        answer = read_answer(task, scene)
    except StudioError as error:
        assert error.hint
        assert np.isfinite(value) or not array.size or "NaN" in error.message
    else:
        assert answer.task == task
        assert np.isfinite(value) or not array.size


@pytest.mark.parametrize("task", TASKS)
def test_a_task_names_its_own_parameters(task: TaskName) -> None:
    assert TASKS[task].name == task
    assert set(TASKS[task].parameters) <= set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("field", ["threshold", "overlap", "mask_threshold"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_settings_that_mean_nothing_are_refused(field: str, value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Settings(**{field: value})
    with pytest.raises(ValueError, match="above 0"):
        Settings(limit=0)
    assert Settings() == USUAL
