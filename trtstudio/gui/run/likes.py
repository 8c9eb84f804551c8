"""Which other runs of a model one is compared with. Plain functions for the main thread."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trtstudio.gui.run.run import Run
from trtstudio.model.run import Array


def latencies_ms(run: Run, history: Sequence[Run]) -> Array:
    """Of it and its like: what ran on the same."""
    alike = [r for r in history if r.runtime == run.runtime and r.problem is None]
    return np.array([r.timing.latency_ms for r in alike])


def embedding_of(run: Run) -> Array | None:
    """The vector that stands for its picture, of length 1."""
    return run.answer.embedding if run.answer is not None else None


def comparable(run: Run, history: Sequence[Run]) -> list[tuple[Run, Array]]:
    """The newest run of each picture with an embedding of the same size, and that."""
    own = embedding_of(run)
    found: dict[object, tuple[Run, Array]] = {}
    for each in history:
        vector = embedding_of(each)
        if own is not None and vector is not None and vector.shape == own.shape:
            found[_place(each)] = (each, vector)
    return list(found.values())


def similar(run: Run, history: Sequence[Run]) -> list[tuple[str, float]]:
    """The other pictures, by the cosine between their embeddings and this one."""
    own = embedding_of(run)
    if own is None:
        return []
    others = [pair for pair in comparable(run, history) if _place(pair[0]) != _place(run)]
    found = [(other.name, float(own @ vector)) for other, vector in others]
    return sorted(found, key=lambda pair: -pair[1])


def _place(run: Run) -> object:
    """What tells its picture from others: the file, or the pasted picture itself."""
    return run.source if isinstance(run.source, Path) else id(run.source)
