"""What a user chose for a model's pictures instead of what was recognized, kept in a small file for
each model. Safe in any thread.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from trtstudio.model.array_json import from_json
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import Preprocess
from trtstudio.vision.settings import Settings
from trtstudio.vision.task_names import TaskName


@dataclass(frozen=True, slots=True)
class Choices:
    """None: as recognized. The task ``none`` shows the outputs as tensors; empty ``labels`` are
    none, not even guessed ones."""

    preprocess: Preprocess | None = None
    batch: int | None = None
    task: TaskName | Literal["none"] | None = None
    settings: Settings | None = None
    labels: tuple[str, ...] | None = None


def choices_of(model: PictureModel, recognized: PictureModel) -> Choices:
    """What of ``model`` differs from what was recognized."""
    usual = recognized if model.task == recognized.task else recognized.with_task(model.task)
    is_named_otherwise = not model.has_guessed_labels and model.labels != recognized.labels
    is_fed_otherwise = model.preprocess != recognized.preprocess
    return Choices(
        preprocess=model.preprocess if is_fed_otherwise else None,
        batch=model.batch if model.batch != recognized.batch else None,
        task=(model.task or "none") if model.task != recognized.task else None,
        settings=model.settings if model.settings != usual.settings else None,
        labels=model.labels if is_named_otherwise else None,
    )


def with_choices(recognized: PictureModel, choices: Choices) -> PictureModel:
    """The model as its user wants it; what no longer fits its input is left as recognized."""
    model = recognized
    if choices.task is not None:
        model = model.with_task(None if choices.task == "none" else choices.task)
    if choices.settings is not None:
        model = replace(model, settings=choices.settings)
    if choices.labels is not None:
        model = model.with_labels(choices.labels)
    if choices.batch is not None and model.has_free_batch:
        model = replace(model, batch=max(1, choices.batch))
    wanted, own = choices.preprocess, recognized.preprocess
    if wanted is not None:
        for way in (wanted, replace(wanted, layout=own.layout, dtype=own.dtype)):
            with suppress(StudioError):
                return model.fed_by(way)
    return model


def remembered(model: Path) -> Choices:
    """What was chosen for the model at this place; nothing where that was never or is damaged."""
    with suppress(OSError, msgspec.DecodeError):
        return from_json(_place(model).read_bytes(), Choices)
    return Choices()


def remember(model: Path, choices: Choices) -> None:
    """Keep the choices for the next time; where there are none, forget the earlier ones. Raises
    ``StudioError`` where they cannot be written."""
    place = _place(model)
    if choices == Choices():
        place.unlink(missing_ok=True)
        return
    with whole_file(place) as file:
        file.write(msgspec.json.encode(choices))


def _place(model: Path) -> Path:
    name = hashlib.sha256(os.fsencode(model.absolute())).hexdigest()[:32]
    folder = platformdirs.user_data_path("trtstudio", appauthor=False)
    return folder / "pictures" / f"{name}.json"
