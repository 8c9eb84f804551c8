"""Ways of preprocessing that families of models share. Plain data; safe in any thread."""

from typing import Any

from trtstudio.vision.placement import Size

PRESETS: dict[str, dict[str, Any]] = {
    "imagenet": {
        "resize": "center_crop",
        "crop": 0.875,
        "interpolation": "area",
        "color": "RGB",
        "mean": [123.675, 116.28, 103.53],
        "std": [58.395, 57.12, 57.375],
    },
    "zero-to-one": {"mean": [0], "std": [255]},
    "minus-one-to-one": {"mean": [127.5], "std": [127.5]},
    "as-is": {"mean": [0], "std": [1]},
    "yolox": {
        "resize": "letterbox",
        "align": "start",
        "interpolation": "linear",
        "color": "BGR",
        "mean": [0],
        "std": [1],
        "pad_value": 114,
    },
    "yolo": {
        "resize": "letterbox",
        "align": "center",
        "interpolation": "linear",
        "color": "RGB",
        "mean": [0],
        "std": [255],
        "pad_value": 114,
    },
    "yolo-classify": {
        "resize": "center_crop",
        "crop": 1.0,
        "interpolation": "linear",
        "color": "RGB",
        "mean": [0],
        "std": [255],
    },
    "centerface": {
        "resize": "letterbox",
        "align": "start",
        "interpolation": "linear",
        "color": "RGB",
        "mean": [0],
        "std": [1],
        "pad_value": 0,
    },
    "pp-ocr-det": {
        "resize": "letterbox",
        "align": "start",
        "interpolation": "linear",
        "color": "BGR",
        "mean": [123.675, 116.28, 103.53],
        "std": [58.395, 57.12, 57.375],
        "pad_value": 0,
    },
    "pp-ocr-rec": {
        "resize": "letterbox",
        "align": "start",
        "interpolation": "linear",
        "color": "BGR",
        "mean": [127.5],
        "std": [127.5],
        "pad_value": 127,
    },
}
"""Ways of preprocessing that models share, by the name that a user chooses them by."""

FREE_SIZES: dict[str, Size] = {
    "centerface": (640, 640),
    "pp-ocr-det": (736, 736),
    "pp-ocr-rec": (48, 320),
}
"""What such models are fed with where they take any size."""
