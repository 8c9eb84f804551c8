"""How a picture becomes a network's input: as its model states, as its user chose, or as a guess.
Safe in any thread.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Any, Literal

import cv2
import msgspec
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array
from trtstudio.vision.labels import labels_from_metadata
from trtstudio.vision.network import Network
from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Placement, Size, center_crop, letterbox, stretch
from trtstudio.vision.presets import FREE_SIZES, PRESETS
from trtstudio.vision.tasks import guess_tasks

_INTERPOLATIONS = {
    "nearest": cv2.INTER_NEAREST,
    "linear": cv2.INTER_LINEAR,
    "bicubic": cv2.INTER_CUBIC,
    "area": cv2.INTER_AREA,
    "lanczos": cv2.INTER_LANCZOS4,
}
_DTYPES = ("float32", "float16", "uint8", "int32", "int64")
_EXAMPLE = """'{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}'"""
_SMALLEST_SIDE = 8  # what is smaller is no picture
USUAL_SIDE = 224  # where a model takes any size


@dataclass(frozen=True, slots=True)
class Preprocess:
    """``(pixel - mean) / std`` of a picture that was resized to ``size`` (height, width).

    ``crop`` is the share of the picture that a centre crop keeps; ``align`` is where a letterbox
    puts the picture; ``mean``, ``std`` and ``pad_value`` are in units of 0 to 255, in the order of
    ``color``, one number or one a channel. ``source`` tells who says so.
    """

    size: Size
    resize: Literal["stretch", "center_crop", "letterbox"] = "stretch"
    crop: float = 1.0
    align: Literal["center", "start"] = "center"
    interpolation: Literal["nearest", "linear", "bicubic", "area", "lanczos"] = "linear"
    color: Literal["RGB", "BGR", "GRAY"] = "RGB"
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    pad_value: int = 114
    layout: Literal["NCHW", "NHWC"] = "NCHW"
    dtype: Literal["float32", "float16", "uint8", "int32", "int64"] = "float32"
    source: Literal["model", "guess", "user"] = "user"

    def __post_init__(self) -> None:
        """Refuse what no picture can be brought to."""
        if not all(0 < side <= 65536 for side in self.size):
            raise ValueError("size must be positive")
        if not 0 < self.crop <= 1:
            raise ValueError("crop must be above 0 and at most 1")
        if not 0 <= self.pad_value <= 255:
            raise ValueError("pad_value must be between 0 and 255")
        if not {len(self.mean), len(self.std)} <= {1, self.channels}:
            raise ValueError(f"mean and std need 1 or {self.channels} numbers")
        if not np.isfinite([*self.mean, *self.std]).all() or 0 in self.std:
            raise ValueError("mean and std must be finite, and std not 0")

    @property
    def channels(self) -> int:
        """1 or 3."""
        return 1 if self.color == "GRAY" else 3


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
        changes = {key: value for key, value in changes.items() if key != "color"}
    fields = msgspec.to_builtins(base) | changes
    return _checked({**fields, "source": "user"}, "This preprocessing is not possible")


def guess(
    tensor: Tensor,
    metadata: Mapping[str, str],
    outputs: Sequence[Tensor] = (),
    *,
    is_free: bool = False,
) -> Preprocess | None:
    """How to bring a picture to ``tensor``: as the metadata say, else as such models usually are.

    None where the input is not a picture. What its layout, size and dtype leave open is guessed,
    and ``source`` says so; ``is_free`` tells that its size is open too.
    """
    form = _picture_form(tensor)
    if form is None:
        return None
    stated = from_metadata(metadata)
    if stated is not None:
        return replace(stated, layout=form.layout, dtype=form.dtype)
    network = Network(form.size, tuple(outputs), metadata, labels_from_metadata(metadata))
    guesses = guess_tasks(network)
    usual = (guesses[0].preset if guesses else "") or _usual_preset(form)
    size = FREE_SIZES.get(usual, form.size) if is_free else form.size
    changes = PRESETS[usual]
    if form.color == "GRAY":
        changes = {
            key: value
            for key, value in changes.items()
            if key != "color" and (key not in ("mean", "std") or len(value) == 1)
        }
    return msgspec.convert(msgspec.to_builtins(form) | changes | {"size": size}, Preprocess)


def place(picture: Size, preprocess: Preprocess) -> Placement:
    """Where a picture of this height and width lies in the tensor."""
    if preprocess.resize == "center_crop":
        return center_crop(picture, preprocess.size, preprocess.crop)
    if preprocess.resize == "letterbox":
        return letterbox(picture, preprocess.size, centered=preprocess.align == "center")
    return stretch(picture, preprocess.size)


def apply(picture: Picture, preprocess: Preprocess) -> tuple[Array, Placement]:
    """A batch of one, of the preprocessing's layout and dtype, and where the picture lies in it."""
    height, width = picture.pixels.shape[:2]
    placement = place((height, width), preprocess)
    planes = _colored(_placed(picture.pixels, placement, preprocess), preprocess).transpose(2, 0, 1)
    is_nchw = preprocess.layout == "NCHW"
    shape = planes.shape if is_nchw else (*planes.shape[1:], planes.shape[0])
    tensor = np.empty((1, *shape), np.float32)
    scale = 1 / np.array(preprocess.std, np.float32).reshape(-1, 1, 1)
    offset = np.array(preprocess.mean, np.float32).reshape(-1, 1, 1) * scale
    out = tensor[0] if is_nchw else tensor[0].transpose(2, 0, 1)
    np.subtract(np.multiply(planes, scale, out=out), offset, out=out)
    return tensor.astype(preprocess.dtype, copy=False), placement


def _placed(pixels: Array, placement: Placement, preprocess: Preprocess) -> Array:
    """The picture's source rectangle in a tensor-sized picture, around it the padding."""
    height, width = placement.target.size
    resized = cv2.resize(
        pixels[placement.source.slices],
        (width, height),
        interpolation=_INTERPOLATIONS[preprocess.interpolation],
    )
    if (height, width) == preprocess.size:
        return np.asarray(resized)
    canvas = np.full((*preprocess.size, 3), preprocess.pad_value, np.uint8)
    canvas[placement.target.slices] = resized
    return canvas


def _colored(pixels: Array, preprocess: Preprocess) -> Array:
    """RGB pixels in the channels that the network was trained with."""
    if preprocess.color == "GRAY":
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))[..., None]
    return pixels if preprocess.color == "RGB" else pixels[..., ::-1]


def _picture_form(tensor: Tensor) -> Preprocess | None:
    """The layout, size, channels and dtype that ``tensor`` itself tells, None where it is not for
    pictures."""
    shape = tensor.shape
    if shape is None or len(shape) != 4 or tensor.dtype not in _DTYPES:
        return None
    for layout, channels, sides in (("NCHW", shape[1], shape[2:]), ("NHWC", shape[3], shape[1:3])):
        size = [side if isinstance(side, int) and side >= 0 else USUAL_SIDE for side in sides]
        if channels in (1, 3) and min(size) >= _SMALLEST_SIDE:
            color = "GRAY" if channels == 1 else "RGB"
            form = {"size": size, "layout": layout, "color": color, "dtype": tensor.dtype}
            return msgspec.convert({**form, "source": "guess"}, Preprocess)
    return None


def _usual_preset(form: Preprocess) -> str:
    """Integers are fed with pixels as they are, grey nets with 0 to 1, others as for ImageNet."""
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
