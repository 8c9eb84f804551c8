"""How far two networks, or one in two precisions, agree: in their outputs, in their answers on one
picture, and over many. Pure functions; safe in any thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Regions
from trtstudio.vision.batch.matching import match, mean_precision
from trtstudio.vision.drawing.masks import mask_of
from trtstudio.vision.drawing.rasters import in_picture
from trtstudio.vision.placement import Size


@dataclass(frozen=True, slots=True)
class Difference:
    """Of an output against that of the reference: the greatest difference, the length of the
    difference in lengths of the reference, and the cosine of their directions. NaN where a value is
    none.
    """

    name: str
    max_abs: float
    relative_l2: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two answers to one picture agree; what their task does not have is None.

    ``same_top``: the likeliest class is the same. ``matched`` of ``found`` objects of the
    ``first`` and the ``second`` are the same ones, with a mean overlap of ``box_iou``. ``mask_iou``
    is that of masks, of regions class by class, or of the areas of a mask. ``cosine``: of
    embeddings and heat maps. ``same_text``: both read the same.
    """

    same_top: bool | None = None
    matched: int | None = None
    found: tuple[int, int] = (0, 0)
    box_iou: float | None = None
    mask_iou: float | None = None
    cosine: float | None = None
    same_text: bool | None = None

    @property
    def share(self) -> float | None:
        """All of it as one number between 0 and 1, to sort pictures by; None where nothing can be
        compared, as between a detector and a classifier.
        """
        parts = [self.same_top, self.same_text, self.mask_iou, self.cosine, self.object_share]
        known = [max(0.0, float(part)) for part in parts if part is not None]
        return min(known, default=None)

    @property
    def object_share(self) -> float | None:
        """The objects that both found of all objects (the F1 score of one against the other)."""
        if self.matched is None:
            return None
        return 2 * self.matched / sum(self.found) if sum(self.found) else 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Over many pictures: the mean of every part over those that have it. ``mean_precision`` is the
    mean average precision of the first against the objects of the second, at an overlap of 0.5.
    """

    pictures: int
    same_top: float | None
    object_share: float | None
    mean_precision: float | None
    box_iou: float | None
    mask_iou: float | None
    cosine: float | None
    same_text: float | None


def differences(first: Mapping[str, Array], second: Mapping[str, Array]) -> tuple[Difference, ...]:
    """Of every output that has the same name, or where none has, the same place, and as many
    values; ``second`` is the reference.
    """
    pairs = [(name, first[name], second[name]) for name in first if name in second]
    if not pairs:
        pairs = [(n, a, b) for (n, a), b in zip(first.items(), second.values(), strict=False)]
    return tuple(_difference(name, a, b) for name, a, b in pairs if a.size == b.size)


def agreement(first: Answer, second: Answer, size: Size) -> Agreement:
    """Of two answers to a picture of ``size``; ``second`` is the reference."""
    regions = _region_iou(first.regions, second.regions, size)
    if first.gives_objects and second.gives_objects:
        return _of_objects(first, second, size)
    if first.task == second.task == "text-recognition":
        return Agreement(same_text=first.text == second.text)
    if regions is not None:
        return Agreement(mask_iou=regions)
    cosine = _answer_cosine(first, second)
    if cosine is not None:
        return Agreement(cosine=cosine)
    if first.top and second.top:
        return Agreement(same_top=first.top[0].index == second.top[0].index)
    return Agreement()


def summarize(
    agreements: Sequence[Agreement], pairs: Sequence[tuple[Answer, Answer]] = ()
) -> Summary:
    """Over many pictures; ``pairs`` are their answers, for the mean average precision."""
    return Summary(
        pictures=len(agreements),
        same_top=_mean([a.same_top for a in agreements]),
        object_share=_mean([a.object_share for a in agreements]),
        mean_precision=mean_precision(pairs),
        box_iou=_mean([a.box_iou for a in agreements]),
        mask_iou=_mean([a.mask_iou for a in agreements]),
        cosine=_mean([a.cosine for a in agreements]),
        same_text=_mean([a.same_text for a in agreements]),
    )


def _of_objects(first: Answer, second: Answer, size: Size) -> Agreement:
    pairs = match(first.detections, second.detections)
    masks = [
        _iou(one, other)
        for pair in pairs
        if (one := mask_of(first.detections[pair.first], size)) is not None
        and (other := mask_of(second.detections[pair.second], size)) is not None
    ]
    return Agreement(
        matched=len(pairs),
        found=(len(first.detections), len(second.detections)),
        box_iou=_mean([pair.overlap for pair in pairs]),
        mask_iou=_mean(masks),
    )


def _region_iou(first: Regions | None, second: Regions | None, size: Size) -> float | None:
    """The mean over the classes that either has in the picture."""
    if first is None or second is None:
        return None
    one, other = (_painted(regions, size) for regions in (first, second))
    classes = np.union1d(one, other)
    return _mean([_iou(one == number, other == number) for number in classes.tolist()])


def _painted(regions: Regions, size: Size) -> Array:
    values, x, y = in_picture(regions.raster, size)
    whole = np.full(size, -1, np.int32)
    whole[y : y + values.shape[0], x : x + values.shape[1]] = values
    return whole


def _answer_cosine(first: Answer, second: Answer) -> float | None:
    if first.embedding is not None and second.embedding is not None:
        return _cosine(first.embedding, second.embedding)
    for one, other in ((first.heat, second.heat), (first.picture, second.picture)):
        if one is not None and other is not None and one.values.shape == other.values.shape:
            return _cosine(one.values, other.values)
    return None


def _difference(name: str, first: Array, second: Array) -> Difference:
    one, other = (np.asarray(array, np.float64).reshape(-1) for array in (first, second))
    if not one.size:
        return Difference(name, 0.0, 0.0, 1.0)
    delta = one - other
    length, reference = float(np.linalg.norm(delta)), float(np.linalg.norm(other))
    relative = length / reference if reference else (0.0 if length == 0 else float("inf"))
    return Difference(name, float(np.abs(delta).max()), relative, _cosine(one, other))


def _cosine(first: Array, second: Array) -> float:
    """1 where both are the same, even if both are zero."""
    one, other = (np.asarray(array, np.float64).reshape(-1) for array in (first, second))
    if one.size != other.size:
        return float("nan")
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    if lengths == 0:
        return float(np.array_equal(one, other))
    return float(np.clip(one @ other / lengths, -1, 1))


def _iou(first: Array, second: Array) -> float:
    union = int((first | second).sum())
    return int((first & second).sum()) / union if union else 1.0


def _mean(values: Sequence[float | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None
