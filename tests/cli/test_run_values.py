"""``trtstudio run`` of an engine that has inputs whose values decide about shapes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.engine.run.session import OnProgress
from trtstudio.model.build.build import Shape, ShapeRange
from trtstudio.model.profile_fit import best_values
from trtstudio.model.run import Array, LoadRequest

PROFILES = tuple(
    {
        "x": ShapeRange((low, 3), (low, 3), (high, 3)),
        "count": ShapeRange((1,), (best,), (9,), values=True),
    }
    for low, high, best in ((1, 4, 3), (8, 16, 5))
)


class ProfiledSession(OnnxSession):
    """ONNX Runtime with the profiles of an engine."""

    def __init__(self, request: LoadRequest, session_id: int, on_progress: OnProgress) -> None:
        super().__init__(request.path, session_id, on_progress)
        self.info = replace(self.info, profiles=PROFILES)

    def values_for(self, shapes: Mapping[str, Shape]) -> Mapping[str, Array]:
        return best_values(self.info, shapes)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gives ``count`` back, whose values are an engine's to choose."""
    monkeypatch.setattr("trtstudio.cli.run.open_session", ProfiledSession)
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Identity", ["count"], ["n"])],
        "counting",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 3]),
            helper.make_tensor_value_info("count", TensorProto.INT64, [1]),
        ],
        [
            helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 3]),
            helper.make_tensor_value_info("n", TensorProto.INT64, [1]),
        ],
    )
    path = tmp_path / "counting.onnx"
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


@pytest.mark.parametrize(
    ("words", "rows", "count"),
    [
        ((), 1, 3),
        (("--shape", "x=4x3"), 4, 3),
        (("--shape", "x=8x3"), 8, 5),
        (("--input", "x=nine.npy"), 9, 5),
        (("--shape", "x=8x3", "--input", "count=const:7"), 8, 7),
    ],
)
def test_the_values_are_those_of_the_profile_that_the_shapes_choose(
    call: Callable[..., Any],
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    rows: int,
    count: int,
) -> None:
    monkeypatch.chdir(model.parent)
    np.save("nine.npy", np.ones((9, 3), np.float32))
    said = call("run", model, *words, "--json")
    assert said.code == 0, said.err
    y, n = said.json["outputs"]
    assert (y["shape"], n["min"], n["max"]) == ([rows, 3], count, count)
    is_given = "x=nine.npy" in words
    assert ("Nothing was given for x, so that is random." in said.err) is not is_given
