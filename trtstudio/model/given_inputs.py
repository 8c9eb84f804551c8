"""Where the values of inputs come from, as their user says, and the arrays that this makes. Any
thread.
"""

from collections.abc import Mapping
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
from trtstudio.model.profile_fit import best_values
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


def usual_values(info: SessionInfo, shapes: Mapping[str, Shape] | None = None) -> dict[str, Values]:
    """What each input is fed with unless its user says otherwise: the values that an engine is
    optimized for where they decide about shapes, else random ones, of another seed for each.
    ``shapes`` are those that differ from the best; they choose the engine's profile.
    """
    usual: dict[str, Values] = {t.name: RandomValues(seed) for seed, t in enumerate(info.inputs)}
    best = best_values(info, {**info.shapes, **(shapes or {})})
    return usual | {name: ConstantValues(tuple(v.ravel().tolist())) for name, v in best.items()}


def make_inputs(info: SessionInfo, given: GivenInputs) -> dict[str, Array]:
    """An array for every input.

    Raises StudioError for what a file or a value lacks.
    """

    def made(values: Mapping[str, Values]) -> dict[str, Array]:
        return {
            t.name: input_array(values[t.name], t, given.shapes.get(t.name), info.shapes[t.name])
            for t in info.inputs
            if t.name in values
        }

    chosen = made(given.values)
    shapes = given.shapes | {name: array.shape for name, array in chosen.items()}
    usual = usual_values(info, shapes)
    return chosen | made({name: usual[name] for name in usual if name not in chosen})


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
    names = array_names(path) if name else ()
    if names and name not in names:
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
