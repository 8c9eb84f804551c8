"""Changes to a real network, read back from it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.engine import runtime
from trtstudio.engine.build.network_edits import (
    check_values,
    edit_network,
    mark_refittable,
    place_layers,
)
from trtstudio.engine.build.parser import ParsedNetwork, parse
from trtstudio.engine.logger import capture
from trtstudio.model.build.build_options import NetworkEdits
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


def test_named_weights_are_marked(parsed: ParsedNetwork) -> None:
    """Of a pattern, those that the network knows."""
    mark_refittable(parsed.network, ("[mw]", "b"), ("w", "m", "b", "not_used"))
    names = ("w", "m", "b")
    assert [parsed.network.are_weights_marked_refittable(name) for name in names] == [True] * 3


@pytest.mark.parametrize("pattern", ["ww", "not_used", "not*"])
def test_what_is_no_weight_is_not_marked(parsed: ParsedNetwork, pattern: str) -> None:
    with pytest.raises(StudioError, match=re.escape(pattern)) as caught:
        mark_refittable(parsed.network, (pattern,), ("w", "not_used"))
    assert caught.value.hint


class Config:
    """A configuration beside a DLA that runs convolutions and nothing else: TensorRT-RTX has none,
    and TensorRT's needs a Jetson.
    """

    def __init__(self, *flags: str) -> None:
        self.flags, self.devices = flags, {}

    def get_flag(self, flag: Any) -> bool:
        return flag.name in self.flags

    def set_device_type(self, layer: Any, device: Any) -> None:
        self.devices[layer] = device.name

    def can_run_on_DLA(self, layer: Any) -> bool:
        return str(layer).startswith("conv")


LAYERS = {name: name for name in ("conv_1", "conv_2", "softmax")}


def test_layers_are_placed_by_name() -> None:
    edits = NetworkEdits(on_dla=("conv_*",), on_gpu=("conv_2",))
    place_layers(runtime.load(), config := Config(), LAYERS, edits)
    assert config.devices == {"conv_1": "DLA", "conv_2": "GPU"}


def test_what_a_dla_cannot_run_is_refused_by_name() -> None:
    everything = NetworkEdits(on_dla=("*",))
    with pytest.raises(StudioError, match="cannot run softmax") as caught:
        place_layers(runtime.load(), Config(), LAYERS, everything)
    assert "GPU_FALLBACK" in caught.value.hint
    place_layers(runtime.load(), config := Config("GPU_FALLBACK"), LAYERS, everything)
    assert set(config.devices.values()) == {"DLA"}
    place_layers(runtime.load(), Config(), LAYERS, replace(everything, on_gpu=("softmax",)))


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
