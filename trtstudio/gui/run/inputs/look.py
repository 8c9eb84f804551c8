"""What a file or an earlier output holds, and whether an input takes it. Plain functions for the io
thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trtstudio.model.arrays import array_names
from trtstudio.model.build.build import Shape
from trtstudio.model.core_words import core_error
from trtstudio.model.errors import StudioError
from trtstudio.model.given_inputs import ConstantValues, FileValues, Values, input_array
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.input_checks import checked_input
from trtstudio.model.input_notes import input_notes


@dataclass(frozen=True, slots=True)
class Look:
    """``names`` are the arrays of an .npz; without a ``problem`` there are ``shape``, ``words``
    like ``float64 [2 x 3]``, and what there is to say of the values.
    """

    names: tuple[str, ...] = ()
    shape: Shape | None = None
    words: str = ""
    notes: tuple[str, ...] = ()
    problem: StudioError | None = None


def look_at(values: Values, tensor: Tensor, shape: Shape | None, best: Shape) -> Look:
    """Read it as a run would."""
    path = values.path if isinstance(values, FileValues) else None
    names = array_names(path) if path is not None and path.suffix.lower() == ".npz" else ()
    try:
        array = input_array(values, tensor, shape, best)
        checked_input(tensor, array)
    except StudioError as error:
        return Look(names, problem=core_error(error))
    notes = input_notes([tensor], {tensor.name: array})
    words = f"{array.dtype} [{format_shape(array.shape)}]"
    return Look(names, tuple(array.shape), words, notes)


def constant_problem(
    values: ConstantValues, tensor: Tensor, shape: Shape | None, best: Shape
) -> StudioError | None:
    """Why the input does not take these numbers; quick enough for the main thread."""
    if len(values.numbers) == 1:  # which needs no array of many to be checked
        shape, best = (), ()
    try:
        input_array(values, tensor, shape, best)
    except StudioError as error:
        return core_error(error)
    return None


def fitting_inputs(path: Path, tensors: Sequence[Tensor], best: dict[str, Shape]) -> list[str]:
    """The names of the inputs that take this file; of all of them where none does."""
    values = FileValues(path)
    found = [t.name for t in tensors if not look_at(values, t, None, best[t.name]).problem]
    return found or [tensor.name for tensor in tensors]
