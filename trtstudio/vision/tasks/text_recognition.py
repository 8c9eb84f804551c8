"""What a line of text says, from a score for every character at every step along it (CTC, Graves
et al., 2006), as PP-OCR gives it. Safe in any thread.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Label
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.task import Guess, Task

_BLANK = 0


def characters(metadata: Mapping[str, str]) -> tuple[str, ...] | None:
    """What PP-OCR's key ``character`` holds, one on each line; None without it."""
    lines = metadata.get("character", "").split("\n")
    return tuple(lines) if len(lines) > 1 else None


def _fit(network: Network) -> Guess | None:
    if len(network.outputs) != 1 or len(network.shapes[0]) != 3:
        return None
    known = characters(network.metadata)
    count = network.shapes[0][2]
    if known is None or not isinstance(count, int) or abs(count - len(known)) > 2:
        return None
    reason = f"A score for each of {len(known)} characters, which its metadata name."
    return Guess("text-recognition", 0.98, reason, "pp-ocr-rec")


def _read(scene: Scene) -> Answer:
    scores = scene.arrays[0]
    if scores.ndim != 3 or scores.shape[2] < 2:
        raise StudioError(
            f"An output of the shape {scores.shape} has no score for each character.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    names = _names(scene.labels or characters(scene.network.metadata), scores.shape[2])
    text, score = decode(np.asarray(scores[0], np.float32), names)
    top = (Label(text, score, 0),) if text else ()
    return Answer("text-recognition", top=top, text=text)


def decode(scores: Array, names: Sequence[str]) -> tuple[str, float]:
    """The likeliest text by the greedy rule: the best of each step, repetitions once, without the
    blank; and the mean score of what is left. ``scores`` [steps, characters] are probabilities or
    logits; ``names`` are the characters, the blank first.
    """
    best = scores.argmax(axis=1)
    is_new = np.concatenate((best[:1] != _BLANK, (best[1:] != best[:-1]) & (best[1:] != _BLANK)))
    sure = _probabilities(scores)[np.arange(len(best)), best][is_new]
    text = "".join(names[index] for index in best[is_new].tolist())
    return text, float(sure.mean()) if sure.size else 0.0


def _probabilities(scores: Array) -> Array:
    if scores.size and scores.min() >= 0 and scores.max() <= 1:
        return scores
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _names(known: Sequence[str] | None, count: int) -> tuple[str, ...]:
    """A name for each column: PP-OCR's lists have no blank, and mostly not their last, a space."""
    if known is None:
        raise StudioError(
            "What characters this model tells apart is not known.",
            hint="Give a file with a character on each line, in the model's own order.",
        )
    for names in (("", *known, " "), ("", *known), tuple(known)):
        if len(names) == count:
            return names
    raise StudioError(
        f"There are {len(known)} characters, but the model tells {count} apart.",
        hint="Give the characters that this model was trained with, in its own order.",
    )


TEXT_RECOGNITION = Task("text-recognition", "Text recognition", _fit, _read, ())
