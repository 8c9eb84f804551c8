from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer
from trtstudio.vision.tasks.embedding import similarities

SIZE = (32, 32)
Read = Callable[..., Answer]


@given(hnp.arrays(np.float32, (4, 6), elements=st.floats(-1e6, 1e6, width=32)))
def test_similarity_is_the_cosine(read: Read, vectors: np.ndarray) -> None:
    answers = [read("embedding", {"y": vector[None]}, SIZE) for vector in vectors]
    table = similarities(answers)
    for i, one in enumerate(vectors.astype(float)):
        for j, other in enumerate(vectors.astype(float)):
            lengths = float(np.sqrt((one * one).sum() * (other * other).sum()))
            expected = float((one * other).sum()) / lengths if lengths else 0
            assert table[i, j] == pytest.approx(expected, abs=1e-5)


def test_the_pooled_output_goes_before_others(read: Read) -> None:
    outputs = {
        "last_hidden_state": np.zeros((1, 5, 8), np.float32),
        "logits": np.ones((1, 3), np.float32),
        "pooler_output": np.float32([[3, 4]]),
    }
    np.testing.assert_allclose(read("embedding", outputs, SIZE).embedding, [0.6, 0.8])


def test_what_cannot_be_compared_is_told(read: Read) -> None:
    short, long = (read("embedding", {"y": np.ones((1, n), np.float32)}, SIZE) for n in (3, 4))
    assert similarities([]).shape == (0, 0)
    for answers in ([short, long], [short, Answer("classification")]):
        with pytest.raises(StudioError, match="not embeddings of one network"):
            similarities(answers)
    with pytest.raises(StudioError, match="no vector"):
        read("embedding", {"y": np.ones((1, 3, 8, 8), np.float32)}, SIZE)
