"""Which objects of two answers are the same ones, and how precise one answer is against the other.
Pure functions; safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Detection

SAME_PLACE = 0.5
"""From which intersection over union on two boxes are of the same object."""


@dataclass(frozen=True, slots=True)
class Match:
    """Objects that both found: their positions in the two answers, and the overlap of boxes."""

    first: int
    second: int
    overlap: float


def match(
    first: Sequence[Detection], second: Sequence[Detection], least: float = SAME_PLACE
) -> tuple[Match, ...]:
    """Greedily, the surest of ``first`` first: each takes the one of its class that it overlaps
    most and that is left.
    """
    overlaps = _overlaps(first, second)
    left = set(range(len(second)))
    found = []
    for one in sorted(range(len(first)), key=lambda i: -first[i].score):
        rivals = [o for o in left if second[o].index == first[one].index]
        best = max(rivals, key=lambda o: (overlaps[one, o], -o), default=None)
        if best is not None and overlaps[one, best] >= least:
            left.discard(best)
            found.append(Match(one, best, float(overlaps[one, best])))
    return tuple(found)


def overlaid(first: Answer, second: Answer) -> Answer:
    """The objects of both as one answer: in the colour of class 0 what both found, of class 1 what
    only the first did, of class 2 what only the second did, and so in their labels.
    """
    pairs = match(first.detections, second.detections)
    seen = {pair.first for pair in pairs}, {pair.second for pair in pairs}
    found = [replace(first.detections[pair.first], index=0) for pair in pairs]
    for number, (answer, known) in enumerate(zip((first, second), seen, strict=True), 1):
        found += [
            replace(each, index=number, label=f"{number}: {each.label}")
            for position, each in enumerate(answer.detections)
            if position not in known
        ]
    return Answer(first.task, detections=tuple(found), skeleton=first.skeleton)


def mean_precision(
    pairs: Sequence[tuple[Answer, Answer]], least: float = SAME_PLACE
) -> float | None:
    """The mean over the classes of the area under precision and recall, where the objects of every
    second answer are the truth; None where those have none.
    """
    classes = sorted({found.index for _, truth in pairs for found in truth.detections})
    areas = [_average_precision(pairs, index, least) for index in classes]
    return float(np.mean(areas)) if areas else None


def boxes_only(answer: Answer) -> Answer:
    """What ``mean_precision`` needs of it, without what takes memory."""
    found = (Detection(each.label, each.score, each.box, each.index) for each in answer.detections)
    return Answer(answer.task, detections=tuple(found))


def _average_precision(pairs: Sequence[tuple[Answer, Answer]], index: int, least: float) -> float:
    """Every point of the curve counts, and precision never rises with recall (as COCO and VOC
    from 2010 on)."""
    scores: list[float] = []
    hits: list[bool] = []
    total = 0
    for guess, truth in pairs:
        own = [found for found in guess.detections if found.index == index]
        real = [found for found in truth.detections if found.index == index]
        hit = {each.first for each in match(own, real, least)}
        total += len(real)
        scores += [found.score for found in own]
        hits += [position in hit for position in range(len(own))]
    order = np.argsort(-np.array(scores), kind="stable")
    right = np.cumsum(np.array(hits, float)[order])
    precision = right / np.arange(1, len(right) + 1)
    recall = np.concatenate(([0.0], right / total))
    highest = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall) * highest))


def _overlaps(first: Sequence[Detection], second: Sequence[Detection]) -> Array:
    """Intersection over union of boxes [n, m]."""
    one = np.array([found.box for found in first], np.float64).reshape(-1, 1, 4)
    other = np.array([found.box for found in second], np.float64).reshape(1, -1, 4)
    sides = np.minimum(one[..., 2:], other[..., 2:]) - np.maximum(one[..., :2], other[..., :2])
    common = np.clip(sides, 0, None).prod(-1)
    areas = [np.clip(box[..., 2:] - box[..., :2], 0, None).prod(-1) for box in (one, other)]
    union = areas[0] + areas[1] - common
    return np.asarray(np.divide(common, union, out=np.zeros_like(common), where=union > 0))
