"""A batch that is larger than a model takes, run in pieces that are put together again. Only the
thread that owns the session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.engine.run.profiles import profiled_sizes
from trtstudio.engine.run.session import Session
from trtstudio.model.build.build import Profile, Shape, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.profile_fit import by_shape, takes
from trtstudio.model.run import Array, RunResult, SessionInfo, Timing

_FREE = (1, 2**62)


@dataclass(frozen=True, slots=True)
class Batch:
    """How many items there are, how many the model takes at least and at most, and in which inputs
    they are.
    """

    size: int
    smallest: int
    largest: int
    inputs: frozenset[str]


def run_batches(session: Session, inputs: Mapping[str, Array]) -> RunResult:
    """One inference, or as many as a batch needs that no profile, or no fixed batch size, takes.

    The last piece is filled up with its last item where the model takes no smaller one. Raises
    StudioError where an input is wrong, or an output does not have a row for each item.
    """
    arrays = {name: np.asarray(array) for name, array in inputs.items()}
    batch = find_batch(session.info, profiled_sizes(session.info.profiles, arrays))
    if batch is None:
        return session.run(arrays)
    starts = range(0, batch.size, batch.largest)
    pieces = [_run_piece(session, arrays, batch, start) for start in starts]
    outputs = {
        name: np.concatenate([piece.outputs[name] for piece in pieces])[: batch.size]
        for name in pieces[0].outputs
    }
    return RunResult(outputs, _added([piece.timing for piece in pieces]), len(pieces))


def _run_piece(
    session: Session, arrays: Mapping[str, Array], batch: Batch, begin: int
) -> RunResult:
    pieces = {
        name: _piece(array, begin, batch) if name in batch.inputs else array
        for name, array in arrays.items()
    }
    size = next(len(pieces[name]) for name in batch.inputs)
    result = session.run(pieces)
    for name, output in result.outputs.items():
        if output.ndim == 0 or len(output) != size:
            raise StudioError(
                f'The output "{name}" has no row for each of the {size} items of a piece, so a '
                f"batch of {batch.size} cannot be put together from pieces.",
                hint=f"Run at most {batch.largest} at a time.",
            )
    return result


def _piece(array: Array, begin: int, batch: Batch) -> Array:
    piece = array[begin : begin + batch.largest]
    missing = batch.smallest - len(piece)
    return np.concatenate([piece, piece[-1:].repeat(missing, axis=0)]) if missing > 0 else piece


def _added(timings: Sequence[Timing]) -> Timing:
    names = Timing.__struct_fields__
    return Timing(*(sum(getattr(timing, name) for timing in timings) for name in names))


def find_batch(info: SessionInfo, shapes: Mapping[str, Shape]) -> Batch | None:
    """The batch in inputs of these ``profiled_sizes``; None where the model takes it whole, or
    where something else is wrong, which the session then says.
    """
    ranges = [profile for profile in info.profiles if by_shape(profile)]
    if any(takes(profile, shapes) for profile in ranges):
        return None
    by_value = {name for profile in info.profiles for name in profile.keys() - by_shape(profile)}
    sized = [tensor for tensor in info.inputs if tensor.name in shapes.keys() - by_value]
    fixed = {tensor.name: shape for tensor in sized if (shape := _fixed(tensor))}
    found = [_batch_within(profile, shapes) for profile in ranges or [fixed]]
    return max(filter(None, found), key=lambda batch: batch.largest, default=None)


def _fixed(tensor: Tensor) -> ShapeRange | None:
    """The range of an input as the model declares it; what it leaves free has no bounds."""
    if not tensor.shape:
        return None
    sizes = [(dim, dim) if isinstance(dim, int) and dim >= 0 else _FREE for dim in tensor.shape]
    low, high = (tuple(bound) for bound in zip(*sizes, strict=True))
    return ShapeRange(low, low, high)


def _batch_within(ranges: Profile, shapes: Mapping[str, Shape]) -> Batch | None:
    """The batch that would fit these ranges if it were smaller, and nothing else were."""
    sized = by_shape(ranges)
    first = [(shapes[name][0], r) for name, r in sized.items() if shapes.get(name) and r.max]
    size = max((given for given, allowed in first if given > allowed.max[0]), default=0)
    batched = {
        name: allowed
        for name, allowed in sized.items()
        if shapes.get(name)
        and shapes[name][0] == size
        and (size > allowed.max[0] or allowed.min[0] < allowed.max[0])
    }
    if not size or not batched:
        return None
    largest = min(allowed.max[0] for allowed in batched.values())
    smallest = max(allowed.min[0] for allowed in batched.values())
    pieces = {n: (largest, *s[1:]) if n in batched else s for n, s in shapes.items()}
    if not 0 < smallest <= largest or not takes(ranges, pieces):
        return None
    return Batch(size, smallest, largest, frozenset(batched))
