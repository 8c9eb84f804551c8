"""The grammar of ``run``."""

from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_json, add_runtime, add_verb, between


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
    add_runtime(parser)
    parser.add_argument("--task", choices=("classification", "detection", "none"))
    parser.add_argument("--labels", type=Path, metavar="FILE", help="names of the classes")
    parser.add_argument(
        "--preprocess", metavar="PRESET|JSON", help="how a picture becomes the input"
    )
    parser.add_argument(
        "--threshold", type=between(0, 1), default=0.3, help="least score of a detection (0.3)"
    )
    parser.add_argument("--save", type=Path, metavar="OUT.npz", help="keep the output tensors")
    parser.add_argument("--annotate", type=Path, metavar="DIR", help="keep the drawn answers")
    add_json(parser)
