"""A network that looks at pictures: how it is fed, and what its outputs mean. Any thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from trtstudio.model.run import Array, SessionInfo
from trtstudio.vision.labels import labels_from_metadata
from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Placement
from trtstudio.vision.preprocess import Preprocess, apply, guess
from trtstudio.vision.tasks import Answer, Task, answer, guess_task


@dataclass(frozen=True, slots=True)
class PictureModel:
    """The only input by its name, how many pictures it takes at once, and what is done before and
    after; ``task`` is None where the outputs are left as tensors.
    """

    input: str
    batch: int
    preprocess: Preprocess
    task: Task | None = None
    labels: tuple[str, ...] | None = None

    def feed(self, picture: Picture) -> tuple[dict[str, Array], Placement]:
        """The inputs for one picture; a network of a fixed batch gets it that many times."""
        tensor, placement = apply(picture, self.preprocess)
        return {self.input: np.repeat(tensor, self.batch, axis=0)}, placement

    def answer(
        self, outputs: Mapping[str, Array], placement: Placement, threshold: float = 0.3
    ) -> Answer | None:
        """What the outputs say about the picture, None without a task."""
        if self.task is None:
            return None
        return answer(self.task, outputs, placement, self.labels, threshold=threshold)


def recognize(info: SessionInfo, metadata: Mapping[str, str]) -> PictureModel | None:
    """How a loaded model takes pictures, as far as it says so and else as a guess; None where it
    takes anything else.
    """
    if len(info.inputs) != 1:
        return None
    declared = info.inputs[0]
    tensor = replace(declared, shape=info.shapes[declared.name])
    preprocess = guess(tensor, metadata, info.outputs)
    if preprocess is None:
        return None
    first = declared.shape[0] if declared.shape else 1
    return PictureModel(
        input=declared.name,
        batch=first if isinstance(first, int) and first > 0 else 1,
        preprocess=preprocess,
        task=guess_task((tensor,), info.outputs, metadata),
        labels=labels_from_metadata(metadata),
    )
