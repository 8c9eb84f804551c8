import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision import similarity
from trtstudio.vision.similarity import closest_pairs


@given(st.integers(0, 12), st.integers(1, 80), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_pairs_equal_a_search_of_all(count: int, wanted: int, block: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count, 3)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    expected = sorted(
        (-float(np.clip(vectors[i] @ vectors[j], -1, 1)), i, j)
        for i in range(count)
        for j in range(i + 1, count)
    )[:wanted]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "_BLOCK", block)
        found = closest_pairs(vectors, wanted)
    assert [pair.cosine for pair in found] == pytest.approx([-e[0] for e in expected], abs=1e-5)
    assert all(pair.first < pair.second for pair in found)
    assert len({(pair.first, pair.second) for pair in found}) == len(expected)


def test_equals_come_in_the_order_of_the_pictures() -> None:
    found = closest_pairs(np.float32([[1, 0], [0, 1], [1, 0], [1, 0]]), 3)
    assert [(pair.first, pair.second) for pair in found] == [(0, 2), (0, 3), (2, 3)]
