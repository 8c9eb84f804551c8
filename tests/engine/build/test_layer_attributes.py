"""The attributes of layers, against those of the ONNX nodes that they come from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine.build.network import read_network
from trtstudio.model.graph import Attribute

MakeModel = Callable[..., Path]


def attributes_of(path: Path, name: str) -> dict[str, Attribute]:
    return next(layer.attributes for layer in read_network(path).layers if layer.name == name)


def insert(*nodes: onnx.NodeProto, **weights: np.ndarray) -> Callable[[onnx.ModelProto], None]:
    """A change of the small network: these nodes read r (N, 8, h, w); the last one writes z."""

    def change(model: onnx.ModelProto) -> None:
        model.graph.node.extend(nodes)
        model.graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in weights.items())
        model.graph.output.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, None))

    return change


def test_convolution(make_model: MakeModel) -> None:
    found = attributes_of(make_model(), "conv")
    assert found["stride_nd"] == [2, 1]
    assert found["pre_padding"] == [1, 1]
    assert found["kernel_size_nd"] == [3, 3]
    assert found["num_output_maps"] == 8
    assert found["kernel"] == "(8, 3, 3, 3)"
    assert found["bias"] == "(8,)"
    assert found["padding_mode"] == "EXPLICIT_ROUND_DOWN"


def test_deconvolution_counts_its_kernel_from_the_inputs(make_model: MakeModel) -> None:
    node = helper.make_node("ConvTranspose", ["r", "t"], ["z"], name="up", strides=[2, 2])
    path = make_model(insert(node, t=np.ones((8, 5, 2, 3), np.float32)))
    assert attributes_of(path, "up")["kernel"] == "(8, 5, 2, 3)"


def test_activation_tells_its_own_type(make_model: MakeModel) -> None:
    assert attributes_of(make_model(), "relu")["type"] == "RELU"


def test_axes_are_listed(make_model: MakeModel) -> None:
    assert attributes_of(make_model(), "mean")["axes"] == [2, 3]


def test_constant_has_the_shape_of_its_weights(make_model: MakeModel) -> None:
    assert attributes_of(make_model(), "m")["weights"] == "(8, 10)"


def test_permutation_has_the_rank_of_its_input(make_model: MakeModel) -> None:
    node = helper.make_node("Transpose", ["r"], ["z"], name="turn", perm=[0, 2, 3, 1])
    found = attributes_of(make_model(insert(node)), "turn")
    assert found["first_transpose"] == [0, 2, 3, 1]


def test_pooling(make_model: MakeModel) -> None:
    node = helper.make_node(
        "MaxPool", ["r"], ["z"], name="pool", kernel_shape=[3, 2], strides=[2, 2]
    )
    found = attributes_of(make_model(insert(node)), "pool")
    assert found["type"] == "MAX"
    assert found["window_size_nd"] == [3, 2]
    assert found["stride_nd"] == [2, 2]


@pytest.mark.parametrize(("operator", "name"), [("Add", "SUM"), ("Mul", "PROD"), ("Pow", "POW")])
def test_elementwise_names_its_operation(make_model: MakeModel, operator: str, name: str) -> None:
    node = helper.make_node(operator, ["r", "r"], ["z"], name="both")
    assert attributes_of(make_model(insert(node)), "both")["op"] == name


def test_what_does_not_apply_is_left_out(make_model: MakeModel) -> None:
    nodes = (
        helper.make_node("Shape", ["r"], ["s"], name="size"),
        helper.make_node("Reshape", ["r", "s"], ["z"], name="reshape"),
    )
    found = attributes_of(make_model(insert(*nodes)), "reshape")
    assert "reshape_dims" not in found  # they are an input of this layer
    assert "zero_is_placeholder" in found


def test_values_are_plain(light_models: tuple[Path, ...]) -> None:
    for layer in read_network(light_models[3]).layers:
        for value in layer.attributes.values():
            assert isinstance(value, str | int | float | list)
