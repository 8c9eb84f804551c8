"""Shapes as they are typed. Any thread."""

import re

from trtstudio.model.build.build import Shape

_SHAPE = re.compile(r"\s*\d{1,9}(\s*[x×*,\s]\s*\d{1,9})*\s*")


def parse_shape(text: str) -> Shape | None:
    """The sizes in ``1 x 3 x 224 x 224``, None for anything else."""
    if not _SHAPE.fullmatch(text):
        return None
    return tuple(int(size) for size in re.findall(r"\d+", text))
