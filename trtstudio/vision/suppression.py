"""Non-maximum suppression: of boxes of one class that overlap, the surest stays. Any thread."""

import cv2
import numpy as np

from trtstudio.model.run import Array

_SPARE = 4  # so many times the limit is looked at before all others; mostly it suffices


def suppress(boxes: Array, scores: Array, classes: Array, overlap: float, limit: int) -> Array:
    """The positions of at most ``limit`` boxes that stay, the surest first.

    ``boxes`` [n, 4] are left, top, right, bottom; a box goes where its intersection over union
    with a surer one of its class exceeds ``overlap``.
    """
    order = np.argsort(-scores, kind="stable")
    rectangles = np.concatenate((boxes[:, :2], boxes[:, 2:] - boxes[:, :2]), axis=1)
    # Those that stay among the surest stay among all, so the rest is often not looked at.
    for count in (_SPARE * limit, len(order)):
        first = order[:count]
        kept = cv2.dnn.NMSBoxesBatched(
            np.ascontiguousarray(rectangles[first], np.float64),  # type: ignore[arg-type]
            _ranks(len(first)),  # type: ignore[arg-type]
            np.ascontiguousarray(classes[first], np.int32),  # type: ignore[arg-type]
            0,
            overlap,
        )
        if len(kept) >= limit or count >= len(order):
            break
    return np.asarray(first[np.sort(np.asarray(kept, np.int64).reshape(-1))[:limit]])


def suppress_rotated(
    boxes: Array, angles: Array, scores: Array, classes: Array, overlap: float, limit: int
) -> Array:
    """The same for boxes that are turned by ``angles`` in radians around their centres. Not
    OpenCV's own: that takes a box inside another one for the same."""
    centers, sizes = (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]
    reach = np.linalg.norm(sizes, axis=1) / 2
    degrees = np.degrees(angles)
    rectangles = list(zip(centers.tolist(), sizes.tolist(), degrees.tolist(), strict=True))
    kept = np.empty(0, np.int64)
    for position in np.argsort(-scores, kind="stable").tolist():
        rivals = kept[classes[kept] == classes[position]]
        distances = np.linalg.norm(centers[rivals] - centers[position], axis=1)
        near = rivals[distances < reach[rivals] + reach[position]].tolist()
        one = rectangles[position]
        if all(_rotated_overlap(one, rectangles[rival]) <= overlap for rival in near):
            kept = np.append(kept, position)
        if len(kept) >= limit:
            break
    return kept


_Rectangle = tuple[list[float], list[float], float]  # centre, size, degrees


def _rotated_overlap(one: _Rectangle, other: _Rectangle) -> float:
    """Intersection over union."""
    kind, corners = cv2.rotatedRectangleIntersection(one, other)
    if kind == cv2.INTERSECT_NONE:
        return 0.0
    common = cv2.contourArea(cv2.convexHull(corners))
    areas = [sizes[0] * sizes[1] for _, sizes, _ in (one, other)]
    return float(common / max(sum(areas) - common, 1e-9))


def _ranks(count: int) -> Array:
    """Scores in the order of the positions, which OpenCV sorts by."""
    return np.asarray(np.arange(count, 0, -1), np.float32)
