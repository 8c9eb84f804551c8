import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.heads.grids import LADDERS, cell_corners, cell_count, find_strides

SIZES = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda s: (s[0] * 64, s[1] * 64))


@given(SIZES, st.sampled_from(LADDERS))
def test_every_cell_is_there_once_in_reading_order(
    size: tuple[int, int], strides: tuple[int, ...]
) -> None:
    expected = [
        (x, y, stride)
        for stride in strides
        for y in range(size[0] // stride)
        for x in range(size[1] // stride)
    ]
    origins, steps = cell_corners(size, strides)
    assert cell_count(size, strides) == len(expected)
    np.testing.assert_array_equal(np.concatenate((origins, steps), axis=1), expected)


@given(SIZES, st.sampled_from(LADDERS))
def test_the_strides_are_known_by_the_number_of_cells(
    size: tuple[int, int], strides: tuple[int, ...]
) -> None:
    found = find_strides(size, cell_count(size, strides))
    assert found is not None
    assert cell_count(size, found) == cell_count(size, strides)
    assert find_strides(size, "cells") is None
