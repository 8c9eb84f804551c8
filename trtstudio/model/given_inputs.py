"""Where the values of inputs come from, as their user says, and the arrays that this makes. Any
thread.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from msgspec import structs

from trtstudio.model.arrays import (
    ARRAY_SUFFIXES,
    array_names,
    constant_array,
    listed_array,
    random_array,
    read_arrays,
    read_raw,
)
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo


@dataclass(frozen=True, slots=True)
class RandomValues:
    """The same numbers for the same seed and shape."""

    seed: int = 0


@dataclass(frozen=True, slots=True)
class ConstantValues:
    """One number for all values, or one for each in C order."""

    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FileValues:
    """An .npy, an .npz with the ``array`` of that name (else that of the input's, or the only one),
    or bare values.
    """

    path: Path
    array: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ArrayValues:
    """An array that is there already, such as an earlier output; ``title`` is what to call it."""

    array: Array
    title: str


Values = RandomValues | ConstantValues | FileValues | ArrayValues


@dataclass(frozen=True, slots=True, eq=False)
class GivenInputs:
    """Values and shapes by the names of inputs; what is not named is as is usual for it."""

    values: dict[str, Values] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The names of files and earlier outputs in it."""
        files = [v.path.name for v in self.values.values() if isinstance(v, FileValues)]
        return files + [v.title for v in self.values.values() if isinstance(v, ArrayValues)]


def usual_values(info: SessionInfo) -> dict[str, Values]:
    """What each input is fed with unless its user says otherwise: the values that an engine is
    optimized for where they decide about shapes, else random ones, of another seed for each.
    """
    usual: dict[str, Values] = {}
    for seed, tensor in enumerate(info.inputs):
        known = info.shape_values.get(tensor.name)
        is_known = known is not None and known.size > 0
        usual[tensor.name] = (
            ConstantValues(tuple(known.ravel().tolist()))
            if known is not None and is_known
            else RandomValues(seed)
        )
    return usual


def make_inputs(info: SessionInfo, given: GivenInputs) -> dict[str, Array]:
    """An array for every input.

    Raises StudioError for what a file or a value lacks.
    """
    values = usual_values(info) | given.values
    return {
        tensor.name: input_array(
            values[tensor.name], tensor, given.shapes.get(tensor.name), info.shapes[tensor.name]
        )
        for tensor in info.inputs
    }


def input_array(values: Values, tensor: Tensor, shape: Shape | None, best: Shape) -> Array:
    """The values in this shape. Without one, it is the ``best`` for random values and a constant;
    numbers and files without a shape take the model's own, in which their length may decide about
    one free size.

    Raises StudioError for what a file or a value lacks.
    """
    match values:
        case RandomValues(seed):
            return random_array(np.random.default_rng(seed), tensor.dtype, shape or best)
        case ConstantValues((number,)):
            return constant_array(number, tensor.dtype, shape or best)
        case ConstantValues(numbers):
            return listed_array(numbers, tensor, shape or _open(tensor, best))
        case FileValues(path, array):
            return _read(path, array, tensor, shape or _open(tensor, best))
        case ArrayValues(array):
            return array


def _open(tensor: Tensor, shape: Shape) -> Shape:
    """The model's own shape, where no more than one of its sizes is free."""
    own = [dim if isinstance(dim, int) and dim >= 0 else -1 for dim in tensor.shape or shape]
    return tuple(own) if own.count(-1) <= 1 else shape


def _read(path: Path, name: str, tensor: Tensor, shape: Shape) -> Array:
    if path.suffix.lower() not in ARRAY_SUFFIXES:
        return read_raw(path, tensor, shape)
    if name and name not in (names := array_names(path)):
        raise _no_such_array(path, name, names)
    # The only array is there by the input's name, whatever its own.
    arrays = read_arrays(path, [structs.replace(tensor, name=name or tensor.name)])
    wanted = name or tensor.name
    if wanted not in arrays:
        raise _no_such_array(path, wanted, tuple(arrays))
    return arrays[wanted]


def _no_such_array(path: Path, name: str, names: tuple[str, ...]) -> StudioError:
    return StudioError(
        f'{path} holds no array called "{name}".', hint=f"It has: {', '.join(names)}."
    )
