"""Which sizes a model can take: found by letting onnx infer its shapes with one after another.

For a worker thread of an engine process: onnx holds the GIL meanwhile, a second for some models.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from trtstudio.model.build.free_sizes import free_sizes, side_axes
from trtstudio.model.graph import Tensor
from trtstudio.model.metadata import stated_sizes
from trtstudio.model.onnx.size_inference import SizeInference

STEPS = (1, 2, 4, 8, 16, 32, 64)
_BASE = 128
_CHANNELS = 3
_USUAL = (32, 48, 64, 77, 96, 112, 160, 192, 224, 256, 299, 320, 384, 416, 448, 480, 512, 518, 640)
"""What is tried where a model does not take 128."""

Fits = Callable[[Mapping[str, int]], bool]


@dataclass(frozen=True, slots=True)
class SizeDemands:
    """What a model demands of its dynamic sizes, by the names that ``free_sizes`` gives them:
    ``steps`` are what they must be multiples of, 1 where any fits; ``fixed`` sizes were found to
    fit where most others do not; ``stated`` are those that its author says it was trained for.
    Outputs grow with those that are ``followed``, as maps and boxes do and classes do not. Batches
    and sizes of which nothing is known are left out.
    """

    steps: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, int] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)
    followed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SizeDemandsRequest:
    """Find what this ONNX file demands of its inputs' dynamic sizes: ``SizeDemands``."""

    path: str
    inputs: tuple[Tensor, ...]


def find_sizes(path: Path, inputs: Sequence[Tensor]) -> SizeDemands:
    """What the model demands of its sizes. Raises StudioError where the file cannot be read as
    ONNX.
    """
    inference = SizeInference(path, inputs)
    stated = stated_sizes(inference.metadata, inputs)
    found = _tried(inference.fits, inputs)
    return replace(found, stated=stated, followed=_followed(inference, inputs, found))


def _followed(inference: SizeInference, inputs: Sequence[Tensor], found: SizeDemands) -> list[str]:
    """Doubled, they change the shape of an output."""
    if not found.steps:
        return []
    sizes = {name: _first_guess(inputs, name) for name in free_sizes(inputs)} | found.fixed
    shapes = inference.output_shapes(sizes)

    def is_followed(name: str) -> bool:
        doubled = inference.output_shapes(sizes | {name: 2 * sizes[name]})
        return any(doubled.get(output, shape) != shape for output, shape in shapes.items())

    return [name for name in found.steps if is_followed(name)]


def _tried(fits: Fits, inputs: Sequence[Tensor]) -> SizeDemands:
    sizes = {name: _first_guess(inputs, name) for name in free_sizes(inputs)}
    free = [name for name, size in sizes.items() if size == _BASE]
    if not free:
        return SizeDemands()
    if fits(sizes):
        return SizeDemands(_steps(fits, sizes, free))
    fixed = _fixed(fits, sizes, free)
    if not fixed:
        return SizeDemands()
    return SizeDemands(_steps(fits, sizes | fixed, (n for n in free if n not in fixed)), fixed)


def _steps(fits: Fits, sizes: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    steps: dict[str, int] = {}
    for name in names:
        fitting = (s for s in STEPS if fits({**sizes, name: sizes[name] + s}))
        if step := next(fitting, 0):
            steps[name] = step
    return steps


def _fixed(fits: Fits, sizes: Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
    """A size that fits for one of them, else the same for all of them."""
    for changed in (*((name,) for name in names), tuple(names)):
        fitting = [s for s in _USUAL if fits({**sizes, **dict.fromkeys(changed, s)})]
        if fitting:
            # Formulas differ at the ends of what fits: there, one tool's 0 is another's 1.
            return dict.fromkeys(changed, fitting[(len(fitting) - 1) // 2])
    return {}


def _first_guess(inputs: Sequence[Tensor], name: str) -> int:
    """A batch of one, three channels, and any other size one that most models can take."""
    sides = {tensor.name: side_axes(tensor.shape or ()) for tensor in inputs}
    places = free_sizes(inputs)[name]
    if any(place.axis == 0 for place in places):
        return 1
    if all(sides[place.input] and place.axis not in sides[place.input] for place in places):
        return _CHANNELS
    return _BASE
