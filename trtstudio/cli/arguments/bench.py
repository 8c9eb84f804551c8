"""The grammar of ``bench``."""

from pathlib import Path

from trtstudio.cli.arguments.words import (
    Verbs,
    add_json,
    add_runtime,
    add_verb,
    between,
    count,
    named_shape,
)


def add_bench(verbs: Verbs) -> None:
    """``trtstudio bench``."""
    parser = add_verb(verbs, "bench", "Measure the latency of a model.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an ONNX model or a TensorRT plan")
    parser.add_argument(
        "--shape",
        type=named_shape,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=1x3x224x224",
        help="shapes of the dynamic inputs (default: what the model runs best with)",
    )
    parser.add_argument("--duration", type=between(0, 86400), default=3.0, metavar="S")
    parser.add_argument("--warmup", type=between(0, 3.6e6), default=200.0, metavar="MS")
    parser.add_argument("--iterations", type=count, default=10, metavar="N")
    add_runtime(parser)
    add_json(parser)
