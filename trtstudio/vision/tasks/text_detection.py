"""Where in a picture there is text, from the probability map of a DB detector (Liao et al., 2020),
as PP-OCR has it. Safe in any thread.
"""

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.heads.head import as_scores
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.settings import Settings
from trtstudio.vision.tasks.dense import as_planes, first_planes
from trtstudio.vision.tasks.objects import boxes_in_picture
from trtstudio.vision.tasks.reading_order import in_reading_order
from trtstudio.vision.tasks.task import Guess, Task

_UNCLIP = 1.6  # the map shows the core of a text; PP-OCR's usual ratio brings it back to its size
_SMALLEST_SIDE = 3.0  # in cells
_PADDLE_NAMES = ("sigmoid_0.tmp_0", "fetch_name_0", "maps", "save_infer_model/scale_0")


def _fit(network: Network) -> Guess | None:
    form = first_planes(network)
    if len(network.outputs) != 1 or form is None or form[0] != 1 or len(network.shapes[0]) != 4:
        return None
    name = network.outputs[0].name
    if any(name.startswith(known) for known in _PADDLE_NAMES):
        reason = f"One map that is called {name}, as PP-OCR's."
        return Guess("text-detection", 0.85, reason, "pp-ocr-det")
    reason = f"{name} has one number for each part of the picture."
    return Guess("text-detection", 0.15, reason, "pp-ocr-det")


def _read(scene: Scene) -> Answer:
    scores = as_scores(np.asarray(as_planes(scene.arrays[0], scene.network)[0], np.float32))
    settings = scene.settings
    inside = (scores >= settings.mask_threshold).astype(np.uint8)
    inside = np.asarray(cv2.dilate(inside, np.ones((2, 2), np.uint8)))
    contours, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    cell = np.divide(scene.network.size[::-1], scores.shape[::-1])
    found = []
    for contour in contours:
        score = _mean_inside(scores, np.asarray(contour))
        corners = _unclipped(np.asarray(contour)) if score >= settings.threshold else None
        if corners is not None:
            found.append((score, corners * cell))
    found.sort(key=lambda pair: -pair[0])
    texts = in_reading_order(_detections(found[: settings.limit], scene))
    return Answer("text-detection", detections=tuple(texts), has_own_words=True)


def _detections(found: list[tuple[float, Array]], scene: Scene) -> tuple[Detection, ...]:
    corners = np.array([corners for _, corners in found]).reshape(-1, 4, 2)
    around = np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1)
    polygons = scene.placement.to_picture(corners).tolist()
    boxes = boxes_in_picture(around, scene.placement)
    return tuple(
        Detection("text", score, box, 0, polygon=tuple((x, y) for x, y in polygon))
        for (score, _), box, polygon in zip(found, boxes, polygons, strict=True)
    )


def _mean_inside(scores: Array, contour: Array) -> float:
    """How sure the network is of a text: the mean of the map inside its outline."""
    x, y, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [contour - (x, y)], (1,))
    return float(cv2.mean(scores[y : y + height, x : x + width], inside)[0])


def _unclipped(contour: Array) -> Array | None:
    """The corners [4, 2] of the smallest rectangle around a text, widened on all sides as the
    training had narrowed it, clockwise from the upper left; None where it is too small.
    """
    center, (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _SMALLEST_SIDE:
        return None
    distance = width * height * _UNCLIP / (2 * (width + height))
    sides = (width + 2 * distance, height + 2 * distance)
    if min(sides) < _SMALLEST_SIDE + 2:
        return None
    return _in_order(np.asarray(cv2.boxPoints((center, sides, angle)), float) + 0.5)


def _in_order(corners: Array) -> Array:
    """Clockwise, the upper one of the two leftmost first."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = (side[np.argsort(side[:, 1], kind="stable")] for side in (by_x[:2], by_x[2:]))
    return np.stack((left[0], right[0], right[1], left[1]))


def straightened(pixels: Array, detection: Detection) -> Array:
    """The part of a picture inside a text's polygon, turned upright: what recognition reads.

    A text that is much higher than wide is turned by 90 degrees.
    """
    corners = np.array(detection.polygon, np.float32)
    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = (max(1, round(max(sides))) for sides in ((top, bottom), (left, right)))
    goal = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    matrix = cv2.getPerspectiveTransform(corners, goal)
    flat = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(np.rot90(flat)) if height >= 1.5 * width else np.asarray(flat)


TEXT_DETECTION = Task(
    "text-detection",
    "Text detection",
    _fit,
    _read,
    ("threshold", "mask_threshold", "limit"),
    Settings(threshold=0.5, mask_threshold=0.3, limit=1000),
)
