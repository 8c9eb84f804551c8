"""What a benchmark feeds a model with. Any thread."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from trtstudio.engine.run.inputs import check_shape
from trtstudio.model.arrays import random_array
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo


def chosen_shapes(info: SessionInfo, asked: Mapping[str, Shape]) -> dict[str, Shape]:
    """The shapes to measure: those asked for, the model's best for other inputs. Raises StudioError
    as ``checked_shapes``.
    """
    return checked_shapes(info.inputs, info.shapes, asked)


def checked_shapes(
    tensors: Sequence[Tensor], usual: Mapping[str, Shape], asked: Mapping[str, Shape]
) -> dict[str, Shape]:
    """For each of these inputs the shape that was asked for, else its usual one.

    Raises StudioError for a name that no input has and for a shape that cannot be.
    """
    inputs = {tensor.name: tensor for tensor in tensors}
    for name, shape in asked.items():
        if name not in inputs:
            raise StudioError(
                f'The model has no input called "{name}".',
                hint=f"Its inputs are: {', '.join(inputs)}.",
            )
        check_shape(inputs[name], shape)
        if min(shape, default=0) < 0:
            raise StudioError(
                f'The shape for "{name}" has a negative size.',
                hint="Give a size for every dimension.",
            )
    return {name: tuple(asked.get(name, usual[name])) for name in inputs}


def random_inputs(
    tensors: Iterable[Tensor], shapes: Mapping[str, Shape], seed: int = 0
) -> dict[str, Array]:
    """An array for every input, the same for the same seed: floats between -1 and 1 as in trtexec,
    integers 0 or 1, which are valid as indices, masks and quantized values alike.
    """
    random = np.random.default_rng(seed)
    return {t.name: random_array(random, t.dtype, shapes[t.name]) for t in tensors}
