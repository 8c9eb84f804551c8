"""The names of the heads of detectors. Imports nothing, for the command line's grammar."""

from typing import Literal

HeadName = Literal[
    "yolox",
    "yolov5",
    "ultralytics",
    "rt-detr",
    "efficient-nms",
    "torchvision",
    "ssd",
    "centerface",
    "centernet",
    "rows",
]
