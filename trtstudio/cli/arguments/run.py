"""The grammar of ``run``."""

import argparse
from pathlib import Path
from typing import get_args

from trtstudio.cli.arguments.loading import add_loading, add_shape
from trtstudio.cli.arguments.words import Verbs, add_file, add_json, add_verb, between, count
from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.sources import local_path
from trtstudio.vision.head_names import HeadName
from trtstudio.vision.presets import PRESETS
from trtstudio.vision.task_names import TaskName


def add_run(verbs: Verbs) -> None:
    """``trtstudio run``."""
    parser = add_verb(
        verbs,
        "run",
        "FILE [SOURCE ...]",
        "Run a model on pictures or arrays.",
        "model.plan cat.jpg",
        "detector.onnx pictures --annotate drawn --csv answers.csv",
    )
    add_file(parser)
    parser.add_argument(
        "sources",
        type=_source,
        nargs="*",
        metavar="SOURCE",
        help="pictures, videos, folders of them, .txt files that name them line by line, file:// "
        "URLs, camera:0, .npy files for a model with one input, .npz files with an array for each "
        "input by name (default: random input)",
    )
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one input, beside the sources: a .npy, .npz, .npz:ARRAY or raw file, const:0.5, "
        "const:640,480 with a value for each, or random:SEED",
    )
    add_shape(parser)
    add_loading(parser)
    parser.add_argument(
        "--task",
        choices=(*get_args(TaskName), "none"),
        metavar="TASK",
        help=f"what the model does: {', '.join(get_args(TaskName))}, or none for its output "
        "tensors (default: guessed from them)",
    )
    parser.add_argument(
        "--head",
        choices=get_args(HeadName),
        metavar="HEAD",
        help=f"which head a detector has: {', '.join(get_args(HeadName))} (default: the likeliest "
        "by the shapes of its outputs)",
    )
    parser.add_argument(
        "--labels",
        metavar="FILE|coco",
        help="names of the classes, line by line; coco for COCO's 80, none for numbers (default: "
        "the model's own, or COCO's as a guess for a detector of 80 classes)",
    )
    parser.add_argument(
        "--preprocess",
        metavar="PRESET|JSON",
        help=f"how a picture becomes the input: {', '.join(PRESETS)}, or some fields as JSON, as "
        '\'{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}\' (default: as the '
        "model says, or guessed)",
    )
    parser.add_argument(
        "--try-preprocess",
        action="store_true",
        help="run the pictures in every plausible way of preprocessing and compare the answers",
    )
    parser.add_argument(
        "--threshold",
        type=between(0, 1),
        metavar="SCORE",
        help="least score of what is found, from 0 to 1 (default: 0.3, and 0.5 for text)",
    )
    parser.add_argument(
        "--overlap",
        type=between(0, 1),
        metavar="IOU",
        help="of two boxes that overlap more than this, from 0 to 1, the less sure one goes "
        "(default: 0.45)",
    )
    parser.add_argument(
        "--mask-threshold",
        type=between(0, 1),
        metavar="VALUE",
        help="from which value on, from 0 to 1, a part belongs to a mask (default: 0.5, and 0.3 "
        "for text)",
    )
    parser.add_argument(
        "--classes",
        nargs="+",
        action="extend",
        metavar="CLASS",
        help="the only classes that count, by name or number",
    )
    parser.add_argument(
        "--top", type=count, metavar="N", help="how many classes are listed (default: 5)"
    )
    parser.add_argument(
        "--read-with",
        type=Path,
        metavar="FILE",
        help="another model, which reads the texts that this one finds",
    )
    parser.add_argument("--save", type=Path, metavar="FILE", help="save the output tensors as .npz")
    _add_pictures(parser)
    add_json(parser)


def _add_pictures(parser: argparse.ArgumentParser) -> None:
    """Options for many pictures."""
    group = parser.add_argument_group("many pictures")
    group.add_argument(
        "--recursive", action="store_true", help="take the folders in a folder as well"
    )
    group.add_argument(
        "--batch",
        type=count,
        metavar="N",
        help="so many pictures in one inference (default: what the model is best run with)",
    )
    group.add_argument(
        "--frames",
        type=count,
        metavar="N",
        help="at most so many pictures of each video and camera (default: all, 1 of a camera)",
    )
    group.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help="save every answer to this file at once, and go on where it ends the next time; what "
        "failed is tried again",
    )
    group.add_argument(
        "--annotate",
        type=Path,
        metavar="DIR|VIDEO",
        help="save the drawn answers as files in a folder, or as a video, as out.mp4",
    )
    group.add_argument("--csv", type=Path, metavar="FILE", help="save the answers as a table")
    group.add_argument(
        "--coco", type=Path, metavar="FILE", help="save the objects as a COCO data set (JSON)"
    )
    group.add_argument(
        "--yolo", type=Path, metavar="DIR", help="save the objects as label files for YOLO"
    )
    group.add_argument(
        "--contact-sheet", type=Path, metavar="FILE", help="save one picture of all pictures"
    )
    group.add_argument(
        "--sort",
        choices=("score", "doubt"),
        help="tell of the pictures, also on the contact sheet, by the score of what is surest in "
        "each: the highest first, or by doubt the lowest (default: as given)",
    )
    group.add_argument(
        "--compare-with",
        metavar="FILE|onnxruntime",
        help="run another model or plan too, or the same ONNX model by ONNX Runtime, and say how "
        "far they agree",
    )


def _source(text: str) -> Path:
    if not text:  # as of a variable that is not set, and not this folder
        raise argparse.ArgumentTypeError("a source without a name")
    try:
        return local_path(text)
    except StudioError as error:
        raise argparse.ArgumentTypeError(error.text) from error
