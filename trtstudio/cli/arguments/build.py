"""The grammar of ``build``."""

from pathlib import Path

from trtstudio.cli.arguments.words import Verbs, add_json, add_verb, count


def add_build(verbs: Verbs) -> None:
    """``trtstudio build``."""
    parser = add_verb(verbs, "build", "Build an engine from an ONNX model.")
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("-o", "--output", type=Path, metavar="PLAN", help="default: MODEL.plan")
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        nargs="+",
        metavar="NAME=MIN,OPT,MAX",
        help="the shapes of the dynamic inputs, as images=1x3x224x224,8x3x224x224,32x3x224x224; "
        "repeat it for more profiles (default: suggested from the model)",
    )
    parser.add_argument("--precision", default="keep", metavar="keep|fp16")
    parser.add_argument(
        "--target", nargs="+", default=[], metavar="SM", help="GPUs to build for, as sm_86"
    )
    parser.add_argument(
        "--flag", nargs="+", action="extend", default=[], metavar="NAME", help="builder flags"
    )
    parser.add_argument("--optimization-level", type=int, metavar="0-5")
    parser.add_argument("--workspace-mib", type=count, metavar="MIB")
    parser.add_argument("--verbose", action="store_true", help="show the builder's whole log")
    add_json(parser)
