"""In which order ``trtstudio run`` tells of its pictures. Pure functions."""

from math import inf
from typing import Literal

from trtstudio.vision.answer import Answer
from trtstudio.vision.answer_words import best_score

Sort = Literal["score", "doubt"]
"""The surest first, or the least sure."""


def sort_key(sort: Sort | None, answer: Answer | None) -> float:
    """What comes first has the least; what has no score comes last, as it was given."""
    score = best_score(answer) if sort is not None and answer is not None else None
    if score is None:
        return inf
    return -score if sort == "score" else score
