"""The names of the tasks. Imports nothing, for the command line's grammar."""

from typing import Literal

TaskName = Literal[
    "classification",
    "detection",
    "instance-segmentation",
    "keypoints",
    "oriented-boxes",
    "semantic-segmentation",
    "saliency",
    "depth",
    "image-to-image",
    "text-detection",
    "text-recognition",
    "embedding",
]
