"""What a detector's head is: the form of its outputs, and how boxes are read from it. Safe in any
thread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.head_names import HeadName
from trtstudio.vision.network import Network
from trtstudio.vision.task_names import TaskName


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Objects that a head proposes, in the tensor's pixels; the first axis of all arrays is theirs.

    ``boxes`` [n, 4] are left, top, right, bottom (of an oriented box, as if its ``angles`` [n], in
    radians clockwise, were 0); ``scores`` [n]; ``classes`` [n], of which there are
    ``class_count``, None where the head does not say. ``points`` [n, k, 3] are x, y and score;
    ``coefficients`` [n, m] weigh the ``prototypes`` [m, height, width] of masks; ``masks``
    [n, height, width] are whole ones instead, between 0 and 1. ``is_final``: overlaps were
    suppressed inside the network.
    """

    boxes: Array
    scores: Array
    classes: Array
    class_count: int | None = None
    is_final: bool = False
    angles: Array | None = None
    points: Array | None = None
    coefficients: Array | None = None
    prototypes: Array | None = None
    masks: Array | None = None

    def at(self, positions: Array) -> "Candidates":
        """Only those at ``positions``, in that order."""
        whole = ("class_count", "is_final", "prototypes")
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return Candidates(
            **{
                name: value if name in whole or value is None else value[positions]
                for name, value in values.items()
            }
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Why the outputs have this form, how surely between 0 and 1, and the task they serve; and how
    such a network is fed, where that is not as its head's others are. ``classes`` is how many it
    tells apart, None where the shapes do not say.
    """

    task: TaskName
    likelihood: float
    reason: str
    preset: str = ""
    classes: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A family of detectors, whose outputs have this ``form``. ``match`` looks at shapes and
    metadata; ``decode`` gets what it matched, the outputs in their order, and the least score that
    counts. ``preset`` is how such detectors are fed; ``labels`` are what all of them find, None
    where they differ.
    """

    name: HeadName
    title: str
    form: str
    preset: str
    match: Callable[[Network], Match | None]
    decode: Callable[[Network, Sequence[Array], float], Candidates]
    labels: tuple[str, ...] | None = None


def best_class(scores: Array, threshold: float) -> tuple[Array, Array, Array]:
    """From [n, classes]: the positions of the rows whose best score reaches ``threshold``, and
    those scores and classes."""
    best = scores.max(axis=1)
    kept = np.flatnonzero(best >= threshold)
    return kept, best[kept], scores[kept].argmax(axis=1)


def corners(centers: Array) -> Array:
    """Left, top, right, bottom from [n, 4] as centre and size."""
    halves = centers[:, 2:4] / 2
    return np.concatenate((centers[:, :2] - halves, centers[:, :2] + halves), axis=1)


def in_pixels(boxes: Array, network: Network) -> Array:
    """Boxes [n, 4] in pixels; those that all lie between 0 and 1 are shares of the tensor."""
    if _are_shares(boxes):
        height, width = network.size
        return np.asarray(boxes * np.array((width, height, width, height), np.float32))
    return boxes


def are_centers(boxes: Array) -> bool:
    """Whether [n, 4] are shares of centre and size, as transformers give them: as corners, some of
    them would end before they begin."""
    return _are_shares(boxes) and bool((boxes[:, 2:] < boxes[:, :2] - _ROUNDING).any())


def _are_shares(boxes: Array) -> bool:
    return bool(len(boxes) and np.abs(boxes).max() <= _LARGEST_SHARE)


def as_scores(values: Array) -> Array:
    """Probabilities as they are, logits through the sigmoid."""
    if not values.size or (values.min() >= 0 and values.max() <= 1):
        return values
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -80, 80))))


def named(network: Network, words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The positions of the outputs whose names hold one of the words of a role, by role."""
    found: dict[str, int] = {}
    for role, choices in words.items():
        for position, tensor in enumerate(network.outputs):
            is_free = position not in found.values()
            if is_free and any(word in tensor.name.lower() for word in choices):
                found[role] = position
                break
    return found


_LARGEST_SHARE = 2.0  # boxes may reach beyond the edges
_ROUNDING = 0.01
