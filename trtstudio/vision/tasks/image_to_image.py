"""A picture from a picture: sharper, larger, in another style. Safe in any thread."""

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene, is_known
from trtstudio.vision.tasks.dense import as_planes, has_proportions, on_picture, planes_shape
from trtstudio.vision.tasks.task import Guess, Task

_BEYOND_ONE = 2.0  # values that reach further are not shares of white


def _fit(network: Network) -> Guess | None:
    if len(network.outputs) != 1:
        return None
    shape = network.shapes[0]
    form = planes_shape(_channels_first(shape)) if len(shape) == 4 else None
    if form is not None and not any(map(is_known, form)):
        reason = "A map of which nothing is known before run time, as a free size leaves it."
        return Guess("image-to-image", 0.45, reason, "zero-to-one")
    if form is None or form[0] not in (1, 3) or not has_proportions(form[1:], network):
        return None
    sides = [side for side in form[1:] if isinstance(side, int)]
    is_larger = any(side > size for side, size in zip(sides, network.size, strict=False))
    if form[0] == 1 and not is_larger:
        return None
    if any(side < size for side, size in zip(sides, network.size, strict=False)):
        return None
    kind = "larger than" if is_larger else "as large as"
    reason = f"{form[0]} channels, {kind} its input."
    return Guess("image-to-image", 0.85 if is_larger else 0.7, reason, "zero-to-one")


def _channels_first(shape: tuple[int | str, ...]) -> tuple[int | str, ...]:
    is_last = shape[3] in (1, 3) and shape[1] not in (1, 3)
    return (shape[0], shape[3], shape[1], shape[2]) if is_last else shape


def _read(scene: Scene) -> Answer:
    array = scene.arrays[0]
    if array.ndim == 4 and _channels_first(array.shape) != array.shape:
        array = array.transpose(0, 3, 1, 2)
    planes = as_planes(array, scene.network)
    if len(planes) not in (1, 3):
        raise StudioError(
            f"{len(planes)} channels are no picture.",
            hint="Choose the task semantic-segmentation, or look at the output tensors.",
        )
    pixels = _as_bytes(planes).transpose(1, 2, 0)
    if len(planes) == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    elif scene.color == "BGR":
        pixels = pixels[..., ::-1]
    raster = on_picture(np.ascontiguousarray(pixels), scene.placement)
    return Answer("image-to-image", picture=raster)


def _as_bytes(values: Array) -> Array:
    """0 to 255 from values of that range, from shares of white, or from -1 to 1."""
    if values.dtype == np.uint8:
        return values
    numbers = np.asarray(values, np.float32)
    low, high = float(numbers.min(initial=0)), float(numbers.max(initial=0))
    if max(-low, high) > _BEYOND_ONE:
        return _rounded(numbers)
    is_signed = low < -(_BEYOND_ONE - 1) / 4
    return _rounded((numbers + 1) * 127.5 if is_signed else numbers * 255)


def _rounded(values: Array) -> Array:
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


IMAGE_TO_IMAGE = Task("image-to-image", "Picture to picture", _fit, _read, ())
