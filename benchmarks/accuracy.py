"""What FP16 and INT8 cost in accuracy, on pictures that INT8 was not calibrated on. Prints JSON.

    python benchmarks/accuracy.py MODEL CALIBRATION HELD_OUT [--methods entropy ...] [--base fp16] \
        [--int8-from 100000]

Both are folders of pictures, each of which is seen in ten views: four corners and the middle, all
also mirrored (Krizhevsky et al., 2012). A held-out picture whose name ends in a number, as
``imagenet_03_990.jpg``, shows that class of a classifier. ONNX Runtime runs the models on the CPU;
the peer is the FP32 model in the same run. Twenty such pictures are in the package foolbox:

    pip download --no-deps foolbox && unzip -j foolbox-*.whl 'foolbox/data/imagenet_*' -d HELD_OUT
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.engine.conversion import convert
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.accuracy import Comparison
from trtstudio.model.build.conversion import METHODS, Calibration, Conversion
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.run import Array
from trtstudio.vision import samples
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.agreement import agreement, summarize
from trtstudio.vision.picture import Picture, find_pictures, read_picture, write_picture
from trtstudio.vision.picture_model import recognize

PART = 0.875  # of a side, that a view shows
MOST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a model said of a view: its outputs, what they mean, and the picture's label."""

    outputs: dict[str, Array]
    answer: Answer | None
    size: tuple[int, int]
    label: int | None


def views(picture: Picture) -> Iterator[Picture]:
    """Ten of them."""
    height, width = picture.pixels.shape[:2]
    rows, columns = round(height * PART), round(width * PART)
    down, right = height - rows, width - columns
    for top, left in ((0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)):
        part = picture.pixels[top : top + rows, left : left + columns]
        yield replace(picture, pixels=np.ascontiguousarray(part))
        yield replace(picture, pixels=np.ascontiguousarray(part[:, ::-1]))


def write_views(folder: Path, out: Path) -> None:
    """The calibration takes a folder."""
    for path in find_pictures(folder):
        for number, view in enumerate(views(read_picture(path))):
            write_picture(out / f"{path.stem}_{number}.png", view.pixels)


def look(model: Path, folder: Path, preprocess_of: Path) -> list[Seen]:
    """What the model says of every view, fed as the model that it was made from."""
    seen = []
    with closing(OnnxSession(str(model), 0, lambda _: None)) as session:
        pictures = recognize(session.info, read_onnx(preprocess_of).metadata)
        assert pictures is not None, "the model takes no pictures"
        for path in find_pictures(folder):
            named = re.search(r"_(\d+)$", path.stem)
            for view in views(read_picture(path)):
                feed, placement = pictures.feed(view)
                outputs = dict(session.run(feed).outputs)
                answer = pictures.answer(outputs, placement)
                label = int(named[1]) if named else None
                seen.append(Seen(outputs, answer, view.pixels.shape[:2], label))
    return seen


def figures(found: list[Seen], expected: list[Seen]) -> dict[str, Any]:
    """Against the labels, and against FP32."""
    result: dict[str, Any] = {"views": len(found)}
    comparisons = {name: Comparison(name) for name in expected[0].outputs}
    for one, other in zip(found, expected, strict=True):
        for name, comparison in comparisons.items():
            comparison.add(other.outputs[name], one.outputs[name])
    result["outputs"] = [asdict(comparison.result()) for comparison in comparisons.values()]
    pairs = [(a.answer, b.answer) for a, b in zip(found, expected, strict=True)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not known:
        return result
    agreements = [agreement(a, b, s.size) for (a, b), s in zip(known, found, strict=True)]
    result["against_fp32"] = asdict(summarize(agreements, known))
    labelled = [(_classes(s), s.label) for s in found if s.label is not None and _classes(s)]
    if labelled:
        result["top_1"] = float(np.mean([label == top[0] for top, label in labelled]))
        result["top_5"] = float(np.mean([label in top for top, label in labelled]))
        shares = [_shared(a, b) for a, b in zip(found, expected, strict=True)]
        result["top_5_shared"] = float(np.mean(shares))
    return result


def _classes(seen: Seen) -> list[int]:
    return [label.index for label in seen.answer.top[:MOST]] if seen.answer else []


def _shared(one: Seen, other: Seen) -> float:
    return len({*_classes(one)} & {*_classes(other)}) / MOST


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "calibration", "held_out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--methods", nargs="*", choices=METHODS, default=METHODS)
    parser.add_argument("--base", choices=("fp32", "fp16"), default="fp16")
    parser.add_argument("--int8-from", type=int, default=0, metavar="WEIGHTS")
    options = parser.parse_args()
    expected = look(options.model, options.held_out, options.model)
    answer = {"fp32": figures(expected, expected)}
    with tempfile.TemporaryDirectory() as name:
        write_views(options.calibration, Path(name))
        for way in ("fp16", *options.methods):
            calibration = Calibration(name, way) if way in METHODS else None
            out = Path(name, f"{way}.onnx")
            precision = "int8" if calibration else way
            asked = Conversion(
                calibration=calibration, base=options.base, int8_from=options.int8_from
            )
            convert(
                options.model,
                out,
                precision,
                asked,
                on_progress=lambda _: None,
                pictures=samples,
            )
            found = look(out, options.held_out, options.model)
            answer["fp16" if way == "fp16" else f"int8_{way}"] = figures(found, expected)
    print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
