"""Optimization profiles: suggesting them, and checking them, since TensorRT itself takes unknown
names and wrong ranks without a word. Safe in any thread.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from trtstudio.model.build.free_sizes import free_sizes, side_axes
from trtstudio.model.graph import (
    Dim,
    Graph,
    Profile,
    Shape,
    ShapeRange,
    Tensor,
    format_shape,
)
from trtstudio.model.metadata import stated_sizes
from trtstudio.model.onnx.size_steps import SizeDemands

Bound = Literal["min", "opt", "max"]
BOUNDS: tuple[Bound, ...] = ("min", "opt", "max")

_Sizes = tuple[int, int, int]

_BATCH, _CHANNELS, _SIDE, _LENGTH = (1, 1, 8), (3, 3, 3), (224, 224, 448), (1, 128, 512)
_FOLLOWED_SIDE, _LINE = (128, 640, 960), (128, 320, 1280)
_BATCHES = {"one": (1, 1, 1), "few": _BATCH, "many": (1, 8, 32)}


@dataclass(frozen=True, slots=True)
class ProfileProblem:
    """What is wrong at one input; ``axis`` or ``bound`` is None where all of them are meant."""

    input: str
    message: str
    axis: int | None = None
    bound: Bound | None = None


def with_shapes(inputs: Sequence[Tensor], shapes: Mapping[str, Shape]) -> tuple[Tensor, ...]:
    """The inputs with some declared shapes replaced, as ``NetworkEdits.input_shapes`` does it; -1
    is a dynamic size, which keeps its symbol where it had one.
    """
    return tuple(
        replace(tensor, shape=_replaced(tensor.shape, shapes[tensor.name]))
        if tensor.name in shapes
        else tensor
        for tensor in inputs
    )


def _replaced(declared: Sequence[Dim] | None, shape: Shape) -> tuple[Dim, ...]:
    symbols = declared if declared is not None and len(declared) == len(shape) else shape
    return tuple(
        symbol if size < 0 and isinstance(symbol, str) else size
        for symbol, size in zip(symbols, shape, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A profile to start from. ``batch`` is its smallest, best and largest batch, or None where the
    model has no dynamic one; ``steps`` what its other sizes are multiples of, and ``fixed`` those
    that are one size only, by their names.
    """

    profile: Profile
    batch: tuple[int, int, int] | None
    steps: Mapping[str, int]
    fixed: Mapping[str, int]


def suggest_profiles(
    inputs: Sequence[Tensor], demanded: SizeDemands | None = None
) -> tuple[Suggestion, ...]:
    """Profiles for a batch of 1, of 1 to 8 and of up to 32; one alone where the batch is fixed.

    ``demanded`` is what ``find_sizes`` found in the model.
    """
    demanded = demanded or SizeDemands()
    named = {name: step for name, step in demanded.steps.items() if step > 1}
    if not any(place.axis == 0 for places in free_sizes(inputs).values() for place in places):
        return (Suggestion(suggest(inputs, demanded), None, named, demanded.fixed),)
    return tuple(
        Suggestion(suggest(inputs, demanded, batch), batch, named, demanded.fixed)
        for batch in _BATCHES.values()
    )


def suggest_profile(graph: Graph) -> Profile:
    """A profile to start from, by the inputs and what the metadata tell: as ``suggest``."""
    inputs = graph.input_tensors
    return suggest(inputs, SizeDemands(stated=stated_sizes(graph.metadata, inputs)))


