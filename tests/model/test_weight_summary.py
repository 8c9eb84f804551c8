"""Figures over weights against NumPy on the whole array."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model import weight_summary
from trtstudio.model.errors import StudioError
from trtstudio.model.onnx_file import read_onnx
from trtstudio.model.weight_summary import summarize_array, summarize_weight

FLOATS = arrays(np.float32, st.integers(1, 200), elements=st.floats(-1e6, 1e6, width=32))


@given(values=FLOATS, piece=st.integers(1, 50))
def test_agrees_with_numpy(values: np.ndarray, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weight_summary, "_PIECE", piece)
        found = summarize_array(values)
    exact = values.astype(np.float64)
    size = np.abs(exact).max() + 1
    assert (found.count, found.zeros) == (len(values), (values == 0).sum())
    assert (found.min, found.max) == (values.min(), values.max())
    assert found.mean == pytest.approx(exact.mean(), abs=1e-9 * size)
    assert found.variance == pytest.approx(exact.var(), abs=1e-9 * size**2)
    assert found.std == pytest.approx(exact.std(), abs=1e-4 * size)
    assert found.sum_abs == pytest.approx(np.abs(exact).sum())
    assert found.sad == pytest.approx(np.abs(np.diff(exact)).sum())
    assert sum(found.histogram) == len(values)


def test_histogram_agrees_with_numpy() -> None:
    values = np.random.default_rng(0).standard_normal(10_000)
    assert summarize_array(values, 32).histogram == tuple(np.histogram(values, 32)[0])


@given(arrays(np.float64, st.integers(0, 30), elements=st.floats()))
def test_any_floats_have_a_summary(values: np.ndarray) -> None:
    found = summarize_array(values)
    finite = values[np.isfinite(values)]
    assert (found.nans, found.infs) == (np.isnan(values).sum(), np.isinf(values).sum())
    assert sum(found.histogram) == len(finite) == found.count - found.nans - found.infs
    assert found.min == (finite.min() if len(finite) else None)
    assert found.network_text.startswith("SumAbs=")


def test_all_the_same_is_one_bin() -> None:
    assert summarize_array(np.full(7, 3, np.int8)).histogram == (7,)


def test_reads_a_weight_by_its_place(sample_model: Path) -> None:
    graph = read_onnx(sample_model)
    names = [tensor.name for tensor in graph.tensors]
    for tensor in onnx.load(sample_model).graph.initializer[:20]:
        found = summarize_weight(sample_model, graph.weights[names.index(tensor.name)])
        want = summarize_array(numpy_helper.to_array(tensor))
        rounded = {n: pytest.approx(getattr(want, n), abs=1e-12) for n in ("mean", "variance")}
        assert found == replace(want, **rounded, sum_abs=found.sum_abs, sad=found.sad)
        assert (found.sum_abs, found.sad) == pytest.approx((want.sum_abs, want.sad))


def test_writes_figures_as_network_printer() -> None:
    values = np.array([1.0, -2.0, 4.0], np.float32)
    want = f"SumAbs=7.00000e+00,Var={values.var():.5f},Max=4.00000,Min=-2.00000,SAD=9.00000"
    assert summarize_array(values).network_text == want


def test_refuses_complex_numbers(tmp_path: Path) -> None:
    tensor = numpy_helper.from_array(np.ones(3, np.complex64), "w")
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    nodes = [helper.make_node("Op", ["w"], ["y"])]
    path = tmp_path / "complex.onnx"
    model = helper.make_model(helper.make_graph(nodes, "g", [], [info], [tensor]))
    path.write_bytes(model.SerializeToString())
    with pytest.raises(StudioError, match="complex"):
        summarize_weight(path, read_onnx(path).weights[0])
