"""Requests in other tools' words: each word is one that the tool has, and what it lacks is said."""

import ast
import re
import shlex
from dataclasses import fields, replace
from pathlib import Path

import pytest

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.command_forms import Form
from trtstudio.model.build.commands import FORMS, copy_as
from trtstudio.model.build.options import SENTENCES
from trtstudio.model.graph import ShapeRange

DATA = Path(__file__).parents[2] / "data"
PROFILES = (
    {
        "images:0": ShapeRange((1, 3, 64, 64), (2, 3, 64, 64), (4, 3, 96, 96)),
        "size": ShapeRange((1, 1), (2, 2), (3, 3), values=True),
    },
    {"images:0": ShapeRange((8, 3, 64, 64), (8, 3, 64, 64), (8, 3, 64, 64))},
)
PLAIN = BuildRequest("my model.onnx", "it's.plan", PROFILES[:1])
FULL = replace(
    PLAIN,
    profiles=PROFILES,
    flags=("REFIT", "VERSION_COMPATIBLE", "STRICT_NANS", "SPARSE_WEIGHTS", "WEIGHT_STREAMING"),
    options={
        "builder_optimization_level": 4,
        "avg_timing_iterations": 8,
        "max_aux_streams": 0,
        "max_num_tactics": 3,
        "l2_limit_for_tiling": 1 << 20,
        "tiling_optimization_level": "FULL",
        "hardware_compatibility_level": "AMPERE_PLUS",
        "runtime_platform": "WINDOWS_AMD64",
        "profiling_verbosity": "NONE",
        "engine_capability": "STANDARD",
        "DLA_core": 0,
        "default_device_type": "DLA",
        "tactic_sources": ("JIT_CONVOLUTIONS",),
        "preview_features": ("ALIASED_PLUGIN_IO_10_03",),
        "build_route": "-a=1",
        "WORKSPACE": 1 << 30,
        "TACTIC_DRAM": 1 << 31,
    },
    exact_fp32=True,
    network=NetworkEdits(
        outputs=("a", "b*"),
        not_outputs=("c",),
        debug=("d",),
        debug_unfused=True,
        input_shapes={"images:0": (-1, 3, 64, 64)},
        parser_flags=("ENABLE_PLUGIN_OVERRIDE", "-NATIVE_INSTANCENORM"),
        refittable=("fc.*",),
        on_dla=("conv_*", "a?"),
        on_gpu=("head",),
    ),
    timing_cache=TimingCache("my.cache", "read", ("other.cache",), ignore_mismatch=True),
    plugins=("a.so", "b.so"),
    plugins_trusted=True,
    plugins_in_plan=True,
    log_severity="verbose",
)
WEAK = replace(
    PLAIN,
    weak=WeakTyping(
        ("FP16", "INT8", "FP4"),
        {"conv_*": "float16", "head": "float32", "a?": "int8"},
        {"head": "float32"},
        "prefer",
    ),
)
USUAL = {"NATIVE_INSTANCENORM", "TF32"}  # the tools' default, and BuildRequest.exact_fp32
PARSER_FLAGS = {
    "ENABLE_UINT8_AND_ASYMMETRIC_QUANTIZATION_DLA",
    "REPORT_CAPABILITY_DLA",
    "ENABLE_PLUGIN_OVERRIDE",
    "ADJUST_FOR_DLA",
}
POOLS = {"WORKSPACE", "DLA_MANAGED_SRAM", "DLA_LOCAL_DRAM", "DLA_GLOBAL_DRAM"}
POOLS |= {"TACTIC_DRAM", "TACTIC_SHARED_MEMORY"}
REQUESTS = [PLAIN, FULL, WEAK, replace(PLAIN, targets=("sm_86", "sm_120"), precision="fp16")]


def known(tool: str) -> set[str]:
    return set((DATA / f"{tool}_options.txt").read_text(encoding="utf-8").split())


