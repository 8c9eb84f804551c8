"""Where the labels of objects go in a picture, so that none covers another. Plain arithmetic, in
the window's units as well as in pixels; one thread.
"""

from collections import defaultdict
from collections.abc import Iterator

from trtstudio.vision.answer import Detection, Point

_FAR = 4
"""So many heights from where it belongs a label is not looked for any more."""
_ROUNDING = 1e-6


def label_corner(found: Detection, width: float) -> Point:
    """Where a label begins that is so wide, in the picture's pixels: above the upper left corner of
    a box, and as far above that of a turned outline as nothing of it is covered.
    """
    if not found.polygon:
        return found.box[0], found.box[1]
    left = min(found.polygon, key=sum)[0]
    return left, min(_heights(found.polygon, left, left + width))


def _heights(outline: tuple[Point, ...], left: float, right: float) -> Iterator[float]:
    """Of the ends of each edge, cut off at both sides."""
    for (x0, y0), (x1, y1) in zip(outline, (*outline[1:], outline[0]), strict=True):
        for x, own in ((x0, y0), (x1, y1)):
            cut = min(max(x, left), right)
            if cut == x:
                yield own
            elif min(x0, x1) <= cut <= max(x0, x1):
                yield y0 + (cut - x0) / (x1 - x0) * (y1 - y0)


class LabelPlaces:
    """Gives every label of one picture its place within ``bounds``: left, top, right and bottom.
    All are ``height`` high; who asks first has the best place.
    """

    def __init__(self, bounds: tuple[float, float, float, float], height: float) -> None:
        self._bounds, self._height = bounds, height
        self._rows: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)

    def take(self, left: float, top: float, width: float) -> tuple[float, float]:
        """The upper left corner of the label for an object whose box begins there: above the box,
        inside where above is no room, or as near as nothing else is. Where all of that is taken, it
        covers others.
        """
        height = self._height
        first, highest, last, lowest = self._bounds
        x = max(first, min(left, last - width))
        wanted = top - height if top - height >= highest else top
        usual = max(highest, min(wanted, lowest - height))
        near = sorted(self._near(x, x + width, usual))
        tried = self._free(usual, near, height), self._free(usual, near[::-1], -height)
        free = [y for y in tried if highest <= y <= lowest - height]
        free = [y for y in free if abs(y - usual) <= _FAR * height]
        y = min(free, key=lambda y: abs(y - usual), default=usual)
        self._rows[int(y // height)].append((x, y, x + width))
        return x, y

    def _free(self, y: float, others: list[float], step: float) -> float:
        """The first place from there on that none of the others touches, which come one by one."""
        for other in others:
            if abs(other - y) < self._height - _ROUNDING:
                y = other + step
        return y

    def _near(self, left: float, right: float, top: float) -> list[float]:
        """The upper edges of the labels above and below each other there."""
        row = int(top // self._height)
        return [
            y
            for each in range(row - _FAR - 2, row + _FAR + 3)
            for start, y, end in self._rows.get(each, ())
            if start < right and left < end
        ]
