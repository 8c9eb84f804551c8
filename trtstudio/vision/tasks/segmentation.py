"""A class for each part of the picture. Safe in any thread."""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Label, Regions
from trtstudio.vision.labels import check_labels, label_of
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.dense import as_planes, first_planes, on_picture
from trtstudio.vision.tasks.task import Guess, Task

_USUAL_CLASSES = (2, 11, 19, 20, 21, 59, 60, 91, 150, 151, 182)  # CamVid to COCO-Stuff
_GROUNDS = ("background", "__background__", "_background_", "unlabeled", "void")
_WITH_GROUND = (2, 21)  # without labels: figure and ground, Pascal VOC
_HIDDEN = np.iinfo(np.uint16).max  # the number of what no wanted class has


def _fit(network: Network) -> Guess | None:
    form = first_planes(network)
    channels = form[0] if form is not None else None
    if not isinstance(channels, int) or channels < 1:
        return None
    preset = "yolo" if network.metadata.get("task") == "semantic" else "segmentation"
    if channels == 1:
        is_number = network.outputs[0].dtype.startswith(("int", "uint"))
        reason = "Whole numbers for each part of the picture."
        return Guess("semantic-segmentation", 0.9, reason, preset) if is_number else None
    if network.labels is not None:
        reason = f"A map for each of {channels} labels."
        fits = len(network.labels) == channels
        return Guess("semantic-segmentation", 0.95, reason, preset) if fits else None
    likelihood = 0.75 if channels in _USUAL_CLASSES else 0.2 if channels == 3 else 0.6
    reason = f"{channels} maps, which may be scores of classes."
    return Guess("semantic-segmentation", likelihood, reason, preset)


def _read(scene: Scene) -> Answer:
    planes = as_planes(scene.arrays[0], scene.network)
    labels, wanted = scene.labels, scene.settings.classes
    if len(planes) > 1:
        numbers = planes.argmax(axis=0)
        check_labels(labels, len(planes))
    else:
        numbers = _whole_numbers(planes[0])
        highest = int(numbers.max(initial=0)) + 1
        check_labels(labels, max(len(labels or ()), highest))
    ground = _ground(labels, len(planes))
    raster = on_picture(numbers.astype(np.uint16), scene.placement)
    top = _shares(raster.values, labels, wanted)
    if wanted is None:
        return Answer("semantic-segmentation", top=top, regions=Regions(raster, ground))
    shown = np.isin(numbers, list(wanted - {ground}))
    raster = on_picture(np.where(shown, numbers, _HIDDEN).astype(np.uint16), scene.placement)
    return Answer("semantic-segmentation", top=top, regions=Regions(raster, _HIDDEN))


def _whole_numbers(plane: Array) -> Array:
    """Class numbers that the network itself has chosen."""
    if plane.dtype.kind == "f" and (plane != np.round(plane)).any():
        raise StudioError(
            "One map of fractions does not tell classes apart.",
            hint="Choose the task saliency or depth.",
        )
    return np.asarray(np.clip(plane, 0, _HIDDEN - 1))


def _ground(labels: Sequence[str] | None, count: int) -> int | None:
    """The class that stands for nothing, and is left unpainted."""
    if labels is None:
        return 0 if count in _WITH_GROUND else None
    return next((i for i, label in enumerate(labels) if label.lower() in _GROUNDS), None)


def _shares(
    numbers: Array, labels: Sequence[str] | None, wanted: frozenset[int] | None
) -> tuple[Label, ...]:
    """The classes that appear, by the share of the picture that they cover."""
    counts = np.bincount(numbers.reshape(-1))
    present = np.flatnonzero(counts)
    if wanted is not None:
        present = present[np.isin(present, list(wanted))]
    present = present[np.argsort(-counts[present], kind="stable")]
    return tuple(
        Label(label_of(labels, i), float(counts[i] / numbers.size), i) for i in present.tolist()
    )


SEGMENTATION = Task("semantic-segmentation", "Semantic segmentation", _fit, _read, ("classes",))
