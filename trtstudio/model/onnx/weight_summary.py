"""Figures over a weight's values where they are stored. Safe in any thread."""

from collections.abc import Iterator
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import WeightPlace
from trtstudio.model.onnx.weights import open_weight
from trtstudio.model.run import Array
from trtstudio.model.tensor_summary import BINS, TensorSummary, summarize


def summarize_weight(
    path: Path, place: WeightPlace, bins: int = BINS, most: int | None = None
) -> TensorSummary:
    """The figures of the weight at ``place`` in the model at ``path``, which is read twice; those
    of a sample where it has many more values than ``most``, as ``open_weight``.

    Raises StudioError as ``open_weight``, and for complex numbers.
    """

    def pieces() -> Iterator[Array]:
        with open_weight(path, place, most) as weight:
            if weight.dtype.kind == "c":
                raise StudioError(
                    f"The weight {weight.name} holds complex numbers, which have no order.",
                    hint="Its values can be looked at in the table.",
                )
            yield from weight.pieces

    return summarize(pieces, bins)
