"""How well a converted model agrees with the one that it was made from. Safe in any thread."""

from dataclasses import dataclass
from math import inf, isnan

import numpy as np

from trtstudio.model.run import Array
from trtstudio.model.tensor_difference import difference

_LEAST_CLASSES = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """One output over all samples: the mean and the worst relative L2 distance, the mean cosine,
    and the share of samples with the same largest class, between 0 and 1; None where the output is
    not one score a class.
    """

    output: str
    samples: int
    relative_l2: float
    worst_relative_l2: float
    cosine: float
    same_top: float | None


class Comparison:
    """Gathers the agreement of one output, a sample at a time."""

    def __init__(self, output: str) -> None:
        self.output = output
        self._distances: list[float] = []
        self._cosines: list[float] = []
        self._tops: list[bool] = []

    def add(self, expected: Array, found: Array) -> None:
        """One sample. Raises StudioError where the shapes differ."""
        apart = difference(found, expected)
        self._distances.append(inf if apart.one_nan else apart.relative_l2)
        if not isnan(apart.cosine):
            self._cosines.append(apart.cosine)
        if _is_scores(expected):
            same = _top(expected) == _top(found)
            self._tops.extend(same.tolist())

    def result(self) -> Agreement:
        """The figures of what was added."""
        return Agreement(
            output=self.output,
            samples=len(self._distances),
            relative_l2=float(np.mean(self._distances)) if self._distances else 0.0,
            worst_relative_l2=max(self._distances, default=0.0),
            cosine=float(np.mean(self._cosines)) if self._cosines else 1.0,
            same_top=float(np.mean(self._tops)) if self._tops else None,
        )


def _is_scores(array: Array) -> bool:
    """Whether this is one score a class for each item of a batch: [N, C], or that with ones
    behind.
    """
    return (
        array.ndim >= 2
        and array.shape[0] > 0
        and array.shape[1] >= _LEAST_CLASSES
        and all(size == 1 for size in array.shape[2:])
    )


def _top(scores: Array) -> Array:
    """The largest class of each item."""
    return np.asarray(scores.reshape(len(scores), -1).argmax(axis=1))
