"""Numbers as they are written in the tensor viewer. Safe in any thread."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def number(value: float, digits: int = 6) -> str:
    """So many significant digits."""
    return f"{value:.{digits}g}"


def element(value: Any) -> str:
    """One value of a tensor: integers exactly, floats as precisely as their type is."""
    if isinstance(value, np.bool_ | bool):
        return "1" if value else "0"
    if isinstance(value, np.integer | int):
        return str(int(value))
    if isinstance(value, np.floating | float):
        return f"{float(value):.{_digits(np.asarray(value).dtype)}g}"
    return str(value)


def index(at: Sequence[int]) -> str:
    """``[0, 3, 17]``"""
    return f"[{', '.join(map(str, at))}]"


def count(value: int) -> str:
    """``1 234 567``, with narrow spaces that no country takes for a point."""
    return f"{value:,}".replace(",", "\u202f")


def _digits(dtype: np.dtype[Any]) -> int:
    return {2: 5, 4: 7, 8: 10}.get(dtype.itemsize, 7)
