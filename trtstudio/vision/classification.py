"""The likeliest classes from the output of a classifier. Safe in any thread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.labels import check_labels, label_of

_SUM_TOLERANCE = 0.01  # what float16 probabilities of 1000 classes may miss 1 by


@dataclass(frozen=True, slots=True)
class Label:
    """A class, and how likely it is, between 0 and 1."""

    label: str
    score: float
    index: int


def classify(output: Array, labels: Sequence[str] | None, top: int = 5) -> tuple[Label, ...]:
    """The ``top`` likeliest classes, the likeliest first.

    ``output`` has one score a class, for one picture: logits, which softmax turns into
    probabilities, or probabilities. Raises ``StudioError`` where it has another shape.
    """
    scores = np.asarray(output, np.float64).squeeze()
    if scores.ndim != 1:
        raise StudioError(
            f"An output of the shape {np.shape(output)} is not one score a class.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    check_labels(labels, scores.size)
    probabilities = scores if _is_distribution(scores) else _softmax(scores)
    best = np.argsort(-probabilities, kind="stable")[:top].tolist()
    return tuple(Label(label_of(labels, i), float(probabilities[i]), i) for i in best)


def _is_distribution(scores: Array) -> bool:
    return bool(scores.min() >= 0 and abs(scores.sum() - 1) < _SUM_TOLERANCE)


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())
