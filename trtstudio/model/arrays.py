"""Arrays as files and as made-up values, for whatever feeds a model or keeps what it answers. Any
thread.
"""

import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.model import dtypes
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.files import open_file, read_file, unreadable, whole_file
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.run import Array

ARRAY_SUFFIXES = frozenset((".npy", ".npz"))
"""The files of NumPy."""

RAW_SUFFIXES = frozenset((".bin", ".raw", ".dat"))
"""What bare values are saved as."""


@contextmanager
def _told_where_memory_ends() -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise StudioError(
            "The inputs do not fit into memory.", hint="Take smaller shapes.", details=str(error)
        ) from error


def numpy_dtype(name: str) -> "np.dtype[Any]":
    """NumPy's dtype of a tensor's ``dtype``, with those that ml_dtypes adds to NumPy.

    Raises StudioError for what no array can hold.
    """
    try:
        return np.dtype(name)
    except TypeError:
        pass
    try:
        import ml_dtypes

        dtype: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
        return dtype
    except (ImportError, AttributeError) as error:
        raise StudioError(
            f"NumPy has no arrays of {name}.",
            hint="Install ml_dtypes, or cast the model's inputs and outputs to float32.",
            details=str(error),
        ) from error


@_told_where_memory_ends()
def read_arrays(path: Path, inputs: Sequence[Tensor]) -> dict[str, Array]:
    """The arrays of an .npz by their names; that of an .npy, which has none, for the only input, as
    is the only array of an .npz, whatever its name. Bytes without a type, which NumPy makes of the
    dtypes that it lacks, are of the input's.

    Raises StudioError where the file cannot be read; nothing in it is ever unpickled.
    """
    try:
        with open_file(path) as file:  # NumPy itself leaves a damaged file open
            loaded = np.load(file, allow_pickle=False)
            if isinstance(loaded, np.ndarray):
                return _typed({_only_input(path, inputs): loaded}, inputs)
            with loaded as archive:
                arrays = {name: archive[name] for name in archive.files}
        if not all(isinstance(array, np.ndarray) for array in arrays.values()):
            raise ValueError("it holds something else than arrays")
    except (StudioError, MemoryError):
        raise
    except Exception as error:  # NumPy, zipfile and what they decompress with raise many kinds
        if isinstance(error, OSError) and error.strerror:
            raise unreadable(path, error) from error
        raise StudioError(
            f"{path} cannot be read: damaged.",
            hint="Write it with numpy.save or numpy.savez, with numbers only; arrays of Python "
            "objects are refused.",
            details=str(error),
        ) from error
    if len(arrays) == len(inputs) == 1:
        arrays = {inputs[0].name: next(iter(arrays.values()))}
    return _typed(arrays, inputs)


def _typed(arrays: dict[str, Array], inputs: Sequence[Tensor]) -> dict[str, Array]:
    """The arrays, of which bytes without a type get that of the input of the same name."""
    for tensor in inputs:
        array = arrays.get(tensor.name)
        if array is None or array.dtype.type is not np.void or array.dtype.names:
            continue
        dtype = numpy_dtype(tensor.dtype)
        if dtype.itemsize == array.dtype.itemsize and dtype.isbuiltin != 1:
            arrays[tensor.name] = array.view(dtype)
    return arrays


def array_names(path: Path) -> tuple[str, ...]:
    """The names of the arrays in an .npz; none of any other file, and of what cannot be read."""
    try:
        with open_file(path) as file, zipfile.ZipFile(file) as archive:
            return tuple(name.removesuffix(".npy") for name in archive.namelist())
    except Exception:  # of damage zipfile makes many kinds
        return ()


def _only_input(path: Path, inputs: Sequence[Tensor]) -> str:
    if len(inputs) == 1:
        return inputs[0].name
    names = ", ".join(tensor.name for tensor in inputs)
    raise StudioError(
        f"{path} holds one array without a name, and the model has {len(inputs)} inputs.",
        hint=f"Write an .npz with an array for each of: {names}.",
    )


