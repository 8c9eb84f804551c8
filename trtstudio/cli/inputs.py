"""``--input NAME=VALUE``: an input from a file, of a constant, or random with a seed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from trtstudio.model.arrays import constant_array, random_array, read_arrays, read_raw
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo

_FORMS = "Write NAME=FILE.npy, NAME=FILE.npz, NAME=FILE.bin, NAME=const:0.5 or NAME=random:SEED."


def given_inputs(
    texts: Iterable[str], info: SessionInfo, shapes: Mapping[str, Shape]
) -> dict[str, Array]:
    """The arrays that the texts mean. A file without shape takes that of ``shapes``, and else the
    model's own, in which its length may decide about one free size.

    Raises StudioError for a text that names no input, and for what its file or value lacks.
    """
    found: dict[str, Array] = {}
    for text in texts:
        tensor = _named(text, info)
        if tensor.name in found:
            raise StudioError(f'The input "{tensor.name}" is given twice.', hint=_FORMS)
        value = text[len(tensor.name) + 1 :]
        shape = shapes.get(tensor.name, info.shapes[tensor.name])
        match value.partition(":"):
            case "const", ":", number:
                array = constant_array(_number(number), tensor.dtype, shape)
            case "random", ":", seed:
                array = random_array(np.random.default_rng(_seed(seed)), tensor.dtype, shape)
            case _:
                array = _read(Path(value), tensor, shapes.get(tensor.name) or _open(tensor, shape))
        found[tensor.name] = array
    return found


def _named(text: str, info: SessionInfo) -> Tensor:
    """The input that it is for; names may hold "=", and so may paths."""
    fitting = [tensor for tensor in info.inputs if text.startswith(f"{tensor.name}=")]
    if not fitting:
        names = ", ".join(tensor.name for tensor in info.inputs)
        raise StudioError(f"{text} names no input; the model has: {names}.", hint=_FORMS)
    return max(fitting, key=lambda tensor: len(tensor.name))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise StudioError(f"{text!r} is no number.", hint=_FORMS) from error


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise StudioError(f"{text!r} is no seed: a whole number.", hint=_FORMS)
    return int(text)


def _open(tensor: Tensor, shape: Shape) -> Shape:
    """The model's own shape, where no more than one of its sizes is free."""
    own = [dim if isinstance(dim, int) and dim >= 0 else -1 for dim in tensor.shape or shape]
    return tuple(own) if own.count(-1) <= 1 else shape


def _read(path: Path, tensor: Tensor, shape: Shape) -> Array:
    """An .npy, the array of that name in an .npz, or bare values."""
    if path.suffix.lower() not in (".npy", ".npz"):
        return read_raw(path, tensor, shape)
    arrays = read_arrays(path, [tensor])
    if tensor.name not in arrays:
        raise StudioError(
            f'{path} holds no array called "{tensor.name}".', hint=f"It has: {', '.join(arrays)}."
        )
    return arrays[tensor.name]
