"""The grammar of ``run``."""

from pathlib import Path
from typing import get_args

from trtstudio.cli.arguments.loading import add_loading, add_shape
from trtstudio.cli.arguments.words import Verbs, add_json, add_verb, between, count
from trtstudio.vision.task_names import TaskName


def add_run(verbs: Verbs) -> None:
    """``trtstudio run``."""
    parser = add_verb(verbs, "run", "Run a model on pictures or arrays.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an ONNX model or a TensorRT plan")
    parser.add_argument(
        "sources",
        type=Path,
        nargs="*",
        metavar="SOURCE",
        help="pictures, folders of pictures, .npy files for a model with one input, .npz files "
        "with an array for each input by name (default: random input)",
    )
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one input, beside the sources: a .npy, .npz or raw file, const:0.5, or random:SEED",
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
    parser.add_argument("--labels", type=Path, metavar="FILE", help="names of the classes")
    parser.add_argument(
        "--preprocess", metavar="PRESET|JSON", help="how a picture becomes the input"
    )
    parser.add_argument(
        "--try-preprocess",
        action="store_true",
        help="run the pictures in every plausible way of preprocessing and compare the answers",
    )
    parser.add_argument(
        "--threshold",
        type=between(0, 1),
        metavar="0-1",
        help="least score of what is found (default: 0.3, and 0.5 for text)",
    )
    parser.add_argument(
        "--overlap",
        type=between(0, 1),
        metavar="0-1",
        help="of two boxes that overlap more, the less sure one goes (default: 0.45)",
    )
    parser.add_argument(
        "--mask-threshold",
        type=between(0, 1),
        metavar="0-1",
        help="from which value on a part belongs to a mask (default: 0.5, and 0.3 for text)",
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
    parser.add_argument("--save", type=Path, metavar="OUT.npz", help="keep the output tensors")
    parser.add_argument("--annotate", type=Path, metavar="DIR", help="keep the drawn answers")
    add_json(parser)
