"""What a user can change of an answer without running the network again. Immutable, so safe in any
thread.
"""

from dataclasses import dataclass
from typing import Literal

from trtstudio.vision.head_names import HeadName

Parameter = Literal["threshold", "overlap", "limit", "top", "classes", "mask_threshold", "head"]
"""The name of a field of ``Settings``."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``threshold``: the least score of what is found. ``overlap``: of two boxes of one class whose
    intersection over union exceeds it, the less sure one goes. ``limit``: the most objects.
    ``top``: how many classes are listed. ``classes``: the only ones that count, None for all.
    ``mask_threshold``: from which value on a cell belongs to a mask, and from which score on a key
    point is there. ``head``: which head a detector has, None for the likeliest.
    """

    threshold: float = 0.3
    overlap: float = 0.45
    limit: int = 300
    top: int = 5
    classes: frozenset[int] | None = None
    mask_threshold: float = 0.5
    head: HeadName | None = None

    def __post_init__(self) -> None:
        """Refuse what can mean nothing."""
        for share in (self.threshold, self.overlap, self.mask_threshold):
            if not 0 <= share <= 1:
                raise ValueError("thresholds and overlap must be between 0 and 1")
        if self.limit < 1 or self.top < 1:
            raise ValueError("limit and top must be above 0")


USUAL = Settings()
"""What a task starts with that needs nothing else."""
