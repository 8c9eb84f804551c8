"""Which profile takes which shapes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.engine.run.profiles import choose_profile, profiled_sizes
from trtstudio.model.build.build import ShapeRange
from trtstudio.model.errors import StudioError

sizes = st.integers(1, 6)


def profile(low: int, high: int) -> dict[str, ShapeRange]:
    return {"x": ShapeRange((low, 3), (low, 3), (high, 3))}


bounds = st.tuples(sizes, sizes).map(sorted)


@given(st.lists(bounds, min_size=1, max_size=4), sizes, st.data())
def test_a_profile_is_found_wherever_there_is_one(
    ranges: list[list[int]], size: int, data: st.DataObject
) -> None:
    profiles = [profile(low, high) for low, high in ranges]
    current = data.draw(st.integers(0, len(profiles) - 1))
    fitting = [i for i, (low, high) in enumerate(ranges) if low <= size <= high]
    if not fitting:
        with pytest.raises(StudioError, match="outside"):
            choose_profile(profiles, {"x": (size, 3)}, current)
        return
    chosen = choose_profile(profiles, {"x": (size, 3)}, current)
    assert chosen == (current if current in fitting else fitting[0])


def test_every_input_has_to_fit() -> None:
    both = {**profile(1, 4), "y": ShapeRange((1,), (2,), (2,))}
    assert choose_profile([both], {"x": (4, 3), "y": (2,)}, 0) == 0
    with pytest.raises(StudioError, match=r'\[3\] of "y" .* min \[1\], opt \[2\], max \[2\]'):
        choose_profile([both], {"x": (4, 3), "y": (3,)}, 0)


def values(low: int, high: int) -> dict[str, ShapeRange]:
    return {"size": ShapeRange((low, 2), (low, 2), (high, 2), values=True)}


def test_values_choose_a_profile_where_shapes_are_the_same() -> None:
    profiles = [{**profile(1, 4), **values(low, high)} for low, high in ((1, 3), (6, 9))]
    for size, expected in ((1, 0), (3, 0), (6, 1), (9, 1)):
        arrays = {"x": np.zeros((2, 3)), "size": np.array([size, 2])}
        sizes = profiled_sizes(profiles, arrays)
        assert sizes == {"x": (2, 3), "size": (size, 2)}
        assert choose_profile(profiles, sizes, 0) == expected
        assert choose_profile(profiles, sizes, 1) == expected
    with pytest.raises(StudioError, match=r"values \[5, 2\] .* profile 1.* max \[9, 2\]") as caught:
        choose_profile(profiles, {"x": (2, 3), "size": (5, 2)}, 0)
    assert "profile 0: min [1, 2], opt [1, 2], max [3, 2]" in caught.value.details


def test_an_array_of_another_rank_is_outside_too() -> None:
    with pytest.raises(StudioError, match="outside"):
        choose_profile([profile(1, 4), profile(5, 6)], {"x": (4,)}, 0)


def test_a_static_engine_takes_anything_that_was_checked_before() -> None:
    assert choose_profile([{}], {"x": (4, 3)}, 0) == 0
