"""What arrays a model takes, and the words for those that it does not take."""

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.engine.run.inputs import check_shape, checked_inputs, numpy_dtype
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor

IMAGES = Tensor("images", "float32", ("N", 3, -1, 4), "input")
IDS = Tensor("ids", "int32", (-1,), "input")
GOOD = {"images": np.ones((2, 3, 5, 4), np.float32), "ids": np.arange(3, dtype=np.int32)}


def refusal(**changed: np.ndarray) -> StudioError:
    with pytest.raises(StudioError) as caught:
        checked_inputs((IMAGES, IDS), GOOD | changed)
    assert caught.value.hint
    return caught.value


def test_good_inputs_are_not_copied() -> None:
    checked = checked_inputs((IMAGES, IDS), GOOD)
    assert all(checked[name] is GOOD[name] for name in GOOD)


def test_missing_and_unknown_names_are_told_with_what_is_wanted() -> None:
    with pytest.raises(StudioError, match='No array was given for "ids"') as caught:
        checked_inputs((IMAGES, IDS), {"images": GOOD["images"]})
    assert '"images" float32 [N x 3 x ? x 4], "ids" int32 [?]' in caught.value.hint
    assert 'no input called "idz"' in refusal(idz=GOOD["ids"]).message


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((3, 5, 4), "has 3 dimensions instead of 4"),
        ((2, 4, 5, 4), "has the wrong size"),
        ((2, 3, 5, 5), "has the wrong size"),
        ((), "has 0 dimensions instead of 4"),
    ],
)
def test_wrong_shapes_name_both(shape: tuple[int, ...], words: str) -> None:
    error = refusal(images=np.zeros(shape, np.float32))
    assert f'"images" {words}' in error.message
    assert " x ".join(map(str, shape)) in error.message
    assert "[N x 3 x ? x 4] is wanted" in error.message


def test_casts_that_change_no_value_are_made() -> None:
    ids = np.array([0, -5, 2**31 - 1])
    assert ids.dtype == np.int64
    images = np.full((1, 3, 1, 4), 0.25)
    checked = checked_inputs((IMAGES, IDS), {"images": images, "ids": ids})
    assert (checked["images"].dtype, checked["ids"].dtype) == (np.float32, np.int32)
    np.testing.assert_array_equal(checked["ids"], ids)
    np.testing.assert_array_equal(checked["images"], images)


@pytest.mark.parametrize(
    "given",
    [
        np.array([2**31]),
        np.array([0.5], np.float32),
        np.array([np.nan]),
        np.array(["1"]),
        np.array([1 + 2j]),
        np.array([None]),
    ],
)
def test_casts_that_change_a_value_are_refused(given: np.ndarray) -> None:
    error = refusal(ids=given)
    assert f'"ids" is {given.dtype}, int32 is wanted' in error.message
    assert 'astype("int32")' in error.hint


@given(hnp.arrays(np.float64, st.integers(0, 20), elements=st.floats(width=64)))
def test_float64_is_rounded_to_float32_where_that_holds_it(values: np.ndarray) -> None:
    tensor = Tensor("x", "float32", (-1,), "input")
    largest = 2.0**128 * (1 - 2.0**-25)  # from here on, the nearest float32 is infinite
    if all(not np.isfinite(v) or abs(v) < largest for v in values):
        checked = checked_inputs((tensor,), {"x": values})["x"]
        assert checked.dtype == np.float32
        np.testing.assert_allclose(checked.astype(np.float64), values, rtol=2**-24, atol=2**-150)
    else:
        with pytest.raises(StudioError, match="would change its values"):
            checked_inputs((tensor,), {"x": values})


def test_views_become_contiguous_and_scalars_stay_scalars() -> None:
    strided = np.arange(48, dtype=np.float32).reshape(4, 4, 3)[None].transpose(0, 3, 1, 2)
    checked = checked_inputs((IMAGES, IDS), GOOD | {"images": strided})["images"]
    assert checked.flags.c_contiguous
    np.testing.assert_array_equal(checked, strided)
    scalar = checked_inputs((Tensor("s", "float32", (), "input"),), {"s": np.float32(2)})["s"]
    assert scalar.shape == ()


def test_the_other_byte_order_is_converted() -> None:
    checked = checked_inputs((IDS,), {"ids": np.array([1, 2], ">i4")})["ids"]
    assert checked.dtype.isnative
    np.testing.assert_array_equal(checked, [1, 2])


def test_short_floats_are_rounded_to_and_very_short_ones_are_not() -> None:
    tensor = Tensor("x", "bfloat16", (-1,), "input")
    checked = checked_inputs((tensor,), {"x": np.array([1.0, 0.1, -3.0], np.float32)})["x"]
    assert checked.dtype == ml_dtypes.bfloat16
    np.testing.assert_allclose(checked.astype(np.float32), [1.0, 0.1, -3.0], rtol=2**-8)
    half = Tensor("x", "float16", (-1,), "input")
    with pytest.raises(StudioError, match="would change its values"):
        checked_inputs((half,), {"x": np.array([1e5], np.float32)})
    eight = Tensor("x", "float8_e4m3fn", (-1,), "input")
    assert checked_inputs((eight,), {"x": np.array([0.5], np.float32)})["x"][0] == 0.5
    with pytest.raises(StudioError, match="would change its values") as caught:
        checked_inputs((eight,), {"x": np.array([0.1], np.float32)})
    assert "ml_dtypes.float8_e4m3fn) with tofile" in caught.value.hint


@given(hnp.array_shapes(min_dims=0, max_dims=5, max_side=6))
def test_a_shape_fits_itself_and_its_dynamic_forms(shape: tuple[int, ...]) -> None:
    check_shape(Tensor("x", "float32", shape), shape)
    check_shape(Tensor("x", "float32", tuple(-1 for _ in shape)), shape)
    check_shape(Tensor("x", "float32", None), shape)
    with pytest.raises(StudioError):
        check_shape(Tensor("x", "float32", (*shape, -1)), shape)


def test_dtypes_that_numpy_lacks() -> None:
    assert numpy_dtype("float8_e4m3fn") == ml_dtypes.float8_e4m3fn
    with pytest.raises(StudioError, match="no arrays of string"):
        numpy_dtype("string")