def words(request: BuildRequest, form: Form) -> tuple[list[str], str]:
    """The words of the command, and the comments before it."""
    text = copy_as(request, form, "tensorrt", windows=False)
    *comments, command = text.splitlines()
    assert all(line.startswith("# ") and line.endswith(".") for line in comments)
    return shlex.split(command), "\n".join(comments)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("generation", [10, 11])
def test_trtexec_has_every_option(request_: BuildRequest, generation: int) -> None:
    form: Form = "trtexec-10" if generation == 10 else "trtexec-11"
    program, *options = words(request_, form)[0]
    assert program == "trtexec"
    names = [option.partition("=")[0] for option in options]
    assert all(name.startswith("--") for name in names)
    assert {name[2:] for name in names} <= known(f"trtexec_{generation}")


@pytest.mark.parametrize("request_", REQUESTS)
def test_polygraphy_has_every_option(request_: BuildRequest) -> None:
    said = words(request_, "polygraphy")[0]
    assert said[:3] == ["polygraphy", "convert", "my model.onnx"]
    assert {word for word in said if re.match(r"--?[a-z]", word)} <= known("polygraphy")


def test_trtexec_says_what_was_asked() -> None:
    said, notes = words(FULL, "trtexec-10")
    assert {
        "--onnx=my model.onnx",
        "--saveEngine=it's.plan",
        "--profile=1",
        "--minShapes='images:0':1x3x64x64,size:1x1",
        "--maxShapes='images:0':8x3x64x64",
        "--stronglyTyped",
        "--noTF32",
        "--refit",
        "--sparsity=enable",
        "--memPoolSize=workspace:1073741824B",
        "--builderOptimizationLevel=4",
        "--hardwareCompatibilityLevel=ampere+",
        "--tilingOptimizationLevel=3",
        "--tacticSources=-CUBLAS,-CUBLAS_LT,-CUDNN,-EDGE_MASK_CONVOLUTIONS,+JIT_CONVOLUTIONS",
        "--pluginInstanceNorm",
        "--timingCacheFile=my.cache",
        "--setPluginsToSerialize=b.so",
        "--layerDeviceTypes=conv_*:DLA,head:GPU",
        "--verbose",
    } <= set(said)
    for name in ("STRICT_NANS", "build_route", "TACTIC_DRAM", "b*", "c", "other.cache"):
        assert name in notes
    assert "here fc.*." in notes
    assert "the device of a?." in notes
    assert "ENABLE_PLUGIN_OVERRIDE" in notes
    assert "--enablePluginOverride" in words(FULL, "trtexec-11")[0]
    assert "--stronglyTyped" not in words(FULL, "trtexec-11")[0]


def test_weak_typing_is_of_trtexec_10_alone() -> None:
    said, notes = words(WEAK, "trtexec-10")
    assert {"--fp16", "--int8", "--precisionConstraints=prefer"} <= set(said)
    assert "--layerPrecisions=conv_*:fp16,head:fp32" in said
    assert "--layerOutputTypes=head:fp32" in said
    assert "--stronglyTyped" not in said
    assert "FP4" in notes
    assert "a?" in notes
    said, notes = words(WEAK, "trtexec-11")
    assert "TensorRT 11 has no weakly typed networks." in notes
    assert not any("fp16" in word for word in said)


def test_polygraphy_says_what_was_asked() -> None:
    said, notes = words(FULL, "polygraphy")
    text = " ".join(said)
    assert "--trt-min-shapes images:0:[1,3,64,64] size:[1,1]" in text
    assert "--pool-limit workspace:1073741824 tactic_dram:2147483648" in text
    assert "--trt-outputs a b*" in text
    assert "--tf32" not in said  # off by default, and exact FP32 is asked for
    assert "--tf32" in words(PLAIN, "polygraphy")[0]
    assert "replaces all outputs" in notes
    targets = replace(FULL, targets=("sm_86", "sm_120"))
    rtx = copy_as(targets, "polygraphy", "tensorrt_rtx", windows=False)
    assert "POLYGRAPHY_USE_TENSORRT_RTX=1 NVIDIA_TF32_OVERRIDE=0 polygraphy" in rtx
    assert "--compute-capabilities 8.6 12.0" in rtx


