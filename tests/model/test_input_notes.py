"""What is said of arrays that a model can be run with."""

import ml_dtypes
import numpy as np
import pytest

from trtstudio.model.graph import Tensor
from trtstudio.model.input_notes import input_notes

X, IDS = Tensor("x", "float32", (-1,), "input"), Tensor("ids", "int32", (-1,), "input")


def test_good_inputs_are_not_talked_about() -> None:
    given = {"x": np.ones(3, np.float32), "ids": np.arange(3, dtype=np.int32)}
    assert input_notes((X, IDS), given) == ()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, ml_dtypes.bfloat16])
def test_what_is_no_number_is_counted_by_tensor(dtype: type) -> None:
    values = np.array([1, np.nan, np.nan, -np.inf, 2], dtype)
    *_, nans, infinite = input_notes((X, IDS), {"x": values, "ids": np.arange(3, dtype=np.int32)})
    assert nans == 'The array for "x" has 2 NaN among its 5 values.'
    assert infinite == 'The array for "x" is infinite at 1 of 5 places.'


def test_a_conversion_is_told() -> None:
    notes = input_notes((X, IDS), {"x": np.zeros(2), "ids": np.arange(2), "else": np.zeros(1)})
    assert notes == (
        'The array for "x" is converted from float64 to float32.',
        'The array for "ids" is converted from int64 to int32.',
    )
