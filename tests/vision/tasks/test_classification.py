import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.model.errors import StudioError
from trtstudio.vision.tasks.classification import classify

LOGITS = hnp.arrays(np.float32, st.integers(2, 40), elements=st.floats(-80, 80, width=32))


@given(LOGITS)
def test_logits_become_probabilities_in_order(logits: np.ndarray) -> None:
    top = classify(logits[None], None, top=len(logits))
    powers = np.exp(logits.astype(np.longdouble))
    if logits.min() < 0 or abs(logits.sum() - 1) > 0.01:
        expected = powers / powers.sum()
        for label in top:
            assert label.score == pytest.approx(float(expected[label.index]), rel=1e-5, abs=1e-12)
    assert sorted(label.index for label in top) == list(range(len(logits)))
    scores = [label.score for label in top]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_probabilities_stay_as_they_are(dtype: type) -> None:
    powers = np.exp(np.random.default_rng(1).normal(size=1000) * 3)
    probabilities = (powers / powers.sum()).astype(dtype)
    best = int(probabilities.argmax())
    (top,) = classify(probabilities, None, top=1)
    assert (top.index, top.score) == (best, float(probabilities[best]))


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.float16, np.float32, np.float64])
def test_of_equal_scores_the_first_class_is_first(dtype: type) -> None:
    logits = np.array([100, 120, 120, 0, 120, 127], dtype)
    top = classify(logits[None], None, top=9)
    assert [label.index for label in top] == [5, 1, 2, 4, 0, 3]
    powers = np.exp(logits.astype(np.longdouble))
    expected = (powers / powers.sum()).astype(float)[[5, 1, 2, 4, 0, 3]]
    assert [label.score for label in top] == pytest.approx(expected.tolist(), rel=1e-9)


@pytest.mark.parametrize("shape", [(4,), (1, 4), (1, 4, 1, 1), (1, 1, 1, 4)])
def test_takes_every_form_of_one_score_a_class(shape: tuple[int, ...]) -> None:
    output = np.float32([0, 3, 1, 2]).reshape(shape)
    found = classify(output, ("a", "b", "c", "d"), top=2)
    assert [(label.label, label.index) for label in found] == [("b", 1), ("d", 3)]


def test_huge_logits_do_not_overflow() -> None:
    (top,) = classify(np.float32([3e38, -3e38]), None, top=1)
    assert top.score == 1


@pytest.mark.parametrize("shape", [(2, 5), (1, 3, 4), ()])
def test_another_shape_is_told(shape: tuple[int, ...]) -> None:
    with pytest.raises(StudioError, match="not one score a class"):
        classify(np.zeros(shape, np.float32), None)


def test_the_wrong_number_of_labels_is_told() -> None:
    with pytest.raises(StudioError, match="1 labels"):
        classify(np.zeros((1, 3), np.float32), ("a",))


def test_only_the_wanted_classes_are_listed() -> None:
    output = np.float32([[0, 3, 1, 2]])
    found = classify(output, None, top=3, classes=frozenset((0, 3)))
    assert [label.index for label in found] == [3, 0]
    assert found[0].score == pytest.approx(classify(output, None)[1].score)
