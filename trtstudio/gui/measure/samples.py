"""The inferences of a benchmark while they come in: a table that grows. One thread at a time."""

from collections.abc import Iterable

import numpy as np

from trtstudio.model.measure.bench import COLUMNS, Samples
from trtstudio.model.run import Array

_FIRST = 4096


class SampleLog:
    """All that came so far. Columns are views: they stay as they are while more comes. Each is
    contiguous, because a plot reads one of them again and again.
    """

    def __init__(self, samples: Samples | None = None) -> None:
        self._columns = np.empty((len(COLUMNS), _FIRST), np.float32)
        self._count = 0
        if samples is not None:
            self._columns, self._count = np.ascontiguousarray(samples.table.T), len(samples)

    def __len__(self) -> int:
        return self._count

    def add(self, batches: Iterable[Samples]) -> bool:
        """Take these after the others; whether there were any."""
        before = self._count
        for batch in batches:
            self._reserve(len(batch))
            self._columns[:, self._count : self._count + len(batch)] = batch.table.T
            self._count += len(batch)
        return self._count > before

    def column(self, name: str, last: int | None = None) -> Array:
        """The column of this name, float32 [n], or only so many of its last."""
        first = 0 if last is None else max(0, self._count - last)
        return self._columns[COLUMNS.index(name), first : self._count]

    def samples(self) -> Samples:
        """All of them."""
        return Samples(self._columns[:, : self._count].T)

    def _reserve(self, count: int) -> None:
        """Make room for so many more; twice as much each time, so that each is copied but once."""
        room = self._columns.shape[1]
        if self._count + count > room:
            larger = np.empty((len(COLUMNS), max(2 * room, self._count + count)), np.float32)
            larger[:, : self._count] = self._columns[:, : self._count]
            self._columns = larger
