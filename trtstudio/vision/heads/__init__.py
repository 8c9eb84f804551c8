"""The heads of detectors, one family a module, and the guess at which one a network has. Safe in
any thread.
"""

from trtstudio.vision.head_names import HeadName
from trtstudio.vision.heads.centernet import CENTERFACE, CENTERNET
from trtstudio.vision.heads.head import Candidates, Head, Match
from trtstudio.vision.heads.rtdetr import RT_DETR
from trtstudio.vision.heads.ssd import SSD
from trtstudio.vision.heads.suppressed import EFFICIENT_NMS, ROWS
from trtstudio.vision.heads.torchvision import TORCHVISION
from trtstudio.vision.heads.ultralytics import ULTRALYTICS
from trtstudio.vision.heads.yolov5 import YOLOV5
from trtstudio.vision.heads.yolox import YOLOX
from trtstudio.vision.network import Network

__all__ = ["HEADS", "Candidates", "Head", "Match", "find_head"]

HEADS = (
    YOLOX,
    YOLOV5,
    ULTRALYTICS,
    RT_DETR,
    EFFICIENT_NMS,
    TORCHVISION,
    SSD,
    CENTERFACE,
    CENTERNET,
    ROWS,
)


def find_head(network: Network, wanted: HeadName | None = None) -> tuple[Head, Match] | None:
    """The likeliest head for these outputs, or the ``wanted`` one; None where they have not its
    form, or no detector's.
    """
    heads = [head for head in HEADS if wanted in (None, head.name)]
    found = [(head, match) for head in heads if (match := head.match(network)) is not None]
    return max(found, key=lambda pair: pair[1].likelihood, default=None)
