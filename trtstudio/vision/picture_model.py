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
from trtstudio.vision.picture_input import (
    ANY_FORM,
    USUAL_SIDE,
    InputForm,
    batched,
    input_form,
    is_single,
)
from trtstudio.vision.placement import Placement
from trtstudio.vision.preprocess import Limits, Preprocess, apply
from trtstudio.vision.preprocess_choice import guess
from trtstudio.vision.settings import USUAL, Settings
from trtstudio.vision.size_inputs import SizeInput, split_inputs
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks import TASKS, guess_tasks, read_answer
from trtstudio.vision.tasks.task import Guess
from trtstudio.vision.usual_labels import guess_labels

_LIKELY = 0.4  # what is less likely is shown as tensors


@dataclass(frozen=True, slots=True)
class PictureModel:
    """The only input by its name, how many pictures it takes at once, and what is done before and
    after.

    ``task`` is None where the outputs are left as tensors; ``guesses`` are the tasks that fit, the
    likeliest first; ``labels`` are the user's, the model's own, or guessed, and empty where its
    user wants none. ``form`` is what its input leaves
    open; ``has_batch``: not the case of TorchVision's detectors, which take a single picture
    [3, height, width]. ``sizes`` are further inputs, which take the tensor's size.
    """

    input: str
    batch: int
    preprocess: Preprocess
    network: Network
    task: TaskName | None = None
    settings: Settings = USUAL
    labels: tuple[str, ...] | None = None
    has_guessed_labels: bool = False
    guesses: tuple[Guess, ...] = ()
    form: InputForm = ANY_FORM
    has_free_batch: bool = False
    has_batch: bool = True
    sizes: tuple[SizeInput, ...] = ()

    @property
    def has_guessed_task(self) -> bool:
        """Whether its task is the likeliest of its guesses."""
        return bool(self.guesses) and self.guesses[0].task == self.task

    @property
    def limits(self) -> Limits:
        """The sizes that it takes; what does not fit is brought to the nearest of them."""
        return self.form.sizes[self.preprocess.layout]

    def fed_by(self, preprocess: Preprocess) -> "PictureModel":
        """The same model, fed so. Raises ``StudioError`` where its input does not take that."""
        self.form.check(preprocess)
        return replace(self, preprocess=preprocess)

    def with_task(self, task: TaskName | None) -> "PictureModel":
        """The same model with another task, in that task's usual settings."""
        settings = TASKS[task].settings if task is not None else USUAL
        model = replace(self, task=task, settings=settings)
        is_open = self.labels is None or self.has_guessed_labels
        return model.with_labels(None) if is_open else model

    def with_labels(self, labels: tuple[str, ...] | None) -> "PictureModel":
        """The same model with these names of its classes, none where they are empty; where they are
        None, with its own or guessed ones.
        """
        own = labels if labels is not None else self.network.labels
        if own is not None:
            return replace(self, labels=own, has_guessed_labels=False)
        guessed = guess_labels(self.network, self.task)
        return replace(self, labels=guessed, has_guessed_labels=guessed is not None)

    def feed(self, picture: Picture) -> tuple[dict[str, Array], Placement]:
        """The inputs for one picture; a network of a fixed batch gets it that many times."""
        tensor, placement = apply(picture, self.preprocess, self.limits)
        return self.inputs(np.repeat(tensor, self.batch, axis=0)), placement

    def inputs(self, pictures: Array) -> dict[str, Array]:
        """The inputs for a batch of prepared pictures."""
        size = pictures.shape[2:] if self.preprocess.layout == "NCHW" else pictures.shape[1:3]
        sizes = {one.name: one.array((size[0], size[1]), len(pictures)) for one in self.sizes}
        return {self.input: pictures if self.has_batch else pictures[0], **sizes}

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
            labels=self.labels or None,
            has_guessed_labels=self.has_guessed_labels,
            color=self.preprocess.color,
        )
        return read_answer(self.task, scene)


def recognize(info: SessionInfo, metadata: Mapping[str, str]) -> PictureModel | None:
    """How a loaded model takes pictures, as far as it says so and else as a guess; None where it
    takes anything else.
    """
    split = split_inputs(info.inputs)
    if split is None:
        return None
    declared, sizes = split
    has_batch = not is_single(declared)
    tensor = structs.replace(declared, shape=info.shapes[declared.name])
    ranges = [profile[declared.name] for profile in info.profiles if declared.name in profile]
    if not has_batch:
        declared, tensor, ranges = batched(declared, tensor, ranges)
    form = input_form(declared, ranges)
    if form is None:
        return None
    is_free = _has_free_size(declared, tensor)
    preprocess = guess(tensor, metadata, info.outputs, is_free=is_free, allowed=form)
    assert preprocess is not None
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
        form=form,
        has_free_batch=isinstance(first, str) or first < 0,
        has_batch=has_batch,
        sizes=sizes,
    )
    is_likely = bool(guesses) and guesses[0].likelihood >= _LIKELY
    return model.with_task(guesses[0].task if is_likely else None)


def _has_free_size(declared: Tensor, tensor: Tensor) -> bool:
    """Whether a model takes any size, and nobody has chosen one: a session assumes a square."""
    if declared.shape is None or tensor.shape is None or len(declared.shape) != 4:
        return False
    is_open = all(isinstance(dim, str) or dim < 0 for dim in declared.shape[2:])
    return is_open and tensor.shape[2:] == (USUAL_SIDE, USUAL_SIDE)


def of_item(array: Array, item: int, batch: int) -> Array:
    """The part of an output that belongs to one picture of a batch; what has no batch belongs to
    all. Dtypes that NumPy itself does not know, as bfloat16, become float32."""
    if array.dtype.kind == "V":
        array = array.astype(np.float32)
    has_batch = array.ndim > 0 and len(array) > item and len(array) == batch
    return array[item : item + 1] if has_batch else array
