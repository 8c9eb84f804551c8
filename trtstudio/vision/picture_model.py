"""A network that looks at pictures: how it is fed, and what its outputs mean. Any thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from msgspec import structs

from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo
from trtstudio.vision.answer import Answer
from trtstudio.vision.labels import labels_from_metadata
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Placement
from trtstudio.vision.preprocess import ANY_SIZE, LARGEST_SIDE, Limits, Preprocess, apply
from trtstudio.vision.preprocess_choice import USUAL_SIDE, guess
from trtstudio.vision.settings import USUAL, Settings
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks import TASKS, guess_tasks, read_answer
from trtstudio.vision.tasks.task import Guess

_LIKELY = 0.4  # what is less likely is shown as tensors


@dataclass(frozen=True, slots=True)
class PictureModel:
    """The only input by its name, how many pictures it takes at once, and what is done before and
    after.

    ``task`` is None where the outputs are left as tensors; ``guesses`` are the tasks that fit, the
    likeliest first; ``labels`` are the user's or the model's own. ``limits`` are the sizes of its
    input that it takes, and what does not fit is brought to the nearest of them.
    """

    input: str
    batch: int
    preprocess: Preprocess
    network: Network
    task: TaskName | None = None
    settings: Settings = USUAL
    labels: tuple[str, ...] | None = None
    guesses: tuple[Guess, ...] = ()
    limits: Limits = ANY_SIZE
    has_free_batch: bool = False

    @property
    def has_guessed_task(self) -> bool:
        """Whether its task is the likeliest of its guesses."""
        return bool(self.guesses) and self.guesses[0].task == self.task

    def with_task(self, task: TaskName | None) -> "PictureModel":
        """The same model with another task, in that task's usual settings."""
        settings = TASKS[task].settings if task is not None else USUAL
        return replace(self, task=task, settings=settings)

    def feed(self, picture: Picture) -> tuple[dict[str, Array], Placement]:
        """The inputs for one picture; a network of a fixed batch gets it that many times."""
        tensor, placement = apply(picture, self.preprocess, self.limits)
        return {self.input: np.repeat(tensor, self.batch, axis=0)}, placement

    def answer(
        self,
        outputs: Mapping[str, Array],
        placement: Placement,
        *,
        item: int = 0,
        batch: int | None = None,
    ) -> Answer | None:
        """What the outputs say about the picture at ``item`` of a run with ``batch`` pictures (as
        many as ``feed`` gives, where that is not said); None without a task.

        Cheap enough to be called again with other ``settings`` while a slider moves. Raises
        ``StudioError`` where the outputs are not that task's.
        """
        if self.task is None:
            return None
        own = {name: of_item(array, item, batch or self.batch) for name, array in outputs.items()}
        scene = Scene(
            network=replace(self.network, size=placement.tensor_size).with_outputs(own),
            arrays=tuple(own.values()),
            placement=placement,
            settings=self.settings,
            labels=self.labels,
            color=self.preprocess.color,
        )
        return read_answer(self.task, scene)


def recognize(info: SessionInfo, metadata: Mapping[str, str]) -> PictureModel | None:
    """How a loaded model takes pictures, as far as it says so and else as a guess; None where it
    takes anything else.
    """
    if len(info.inputs) != 1:
        return None
    declared = info.inputs[0]
    tensor = structs.replace(declared, shape=info.shapes[declared.name])
    is_free = _has_free_size(declared, tensor)
    preprocess = guess(tensor, metadata, info.outputs, is_free=is_free)
    if preprocess is None:
        return None
    first = declared.shape[0] if declared.shape else 1
    labels = labels_from_metadata(metadata)
    network = Network(preprocess.size, info.outputs, metadata, labels)
    guesses = guess_tasks(network)
    model = PictureModel(
        input=declared.name,
        batch=first if isinstance(first, int) and first > 0 else 1,
        preprocess=preprocess,
        network=network,
        labels=labels,
        guesses=guesses,
        limits=_limits(info, declared, preprocess),
        has_free_batch=isinstance(first, str) or first < 0,
    )
    is_likely = bool(guesses) and guesses[0].likelihood >= _LIKELY
    return model.with_task(guesses[0].task if is_likely else None)


def _has_free_size(declared: Tensor, tensor: Tensor) -> bool:
    """Whether a model takes any size, and nobody has chosen one: a session assumes a square."""
    if declared.shape is None or tensor.shape is None or len(declared.shape) != 4:
        return False
    is_open = all(isinstance(dim, str) or dim < 0 for dim in declared.shape[2:])
    return is_open and tensor.shape[2:] == (USUAL_SIDE, USUAL_SIDE)


def _limits(info: SessionInfo, declared: Tensor, preprocess: Preprocess) -> Limits:
    """The sizes that the declared shape and the engine's profiles allow."""
    at = slice(2, 4) if preprocess.layout == "NCHW" else slice(1, 3)
    sides = (declared.shape or ())[at]
    least, most = (
        tuple(side if isinstance(side, int) and side > 0 else other for side in sides)
        for other in (1, LARGEST_SIDE)
    )
    ranges = [p[declared.name] for p in info.profiles if declared.name in p]
    if ranges:
        least = tuple(map(min, zip(*(r.min[at] for r in ranges), strict=True)))
        most = tuple(map(max, zip(*(r.max[at] for r in ranges), strict=True)))
    return Limits((least[0], least[1]), (most[0], most[1]))


def of_item(array: Array, item: int, batch: int) -> Array:
    """The part of an output that belongs to one picture of a batch; what has no batch belongs to
    all. Dtypes that NumPy itself does not know, as bfloat16, become float32."""
    if array.dtype.kind == "V":
        array = array.astype(np.float32)
    has_batch = array.ndim > 0 and len(array) > item and len(array) == batch
    return array[item : item + 1] if has_batch else array
