"""The options of ``trtstudio build``: every request can be written as words and is read back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.cli import main
from trtstudio.cli.arguments import parse
from trtstudio.cli.build_request import request_from
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, Severity, TimingCache, WeakTyping
from trtstudio.model.build.commands.own import own_words
from trtstudio.model.build.conversion import METHODS, Calibration, Conversion
from trtstudio.model.build.options import Option, Setting
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import ShapeRange

KNOWN = (
    Option("max_aux_streams", "int", "-"),
    Option("WORKSPACE", "memory", "-"),
    Option("runtime_platform", "enum", "-", ("SAME_AS_BUILD", "WINDOWS_AMD64")),
    Option("tactic_sources", "set", "-", ("CUDNN", "CUBLAS")),
    Option("build_route", "text", "-"),
)
NAME = st.text("abXYZ_:/.=*?é ", min_size=1, max_size=6).filter(lambda s: s.strip() == s)
NAMES = st.lists(NAME, max_size=2).map(tuple)
SHAPE = st.lists(st.integers(0, 999), min_size=1, max_size=3).map(tuple)
DYNAMIC = st.lists(st.integers(-1, 999), min_size=1, max_size=3).map(tuple)
DTYPES = st.sampled_from(["float16", "int8"])


def pairs(values: st.SearchStrategy[object]) -> st.SearchStrategy[Mapping[str, object]]:
    return st.dictionaries(NAME, values, max_size=2)


PROFILE = st.dictionaries(
    NAME,
    st.one_of(
        st.builds(ShapeRange, SHAPE, SHAPE, SHAPE),
        st.builds(ShapeRange, DYNAMIC, DYNAMIC, DYNAMIC, values=st.just(True)),
    ),
    min_size=1,
    max_size=2,
)
WEAK = st.builds(
    WeakTyping, NAMES, pairs(DTYPES), pairs(DTYPES), st.sampled_from(["none", "prefer", "obey"])
)
CALIBRATION = st.builds(
    Calibration, NAME, st.sampled_from(METHODS), st.integers(1, 999), NAME, NAME
)
CONVERSION = st.builds(
    Conversion,
    NAMES,
    st.booleans(),
    st.none() | CALIBRATION,
    st.sampled_from(["fp32", "fp16", "bf16"]),
    st.integers(0, 1 << 40),
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "max_aux_streams": st.integers(-9, 9),
        "WORKSPACE": st.integers(0, 1 << 40),
        "runtime_platform": st.sampled_from(["SAME_AS_BUILD", "WINDOWS_AMD64"]),
        "tactic_sources": st.lists(st.sampled_from(["CUDNN", "CUBLAS"]), unique=True).map(tuple),
        "build_route": NAME.filter(lambda text: "=" not in text),
    },
)
PARSER_FLAGS = st.tuples(NAMES, NAMES).map(lambda both: (*both[0], *(f"-{n}" for n in both[1])))
NETWORK = st.builds(
    NetworkEdits,
    *(NAMES, NAMES, NAMES, st.booleans(), pairs(DYNAMIC), PARSER_FLAGS),
    *(NAMES, NAMES, NAMES),
)
CACHE = st.builds(TimingCache, NAME, st.sampled_from(["update", "read"]), NAMES, st.booleans())
REQUESTS = st.builds(
    BuildRequest,
    model=st.just("model.onnx"),
    plan=NAME.filter(lambda text: str(Path(text)) == text),
    profiles=st.lists(PROFILE, min_size=1, max_size=2).map(tuple),
    precision=st.sampled_from(["keep", "fp16", "int8"]),
    targets=NAMES,
    flags=NAMES,
    options=OPTIONS,
    conversion=CONVERSION,
    exact_fp32=st.booleans(),
    weak=st.none() | WEAK,
    network=NETWORK,
    timing_cache=st.none() | CACHE,
    plugins=NAMES,
    plugins_trusted=st.booleans(),
    plugins_in_plan=st.booleans(),
    log_severity=st.sampled_from(get_args(Severity)),
)


@settings(max_examples=40)  # a parser is made for each
@given(REQUESTS)
def test_every_request_is_read_as_it_was_written(request: BuildRequest) -> None:
    assert request_from(parse(own_words(request)), KNOWN, "tensorrt_rtx") == request


PLAIN = BuildRequest("model.onnx", "a.plan", ({"x": ShapeRange((1,), (1,), (1,))},))


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["--option", "WORKSPACE=512MiB"], {"WORKSPACE": 512 << 20}),
        (["--option", "WORKSPACE=2gib"], {"WORKSPACE": 2 << 30}),
        (["--workspace-mib", "64"], {"WORKSPACE": 64 << 20}),
        (["--optimization-level", "4"], {"builder_optimization_level": 4}),
        (["--option", "tactic_sources="], {"tactic_sources": ()}),
        (["--option", "unknown=1"], {"unknown": "1"}),
    ],
)
def test_values_of_options(words: list[str], options: dict[str, Setting]) -> None:
    said = parse([*own_words(PLAIN), *words])
    assert request_from(said, KNOWN) == replace(PLAIN, options=options)


@pytest.mark.parametrize(
    "words",
    [
        ["--option", "max_aux_streams=many"],
        ["--option", "max_aux_streams=1MiB"],
        ["--option", "WORKSPACE=1.5GiB"],
        ["--input-shape", "x=1x"],
        ["--input-shape", "x=axb"],
        ["--layer-precision", "a=float16"],
        ["--constraints", "obey"],
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str]) -> None:
    with pytest.raises(StudioError) as caught:
        request_from(parse([*own_words(PLAIN), *words]), KNOWN)
    assert caught.value.hint


@pytest.mark.parametrize("words", [["--option", "a"], ["--copy-as", "x"], ["--log-severity", "x"]])
def test_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse([*own_words(PLAIN), *words])
    assert caught.value.code == 2


def test_options_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--list-options"]) == 0
    text = capsys.readouterr().out
    assert "builder_optimization_level" in text
    assert "How long to search for faster kernels" in text
    assert main(["build", "--list-options", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    names = [option["name"] for option in told["options"]]
    assert {"REFIT", "WORKSPACE", "tactic_sources", "NATIVE_INSTANCENORM"} <= set(names)


def test_a_build_is_copied_and_not_done(
    sample_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "a.plan"
    words = ["build", str(sample_model), "-o", str(plan), "--copy-as", "trtexec-10"]
    assert main([*words, "--option", "max_aux_streams=0"]) == 0
    assert "--maxAuxStreams=0" in capsys.readouterr().out
    assert not plan.exists()


def test_a_model_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["build"])
    assert caught.value.code == 2
    assert "MODEL" in capsys.readouterr().err


def test_plugins_are_loaded_by_agreement_alone(
    sample_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tensorrt_rtx")
    library = tmp_path / "p.so"
    library.write_bytes(b"text")
    assert main(["build", str(sample_model), "--plugin", str(library)]) == 1
    assert "does not have plugins" in capsys.readouterr().err
