"""Finds out how a picture ought to be fed to a network: the plausible ways, and how the answer
changes with each. Pure, so safe in any thread; who calls it runs the network.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trtstudio.vision.answer import Answer
from trtstudio.vision.preprocess import Color, Preprocess, Resize

Scale = Literal["as-is", "zero-to-one", "minus-one-to-one", "imagenet"]

SCALES: dict[Scale, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "as-is": ((0.0,), (1.0,)),
    "zero-to-one": ((0.0,), (255.0,)),
    "minus-one-to-one": ((127.5,), (127.5,)),
    "imagenet": ((123.675, 116.28, 103.53), (58.395, 57.12, 57.375)),
}
"""Mean and standard deviation by the name of what they make of a pixel."""

_RESIZES: tuple[Resize, ...] = ("stretch", "center_crop", "letterbox")
_USUAL_CROP = 0.875
_ALIKE = 0.1  # of the range between black and white: nearer scales are one and the same


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of preprocessing and what it consists of; ``is_current`` marks what is in force."""

    preprocess: Preprocess
    color: Color
    scale: Scale | Literal["own"]
    resize: Resize
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a network answered to some pictures, each fed by ``variant``: None where it has no
    answer. ``confidence`` is a mean between 0 and 1, None where such answers have none.
    """

    variant: Variant
    answers: tuple[Answer | None, ...]
    confidence: float | None


def variants(current: Preprocess) -> tuple[Variant, ...]:
    """What is in force, and every other plausible way for the same tensor: the order of colours,
    the scale of numbers, and how a picture is brought to size, in all combinations.
    """
    found = [_described(current, is_current=True)]
    for scale in _scales(current):
        for resize in _resizes(current):
            for color in _colors(current):
                mean, std = scale
                changed = replace(current, color=color, mean=mean, std=std, source="user")
                variant = _described(_resized(changed, resize))
                if not any(_is_same(variant.preprocess, known.preprocess) for known in found):
                    found.append(variant)
    return tuple(found)


def trial(variant: Variant, answers: Sequence[Answer | None]) -> Trial:
    """The answers to a variant, weighed."""
    given = [confidence(answer) for answer in answers if answer is not None]
    known = [value for value in given if value is not None]
    return Trial(variant, tuple(answers), sum(known) / len(known) if known else None)


def confidence(answer: Answer) -> float | None:
    """How sure a network is of its surest statement; None for answers without scores.

    A hint and no proof: a network can be sure of what is wrong.
    """
    if answer.gives_objects:
        return max((detection.score for detection in answer.detections), default=0.0)
    if answer.task == "text-recognition":
        return answer.top[0].score if answer.top else 0.0
    if answer.task == "classification" and answer.top:
        return answer.top[0].score
    return None


def most_confident(trials: Iterable[Trial]) -> Trial | None:
    """The surest of all, of equals the first; None where none has scores."""
    known = [(t.confidence, t) for t in trials if t.confidence is not None]
    return max(known, key=lambda pair: pair[0], default=(0.0, None))[1]


def _colors(current: Preprocess) -> tuple[Color, ...]:
    return ("GRAY",) if current.channels == 1 else ("RGB", "BGR")


def _scales(current: Preprocess) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """The current numbers, and the usual ones that differ from them."""
    usual = list(SCALES.values())
    if current.channels == 1:
        usual = usual[:-1]
    if not current.dtype.startswith("float"):
        usual = usual[:1]  # whole numbers hold no fractions
    own = (current.mean, current.std)
    return [own, *(scale for scale in usual if not _is_alike(scale, own))]


def _is_alike(
    one: tuple[tuple[float, ...], tuple[float, ...]],
    other: tuple[tuple[float, ...], tuple[float, ...]],
) -> bool:
    """Whether black and white become nearly the same numbers, as 127/128 and 127.5/127.5."""
    ends = [
        [(pixel - m) / s for m, s in zip(_three(mean), _three(std), strict=True)]
        for mean, std in (one, other)
        for pixel in (0.0, 255.0)
    ]
    reach = max(abs(high - low) for low, high in zip(ends[0], ends[1], strict=True))
    return all(
        abs(a - b) <= _ALIKE * reach
        for mine, theirs in ((ends[0], ends[2]), (ends[1], ends[3]))
        for a, b in zip(mine, theirs, strict=True)
    )


def _three(values: tuple[float, ...]) -> tuple[float, ...]:
    return values * 3 if len(values) == 1 else values


def _resizes(current: Preprocess) -> tuple[Resize, ...]:
    rest = tuple(resize for resize in _RESIZES if resize != current.resize)
    return (current.resize, *rest)


def _resized(preprocess: Preprocess, resize: Resize) -> Preprocess:
    if resize == preprocess.resize:
        return preprocess
    crop = _USUAL_CROP if resize == "center_crop" else preprocess.crop
    return replace(preprocess, resize=resize, crop=crop)


def scale_of(preprocess: Preprocess) -> Scale | Literal["own"]:
    """Which of the usual scales its mean and standard deviation are, nearly."""
    own = (preprocess.mean, preprocess.std)
    known: list[Scale] = [name for name, usual in SCALES.items() if _is_alike(usual, own)]
    return known[0] if known else "own"


def _described(preprocess: Preprocess, *, is_current: bool = False) -> Variant:
    scale = scale_of(preprocess)
    return Variant(preprocess, preprocess.color, scale, preprocess.resize, is_current)


def _is_same(one: Preprocess, other: Preprocess) -> bool:
    return replace(one, source="user") == replace(other, source="user")