def suggest(
    inputs: Sequence[Tensor], demanded: SizeDemands | None = None, batch: _Sizes = _BATCH
) -> Profile:
    """A profile to start from, for every dynamic input of known rank.

    A first size is taken for a batch of 1 to 8, the sides of a picture for 224 to 448, any other
    for a length of 1 to 512; as far as what the model states or ``demanded`` allows that. Sides
    that outputs follow go up to 960, where detectors of objects and text work, and where the other
    side is one size to 1,280, as a line of text does. Sizes of the same name get the same range, as
    TensorRT demands.
    """
    demanded = demanded or SizeDemands()
    names = {(p.input, p.axis): name for name, at in free_sizes(inputs).items() for p in at}
    by_name: dict[str, _Sizes] = {}
    profile: Profile = {}
    for tensor in inputs:
        if tensor.shape is None or not tensor.is_dynamic:
            continue
        sizes: list[_Sizes] = []
        for axis, dim in enumerate(tensor.shape):
            if (name := names.get((tensor.name, axis))) is None:
                sizes.append((int(dim), int(dim), int(dim)))
                continue
            usual = _guess(tensor.shape, axis, batch)
            if name in demanded.followed and axis in side_axes(tensor.shape):
                usual = _FOLLOWED_SIDE if _is_free(tensor, axis, names, demanded) else _LINE
            guess = _demanded(usual, demanded, name)
            sizes.append(by_name.setdefault(name, guess))
        profile[tensor.name] = ShapeRange(*(tuple(bound) for bound in zip(*sizes, strict=True)))
    return profile


def _is_free(
    tensor: Tensor, side: int, names: Mapping[tuple[str, int], str], demanded: SizeDemands
) -> bool:
    """Whether the other side of the picture may have several sizes."""
    (other,) = (axis for axis in side_axes(tensor.shape or ()) if axis != side)
    name = names.get((tensor.name, other))
    return name is not None and name not in demanded.fixed


def _demanded(sizes: _Sizes, demanded: SizeDemands, name: str) -> _Sizes:
    """The one size that fits, or the next sizes that are multiples of the step. Pictures are made
    to fit into the size that the model was trained for, so a side is that or less.
    """
    if (fixed := demanded.fixed.get(name)) is not None:
        return fixed, fixed, fixed
    if (stated := demanded.stated.get(name)) is not None:
        sizes = -(-stated // 2), stated, stated
    step = demanded.steps.get(name, 1)
    low, best, high = (-(-size // step) * step for size in sizes)
    return low, best, high


def _guess(shape: Sequence[Dim], axis: int, batch: _Sizes) -> _Sizes:
    if axis == 0:
        return batch
    if sides := side_axes(shape):
        return _SIDE if axis in sides else _CHANNELS
    return _LENGTH


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
        if shapes.values:
            yield from _value_problems(tensor, shapes)
            continue
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


def _value_problems(tensor: Tensor, values: ShapeRange) -> Iterator[ProfileProblem]:
    """A shape tensor is a number or a list of numbers, whose length is fixed."""
    rank = None if tensor.shape is None else len(tensor.shape)
    if tensor.is_dynamic or rank not in (0, 1) or not tensor.dtype.startswith(("int", "bool")):
        message = f"{tensor.name} is no shape tensor of fixed length; give it shapes, not values."
        yield ProfileProblem(tensor.name, message)
        return
    count = int(tensor.shape[0]) if tensor.shape else 1
    for bound in BOUNDS:
        given: Shape = getattr(values, bound)
        if len(given) != count:
            message = (
                f"{tensor.name} holds {count} values, and its {bound} has {len(given)}; "
                f"give {count}."
            )
            yield ProfileProblem(tensor.name, message, bound=bound)
            return
    yield from _order_problems(f"Value {{}} of {tensor.name}", tensor.name, values)


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
    yield from _order_problems(f"Axis {{}} of {tensor.name}", tensor.name, shapes)


def _order_problems(place: str, name: str, shapes: ShapeRange) -> Iterator[ProfileProblem]:
    """``place`` has braces for the position."""
    for axis, (low, best, high) in enumerate(zip(shapes.min, shapes.opt, shapes.max, strict=True)):
        where, hint = place.replace("{}", str(axis)), "make min <= opt <= max."
        if low > best:
            message = f"{where} has a min of {low} above its opt of {best}; {hint}"
            yield ProfileProblem(name, message, axis, "min")
        if best > high:
            message = f"{where} has an opt of {best} above its max of {high}; {hint}"
            yield ProfileProblem(name, message, axis, "max")


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
                    f"{bound} must be the same, not {size} and {first}; make both {first}, or "
                    f"declare another shape of {tensor.name}.",
                    axis,
                    bound,
                )
