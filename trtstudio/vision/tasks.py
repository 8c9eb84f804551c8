"""What a network does with a picture, and its answer in words and boxes. Safe in any thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array
from trtstudio.vision.classification import Label, classify
from trtstudio.vision.detection import Detection, detect, find_head
from trtstudio.vision.labels import labels_from_metadata
from trtstudio.vision.placement import Placement
from trtstudio.vision.preprocess import guess

Task = Literal["classification", "detection"]
TASKS: tuple[Task, ...] = get_args(Task)

_USUAL_CLASSES = (10, 100, 1000, 1001, 21841, 21843)  # CIFAR and ImageNet
_SCORE_NAMES = ("logit", "prob", "softmax", "score", "class")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network says about one picture: its likeliest classes, or the objects in it."""

    task: Task
    top: tuple[Label, ...] = ()
    detections: tuple[Detection, ...] = ()


def guess_task(
    inputs: Sequence[Tensor], outputs: Sequence[Tensor], metadata: Mapping[str, str]
) -> Task | None:
    """The task that the shapes and names evidently belong to, else None: then show raw tensors."""
    preprocess = guess(inputs[0], metadata, outputs) if len(inputs) == 1 else None
    if preprocess is None or len(outputs) != 1:
        return None
    if find_head(preprocess.size, outputs, metadata) is not None:
        return "detection"
    return "classification" if _gives_class_scores(outputs[0], metadata) else None


def answer(
    task: Task,
    outputs: Mapping[str, Array],
    placement: Placement,
    labels: Sequence[str] | None,
    *,
    threshold: float = 0.3,
    top: int = 5,
) -> Answer:
    """The answer for one picture, from the outputs of a batch of one.

    Raises ``StudioError`` where these outputs cannot be that task's, or hold NaN or infinity.
    """
    output = next(iter(outputs.values()))
    if not np.isfinite(output).all():
        raise StudioError(
            "The network answered with NaN or infinity.",
            hint="Check the preprocessing; an engine that does so in FP16 needs FP32 or BF16.",
        )
    if task == "classification":
        return Answer(task, top=classify(output[:1], labels, top))
    found = detect(output, placement, labels, threshold=threshold)
    return Answer(task, detections=found)


def _gives_class_scores(output: Tensor, metadata: Mapping[str, str]) -> bool:
    """Whether an output is one score a class, and not an embedding, which has the same shape."""
    if output.shape is None or len(output.shape) < 2 or any(d != 1 for d in output.shape[2:]):
        return False
    classes = output.shape[1]
    labels = labels_from_metadata(metadata)
    if labels is not None:
        return classes == len(labels)
    is_named = any(word in output.name.lower() for word in _SCORE_NAMES)
    return classes in _USUAL_CLASSES or (is_named and isinstance(classes, int) and classes > 1)
