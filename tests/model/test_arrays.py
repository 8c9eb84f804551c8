"""Arrays in files, against NumPy's own reading and writing."""

import gc
import io
import os
import sys
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trtstudio.model.arrays import (
    array_names,
    constant_array,
    listed_array,
    numpy_dtype,
    random_array,
    read_arrays,
    read_raw,
    save_array,
    save_arrays,
    storable,
)
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor

X = Tensor("x", "float32", (-1, 3), "input")
DTYPES = ("float32", "float16", "bfloat16", "float8_e4m3fn", "int8", "int64", "uint8", "bool")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(2, 3), (0, 3), ()])
def test_what_is_saved_is_read_again(tmp_path: Path, dtype: str, shape: tuple[int, ...]) -> None:
    array = random_array(np.random.default_rng(1), dtype, shape)
    save_arrays(tmp_path / "a.npz", {"file": array, "x/y": array})
    save_array(tmp_path / "a.npy", array)
    for found in (
        *read_arrays(tmp_path / "a.npz", [X]).values(),
        *read_arrays(tmp_path / "a.npy", [X]).values(),
        np.load(tmp_path / "a.npy"),
    ):
        assert found.shape == shape
        np.testing.assert_array_equal(found, array.astype(found.dtype))
        assert found.dtype == array.dtype or array.dtype.type.__module__ == "ml_dtypes"
    assert list(read_arrays(tmp_path / "a.npz", [X])) == ["file", "x/y"]


def test_text_is_stored_as_text() -> None:
    assert storable(np.array(["a", "bc"], object)).tolist() == ["a", "bc"]


def test_an_array_without_a_name_is_for_the_only_input(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.ones(3))
    assert list(read_arrays(tmp_path / "a.npy", [X])) == ["x"]
    with pytest.raises(StudioError, match="the model has 2 inputs"):
        read_arrays(tmp_path / "a.npy", [X, Tensor("y")])


def damaged(path: Path, kind: str) -> Path:
    np.savez(path, a=np.arange(1000.0), b=np.arange(5))
    content = bytearray(path.read_bytes())
    match kind:
        case "cut off":
            del content[len(content) // 2 :]
        case "flipped":  # in the values of "a", which the archive has a checksum of
            content[600] ^= 255
        case "text":
            content = bytearray(b"hello")
        case "empty":
            content = bytearray()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["cut off", "flipped", "text", "empty"])
def test_a_damaged_file_is_refused_and_closed(tmp_path: Path, kind: str) -> None:
    path = damaged(tmp_path / "a.npz", kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        with pytest.raises(StudioError, match="damaged") as caught:
            read_arrays(path, [X])
        del caught
        gc.collect()


def saved(save: Callable[..., None]) -> bytes:
    made = io.BytesIO()
    save(made, np.arange(20.0))
    return made.getvalue()


WHOLE = [saved(save) for save in (np.save, np.savez, np.savez_compressed)]


def changed(at: int, byte: bytes) -> tuple[bytes, list[tuple[float, int]], float]:
    """The .npy with one byte that is another."""
    return WHOLE[0], [((at + 0.5) / len(WHOLE[0]), byte[0])], 1.0


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    st.floats(0.5, 1),
)
@example(*changed(WHOLE[0].index(b")"), b"("))  # TokenError
@example(*changed(WHOLE[0].index(b"<f8") - 1, b","))  # SyntaxError
@example(*changed(WHOLE[0].index(b"'fortran") - 1, b"B"))  # TypeError
def test_no_damage_is_more_than_an_error(
    tmp_path_factory: pytest.TempPathFactory,
    whole: bytes,
    changes: list[tuple[float, int]],
    share: float,
) -> None:
    content = bytearray(whole)
    for place, byte in changes:
        content[int(place * len(content))] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    path.write_bytes(content[: int(share * len(content))])
    array_names(path)
    with suppress(StudioError), warnings.catch_warnings(action="ignore"):
        read_arrays(path, [X])


def test_what_claims_to_be_larger_than_memory(tmp_path: Path) -> None:
    header = {"descr": "<f4", "fortran_order": False, "shape": (10**15,)}
    with (tmp_path / "a.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
    with pytest.raises(StudioError, match="do not fit into memory"):
        read_arrays(tmp_path / "a.npy", [X])


def test_an_archive_of_other_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("notes.txt", b"hello")
    with pytest.raises(StudioError, match="damaged") as caught:
        read_arrays(tmp_path / "a.npz", [X])
    assert "something else than arrays" in caught.value.details


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.array([print], object))
    with pytest.raises(StudioError, match="damaged") as caught:
        read_arrays(tmp_path / "a.npz", [X])
    assert "objects are refused" in caught.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for read in (lambda p: read_arrays(p, [X]), lambda p: read_raw(p, X, (1, 3))):
        with pytest.raises(StudioError, match="does not exist"):
            read(tmp_path / "none.npz")


@pytest.mark.parametrize("dtype", DTYPES)
def test_raw_values_are_those_of_tofile(tmp_path: Path, dtype: str) -> None:
    array = random_array(np.random.default_rng(2), dtype, (4, 3))
    array.tofile(tmp_path / "x.bin")
    tensor = Tensor("x", dtype, (-1, 3), "input")
    for shape in ((4, 3), (-1, 3)):
        np.testing.assert_array_equal(read_raw(tmp_path / "x.bin", tensor, shape), array)


