"""What an engine is best fed with, by the profile that takes its shapes."""

from dataclasses import replace

import numpy as np

from trtstudio.model.build.build import Profile, ShapeRange
from trtstudio.model.graph import Tensor
from trtstudio.model.profile_fit import best_values, by_shape, takes
from trtstudio.model.run import SessionInfo

SIZE = Tensor("size", "int64", (2,), "input", "HOST")
INFO = SessionInfo(1, "p", "T", "G", (SIZE,), (), {"size": (2,)})


def profile(rows: tuple[int, int], size: tuple[int, int]) -> Profile:
    (low, high), (least, most) = rows, size
    return {
        "x": ShapeRange((low, 3), (low, 3), (high, 3)),
        "size": ShapeRange((least, 2), (least, 2), (most, 2), values=True),
    }


def test_best_values_are_those_of_the_profile_for_the_shapes() -> None:
    info = replace(INFO, profiles=(profile((1, 4), (1, 3)), profile((5, 6), (6, 9))))
    for rows, expected in ((1, [1, 2]), (4, [1, 2]), (5, [6, 2]), (7, [1, 2])):
        found = best_values(info, {"x": (rows, 3)})["size"]
        assert (found.tolist(), found.dtype) == (expected, np.int64)
    assert best_values(INFO, {}) == {}


def test_a_profile_takes_what_is_there_in_its_ranges() -> None:
    whole = profile((1, 4), (1, 3))
    assert takes(whole, {"x": (4, 3), "size": (3, 2), "other": (9,)})
    assert not takes(whole, {"x": (4, 3), "size": (4, 2)})
    assert takes(whole, {"x": (4, 3)}), "the values are not known yet"
    assert takes(by_shape(whole), {"x": (4, 3)})
    assert not takes(by_shape(whole), {"x": (4,)}), "another rank"
