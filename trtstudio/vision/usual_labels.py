"""Names of classes that nobody has to tell: those that a network's kind has, and COCO's, which
detectors without any mostly mean. Safe in any thread.
"""

from functools import lru_cache

from trtstudio import assets
from trtstudio.vision.heads import find_head
from trtstudio.vision.labels import read_labels
from trtstudio.vision.network import Network
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks.text_recognition import characters

_READS = "text-recognition"
_TASKS = ("detection", "instance-segmentation", "keypoints")


@lru_cache(1)
def coco_labels() -> tuple[str, ...]:
    """The 80 classes of COCO's objects, in the order that detectors are trained with."""
    return read_labels(assets.COCO_LABELS)


def inherent_labels(network: Network, task: TaskName | None) -> tuple[str, ...] | None:
    """What a network that names no classes tells apart nonetheless: the characters in a reader's
    metadata, and what all detectors of its head find.
    """
    if task == _READS:
        return characters(network.metadata)
    found = find_head(network) if network.labels is None and task in _TASKS else None
    return found[0].labels if found is not None else None


def guess_labels(network: Network, task: TaskName | None) -> tuple[str, ...] | None:
    """COCO's names for a detector of as many classes, which is nearly always trained on it; None
    where the network has names, does something else, or does not say how many classes it has.
    """
    found = find_head(network) if network.labels is None and task in _TASKS else None
    if found is None or found[0].labels is not None:
        return None
    return coco_labels() if found[1].classes == len(coco_labels()) else None
