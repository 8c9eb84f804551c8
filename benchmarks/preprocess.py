"""A picture to a tensor, against the same steps fused by hand with OpenCV and NumPy. Prints JSON.

    python benchmarks/preprocess.py [--runs 60]

Both take turns in one run; the ratio is that of the medians, and how far the tensors differ is
told. Also the live threshold: reading kept outputs of 3,549 x 85 again.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import recognize
from trtstudio.vision.preprocess import Preprocess, apply
from trtstudio.vision.preprocess_choice import choose

MEAN, STD = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)
SIZES = {"12 megapixels": (3000, 4000), "1080p": (1080, 1920), "small": (480, 640)}
Work = Callable[[np.ndarray], np.ndarray]


def imagenet(pixels: np.ndarray) -> np.ndarray:
    """Centre crop, area interpolation, RGB, mean and deviation, NCHW, each step once."""
    side = round(0.875 * min(pixels.shape[:2]))
    top, left = (pixels.shape[0] - side) // 2, (pixels.shape[1] - side) // 2
    crop = pixels[top : top + side, left : left + side]
    planes = cv2.split(cv2.resize(crop, (224, 224), interpolation=cv2.INTER_AREA))
    out = np.empty((1, 3, 224, 224), np.float32)
    for i, plane in enumerate(planes):
        np.multiply(plane, np.float32(1 / STD[i]), out=out[0, i])
        out[0, i] -= np.float32(MEAN[i] / STD[i])
    return out


def yolo(pixels: np.ndarray) -> np.ndarray:
    """Letterbox in the middle, RGB, 0 to 1, NCHW: OpenCV's own blob after the resize."""
    height, width = pixels.shape[:2]
    scale = min(640 / height, 640 / width)
    size = (round(width * scale), round(height * scale))
    canvas = np.full((640, 640, 3), 114, np.uint8)
    left, top = (640 - size[0]) // 2, (640 - size[1]) // 2
    canvas[top : top + size[1], left : left + size[0]] = cv2.resize(pixels, size)
    out = np.empty((1, 3, 640, 640), np.float32)
    for i, plane in enumerate(cv2.split(canvas)):
        np.multiply(plane, np.float32(1 / 255), out=out[0, i])
    return out


def yolox(pixels: np.ndarray) -> np.ndarray:
    """Letterbox in the corner, BGR, numbers as they are, NCHW."""
    height, width = pixels.shape[:2]
    scale = min(416 / height, 416 / width)
    size = (round(width * scale), round(height * scale))
    canvas = np.full((416, 416, 3), 114, np.uint8)
    canvas[: size[1], : size[0]] = cv2.resize(pixels, size)
    return cv2.dnn.blobFromImage(canvas, swapRB=True)


CASES: dict[str, tuple[Work, Preprocess]] = {
    "imagenet": (imagenet, choose("imagenet", Preprocess((224, 224)))),
    "yolo": (yolo, choose("yolo", Preprocess((640, 640)))),
    "yolox": (yolox, choose("yolox", Preprocess((416, 416)))),
}


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - started)


def compare(fused: Work, preprocess: Preprocess, pixels: np.ndarray, runs: int) -> dict[str, Any]:
    picture = Picture(Path("noise"), pixels)
    ours, theirs = apply(picture, preprocess)[0], fused(pixels)
    times: dict[str, list[float]] = {"ours": [], "fused": []}
    for _ in range(runs):
        times["ours"].append(timed(lambda: apply(picture, preprocess)))
        times["fused"].append(timed(lambda: fused(pixels)))
    medians = {name: statistics.median(values) for name, values in times.items()}
    return {
        **{f"{name}_ms": round(value, 3) for name, value in medians.items()},
        "ratio": round(medians["ours"] / medians["fused"], 3),
        "largest_difference": float(np.abs(ours - theirs).max()),
    }


def rereading(runs: int) -> dict[str, float]:
    """Of a YOLOX head with 200 candidates above the threshold."""
    random = np.random.default_rng(1)
    output = random.random((1, 3549, 85), np.float32) * 0.2
    output[0, :200, 4:] += 0.75
    info = SessionInfo(
        session=0,
        path="",
        runtime="",
        device="",
        inputs=(Tensor("images", "float32", (1, 3, 416, 416)),),
        outputs=(Tensor("output", "float32", output.shape),),
        shapes={"images": (1, 3, 416, 416)},
    )
    model = recognize(info, {})
    assert model is not None and model.task == "detection"
    _, placement = model.feed(Picture(Path("noise"), np.zeros((480, 640, 3), np.uint8)))
    values = [timed(lambda: model.answer({"output": output}, placement)) for _ in range(runs)]
    return {"median_ms": round(statistics.median(values), 3), "max_ms": round(max(values), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=60)
    runs = parser.parse_args().runs
    random = np.random.default_rng(0)
    report: dict[str, Any] = {}
    for size_name, size in SIZES.items():
        pixels = random.integers(0, 256, (*size, 3), np.uint8)
        report[size_name] = {
            name: compare(fused, preprocess, pixels, runs)
            for name, (fused, preprocess) in CASES.items()
        }
    report["threshold_3549x85"] = rereading(runs)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
