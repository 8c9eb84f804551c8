"""Ways of preprocessing that families of models share. Plain data, without NumPy; any thread."""

from typing import Any

_IMAGENET = {"mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375]}
_LETTERBOX = {"resize": "letterbox", "interpolation": "linear", "pad_value": 114}
_CROP = {"resize": "center_crop", "crop": 0.875, "color": "RGB"}

PRESETS: dict[str, dict[str, Any]] = {
    "imagenet": {**_CROP, "interpolation": "area", **_IMAGENET},
    "imagenet-tf": {**_CROP, "interpolation": "bicubic", "mean": [127.5], "std": [127.5]},
    "imagenet-caffe": {
        **_CROP,
        "interpolation": "bicubic",
        "color": "BGR",
        "mean": [103.939, 116.779, 123.68],
        "std": [1],
    },
    "efficientnet-lite": {**_CROP, "interpolation": "bicubic", "mean": [127], "std": [128]},
    "zero-to-one": {"mean": [0], "std": [255]},
    "minus-one-to-one": {"mean": [127.5], "std": [127.5]},
    "as-is": {"mean": [0], "std": [1]},
    "int8": {"mean": [128], "std": [1]},
    "yolo": {**_LETTERBOX, "align": "center", "color": "RGB", "mean": [0], "std": [255]},
    "yolo-rect": {
        **_LETTERBOX,
        "resize": "longest_side",
        "multiple": 32,
        "align": "center",
        "color": "RGB",
        "mean": [0],
        "std": [255],
    },
    "torchvision-detection": {
        **_LETTERBOX,
        "resize": "longest_side",
        "align": "start",
        "color": "RGB",
        "mean": [0],
        "std": [255],
    },
    "yolo-classify": {
        "resize": "center_crop",
        "crop": 1.0,
        "interpolation": "area",
        "color": "RGB",
        "mean": [0],
        "std": [255],
    },
    "yolox": {**_LETTERBOX, "align": "start", "color": "BGR", "mean": [0], "std": [1]},
    "yolox-legacy": {**_LETTERBOX, "align": "start", "color": "RGB", **_IMAGENET},
    "centernet": {
        **_LETTERBOX,
        "align": "center",
        "pad_value": 0,
        "color": "BGR",
        "mean": [104.04, 113.985, 119.85],
        "std": [73.695, 69.87, 70.89],
    },
    "centerface": {
        **_LETTERBOX,
        "resize": "longest_side",
        "multiple": 32,
        "align": "start",
        "pad_value": 0,
        "color": "RGB",
        "mean": [0],
        "std": [1],
    },
    "pp-ocr-det": {
        **_LETTERBOX,
        "resize": "longest_side",
        "multiple": 32,
        "align": "start",
        "pad_value": 0,
        "color": "BGR",
        **_IMAGENET,
    },
    "pp-ocr-rec": {
        **_LETTERBOX,
        "resize": "height",
        "align": "start",
        "pad_value": 127,
        "color": "BGR",
        "mean": [127.5],
        "std": [127.5],
    },
    "segmentation": {
        "resize": "stretch",
        "interpolation": "linear",
        "color": "RGB",
        **_IMAGENET,
    },
}
"""Ways of preprocessing that models share, by the name that a user chooses them by: classifiers as
torchvision, Keras (``tf`` and ``caffe`` mode) and EfficientNet-Lite train them, detectors, OCR, and
segmentation. What a preset leaves out stays as it was.
"""

FREE_SIZES: dict[str, tuple[int, int]] = {
    "centerface": (640, 640),
    "pp-ocr-det": (736, 736),
    "pp-ocr-rec": (48, 320),
    "torchvision-detection": (800, 800),
}
"""Height and width that such models are fed with where they take any size."""
