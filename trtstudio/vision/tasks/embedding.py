"""A vector that stands for a picture: similar pictures point in similar directions. Safe in any
thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.classification import class_count
from trtstudio.vision.tasks.task import Guess, Task

_NAMES = ("embed", "feat", "pool", "vector", "descriptor")
_USUAL_SIZES = (64, 128, 192, 256, 384, 512, 640, 768, 1024, 1152, 1280, 1536, 2048)


def _fit(network: Network) -> Guess | None:
    position = _position(network)
    if position is None:
        return None
    output = network.outputs[position]
    size = class_count(output)
    reason = f"{output.name} is a vector of {size} numbers."
    is_named = any(word in output.name.lower() for word in _NAMES)
    if is_named:
        return Guess("embedding", 0.85, reason)
    is_usual = size in _USUAL_SIZES and network.labels is None
    return Guess("embedding", 0.5 if is_usual else 0.1, reason)


def _position(network: Network) -> int | None:
    """Of the output that is a vector for each picture; a named one goes before others."""
    vectors = [i for i, output in enumerate(network.outputs) if (class_count(output) or 0) > 1]
    names = [network.outputs[i].name.lower() for i in vectors]
    named = [i for i, name in zip(vectors, names, strict=True) if any(w in name for w in _NAMES)]
    return next(iter(named + vectors), None)


def _read(scene: Scene) -> Answer:
    position = _position(scene.network)
    if position is None:
        shapes = ", ".join(str(array.shape) for array in scene.arrays)
        raise StudioError(
            f"There is no vector for each picture among outputs of the shape {shapes}.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    vector = np.asarray(scene.arrays[position], np.float64).reshape(-1)
    length = np.linalg.norm(vector) or 1.0
    return Answer("embedding", embedding=(vector / length).astype(np.float32))


def similarities(answers: Sequence[Answer]) -> Array:
    """The cosine [n, n] of each two embeddings: 1 for the same direction, 0 for unrelated ones.

    Raises ``StudioError`` where an answer is no embedding, or they come from different networks.
    """
    vectors = [answer.embedding for answer in answers if answer.embedding is not None]
    if len(vectors) != len(answers) or len({len(vector) for vector in vectors}) > 1:
        raise StudioError(
            "These answers are not embeddings of one network.",
            hint="Compare pictures that the same model has seen.",
        )
    if not vectors:
        return np.empty((0, 0), np.float32)
    stacked = np.stack(vectors)
    return np.asarray(np.clip(stacked @ stacked.T, -1, 1))


EMBEDDING = Task("embedding", "Embedding", _fit, _read, ())