@pytest.mark.parametrize("form", ["trtexec-10", "trtexec-11", "polygraphy"])
@pytest.mark.parametrize("name", sorted(set(SENTENCES) - USUAL))
def test_no_option_is_passed_over_in_silence(form: Form, name: str) -> None:
    """Each option and flag changes the command, or is named in a comment."""
    if name in PARSER_FLAGS:
        changed = replace(PLAIN, network=NetworkEdits(parser_flags=(name,)))
    elif name in ("tactic_sources", "preview_features", "quantization_flags"):
        changed = replace(PLAIN, options={name: ("X",)})
    elif name.isupper() and name not in POOLS:
        changed = replace(PLAIN, flags=(name,))
    else:
        changed = replace(PLAIN, options={name: 1})
    assert words(changed, form) != words(PLAIN, form)


def test_windows_quotes_by_its_own_rules() -> None:
    text = copy_as(FULL, "trtexec-10", "tensorrt", windows=True)
    *comments, command = text.splitlines()
    assert all(line.startswith("rem ") for line in comments)
    assert '"--onnx=my model.onnx"' in command
    odd = copy_as(replace(PLAIN, model="a&b.onnx"), "trtexec-10", "tensorrt", windows=True)
    assert '"--onnx=a&b.onnx"' in odd
    assert copy_as(PLAIN, "polygraphy", "tensorrt_rtx", windows=True).startswith(
        'set "POLYGRAPHY_USE_TENSORRT_RTX=1" && '
    )


@pytest.mark.parametrize("request_", REQUESTS)
def test_scripts_are_python_that_holds_every_name(request_: BuildRequest) -> None:
    text = copy_as(request_, "python", "tensorrt")
    tree = ast.parse(text)
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert imported - {"tensorrt"} == {"sys", "os", "fnmatch", "onnx"} & used
    setters = {"preview_features": "set_preview_feature"}
    for name in (*request_.flags, *request_.options, *request_.plugins):
        assert setters.get(name, name) in text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_request_is_code(form: Form) -> None:
    nasty = replace(
        PLAIN, model="a'; rm -rf ~ \".onnx", plan="$(x)\n.plan", options={"build_route": "'\\"}
    )
    text = copy_as(nasty, form, "tensorrt", windows=False)
    if form == "python":
        values = {
            n.targets[0].id: ast.literal_eval(n.value)
            for n in ast.parse(text).body
            if isinstance(n, ast.Assign)
            and isinstance(n.value, ast.Constant)
            and isinstance(n.targets[0], ast.Name)
        }
        assert values == {"MODEL": nasty.model, "PLAN": nasty.plan}
    else:
        said = shlex.split(text, comments=True)
        assert any(nasty.model in word for word in said)
        assert any(nasty.plan in word for word in said)


def test_a_comment_stays_one() -> None:
    odd = replace(PLAIN, network=NetworkEdits(outputs=("a\nrm -rf ~",)))
    for windows in (False, True):
        text = copy_as(odd, "trtexec-10", "tensorrt", windows=windows)
        assert not any(line.startswith("rm ") for line in text.splitlines())


def test_every_field_of_a_request_is_used() -> None:
    """A new field must find its way into our own command line."""
    assert {f.name for f in fields(BuildRequest)} == {
        *("model", "plan", "profiles", "precision", "targets", "flags", "options"),
        *("conversion", "exact_fp32", "weak", "network", "timing_cache", "plugins"),
        *("plugins_trusted", "plugins_in_plan", "log_severity"),
    }
