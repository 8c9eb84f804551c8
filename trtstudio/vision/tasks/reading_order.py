"""The order in which texts in a picture are read. Plain functions for any thread."""

from collections.abc import Sequence

from trtstudio.vision.answer import Detection

_SAME_LINE = 0.5
"""Of the smaller height: how near a middle is to that of the highest text in its line."""


def in_reading_order(found: Sequence[Detection]) -> list[Detection]:
    """Line by line from above, each line from the left."""
    lines: list[list[Detection]] = []
    for text in sorted(found, key=_middle):
        if lines and _is_beside(text, lines[-1][0]):
            lines[-1].append(text)
        else:
            lines.append([text])
    return [text for line in lines for text in sorted(line, key=lambda each: each.box[0])]


def _is_beside(text: Detection, other: Detection) -> bool:
    least = min(_height(text), _height(other))
    return abs(_middle(text) - _middle(other)) < _SAME_LINE * least


def _middle(text: Detection) -> float:
    return (text.box[1] + text.box[3]) / 2


def _height(text: Detection) -> float:
    return text.box[3] - text.box[1]
