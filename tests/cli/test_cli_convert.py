"""``trtstudio convert`` as its user calls it."""

import json
from pathlib import Path
from typing import Any

import onnx
import pytest

from trtstudio.cli import main
from trtstudio.cli.arguments import parse
from trtstudio.cli.convert import conversion_from
from trtstudio.model.build.conversion import Calibration, Conversion

Out = pytest.CaptureFixture[str]


def answer(out: Out, *words: object) -> dict[str, Any]:
    """What ``--json`` prints of a conversion that succeeds."""
    assert main(["convert", *map(str, words), "--json"]) == 0
    parsed: dict[str, Any] = json.loads(out.readouterr().out)
    return parsed


def test_fp16_beside_the_model(sample_model: Path, tmp_path: Path, capsys: Out) -> None:
    model = tmp_path / "m.onnx"
    model.write_bytes(sample_model.read_bytes())
    data = answer(capsys, model, "--precision", "fp16")
    assert data["model"] == str(tmp_path / "m-fp16.onnx")
    assert data["bytes"] == (tmp_path / "m-fp16.onnx").stat().st_size
    assert data["accuracy"] == []


def test_int8_with_a_check(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path, capsys: Out
) -> None:
    folder = sample_pictures[0].parent
    out = tmp_path / "int8.onnx"
    words = ("--precision", "int8", "--calibration", folder, "--check", folder, "-o", out)
    data = answer(capsys, sample_model, *words, "--calibration-method", "minmax")
    (logits,) = data["accuracy"]
    assert logits["output"] == "logits"
    assert logits["samples"] == len(sample_pictures)
    assert logits["same_top"] == 1
    operators = {node.op_type for node in onnx.load(out).graph.node}
    assert "QuantizeLinear" in operators


def test_a_table_for_people(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path, capsys: Out
) -> None:
    folder = str(sample_pictures[0].parent)
    words = ["convert", str(sample_model), "-o", str(tmp_path / "o.onnx"), "--check", folder]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "same top-1" in text
    assert "100 %" in text


def test_every_option_arrives() -> None:
    words = "convert m.onnx --precision int8 --keep-fp32 a b* --keep-fp32 Conv --convert-io"
    words += " --calibration d --calibration-method percentile --calibration-limit 7"
    words += " --calibration-cache c.json --calibration-preprocess yolo --base bf16"
    words += " --modelopt py --int8-from 9"
    expected = Conversion(
        keep_fp32=("a", "b*", "Conv"),
        convert_io=True,
        calibration=Calibration("d", "percentile", 7, "c.json", "yolo"),
        base="bf16",
        int8_from=9,
        tool="modelopt",
        python="py",
    )
    assert conversion_from(parse(words.split())) == expected
    assert conversion_from(parse(["convert", "m.onnx"])) == Conversion()


def test_bf16_cannot_be_checked_on_a_cpu(
    sample_model: Path, sample_pictures: tuple[Path, ...], tmp_path: Path, capsys: Out
) -> None:
    folder, out = str(sample_pictures[0].parent), str(tmp_path / "o.onnx")
    words = ["convert", str(sample_model), "-o", out, "--precision", "bf16", "--check", folder]
    assert main(words) == 1
    assert "no BF16 for a CPU" in capsys.readouterr().err


def test_a_model_does_not_overwrite_itself(tmp_path: Path, capsys: Out) -> None:
    model = tmp_path / "m.onnx"
    model.write_bytes(b"anything")
    assert main(["convert", str(model), "-o", str(model)]) == 1
    assert "would overwrite" in capsys.readouterr().err
    assert model.read_bytes() == b"anything"
