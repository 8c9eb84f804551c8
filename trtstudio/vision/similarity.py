"""How similar pictures are by their embeddings. Pure functions; safe in any thread."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array

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
    rows, columns = np.triu_indices(cosines.shape[0], 1, cosines.shape[1])
    values = cosines[rows, columns]
    kept = np.arange(len(values))
    if len(values) > count:
        least = np.partition(values, -count)[-count]
        kept = np.flatnonzero(values >= least)
    for position in kept[np.argsort(-values[kept], kind="stable")][:count].tolist():
        row, column = int(rows[position]) + start, int(columns[position]) + start
        yield Pair(row, column, float(values[position]))
