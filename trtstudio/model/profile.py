"""Optimization profiles: reading them from text, suggesting them, and checking them, since TensorRT
itself takes unknown names and wrong ranks without a word. Safe in any thread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trtstudio.model.build import Profile, Shape, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Graph, Tensor, format_shape

Bound = Literal["min", "opt", "max"]
BOUNDS: tuple[Bound, ...] = ("min", "opt", "max")

_SHAPE = re.compile(r"[0-9]{1,18}(x[0-9]{1,18})*")
_EXAMPLE = "Write NAME=MIN,OPT,MAX, for example images=1x3x224x224,4x3x224x224,8x3x224x224."

_BATCH, _CHANNELS, _SIDE, _LENGTH = (1, 1, 8), (3, 3, 3), (224, 224, 448), (1, 128, 512)


@dataclass(frozen=True, slots=True)
class ProfileProblem:
    """What is wrong at one input; ``axis`` or ``bound`` is None where all of them are meant."""

    input: str
    message: str
    axis: int | None = None
    bound: Bound | None = None


def parse_profile(texts: Sequence[str]) -> Profile:
    """A profile from ``NAME=MIN,OPT,MAX`` for each input; ``NAME=SHAPE`` makes all three the same.

    Raises StudioError for anything else. Names may hold ``=``, ``:`` and ``/``.
    """
    profile: Profile = {}
    for text in texts:
        name, equals, ranges = text.rpartition("=")
        shapes = [_parse_shape(text, part) for part in ranges.split(",")]
        if not equals or not name or len(shapes) not in (1, 3):
            raise StudioError(f"{text!r} is no profile of an input.", hint=_EXAMPLE)
        if name in profile:
            raise StudioError(f"{name!r} has two ranges.", hint="Give each input one.")
        profile[name] = ShapeRange(*(shapes if len(shapes) == 3 else shapes * 3))
    return profile


def _parse_shape(text: str, part: str) -> Shape:
    if not _SHAPE.fullmatch(part.strip()):
        raise StudioError(f"{part!r} in {text!r} is no shape.", hint=_EXAMPLE)
    return tuple(int(size) for size in part.strip().split("x"))


def dynamic_inputs(graph: Graph) -> tuple[Tensor, ...]:
    """The inputs that a profile must give a range for."""
    return tuple(tensor for tensor in graph.input_tensors if tensor.is_dynamic)


def suggest_profile(graph: Graph) -> Profile:
    """A profile to start from, for every dynamic input of known rank.

    A first size is taken for a batch of 1 to 8, the sides of a picture for 224 to 448, any other
    for a length of 1 to 512. Sizes of the same name get the same range, as TensorRT demands.
    """
    by_symbol: dict[str, tuple[int, int, int]] = {}
    profile: Profile = {}
    for tensor in dynamic_inputs(graph):
        if tensor.shape is not None:
            sizes = [_sizes(tensor.shape, axis, by_symbol) for axis in range(len(tensor.shape))]
            profile[tensor.name] = ShapeRange(*(tuple(bound) for bound in zip(*sizes, strict=True)))
    return profile


def _sizes(
    shape: Sequence[Dim], axis: int, by_symbol: dict[str, tuple[int, int, int]]
) -> tuple[int, int, int]:
    """The smallest, best and largest size of one axis."""
    dim = shape[axis]
    if isinstance(dim, str):
        return by_symbol.setdefault(dim, _guess(shape, axis))
    return _guess(shape, axis) if dim < 0 else (dim, dim, dim)


def _guess(shape: Sequence[Dim], axis: int) -> tuple[int, int, int]:
    if axis == 0:
        return _BATCH
    if len(shape) != 4:
        return _LENGTH
    channels_last = shape[3] in (1, 3, 4) and shape[1] not in (1, 3, 4)
    return _CHANNELS if axis == (3 if channels_last else 1) else _SIDE


def check_profile(inputs: Sequence[Tensor], profile: Profile) -> list[ProfileProblem]:
    """Everything that is wrong with a profile for a network with these inputs."""
    return [*_name_problems(inputs, profile), *_range_problems(inputs, profile)]


def _name_problems(inputs: Sequence[Tensor], profile: Profile) -> Iterator[ProfileProblem]:
    names = [tensor.name for tensor in inputs]
    for name in profile:
        if name not in names:
            known = ", ".join(names)
            yield ProfileProblem(
                name, f"The model has no input {name!r}; remove it, or use one of: {known}."
            )
    for tensor in inputs:
        if tensor.is_dynamic and tensor.name not in profile:
            yield ProfileProblem(tensor.name, _missing(tensor))


def _missing(tensor: Tensor) -> str:
    bounds = "a min, an opt and a max shape"
    if tensor.shape is None:
        return (
            f"The model does not say the shape of {tensor.name}; export it with one, or give it "
            f"{bounds}."
        )
    return f"{tensor.name} is dynamic ({format_shape(tensor.shape)}); give it {bounds}."


def _range_problems(inputs: Sequence[Tensor], profile: Profile) -> Iterator[ProfileProblem]:
    sizes_of: dict[tuple[str, Bound], tuple[str, int]] = {}
    for tensor in inputs:
        if tensor.name not in profile:
            continue
        shapes = profile[tensor.name]
        wrong_rank = list(_rank_problems(tensor, shapes))
        yield from wrong_rank
        if not wrong_rank:
            yield from _size_problems(tensor, shapes)
            yield from _symbol_problems(tensor, shapes, sizes_of)


def _rank_problems(tensor: Tensor, shapes: ShapeRange) -> Iterator[ProfileProblem]:
    rank = len(shapes.opt) if tensor.shape is None else len(tensor.shape)
    for bound in BOUNDS:
        shape: Shape = getattr(shapes, bound)
        if len(shape) != rank:
            yield ProfileProblem(
                tensor.name,
                f"{tensor.name} takes {rank} sizes ({format_shape(tensor.shape)}), and its {bound} "
                f"shape has {len(shape)}; give {rank}.",
                bound=bound,
            )


def _size_problems(tensor: Tensor, shapes: ShapeRange) -> Iterator[ProfileProblem]:
    for axis, (low, best, high) in enumerate(zip(shapes.min, shapes.opt, shapes.max, strict=True)):
        fixed = tensor.shape[axis] if tensor.shape is not None else -1
        where = f"Axis {axis} of {tensor.name}"
        for bound, size in zip(BOUNDS, (low, best, high), strict=True):
            if isinstance(fixed, int) and 0 <= fixed != size:
                message = f"{where} is fixed at {fixed} in the model; make its {bound} {fixed}."
                yield ProfileProblem(tensor.name, message, axis, bound)
            elif size < 1 and fixed != 0:
                message = f"{where} has the {bound} {size}; sizes start at 1."
                yield ProfileProblem(tensor.name, message, axis, bound)
        if low > best:
            message = f"{where} has a min of {low} above its opt of {best}; make min <= opt <= max."
            yield ProfileProblem(tensor.name, message, axis, "min")
        if best > high:
            message = (
                f"{where} has an opt of {best} above its max of {high}; make min <= opt <= max."
            )
            yield ProfileProblem(tensor.name, message, axis, "max")


def _symbol_problems(
    tensor: Tensor, shapes: ShapeRange, sizes_of: dict[tuple[str, Bound], tuple[str, int]]
) -> Iterator[ProfileProblem]:
    """Sizes of one name must be equal, min with min, opt with opt, max with max, in all inputs."""
    for axis, dim in enumerate(tensor.shape or ()):
        if not isinstance(dim, str):
            continue
        for bound in BOUNDS:
            size = getattr(shapes, bound)[axis]
            where, first = sizes_of.setdefault(
                (dim, bound), (f"axis {axis} of {tensor.name}", size)
            )
            if size != first:
                yield ProfileProblem(
                    tensor.name,
                    f"Axis {axis} of {tensor.name} and {where} are both called {dim!r}, so their "
                    f"{bound} must be the same, not {size} and {first}; make both {first}.",
                    axis,
                    bound,
                )
