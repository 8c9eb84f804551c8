"""Weights with NaN, and beyond FP16's range."""

from pathlib import Path

from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weight_range import odd_weights


def test_they_are_named_and_counted(odd_weights_model: Path) -> None:
    graph = read_onnx(odd_weights_model)
    found = {w.name: (w.nans, w.beyond_fp16) for w in odd_weights(graph, odd_weights_model)}
    assert found == {"nan": (2, 0), "large": (0, 3), "both": (1, 1)}
