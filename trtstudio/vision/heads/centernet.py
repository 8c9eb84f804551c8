"""Heat maps whose peaks are objects: CenterNet's (a map for each class, sizes, offsets), and
CenterFace's with landmarks. Safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from trtstudio.model.graph import Dim
from trtstudio.model.run import Array
from trtstudio.vision.heads.head import Candidates, Head, Match, as_scores, named
from trtstudio.vision.network import Network, is_size

_STRIDE = 4
_LANDMARKS = 5
_LARGEST_EXPONENT = 20.0  # what a damaged network answers must not overflow
_ROLES = {"sizes": ("wh", "size"), "offsets": ("reg", "off")}


@dataclass(frozen=True, slots=True)
class _Maps:
    """The positions of the outputs."""

    heat: int
    sizes: int
    offsets: int
    landmarks: int | None = None


def _find(network: Network) -> _Maps | None:
    shapes = network.shapes
    if len(shapes) not in (3, 4) or not all(_is_map(shape, network) for shape in shapes):
        return None
    channels = [shape[1] for shape in shapes]
    pairs = [position for position, count in enumerate(channels) if count == 2]
    faces = [position for position, count in enumerate(channels) if count == 2 * _LANDMARKS]
    roles = named(network, _ROLES)
    if len(shapes) == 4:
        heat = [position for position, count in enumerate(channels) if count == 1]
        is_face = len(pairs) == 2 and len(heat) == len(faces) == 1
        return _Maps(heat[0], pairs[0], pairs[1], faces[0]) if is_face else None
    if set(roles) == {"sizes", "offsets"}:
        pairs = [roles["sizes"], roles["offsets"]]
    heat = [position for position in range(3) if position not in pairs]
    return _Maps(heat[0], pairs[0], pairs[1]) if len(pairs) == 2 and len(heat) == 1 else None


def _is_map(shape: Sequence[Dim], network: Network) -> bool:
    """Whether it has a cell for every four pixels."""
    if len(shape) != 4 or not isinstance(shape[1], int):
        return False
    return all(
        is_size(side, -(-pixels // _STRIDE))
        for side, pixels in zip(shape[2:], network.size, strict=True)
    )


def _match_center(network: Network) -> Match | None:
    maps = _find(network)
    if maps is None or maps.landmarks is not None:
        return None
    classes = network.shapes[maps.heat][1]
    reason = f"A heat map for each of {classes} classes, with maps of sizes and offsets."
    return Match("detection", 0.9, reason, classes=classes if isinstance(classes, int) else None)


def _match_face(network: Network) -> Match | None:
    maps = _find(network)
    if maps is None or maps.landmarks is None:
        return None
    return Match("keypoints", 0.95, "Maps of faces, their sizes, offsets and five landmarks.")


def _decode_center(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    maps = _find(network)
    assert maps is not None
    heat = as_scores(np.asarray(arrays[maps.heat][0], np.float32))
    classes, rows, columns = np.nonzero((heat >= threshold) & (heat == _peaks(heat)))
    place = (slice(None), rows, columns)
    width, height = np.asarray(arrays[maps.sizes][0], np.float32)[place]
    x, y = np.asarray(arrays[maps.offsets][0], np.float32)[place]
    boxes = _boxes(columns + x, rows + y, width, height) * _STRIDE
    scores = heat[classes, rows, columns]
    return Candidates(boxes, scores, classes, len(heat), is_final=True)


def _decode_face(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    """After CenterFace's own code: sizes are logarithms, all pairs have y before x, and landmarks
    are shares of the box."""
    maps = _find(network)
    assert maps is not None and maps.landmarks is not None
    heat = np.asarray(arrays[maps.heat][0, 0], np.float32)
    rows, columns = np.nonzero(heat >= threshold)
    place = (slice(None), rows, columns)
    sizes = np.asarray(arrays[maps.sizes][0], np.float32)[place]
    height, width = np.exp(np.minimum(sizes, _LARGEST_EXPONENT))
    y, x = np.asarray(arrays[maps.offsets][0], np.float32)[place]
    boxes = _boxes(columns + x + 0.5, rows + y + 0.5, width, height) * _STRIDE
    marks = np.asarray(arrays[maps.landmarks][0], np.float32)[place].reshape(_LANDMARKS, 2, -1)
    points = np.ones((len(rows), _LANDMARKS, 3), np.float32)
    points[..., 0] = boxes[:, :1] + (marks[:, 1] * width * _STRIDE).T
    points[..., 1] = boxes[:, 1:2] + (marks[:, 0] * height * _STRIDE).T
    classes = np.zeros(len(rows), np.int64)
    return Candidates(boxes, heat[rows, columns], classes, 1, points=points)


def _boxes(x: Array, y: Array, width: Array, height: Array) -> Array:
    halves = (width / 2, height / 2)
    return np.stack((x - halves[0], y - halves[1], x + halves[0], y + halves[1]), axis=1)


def _peaks(heat: Array) -> Array:
    """The greatest value of each cell's 3 x 3 neighbourhood."""
    kernel = np.ones((3, 3), np.uint8)
    return np.stack([np.asarray(cv2.dilate(plane, kernel)) for plane in heat])


CENTERNET = Head(
    "centernet",
    "CenterNet",
    "three maps with a cell for every 4 pixels: of the classes, of 2 sizes and of 2 offsets",
    "imagenet",
    _match_center,
    _decode_center,
)
CENTERFACE = Head(
    "centerface",
    "CenterFace",
    "four maps with a cell for every 4 pixels: of 1 score, 2 sizes, 2 offsets and 10 landmarks",
    "centerface",
    _match_face,
    _decode_face,
    ("face",),
)
