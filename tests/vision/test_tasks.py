import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.placement import stretch
from trtstudio.vision.tasks import TASKS, Task, answer, guess_task

PICTURE = (Tensor("images", "float32", (1, 3, 224, 224)),)


def _guess(
    name: str,
    shape: tuple[Dim, ...] | None,
    names: int | None = None,
    inputs: tuple[Tensor, ...] = PICTURE,
) -> Task | None:
    metadata = {} if names is None else {"names": repr([str(i) for i in range(names)])}
    return guess_task(inputs, [Tensor(name, "float32", shape)], metadata)


def test_what_is_evident() -> None:
    assert _guess("y", ("N", 1000)) == "classification"
    assert _guess("y", (1, 1000, 1, 1)) == "classification"
    assert _guess("logits", (1, 7)) == "classification"
    assert _guess("y", (1, 7), names=7) == "classification"
    assert _guess("y", (1, 1029, 85)) == "detection"


def test_what_is_not() -> None:
    assert _guess("embedding", (1, 512)) is None
    assert _guess("logits", (1, 7), names=8) is None
    assert _guess("logits", (1, 1)) is None
    assert _guess("logits", (1, "C")) is None
    assert _guess("mask", (1, 21, 224, 224)) is None
    assert _guess("y", None) is None
    assert _guess("logits", (1, 1000), inputs=(Tensor("x", "float32", (1, 16)),)) is None
    assert _guess("logits", (1, 1000), inputs=PICTURE * 2) is None
    outputs = [Tensor("logits", "float32", (1, 1000))] * 2
    assert guess_task(PICTURE, outputs, {}) is None


def test_answers_for_the_first_of_a_batch() -> None:
    output = np.float32([[0, 9, 0], [9, 0, 0]])
    found = answer("classification", {"y": output}, stretch((9, 9), (8, 8)), None, top=1)
    assert [label.index for label in found.top] == [1]
    assert found.detections == ()


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_nan_is_told(task: Task, value: float) -> None:
    output = np.full((1, 3), value, np.float32)
    with pytest.raises(StudioError, match="NaN or infinity"):
        answer(task, {"y": output}, stretch((9, 9), (8, 8)), None)
