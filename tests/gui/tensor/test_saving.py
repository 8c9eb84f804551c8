"""Arrays as text, against NumPy's own way with each row."""

from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from trtstudio.gui.tensor import saving
from trtstudio.model.errors import Cancelled

DTYPES = st.sampled_from([np.float32, np.float64, np.float16, np.int8, np.uint64, np.bool_])


@given(arrays.arrays(DTYPES, arrays.array_shapes(max_dims=3, max_side=5)), st.integers(1, 7))
def test_every_value_is_told_from_every_other(array: np.ndarray, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saving, "_PIECE", piece)
        text = saving.as_text(array, ",")
    rows = np.atleast_2d(array).reshape(-1, array.shape[-1])
    assert text.split("\n") == [",".join(row.astype(np.str_)) for row in rows]


def test_bfloat16_and_texts() -> None:
    assert saving.as_text(np.array([[1, 2.5], [np.nan, 4]], ml_dtypes.bfloat16), "\t") == (
        "1.0\t2.5\nnan\t4.0"
    )
    assert saving.as_text(np.array(["a", "b"], object), ";") == "a;b"
    assert saving.as_text(np.zeros((0, 3)), ",") == ""


def test_writing_is_followed_and_stopped(tmp_path: Path) -> None:
    array = np.arange(10_000, dtype=np.float64).reshape(2, -1)
    path, told = tmp_path / "a.csv", []
    saving.save_csv(path, lambda _: array, lambda *step: told.append(step))
    assert np.array_equal(np.loadtxt(path, delimiter=","), array)
    assert told == sorted(told) and told[-1] == (array.size, array.size) and len(told) > 2
    path.unlink()

    def stop(done: int, of: int) -> None:
        assert 0 < done < of
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        saving.save_csv(path, lambda _: array, stop)
    assert list(tmp_path.iterdir()) == []
