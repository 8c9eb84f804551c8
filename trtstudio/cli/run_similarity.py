"""``trtstudio run`` on a model of embeddings: how similar the pictures are to each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from trtstudio.cli.output import table
from trtstudio.vision.answer import Answer
from trtstudio.vision.similarity import closest_pairs
from trtstudio.vision.tasks.embedding import similarities

_MOST_PAIRS = 10
_MOST_COLUMNS = 8  # what fits beside each other in a terminal
_MOST_PICTURES = 1000  # of a matrix


def similarity_data(seen: Sequence[tuple[str, Answer]]) -> dict[str, Any] | None:
    """The pictures by their names, the pairs that are most similar, and the cosine of each two,
    unless they are too many; None where there are no two. All answers are embeddings.
    """
    if len(seen) < 2:
        return None
    names, answers = [name for name, _ in seen], [answer for _, answer in seen]
    vectors = np.stack([a.embedding for a in answers if a.embedding is not None])
    pairs = [
        {"pictures": [names[pair.first], names[pair.second]], "cosine": pair.cosine}
        for pair in closest_pairs(vectors, _MOST_PAIRS)
    ]
    is_few = len(seen) <= _MOST_PICTURES
    matrix = similarities(answers).tolist() if is_few else None
    return {"pictures": names, "pairs": pairs, "matrix": matrix}


def similarity_text(data: dict[str, Any]) -> str:
    """The same in words: a matrix of a few pictures, and the most similar pairs."""
    rows = [(*pair["pictures"], f"{pair['cosine']:.3f}") for pair in data["pairs"]]
    pairs = table([("most similar", "", "cosine"), *rows], right=(2,))
    names = data["pictures"]
    if len(names) > _MOST_COLUMNS:
        return pairs
    numbers = tuple(str(number) for number in range(1, len(names) + 1))
    lines = [
        (f"{number} {name}", *(f"{cosine:.3f}" for cosine in cosines))
        for number, name, cosines in zip(numbers, names, data["matrix"], strict=True)
    ]
    right = tuple(range(1, len(names) + 1))
    return f"{table([('similarity', *numbers), *lines], right=right)}\n\n{pairs}"
