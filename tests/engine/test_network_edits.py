"""Changes to a real network, read back from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.engine import runtime
from trtstudio.engine.logger import capture
from trtstudio.engine.network_edits import check_values, edit_network
from trtstudio.engine.parser import ParsedNetwork, parse
from trtstudio.model.build_options import NetworkEdits
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import ShapeRange

MakeModel = Callable[..., Path]


@pytest.fixture
def parsed(make_model: MakeModel) -> ParsedNetwork:
    return parse(make_model(), runtime.load())


def outputs(network: Any) -> list[str]:
    return [network.get_output(i).name for i in range(network.num_outputs)]


def test_any_tensor_becomes_an_output(parsed: ParsedNetwork) -> None:
    edit_network(parsed.network, NetworkEdits(outputs=("r", "[fg]", "y")))
    assert sorted(outputs(parsed.network)) == ["f", "g", "r", "y"]


def test_an_output_can_be_none_any_more(parsed: ParsedNetwork) -> None:
    edit_network(parsed.network, NetworkEdits(outputs=("f",), not_outputs=("y",)))
    assert outputs(parsed.network) == ["f"]


def test_some_output_must_stay(parsed: ParsedNetwork) -> None:
    with pytest.raises(StudioError, match="No output is left"):
        edit_network(parsed.network, NetworkEdits(not_outputs=("*",)))


@pytest.mark.parametrize(
    "edits",
    [
        NetworkEdits(outputs=("rr",)),
        NetworkEdits(debug=("rr",)),
        NetworkEdits(not_outputs=("r",)),
    ],
)
def test_unknown_names_are_refused(parsed: ParsedNetwork, edits: NetworkEdits) -> None:
    with capture(), pytest.raises(StudioError, match="has no") as caught:
        edit_network(parsed.network, edits)
    assert caught.value.hint


def test_debug_tensors(parsed: ParsedNetwork) -> None:
    edit_network(parsed.network, NetworkEdits(debug=("r",), debug_unfused=True))
    layers = map(parsed.network.get_layer, range(parsed.network.num_layers))
    marked = {
        t.name for t in (x.get_output(0) for x in layers) if parsed.network.is_debug_tensor(t)
    }
    assert "r" in marked


@pytest.mark.parametrize("shape", [(1, 3, 32, 32), (-1, 3, 32, -1)])
def test_a_declared_shape_is_replaced(make_model: MakeModel, shape: tuple[int, ...]) -> None:
    """Even where the parser counts on it: the model's batch of 10 goes into its Flatten."""

    def change(model: onnx.ModelProto) -> None:
        model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 10

    model = make_model(change, height=16, width=16)
    parsed = parse(model, runtime.load(), shapes={"x": shape})
    assert tuple(parsed.network.get_output(0).shape) == (shape[0], 10)
    assert tuple(parsed.network.get_input(0).shape) == shape


def test_values_are_asked_for_where_they_decide_about_shapes(tmp_path: Path) -> None:
    path = tmp_path / "shape.onnx"
    graph = helper.make_graph(
        [helper.make_node("Reshape", ["x", "size"], ["y"])],
        "reshape",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, [4, 6]),
            helper.make_tensor_value_info("size", TensorProto.INT64, [2]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, None])],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    parsed = parse(path, runtime.load())
    values = ShapeRange((1, 1), (4, 6), (24, 24), values=True)
    check_values(parsed.network, [{"size": values}])
    shape = ShapeRange((2,), (2,), (2,))
    for profiles in ([], [{"size": shape}], [{"size": values}, {}]):
        with pytest.raises(StudioError, match="values of size") as caught:
            check_values(parsed.network, profiles)
        assert "size=@" in caught.value.hint
