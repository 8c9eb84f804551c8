import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.size_inputs import split_inputs

IMAGES = Tensor("images", "float32", ("N", 3, 640, 640))


def _size(name: str, dtype: str = "int64", shape: tuple[Dim, ...] = ("N", 2)) -> Tensor:
    return Tensor(name, dtype, shape)


@pytest.mark.parametrize(
    ("name", "dtype", "expected"),
    [
        ("orig_target_sizes", "int64", [[30, 20], [30, 20]]),
        ("im_shape", "float32", [[20, 30], [20, 30]]),
        ("scale_factor", "float32", [[1, 1], [1, 1]]),
    ],
)
def test_detectors_are_told_the_tensors_size(
    name: str, dtype: str, expected: list[list[int]]
) -> None:
    found = split_inputs((_size(name, dtype), IMAGES))
    assert found is not None
    picture, (size,) = found
    array = size.array((20, 30), 2)
    assert (picture, array.dtype.name) == (IMAGES, dtype)
    np.testing.assert_array_equal(array, expected)


def test_other_inputs_are_not_made_up() -> None:
    assert split_inputs((IMAGES,)) == (IMAGES, ())
    assert split_inputs((IMAGES, _size("tokens"))) is None
    assert split_inputs((IMAGES, _size("im_shape", shape=("N", 3)))) is None
    assert split_inputs((IMAGES, _size("im_shape", "bool"))) is None
    assert split_inputs((_size("im_shape"),)) is None
    assert split_inputs(()) is None
