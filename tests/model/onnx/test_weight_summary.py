"""Figures over weights where they are stored."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.errors import StudioError
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weight_summary import summarize_weight
from trtstudio.model.tensor_summary import pieces_of, summarize


def test_reads_a_weight_by_its_place(sample_model: Path) -> None:
    graph = read_onnx(sample_model)
    names = [tensor.name for tensor in graph.tensors]
    for tensor in onnx.load(sample_model).graph.initializer[:20]:
        found = summarize_weight(sample_model, graph.weights[names.index(tensor.name)])
        want = summarize(partial(pieces_of, numpy_helper.to_array(tensor)))
        rounded = {n: pytest.approx(getattr(want, n), abs=1e-12) for n in ("mean", "variance")}
        assert found == replace(want, **rounded, sum_abs=found.sum_abs, sad=found.sad)
        assert (found.sum_abs, found.sad) == pytest.approx((want.sum_abs, want.sad))


def test_refuses_complex_numbers(tmp_path: Path) -> None:
    tensor = numpy_helper.from_array(np.ones(3, np.complex64), "w")
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    nodes = [helper.make_node("Op", ["w"], ["y"])]
    path = tmp_path / "complex.onnx"
    model = helper.make_model(helper.make_graph(nodes, "g", [], [info], [tensor]))
    path.write_bytes(model.SerializeToString())
    with pytest.raises(StudioError, match="complex"):
        summarize_weight(path, read_onnx(path).weights[0])