@_told_where_memory_ends()
def read_raw(path: Path, tensor: Tensor, shape: Shape) -> Array:
    """Bare values, as ``array.tofile`` and trtexec's ``--loadInputs`` have them: in C order, of the
    tensor's dtype and this shape. A single free size (-1) is what the file's length makes it.

    Raises StudioError where the file cannot be read or its length does not fit.
    """
    dtype = numpy_dtype(tensor.dtype)
    try:
        content = read_file(path)
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        return np.frombuffer(content, dtype).reshape(shape)
    except ValueError as error:
        wanted = prod(size for size in shape if size >= 0) * dtype.itemsize
        raise StudioError(
            f'{path} has {len(content):,} bytes, and "{tensor.name}" takes {wanted:,}: '
            f"{tensor.dtype} [{format_shape(shape)}].",
            hint="Give the shape that the values in the file have, and check their type.",
        ) from error


@_told_where_memory_ends()
def random_array(random: np.random.Generator, dtype: str, shape: Shape) -> Array:
    """Floats between -1 and 1 as in trtexec; integers 0 or 1, which are valid as indices, masks and
    quantized values alike. Of a dtype that has no negative numbers nor 0, they are above 0.

    Raises StudioError where they do not fit into memory.
    """
    kind = numpy_dtype(dtype)
    if not dtypes.is_floating(dtype):
        return random.integers(0, 2, shape).astype(kind)
    # Of no dimension NumPy makes a scalar, which is no array.
    values = np.asarray(random.random(shape, np.float32) * 2 - 1)
    if dtype == "float8_e8m0fnu":
        values = np.maximum(np.abs(values), np.finfo(np.float32).tiny)
    return values.astype(kind)


@_told_where_memory_ends()
def constant_array(value: float, dtype: str, shape: Shape) -> Array:
    """The same value everywhere. Raises StudioError where the dtype cannot hold it, or memory not
    so many.
    """
    kind = numpy_dtype(dtype)
    try:
        with np.errstate(all="ignore"):
            # Types that are not NumPy's own take no whole number of any size.
            single = np.asarray(float(value) if dtypes.is_floating(dtype) else value).astype(kind)
        is_held = _holds(single, value)
    except (OverflowError, TypeError):
        is_held = False
    if not is_held:
        raise StudioError(
            f"{dtype} has no {_short(value)}.", hint="Give a value that the type holds."
        )
    return np.full(shape, single, kind)


def _holds(single: Array, value: float) -> bool:
    """Whether it is this value, which floats may round, but not to infinity."""
    if not dtypes.is_floating(single.dtype.name):
        return bool(single.item() == value)
    return not math.isfinite(value) or math.isfinite(float(single))


def _short(value: float) -> str:
    """Whole numbers may have any number of digits."""
    return f"{value:g}" if abs(value) < 1e300 else f"{str(value)[:16]}..."


def listed_array(values: Sequence[float], tensor: Tensor, shape: Shape) -> Array:
    """These values in C order. A single free size (-1) is what their number makes it.

    Raises StudioError where there are more or fewer than the shape takes, or the dtype lacks one.
    """
    singles = [constant_array(value, tensor.dtype, ()) for value in values]
    array = np.array(singles, numpy_dtype(tensor.dtype))
    try:
        return array.reshape(shape)
    except ValueError as error:
        raise StudioError(
            f'{len(values)} values were given for "{tensor.name}" [{format_shape(shape)}].',
            hint="Give one value for all, or one for each.",
        ) from error


def save_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """An .npz with the arrays by name. Raises StudioError where it cannot be written."""
    # Not numpy.savez: it takes the names as keywords, and an output may be called "file".
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, storable(array), allow_pickle=False)


def save_array(path: Path, array: Array) -> None:
    """An .npy file. Raises StudioError where it cannot be written."""
    with whole_file(path) as file:
        np.lib.format.write_array(file, storable(array), allow_pickle=False)


def storable(array: Array) -> Array:
    """NumPy's files know NumPy's own dtypes only: bfloat16 becomes float32, text of Python's kind
    NumPy's.
    """
    if array.dtype.hasobject:
        return array.astype(np.str_)
    return array if array.dtype.isbuiltin == 1 else array.astype(np.float32)
