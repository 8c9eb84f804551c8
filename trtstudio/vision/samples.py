"""Pictures as samples that a model is calibrated or compared on. Safe in any thread.

The engine, which may not import this package, is handed this module; see its ``Pictures``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array, SessionInfo
from trtstudio.vision.picture import find_pictures, read_picture
from trtstudio.vision.picture_model import recognize
from trtstudio.vision.preprocess_choice import choose


def find(folder: Path) -> Sequence[Path]:
    """The pictures right in a folder, in order. Raises OSError."""
    return find_pictures(folder)


def reader(
    info: SessionInfo, metadata: Mapping[str, str], preprocess: str
) -> Callable[[Path], Mapping[str, Array]]:
    """What brings a picture to the model's input: as it says itself, as a guess, or as
    ``preprocess`` (a preset or JSON) says. Raises StudioError for a model that takes no pictures.
    """
    model = recognize(info, metadata)
    if model is None:
        raise StudioError(
            "As far as its inputs tell, this model does not take pictures.",
            hint="Give a folder of .npz files, with an array for each input by name.",
        )
    if preprocess:
        model = replace(model, preprocess=choose(preprocess, model.preprocess))
    chosen = model
    return lambda path: chosen.feed(read_picture(path))[0]
