"""The dynamic sizes of a model's inputs, each told once, whoever shares it. Any thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trtstudio.model.graph import Dim, Profile, ShapeRange, Tensor


@dataclass(frozen=True, slots=True)
class Place:
    """One axis of one input."""

    input: str
    axis: int


@dataclass(frozen=True, slots=True)
class SizeRange:
    """The smallest, the most frequent and the largest of one size."""

    min: int
    opt: int
    max: int


def free_sizes(inputs: Sequence[Tensor]) -> dict[str, tuple[Place, ...]]:
    """Where each dynamic size is, by its symbol (``N``); one without a symbol is called after its
    place, ``images[0]``. Inputs of unknown rank have none.
    """
    found: dict[str, tuple[Place, ...]] = {}
    for tensor, axis, name in _free(inputs):
        found[name] = (*found.get(name, ()), Place(tensor.name, axis))
    return found


def side_axes(shape: Sequence[Dim]) -> tuple[int, ...]:
    """The axes of the height and the width, if this may be the shape of pictures."""
    if len(shape) != 4:
        return ()
    channels_last = shape[3] in (1, 3, 4) and shape[1] not in (1, 3, 4)
    return (1, 2) if channels_last else (2, 3)


def expand(inputs: Sequence[Tensor], ranges: Mapping[str, SizeRange]) -> Profile:
    """The profile in which every dynamic size has the range that is given by its name. Raises
    KeyError for one that is missing.
    """
    names = {(tensor.name, axis): name for tensor, axis, name in _free(inputs)}
    profile: Profile = {}
    for tensor in inputs:
        if tensor.shape is None or not tensor.is_dynamic:
            continue
        sizes = [
            SizeRange(dim, dim, dim)
            if isinstance(dim, int) and dim >= 0
            else ranges[names[tensor.name, axis]]
            for axis, dim in enumerate(tensor.shape)
        ]
        profile[tensor.name] = ShapeRange(
            tuple(s.min for s in sizes), tuple(s.opt for s in sizes), tuple(s.max for s in sizes)
        )
    return profile


def ranges_of(inputs: Sequence[Tensor], profile: Profile) -> dict[str, SizeRange]:
    """The range of every dynamic size that a profile has: the first where its places differ."""
    found: dict[str, SizeRange] = {}
    for tensor, axis, name in _free(inputs):
        shapes = profile.get(tensor.name)
        if shapes is not None and axis < min(map(len, (shapes.min, shapes.opt, shapes.max))):
            sizes = SizeRange(shapes.min[axis], shapes.opt[axis], shapes.max[axis])
            found.setdefault(name, sizes)
    return found


def _free(inputs: Sequence[Tensor]) -> Iterator[tuple[Tensor, int, str]]:
    """Each dynamic axis with the name of its size."""
    for tensor in inputs:
        for axis, dim in enumerate(tensor.shape or ()):
            if isinstance(dim, str):
                yield tensor, axis, dim
            elif dim < 0:
                yield tensor, axis, f"{tensor.name}[{axis}]"