@pytest.mark.parametrize("size", [0, 11, 13, 24])
def test_raw_values_of_another_length_are_refused(tmp_path: Path, size: int) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(size))
    with pytest.raises(StudioError, match=f"has {size} bytes") as caught:
        read_raw(tmp_path / "x.bin", X, (1, 3))
    assert "takes 12" in caught.value.message


@given(st.sampled_from(DTYPES), st.lists(st.integers(0, 4), max_size=4))
def test_random_values_are_in_range_and_repeat(dtype: str, shape: list[int]) -> None:
    first, second = (random_array(np.random.default_rng(3), dtype, tuple(shape)) for _ in "ab")
    np.testing.assert_array_equal(first, second)
    assert isinstance(first, np.ndarray) and first.shape == tuple(shape)
    values = first.astype(np.float64)
    assert first.dtype == numpy_dtype(dtype)
    assert np.all(np.abs(values) <= 1)
    if first.dtype.kind in "biu":
        assert set(values.ravel()) <= {0, 1}


def test_a_constant_is_refused_where_the_type_has_no_such_value() -> None:
    np.testing.assert_array_equal(constant_array(0.5, "float16", (2,)), np.float16([0.5, 0.5]))
    assert constant_array(3, "int64", ()).item() == 3
    assert constant_array(1.5, "bfloat16", (1,)).dtype == ml_dtypes.bfloat16
    assert constant_array(2**62 + 1, "int64", (1,)).item() == 2**62 + 1
    assert np.isinf(constant_array(np.inf, "float32", ()))
    large = constant_array(10**30, "bfloat16", (1,)).astype(np.float64)
    np.testing.assert_allclose(large, 1e30, rtol=0.01)
    refused = ((0.5, "int32"), (300, "uint8"), (2, "bool"), (-1, "uint8"), (1e39, "float32"))
    others = ((2**70, "int64"), (np.nan, "int64"), (100, "int4"), (10**400, "bfloat16"))
    for value, dtype in (*refused, *others):
        with pytest.raises(StudioError, match=f"{dtype} has no"):
            constant_array(value, dtype, (2,))


def test_what_no_array_holds_is_refused() -> None:
    with pytest.raises(StudioError, match="no arrays of nonsense"):
        numpy_dtype("nonsense")


def test_an_npz_is_a_plain_zip(tmp_path: Path) -> None:
    save_arrays(tmp_path / "a.npz", {"file": np.ones(2)})
    with zipfile.ZipFile(tmp_path / "a.npz") as archive:
        assert archive.namelist() == ["file.npy"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.npz"
    os.mkfifo(pipe)
    assert array_names(pipe) == ()
    for read in (lambda: read_arrays(pipe, [X]), lambda: read_raw(pipe, X, (2, 3))):
        with pytest.raises(StudioError, match="no ordinary file"):
            read()


def test_values_one_by_one() -> None:
    np.testing.assert_array_equal(listed_array([1, 2, 3], X, (-1, 3)), np.float32([[1, 2, 3]]))
    sizes = Tensor("sizes", "int64", (2,), "input")
    found = listed_array([640, 480], sizes, (2,))
    assert (found.tolist(), found.dtype) == ([640, 480], np.int64)
    with pytest.raises(StudioError, match=r'3 values were given for "sizes" \[2\]'):
        listed_array([1, 2, 3], sizes, (2,))
    with pytest.raises(StudioError, match=r"int64 has no 0\.5"):
        listed_array([1, 0.5], sizes, (2,))


def test_random_numbers_of_a_dtype_without_sign_and_zero_are_numbers() -> None:
    values = random_array(np.random.default_rng(0), "float8_e8m0fnu", (1000,)).astype(np.float32)
    assert np.all(np.isfinite(values)) and np.all(values > 0)


def test_the_only_array_is_for_the_only_input_whatever_its_name(tmp_path: Path) -> None:
    np.savez(tmp_path / "one.npz", answer=np.ones(3))
    np.savez(tmp_path / "two.npz", answer=np.ones(3), more=np.ones(2))
    assert list(read_arrays(tmp_path / "one.npz", [X])) == ["x"]
    assert list(read_arrays(tmp_path / "one.npz", [X, Tensor("y")])) == ["answer"]
    assert list(read_arrays(tmp_path / "two.npz", [X])) == ["answer", "more"]
    assert array_names(tmp_path / "two.npz") == ("answer", "more")
    (tmp_path / "x.bin").write_bytes(b"none")
    assert array_names(tmp_path / "x.bin") == array_names(tmp_path / "missing.npz") == ()


def test_damaged_names_are_none_at_worst(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, größe=np.ones(1))
    assert array_names(path) == ("größe",)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        assert len(array_names(path)) <= 1


@pytest.mark.parametrize("dtype", ["bfloat16", "float8_e4m3fn"])
def test_bytes_that_numpy_saved_without_their_type_get_it_again(tmp_path: Path, dtype: str) -> None:
    array = np.array([0.5, -2, 1], numpy_dtype(dtype))
    np.save(tmp_path / "a.npy", array)
    assert np.load(tmp_path / "a.npy").dtype.type is np.void
    (found,) = read_arrays(tmp_path / "a.npy", [Tensor("x", dtype, (3,))]).values()
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)
