"""What networks do with pictures: one task a module, and the guess at which it is. Pure functions
of kept outputs, so that settings act without running again; safe in any thread.
"""

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks.classification import CLASSIFICATION
from trtstudio.vision.tasks.depth import DEPTH
from trtstudio.vision.tasks.detection import DETECTION
from trtstudio.vision.tasks.embedding import EMBEDDING
from trtstudio.vision.tasks.image_to_image import IMAGE_TO_IMAGE
from trtstudio.vision.tasks.instances import INSTANCES
from trtstudio.vision.tasks.keypoints import KEYPOINTS
from trtstudio.vision.tasks.oriented_boxes import ORIENTED_BOXES
from trtstudio.vision.tasks.saliency import SALIENCY
from trtstudio.vision.tasks.segmentation import SEGMENTATION
from trtstudio.vision.tasks.task import Guess, Task
from trtstudio.vision.tasks.text_detection import TEXT_DETECTION
from trtstudio.vision.tasks.text_recognition import TEXT_RECOGNITION

TASKS: dict[TaskName, Task] = {
    task.name: task
    for task in (
        CLASSIFICATION,
        DETECTION,
        INSTANCES,
        KEYPOINTS,
        ORIENTED_BOXES,
        SEGMENTATION,
        SALIENCY,
        DEPTH,
        IMAGE_TO_IMAGE,
        TEXT_DETECTION,
        TEXT_RECOGNITION,
        EMBEDDING,
    )
}
"""Every task by its name, in the order in which a user is offered them."""


def guess_tasks(network: Network) -> tuple[Guess, ...]:
    """The tasks that fit, the likeliest first; none: then its outputs are shown as tensors."""
    guesses = [guess for task in TASKS.values() if (guess := task.fit(network)) is not None]
    return tuple(sorted(guesses, key=lambda guess: -guess.likelihood))


def read_answer(task: TaskName, scene: Scene) -> Answer:
    """The answer for one picture, from the outputs of a batch of one.

    Raises ``StudioError`` where these outputs cannot be that task's, hold NaN or infinity, or do
    not have as many classes as there are labels.
    """
    for tensor, array in zip(scene.network.outputs, scene.arrays, strict=True):
        if not _is_finite(array):
            raise StudioError(
                f"The network answered with NaN or infinity in {tensor.name}.",
                hint="Check the preprocessing; an engine that does so in FP16 needs FP32 or BF16.",
            )
    return TASKS[task].read(scene)


def _is_finite(array: Array) -> bool:
    """In one pass where the sum is finite too, as it nearly always is."""
    if array.dtype.kind != "f":
        return True
    with np.errstate(all="ignore"):
        return bool(np.isfinite(array.sum()) or np.isfinite(array).all())
