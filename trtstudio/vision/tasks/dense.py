"""What the tasks share whose output has a value for each part of a picture. Any thread."""

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim
from trtstudio.model.run import Array
from trtstudio.vision.answer import Raster
from trtstudio.vision.network import Network, is_known
from trtstudio.vision.placement import Placement

_UNEVEN = 1.2  # what the roundings of small sides may add to one
_SMALLEST_SIDE = 8  # what is smaller is a feature, and nothing to look at


def planes_shape(shape: tuple[Dim, ...]) -> tuple[Dim, Dim, Dim] | None:
    """Channels, height and width of [1, channels, height, width] or of [1, height, width]; None
    for other shapes. Sizes that are only known at run time count as large enough.
    """
    if len(shape) == 3:
        shape = (shape[0], 1, *shape[1:])
    if len(shape) != 4:
        return None
    _, channels, height, width = shape
    sides = [side for side in (height, width) if isinstance(side, int) and side >= 0]
    return (channels, height, width) if all(side >= _SMALLEST_SIDE for side in sides) else None


def is_channels_last(shape: tuple[Dim, ...], network: Network) -> bool:
    """Whether it is [1, height, width, channels], as TensorFlow's networks have it: only so it has
    the input's proportions."""
    if len(shape) != 4 or not all(map(is_known, shape[1:])):
        return False
    return has_proportions(shape[1:3], network) and not has_proportions(shape[2:], network)


def first_planes(network: Network) -> tuple[Dim, Dim, Dim] | None:
    """The form of the first output; others of that form are from earlier stages, as U2-Net has
    them; None where some output has another form."""
    forms = [
        planes_shape((shape[0], shape[3], *shape[1:3]))
        if is_channels_last(shape, network)
        else planes_shape(shape)
        for shape in network.shapes
    ]
    first = forms[0] if forms else None
    if first is None or any(form is None or form[0] != first[0] for form in forms):
        return None
    return first if has_proportions(first[1:], network) else None


def has_proportions(sides: tuple[Dim, ...], network: Network) -> bool:
    """Whether these sides are the input's, enlarged or reduced alike, or both not yet known."""
    scales = [
        side / size
        for side, size in zip(sides, network.size, strict=True)
        if isinstance(side, int) and side > 0
    ]
    if len(scales) == 1:
        return False
    return max(scales, default=1) < _UNEVEN * min(scales, default=1)


def as_planes(array: Array, network: Network) -> Array:
    """[channels, height, width] of the first picture. Raises ``StudioError`` for other shapes."""
    if is_channels_last(array.shape, network):
        array = array.transpose(0, 3, 1, 2)
    if planes_shape(array.shape) is None:
        raise StudioError(
            f"An output of the shape {array.shape} has no value for each part of a picture.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    return array[0] if array.ndim == 4 else array[:1]


def on_picture(values: Array, placement: Placement) -> Raster:
    """What ``values`` [height, width] or [height, width, 3], stretched over the tensor, say about
    the picture: without the cells that lie wholly in the padding."""
    rows, columns = values.shape[:2]
    target = placement.target
    y, x = rows / placement.tensor_size[0], columns / placement.tensor_size[1]
    left, top = int(target.left * x), int(target.top * y)
    right, bottom = int(np.ceil(target.right * x)), int(np.ceil(target.bottom * y))
    edges = np.array(((left / x, top / y), (right / x, bottom / y)))
    (x0, y0), (x1, y1) = placement.to_picture(edges).tolist()
    return Raster(values[top:bottom, left:right], (x0, y0, x1, y1))
