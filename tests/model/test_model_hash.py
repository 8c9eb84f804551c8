"""The hash of a model is as new as its files."""

import hashlib
import os
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from trtstudio.model import model_hash
from trtstudio.model.model_hash import is_same_model, model_sha256
from trtstudio.model.plan.record import sha256_of


def test_a_file_is_read_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def reading(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr(model_hash, "sha256_of", reading)
    file = tmp_path / "a.plan"
    file.write_bytes(b"one")
    for _ in range(3):
        assert model_sha256(file) == hashlib.sha256(b"one").hexdigest()
    assert len(read) == 1
    file.write_bytes(b"two")  # as long as before: its time of change tells
    os.utime(file, ns=(1, 1))
    assert model_sha256(file) == hashlib.sha256(b"two").hexdigest()
    assert len(read) == 2


def test_a_file_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    file = tmp_path / "a.plan"
    assert model_sha256(file) == model_sha256(tmp_path) == ""
    file.write_bytes(b"one")
    assert model_sha256(file), "it was not remembered as unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_has_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert model_sha256(tmp_path / "pipe") == ""


def test_files_that_cannot_be_read_are_not_the_same_model() -> None:
    assert is_same_model("ab", "ab")
    for pair in (("ab", "ac"), ("", "ab"), ("ab", ""), ("", "")):
        assert not is_same_model(*pair)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """An ONNX model with its weights in two files, one of them that of a Constant."""
    weights = [numpy_helper.from_array(np.full(4, n, np.float32), f"w{n}") for n in range(2)]
    for weight in weights:
        onnx.external_data_helper.set_external_data(weight, f"{weight.name}.bin")
    value = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [4])
    nodes = [
        helper.make_node("Constant", [], ["c"], value=weights[1]),
        helper.make_node("Add", ["w0", "c"], ["y"]),
    ]
    graph = helper.make_graph(nodes, "g", [], [value], weights[:1])
    path = tmp_path / "m.onnx"
    onnx.save(helper.make_model(graph), path)
    return path


def test_weights_outside_the_file_are_hashed_with_it(model: Path) -> None:
    own = model.read_bytes()
    seen = [model_sha256(model)]
    for name in ("w0.bin", "w1.bin"):
        weights = model.with_name(name)
        content = weights.read_bytes()
        weights.write_bytes(b"\1" + content[1:])  # as many bytes
        os.utime(weights, ns=(1, 1))
        seen.append(model_sha256(model))
        weights.write_bytes(content)
        os.utime(weights, ns=(2, 2))
        assert model_sha256(model) == seen[0]
    assert len(set(seen)) == 3 and "" not in seen
    assert model.read_bytes() == own
    model.with_name("w1.bin").unlink()
    assert model_sha256(model) == ""


def test_a_model_elsewhere_is_the_same(model: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    for name in ("w0.bin", "w1.bin"):
        (tmp_path / "copy" / name).write_bytes((tmp_path / name).read_bytes())
    copy = tmp_path / "copy" / "other.onnx"
    copy.write_bytes(model.read_bytes())
    assert model_sha256(copy) == model_sha256(model)


def test_a_model_in_one_file_has_the_hash_of_that(sample_model: Path) -> None:
    assert model_sha256(sample_model) == sha256_of(sample_model)
