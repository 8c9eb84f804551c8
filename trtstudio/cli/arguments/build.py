"""The grammar of ``build``."""

import argparse
from pathlib import Path
from typing import Any, get_args

from trtstudio.cli.arguments.convert import add_conversion
from trtstudio.cli.arguments.history import add_no_history
from trtstudio.cli.arguments.words import Verbs, add_json, add_verb, count
from trtstudio.model.build.build_options import Constraints, Severity
from trtstudio.model.build.command_forms import FORMS
from trtstudio.model.build.conversion import PRECISIONS


def add_build(verbs: Verbs) -> None:
    """``trtstudio build``."""
    parser = add_verb(
        verbs,
        "build",
        "MODEL",
        "Build an engine from an ONNX model.",
        "model.onnx -o model.plan --precision fp16",
        "model.onnx --profile images=1x3x224x224,8x3x224x224,32x3x224x224",
    )
    parser.add_argument("model", type=Path, nargs="?", metavar="MODEL", help="an ONNX model")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PLAN", help="the plan to write (default: MODEL.plan)"
    )
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        nargs="+",
        metavar="NAME=MIN,OPT,MAX",
        help="the shapes of the dynamic inputs, as images=1x3x224x224,8x3x224x224,32x3x224x224; "
        "with @ before them the values of a shape tensor, as size=@64x64,128x128,256x256; repeat "
        "it for more profiles (default: suggested from the model)",
    )
    _several(parser, "--target", "SM", "GPUs to build for, as sm_86")
    parser.set_defaults(wrong_usage=parser.error)  # for what only the words together show
    _add_precision(parser.add_argument_group("precision"))
    add_conversion(parser)
    _add_options(parser.add_argument_group("builder options"))
    _add_network(parser.add_argument_group("changes to the network"))
    _add_files(parser.add_argument_group("timing cache and plugins"))
    _add_answers(parser.add_argument_group("what is told"))
    add_no_history(parser)


def _several(parser: Any, name: str, metavar: str, words: str) -> None:
    parser.add_argument(name, nargs="+", action="extend", default=[], metavar=metavar, help=words)


def _pairs(parser: Any, name: str, metavar: str, words: str) -> None:
    parser.add_argument(
        name, nargs="+", action="extend", type=_pair, default=[], metavar=metavar, help=words
    )


def _pair(text: str) -> tuple[str, str]:
    """``NAME=VALUE``; a name may hold "=" itself."""
    name, equals, value = text.rpartition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text} is not like NAME=VALUE")
    return name, value


def _add_precision(group: Any) -> None:
    group.add_argument(
        "--precision",
        default="keep",
        metavar=f"{{{','.join(PRECISIONS)}}}",
        help="convert the model first (default: keep)",
    )
    group.add_argument(
        "--exact-fp32", action="store_true", help="no TF32 in FP32 layers: slower, more exact"
    )
    group.add_argument(
        "--weak",
        nargs="*",
        metavar="PRECISION",
        help="TensorRT 10: a weakly typed network, with these to choose among, as FP16 INT8",
    )
    _pairs(group, "--layer-precision", "NAME=TYPE", "with --weak, as conv_*=float16")
    _pairs(group, "--layer-output", "NAME=TYPE", "with --weak, types of outputs of layers")
    group.add_argument(
        "--constraints",
        choices=get_args(Constraints),
        default="none",
        help="how far --layer-precision and --layer-output bind (default: none)",
    )


def _add_options(group: Any) -> None:
    _several(group, "--flag", "NAME", "builder flags; --list-options names them")
    _pairs(
        group,
        "--option",
        "NAME=VALUE",
        "any other builder option, as max_aux_streams=0, WORKSPACE=512MiB or "
        "tactic_sources=JIT_CONVOLUTIONS,EDGE_MASK_CONVOLUTIONS",
    )
    group.add_argument(
        "--optimization-level",
        type=int,
        metavar="LEVEL",
        help="from 0, which builds soonest, to 5, which runs fastest (default: TensorRT's)",
    )
    group.add_argument(
        "--workspace-mib",
        type=count,
        metavar="MIB",
        help="the most memory that a layer may use while it computes, in MiB (default: all)",
    )


def _add_network(group: Any) -> None:
    _several(group, "--mark-output", "TENSOR", "tensors that become outputs; * and ? are allowed")
    _several(group, "--unmark-output", "TENSOR", "outputs that are none any more")
    _several(group, "--debug-tensor", "TENSOR", "tensors that can be watched at run time")
    group.add_argument(
        "--debug-unfused", action="store_true", help="all tensors that are left after fusion too"
    )
    _pairs(
        group,
        "--input-shape",
        "NAME=SHAPE",
        "another shape than the model declares, as images=1x3x-1x-1; -1 may change from run to run",
    )
    _several(
        group,
        "--refittable",
        "WEIGHT",
        "weights that can be replaced later, with * and ?, where not all are to be (REFIT)",
    )
    _several(group, "--on-dla", "LAYER", "layers that run on a DLA, with * and ?")
    _several(group, "--on-gpu", "LAYER", "layers that run on the GPU whatever others do")
    _several(group, "--parser-flag", "NAME", "flags of the ONNX parser to set")
    _several(group, "--clear-parser-flag", "NAME", "flags of the ONNX parser to clear")


def _add_files(group: Any) -> None:
    group.add_argument(
        "--timing-cache", metavar="FILE", help="read it, and write it after the build"
    )
    group.add_argument(
        "--timing-cache-read-only", action="store_true", help="leave the timing cache as it is"
    )
    _several(group, "--combine-timing-cache", "FILE", "further caches to read into it")
    group.add_argument(
        "--ignore-cache-mismatch",
        action="store_true",
        help="take what another GPU or TensorRT measured",
    )
    _several(group, "--plugin", "FILE", "plugin libraries, which run as they are loaded")
    group.add_argument(
        "--trust-plugins", action="store_true", help="agree to load the plugin libraries"
    )
    group.add_argument(
        "--plugins-in-plan", action="store_true", help="put the plugin libraries into the plan"
    )


def _add_answers(group: Any) -> None:
    group.add_argument(
        "--list-options",
        action="store_true",
        help="print the builder options that the installed TensorRT has, and build nothing",
    )
    group.add_argument(
        "--copy-as",
        choices=FORMS,
        help="print the build as a command or a script, and build nothing",
    )
    group.add_argument("--verbose", action="store_true", help="show the builder's whole log")
    group.add_argument(
        "--log-severity",
        choices=get_args(Severity),
        help="show the log from this severity upwards",
    )
    add_json(group)
