"""Which preprocessing a model needs: as it states, as its user chose, or as a guess. Safe in any
thread.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any

import msgspec

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.metadata import numbers_in, stated_size
from trtstudio.vision.labels import labels_from_metadata
from trtstudio.vision.network import Network
from trtstudio.vision.picture_input import SMALLEST_SIDE, USUAL_SIDE, InputForm, input_form
from trtstudio.vision.placement import Size
from trtstudio.vision.preprocess import Color, Preprocess
from trtstudio.vision.presets import FREE_SIZES, PRESETS
from trtstudio.vision.tasks import guess_tasks

_EXAMPLE = """'{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}'"""
_LARGEST_STRIDE = 1024


def from_metadata(metadata: Mapping[str, str]) -> Preprocess | None:
    """What a model's author wrote under the key ``preprocess``; None where that is not ours.

    Raises ``StudioError`` where it is ours and wrong.
    """
    try:
        stated = json.loads(metadata.get("preprocess", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(stated, dict) or "size" not in stated:
        return None
    return _checked({**stated, "source": "model"}, "The model's own preprocessing is wrong")


def choose(text: str, base: Preprocess) -> Preprocess:
    """``base`` changed as its user says: the name of a preset, or some of its fields as JSON.

    Raises ``StudioError`` where ``text`` is neither.
    """
    changes = PRESETS.get(text)
    if changes is None:
        changes = _json_object(text)
    elif base.color == "GRAY":
        changes = _for_grey(changes)
    fields = msgspec.to_builtins(base) | changes
    return _checked({**fields, "source": "user"}, "This preprocessing is not possible")


def recolored(preprocess: Preprocess, color: Color) -> Preprocess:
    """With the channels in another order, or of another number: then of the numbers for each
    channel the mean.
    """
    fields = msgspec.to_builtins(preprocess) | {"source": "user"}
    if color == "GRAY" and preprocess.color != "GRAY":
        fields = _for_grey(fields)
    return msgspec.convert(fields | {"color": color}, Preprocess)


def as_json(preprocess: Preprocess) -> str:
    """What ``choose`` takes, on one line."""
    fields = msgspec.to_builtins(preprocess)
    del fields["source"]
    return json.dumps(fields)


def guess(
    tensor: Tensor,
    metadata: Mapping[str, str],
    outputs: Sequence[Tensor] = (),
    *,
    is_free: bool = False,
    allowed: InputForm | None = None,
) -> Preprocess | None:
    """How to bring a picture to ``tensor``: as the metadata say, else as such models usually are.

    None where the input is not a picture. What its layout, size and dtype leave open is guessed,
    and ``source`` says so; ``is_free`` tells that its size is open too, ``allowed`` what else is.
    """
    allowed = allowed or input_form(tensor)
    if allowed is None:
        return None
    form = _picture_form(tensor, allowed)
    stated = from_metadata(metadata)
    if stated is not None:
        layout = stated.layout if stated.layout in allowed.layouts else form.layout
        return replace(stated, layout=layout, dtype=form.dtype)
    network = Network(form.size, tuple(outputs), metadata, labels_from_metadata(metadata))
    guesses = guess_tasks(network)
    usual = (guesses[0].preset if guesses else "") or _usual_preset(form)
    size = _free_size(metadata, usual, form) if is_free else form.size
    changes = PRESETS[usual] | _stated_numbers(metadata)
    if form.color == "GRAY":
        changes = _for_grey(changes)
    fields = msgspec.to_builtins(form) | changes | {"size": size}
    try:
        return msgspec.convert(fields, Preprocess)
    except msgspec.ValidationError:  # the metadata's numbers are not for this input
        return msgspec.convert(fields | PRESETS["as-is"], Preprocess)


def _free_size(metadata: Mapping[str, str], usual: str, form: Preprocess) -> Size:
    """What a network of any size is fed with: as Ultralytics' ``imgsz`` says, or such networks'
    usual size."""
    stated = stated_size(metadata)
    if stated is not None and min(stated) >= SMALLEST_SIDE:
        return stated
    return FREE_SIZES.get(usual, form.size)


def _stated_numbers(metadata: Mapping[str, str]) -> dict[str, Any]:
    """Mean, standard deviation and stride as exporters write them, a list in Python's or JSON's
    words; of pixels between 0 and 1 where no number is above that."""
    found: dict[str, Any] = {}
    mean, std = (numbers_in(metadata.get(key, "")) for key in ("mean", "std"))
    if std and 0 not in std:
        unit = 255.0 if max(map(abs, (*mean, *std))) <= 1 else 1.0
        found = {"mean": [m * unit for m in mean or (0.0,)], "std": [s * unit for s in std]}
    stride = numbers_in(metadata.get("stride", ""))
    if len(stride) == 1 and stride[0].is_integer() and 0 < stride[0] <= _LARGEST_STRIDE:
        found["multiple"] = int(stride[0])
    return found


def _for_grey(changes: Mapping[str, Any]) -> dict[str, Any]:
    """A preset for a network of one channel: of numbers for three the mean."""
    return {
        key: [sum(value) / len(value)] if key in ("mean", "std") else value
        for key, value in changes.items()
        if key != "color"
    }


def _picture_form(tensor: Tensor, allowed: InputForm) -> Preprocess:
    """The likeliest layout, size, channels and dtype."""
    layout = allowed.layouts[0]
    sides = (tensor.shape or ())[2:] if layout == "NCHW" else (tensor.shape or ())[1:3]
    size = [side if isinstance(side, int) and side >= 0 else USUAL_SIDE for side in sides]
    color = "RGB" if 3 in allowed.channels else "GRAY"
    form = {"size": size, "layout": layout, "color": color, "dtype": allowed.dtypes[0]}
    return msgspec.convert({**form, "source": "guess"}, Preprocess)


def _usual_preset(form: Preprocess) -> str:
    """Integers are fed with pixels as they are, grey nets with 0 to 1, others as for ImageNet."""
    if form.dtype == "int8":
        return "int8"
    if not form.dtype.startswith("float"):
        return "as-is"
    return "zero-to-one" if form.channels == 1 else "imagenet"


def _json_object(text: str) -> dict[str, Any]:
    try:
        changes = json.loads(text)
    except (ValueError, RecursionError):
        changes = None
    if isinstance(changes, dict):
        return changes
    raise StudioError(
        f"{text} is neither a way of preprocessing nor a JSON object.",
        hint=f"Choose one of {', '.join(PRESETS)}, or give fields as {_EXAMPLE}.",
    )


def _checked(fields: dict[str, Any], complaint: str) -> Preprocess:
    known = [field.name for field in dataclass_fields(Preprocess)]
    hint = f"Write fields as in {_EXAMPLE}. There are: {', '.join(known)}."
    unknown = sorted(fields.keys() - set(known))
    if unknown:
        raise StudioError(f"{complaint}: there is no {', '.join(unknown)}.", hint=hint)
    try:
        return msgspec.convert(fields, Preprocess)
    except msgspec.ValidationError as error:
        raise StudioError(f"{complaint}: {error}.", hint=hint) from error
