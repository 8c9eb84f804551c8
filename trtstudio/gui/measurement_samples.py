"""The inferences of a benchmark while they come in: a table that grows. One thread at a time."""

from collections.abc import Iterable

import numpy as np

from trtstudio.model.bench import COLUMNS, Samples
from trtstudio.model.run import Array

_FIRST = 4096


class SampleLog:
    """All that came so far. Columns are views: they stay as they are while more comes."""

    def __init__(self, samples: Samples | None = None) -> None:
        self._table = samples.table if samples else np.empty((_FIRST, len(COLUMNS)), np.float32)
        self._count = len(samples) if samples else 0

    def __len__(self) -> int:
        return self._count

    def add(self, batches: Iterable[Samples]) -> bool:
        """Take these after the others; whether there were any."""
        before = self._count
        for batch in batches:
            self._reserve(len(batch))
            self._table[self._count : self._count + len(batch)] = batch.table
            self._count += len(batch)
        return self._count > before

    def column(self, name: str, last: int | None = None) -> Array:
        """The column of this name, float32 [n], or only so many of its last."""
        first = 0 if last is None else max(0, self._count - last)
        return self._table[first : self._count, COLUMNS.index(name)]

    def samples(self) -> Samples:
        """All of them."""
        return Samples(self._table[: self._count])

    def _reserve(self, count: int) -> None:
        """Make room for so many more; twice as much each time, so that each is copied but once."""
        if self._count + count > len(self._table):
            size = max(2 * len(self._table), self._count + count)
            larger = np.empty((size, len(COLUMNS)), np.float32)
            larger[: self._count] = self._table[: self._count]
            self._table = larger
