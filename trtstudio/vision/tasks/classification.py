"""The likeliest classes from the output of a classifier. Safe in any thread."""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Label
from trtstudio.vision.labels import check_labels, label_of
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.task import Guess, Task

_USUAL_CLASSES = (10, 100, 1000, 1001, 21841, 21843)  # CIFAR and ImageNet
_SCORE_NAMES = ("logit", "prob", "softmax", "score", "class")
_SUM_TOLERANCE = 0.01  # what float16 probabilities of 1000 classes may miss 1 by


def _fit(network: Network) -> Guess | None:
    if len(network.outputs) != 1:
        return None
    output = network.outputs[0]
    classes = class_count(output)
    if classes is None or classes < 2:
        return None
    if network.labels is not None:
        if classes != len(network.labels):
            return None
        preset = "yolo-classify" if network.metadata.get("task") == "classify" else ""
        reason = f"{output.name} has one score for each of {classes} labels."
        return Guess("classification", 0.95, reason, preset)
    if classes in _USUAL_CLASSES:
        reason = f"{output.name} has {classes} scores, as for CIFAR or ImageNet."
        return Guess("classification", 0.9, reason)
    is_named = any(word in output.name.lower() for word in _SCORE_NAMES)
    reason = f"{output.name} has {classes} numbers, which may be scores."
    return Guess("classification", 0.8 if is_named else 0.2, reason)


def class_count(output: Tensor) -> int | None:
    """How many numbers an output has for each picture, None where they are no plain row."""
    shape = output.shape
    if shape is None or len(shape) < 2 or any(d != 1 for d in shape[2:]):
        return None
    return shape[1] if isinstance(shape[1], int) and shape[1] > 0 else None


def _read(scene: Scene) -> Answer:
    return Answer(
        "classification",
        top=classify(scene.arrays[0], scene.labels, scene.settings.top, scene.settings.classes),
    )


def classify(
    output: Array,
    labels: Sequence[str] | None,
    top: int = 5,
    classes: frozenset[int] | None = None,
) -> tuple[Label, ...]:
    """The ``top`` likeliest of all or of these ``classes``, the likeliest first.

    ``output`` has one score a class, for one picture: logits, which softmax turns into
    probabilities, or probabilities. Raises ``StudioError`` where it has another shape.
    """
    scores = np.asarray(output).squeeze()
    if scores.ndim != 1 or not scores.size:
        raise StudioError(
            f"An output of the shape {np.shape(output)} is not one score a class.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    check_labels(labels, scores.size)
    order = _likeliest_first(scores)
    best = float(scores[order[0]])
    if classes is not None:
        order = order[np.isin(order, list(classes))]
    likeliest = order[:top]
    probabilities = scores[likeliest].astype(np.float64)
    if not _is_distribution(scores):
        powers = np.exp(np.subtract(scores, best, dtype=np.float64))
        probabilities = powers[likeliest] / powers.sum()
    return tuple(
        Label(label_of(labels, i), probability, i)
        for i, probability in zip(likeliest.tolist(), probabilities.tolist(), strict=True)
    )


def _likeliest_first(scores: Array) -> Array:
    """All classes; of equal ones the first. Backwards, since a sort keeps the order of equals."""
    backwards = np.argsort(scores[::-1], kind="stable")[::-1]
    return np.asarray(scores.size - 1 - backwards)


def _is_distribution(scores: Array) -> bool:
    total = float(scores.sum(dtype=np.float64))
    return abs(total - 1) < _SUM_TOLERANCE and bool(scores.min() >= 0)


CLASSIFICATION = Task("classification", "Classification", _fit, _read, ("top", "classes"))
