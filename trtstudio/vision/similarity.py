"""How similar pictures are by their embeddings. Pure functions; safe in any thread."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array

_NONE = -2.0  # below every cosine: a picture with itself, or a pair that was seen already
_BLOCK = 512  # rows at once: 10,000 pictures would need 400 MB together


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures by their positions, the first before the second, and the cosine of their
    embeddings.
    """

    first: int
    second: int
    cosine: float


def closest_pairs(vectors: Array, count: int) -> tuple[Pair, ...]:
    """The ``count`` most similar of all pairs of ``vectors`` [n, d], which have length 1; the most
    similar first, and of equals those of the earlier pictures.
    """
    found: list[Pair] = []
    for start in range(0, len(vectors), _BLOCK):
        found += _pairs_of(vectors, start, count)
        found = sorted(found, key=lambda pair: (-pair.cosine, pair.first, pair.second))[:count]
    return tuple(found)


def _pairs_of(vectors: Array, start: int, count: int) -> Iterator[Pair]:
    """The best pairs whose first picture is in the block that begins at ``start``."""
    cosines = np.clip(vectors[start : start + _BLOCK] @ vectors[start:].T, -1, 1)
    cosines[np.tri(*cosines.shape, dtype=np.bool_)] = _NONE
    values = cosines.reshape(-1)
    least = np.partition(values, -count)[-count] if values.size > count else _NONE
    kept = np.flatnonzero((values >= least) & (values > _NONE))
    for position in kept[np.argsort(-values[kept], kind="stable")][:count].tolist():
        row, column = divmod(position, cosines.shape[1])
        yield Pair(start + row, start + column, float(values[position]))
