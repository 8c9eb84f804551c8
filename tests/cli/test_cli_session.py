"""Inputs of a run one by one, loading options, and the verbs profile, memory and refit."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from trtstudio.cli.arguments import parse
from trtstudio.cli.load import load_options
from trtstudio.model.load_options import LoadOptions

Call = Callable[..., Any]


def test_each_input_from_a_source_of_its_own(call: Call, scaler: Path, tmp_path: Path) -> None:
    x = np.arange(12, dtype=np.float32).reshape(4, 3)
    x.tofile(tmp_path / "x.bin")
    np.savez(tmp_path / "shift.npz", **{"k=0": np.float32([1, 2, 3]), "other": np.ones(1)})
    out = tmp_path / "out.npz"
    said = call(
        "run",
        scaler,
        f"--input=x={tmp_path / 'x.bin'}",
        "--input=scale=const:0.5",
        f"--input=k=0={tmp_path / 'shift.npz'}",
        "--save",
        out,
        "--json",
    )
    assert said.code == 0, said.err
    np.testing.assert_array_equal(np.load(out)["y"], x / 2 + np.float32([1, 2, 3]))
    assert said.json["results"][0]["source"] == "given input"
    assert "random" not in said.err


def test_a_saved_output_is_an_input_again(call: Call, scaler: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.npy", tmp_path / "2.npz"
    np.save(first, np.ones((2, 3), np.float32))
    constants = ("--input=scale=const:2", "--input=k=0=const:1")
    assert call("run", scaler, f"--input=x={first}", *constants, "--save", second).code == 0
    np.save(first, np.load(second)["y"])
    assert call("run", scaler, f"--input=x={first}", *constants, "--save", second).code == 0
    np.testing.assert_array_equal(np.load(second)["y"], np.full((2, 3), 7, np.float32))


def test_saved_outputs_are_inputs_by_any_name(call: Call, scaler: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "o.npz", tmp_path / "again.npz"
    constants = ("--input=scale=const:2", "--input=k=0=const:1,2,3")
    words = ("run", scaler, *constants, "--save")
    assert call(*words, out, "--input=x=const:1", "--shape=x=2x3").code == 0
    np.testing.assert_array_equal(np.load(out)["y"], [[3, 4, 5]] * 2)
    assert call(*words, again, f"--input=x={out}").code == 0
    np.testing.assert_array_equal(np.load(again)["y"], [[7, 10, 13]] * 2)
    np.savez(tmp_path / "many.npz", **{"a": np.ones(1), "y:0": np.zeros((1, 3), np.float32)})
    assert call(*words, again, f"--input=x={tmp_path / 'many.npz'}:y:0").code == 0
    np.testing.assert_array_equal(np.load(again)["y"], [[1, 2, 3]])


def test_values_that_are_no_numbers_are_counted(call: Call, scaler: Path, tmp_path: Path) -> None:
    values = np.array([[np.nan, 1, 3], [np.inf, np.nan, 2]], np.float32)
    np.save(tmp_path / "x.npy", values)
    words = ("run", scaler, f"--input=x={tmp_path / 'x.npy'}", "--input=scale=const:1")
    said = call(*words, "--input=k=0=const:0", "--json")
    (output,) = said.json["outputs"]
    keys = ("min", "max", "mean", "nans", "infs")
    assert [output[key] for key in keys] == [1, 3, 2, 2, 1]
    lines = call(*words, "--input=k=0=const:0").out.splitlines()
    head = next(line for line in lines if line.startswith("output"))
    assert head.split()[-2:] == ["NaN", "infinite"]
    assert lines[lines.index(head) + 1].split()[-5:] == ["1", "3", "2", "2", "1"]
    plain = call("run", scaler).out
    assert "NaN" not in plain


def test_random_inputs_repeat_with_their_seed(call: Call, scaler: Path, tmp_path: Path) -> None:
    found = []
    for seed in (1, 1, 2):
        out = tmp_path / "out.npz"
        words = ("--input", f"x=random:{seed}", "--input", "scale=const:1", "--shape", "x=5x3")
        said = call("run", scaler, *words, "--input", "k=0=const:0", "--save", out)
        assert said.code == 0, said.err
        found.append(np.load(out)["y"])
        assert found[-1].shape == (5, 3)
    np.testing.assert_array_equal(found[0], found[1])
    assert not np.array_equal(found[0], found[2])


def test_what_is_not_given_is_random_and_that_is_said(call: Call, scaler: Path) -> None:
    said = call("run", scaler, "--input", "scale=const:2")
    assert said.code == 0
    assert "x, k=0" in said.err


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("z=const:1", "names no input"),
        ("scale=const:much", "is no number"),
        ("scale=random:x", "is no seed"),
        ("x=nowhere.bin", "does not exist"),
        ("k=0=empty.npz", "holds no array called"),
        ("k=0=empty.npz:c", 'holds no array called "c"'),
        ("k=0=const:1,2", "2 values were given"),
        ("x=short.bin", "has 5 bytes"),
    ],
)
def test_wrong_inputs_are_refused_in_words(
    call: Call,
    scaler: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    word: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    np.savez("empty.npz", a=np.ones(1), b=np.ones(1))
    Path("short.bin").write_bytes(bytes(5))
    said = call("run", scaler, "--input", word)
    assert said.code == 1
    assert words in said.err
    assert (
        "NAME=" in said.err
        or "It has: a, b" in said.err
        or "Check" in said.err
        or "Give" in said.err
    )


def test_an_input_that_is_given_twice(call: Call, scaler: Path) -> None:
    said = call("run", scaler, "--input", "scale=const:1", "--input", "scale=const:2")
    assert (said.code, "given twice" in said.err) == (1, True)


def test_the_loading_options() -> None:
    assert load_options(parse(["run", "a.plan"])) == LoadOptions()
    words = [
        *("run", "a.plan", "--device", "1", "--weight-streaming", "512MiB"),
        *("--cuda-graphs", "whole_graph_capture", "--kernel-specialization", "eager"),
        *("--context-memory", "user_managed", "--no-kernel-cache"),
    ]
    assert load_options(parse(words)) == LoadOptions(
        1, 512 * 2**20, "whole_graph_capture", "eager", "user_managed", keep_kernels=False
    )
    for budget, size in (("automatic", "automatic"), ("7", 7), ("1gib", 2**30), ("0", 0)):
        chosen = load_options(parse(["memory", "a.plan", "--weight-streaming", budget]))
        assert chosen.weight_streaming == size


@pytest.mark.parametrize(
    "words", [("--weight-streaming", "lots"), ("--weight-streaming", "-1"), ("--device", "x")]
)
def test_wrong_loading_options_are_wrong_usage(
    call: Call, scaler: Path, words: tuple[str, ...]
) -> None:
    assert call("run", scaler, *words).code == 2


@pytest.mark.parametrize("verb", ["run", "profile", "memory"])
def test_onnx_runtime_refuses_what_it_does_not_have(call: Call, scaler: Path, verb: str) -> None:
    said = call(verb, scaler, "--cuda-graphs", "disabled", "--json")
    assert said.code == 1
    assert "ONNX Runtime on the CPU does not have CUDA graphs" in said.json["error"]["message"]
    assert said.json["error"]["hint"]


def test_memory_and_profile_of_a_model_with_other_input_shapes(
    call: Call, scaler: Path, tmp_path: Path
) -> None:
    model, fixed = onnx.load(scaler), tmp_path / "fixed.onnx"
    for tensor in (model.graph.input[0], model.graph.output[0]):
        tensor.type.tensor_type.shape.dim[0].dim_value = 4
    onnx.save(model, fixed)
    reshaped = ("--reshape", "x=9x3")
    found = call("memory", fixed, *reshaped, "--json").json
    assert found["shapes"]["x"] == [9, 3]
    items = {item["kind"]: item["bytes_each"] for item in found["items"]}
    assert (items["inputs"], items["outputs"]) == (4 * (9 * 3 + 1 + 3), 4 * 9 * 3)
    found = call("profile", fixed, *reshaped, "--iterations", "1", "--json").json
    assert found["shapes"]["x"] == [9, 3]
    for words in (("--shape", "x=9x3"), ("--shape", "q=1x3"), ("--reshape", "x=9x3x1")):
        said = call("memory", fixed, *words)
        assert said.code == 1
        assert "This is a fault" not in said.err


def test_profile_in_all_forms(call: Call, sample_model: Path) -> None:
    words = ("profile", sample_model, "--iterations", "2")
    found = call(*words, "--json").json
    assert found["whole_ms"] == pytest.approx(found["sum_ms"] + found["gap_ms"])
    assert sum(row["share"] for row in found["rows"]) == pytest.approx(1)
    assert any("Conv" in origin for row in found["rows"] for origin in row["origins"])
    text = call(*words, "--by", "type").out
    assert "medians of 2 inferences" in text
    assert "Conv" in text
    rows = list(csv.DictReader(io.StringIO(call(*words, "--by", "node", "--csv").out)))
    assert sum(float(row["share"]) for row in rows) == pytest.approx(1)
    shares = [float(row["share"]) for row in rows]
    assert shares == sorted(shares, reverse=True)
    top = call(*words, "--by", "layer", "--top", "3", "--json").json["rows"]
    assert len(top) == 3
    assert top[0]["median_ms"] >= top[1]["median_ms"] >= top[2]["median_ms"]
    layers = list(csv.DictReader(io.StringIO(call(*words, "--csv").out)))
    assert any(" + " in row["origins"] for row in layers)


def test_memory_of_a_model(call: Call, scaler: Path) -> None:
    words = ("memory", scaler, "--shape", "x=10x3", "--contexts", "2")
    found = call(*words, "--json").json
    sizes = {item["kind"]: item["total_bytes"] for item in found["items"]}
    assert sizes == {
        "weights": 0,
        "activations": 2 * 120,
        "inputs": 2 * (120 + 4 + 12),
        "outputs": 2 * 120,
    }
    assert found["total_bytes"] == sum(sizes.values())
    said = call(*words)
    assert said.code == 0
    assert "2 x 120 B" in said.out
    assert "It fits" in said.out or "not known" in said.out


def test_memory_that_does_not_fit_is_exit_code_1(call: Call, scaler: Path) -> None:
    said = call("memory", scaler, "--contexts", 10**15)
    if "not known" in said.out:
        pytest.skip("this system does not say what is free")
    assert said.code == 1
    assert "too little" in said.out


def test_refit_needs_a_plan(call: Call, scaler: Path, tmp_path: Path) -> None:
    said = call("refit", scaler, scaler, "-o", tmp_path / "out.plan", "--json")
    assert said.code == 1
    assert said.json["error"]["hint"]
    assert not (tmp_path / "out.plan").exists()
