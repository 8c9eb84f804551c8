"""A parsed network as a graph."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import onnx
from onnx import TensorProto, helper

from trtstudio.engine import runtime
from trtstudio.engine.build.network import read_graph, read_network
from trtstudio.model.graph import Graph, Layer

MakeModel = Callable[..., Path]


def layer_named(graph: Graph, name: str) -> Layer:
    return next(layer for layer in graph.layers if layer.name == name)


def test_reads_layers_in_order_with_their_origins(make_model: MakeModel) -> None:
    graph = read_network(make_model())
    assert graph.view == "network"
    assert graph.name == "small"
    assert [layer.index for layer in graph.layers] == list(range(len(graph.layers)))
    onnx_layers = [layer.origins[0] for layer in graph.layers if layer.origins]
    assert onnx_layers == ["conv", "relu", "mean", "flatten", "product"]
    assert layer_named(graph, "conv").type == "CONVOLUTION"
    assert layer_named(graph, "relu").type == "ACTIVATION"


def test_inputs_and_outputs_keep_their_symbols(make_model: MakeModel) -> None:
    graph = read_network(make_model())
    (x,) = graph.input_tensors
    (y,) = graph.output_tensors
    assert (x.name, x.dtype, x.shape, x.role) == ("x", "float32", ("N", 3, "H", "W"), "input")
    assert (y.name, y.dtype, y.shape, y.role) == ("y", "float32", (-1, 10), "output")
    assert x.location == "DEVICE"


def test_layers_are_linked(make_model: MakeModel) -> None:
    graph = read_network(make_model())
    conv, relu = layer_named(graph, "conv"), layer_named(graph, "relu")
    assert conv.inputs[0] == graph.inputs[0]
    assert relu.inputs == conv.outputs
    assert layer_named(graph, "product").outputs == graph.outputs


def test_every_link_leads_to_a_producer(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "shufflenet" in p.name)
    graph = read_network(path)
    written = Counter(i for layer in graph.layers for i in layer.outputs)
    read = {i for layer in graph.layers for i in layer.inputs if i is not None}
    assert set(written.values()) == {1}
    assert read <= set(written) | set(graph.inputs)
    assert set(written) | set(graph.inputs) == set(range(len(graph.tensors)))


class Namesake:
    """A tensor whose name others have too, as older TensorRTs make them."""

    name, dtype, shape, is_shape_tensor = "same", SimpleNamespace(name="HALF"), (2, 3), False


def test_tensors_of_one_name_stay_apart() -> None:
    chain = [Namesake() for _ in range(4)]
    layers = [
        SimpleNamespace(
            name="link",
            type=SimpleNamespace(name="UNHEARD_OF"),
            metadata="[ONNX Layer: a[0]]\x1f[ONNX Layer: b]",
            num_inputs=1,
            num_outputs=1,
            get_input=lambda _, tensor=before: tensor,
            get_output=lambda _, tensor=after: tensor,
        )
        for before, after in pairwise(chain)
    ]
    network = SimpleNamespace(
        num_inputs=1,
        num_outputs=1,
        num_layers=3,
        get_input=lambda _: chain[0],
        get_output=lambda _: chain[-1],
        get_layer=layers.__getitem__,
    )
    graph = read_graph(runtime.load(), network, "chain")
    assert [tensor.name for tensor in graph.tensors] == ["same"] * 4
    assert [layer.inputs for layer in graph.layers] == [(0,), (2,), (3,)]
    assert [layer.outputs for layer in graph.layers] == [(2,), (3,), (1,)]
    assert [layer.origins for layer in graph.layers] == [("a[0]", "b")] * 3
    assert (graph.inputs, graph.outputs) == ((0,), (1,))


def test_absent_inputs_are_none(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    slices = [layer for layer in read_network(path).layers if layer.type == "SLICE"]
    assert any(None in layer.inputs for layer in slices)


def test_weights_and_shapes_are_told_from_data(make_model: MakeModel) -> None:
    graph = read_network(make_model())
    weight = graph.tensors[layer_named(graph, "m").outputs[0] or 0]
    assert (weight.role, weight.shape, weight.location) == ("weight", (8, 10), "DEVICE")
    shape_layer = next(layer for layer in graph.layers if layer.type == "SHAPE")
    shape = graph.tensors[shape_layer.outputs[0] or 0]
    assert (shape.dtype, shape.location) == ("int64", "HOST")


def test_types_bear_numpys_names(make_model: MakeModel) -> None:
    def change(model: onnx.ModelProto) -> None:
        for code in (TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.INT32):
            name = TensorProto.DataType.Name(code)
            model.graph.node.append(helper.make_node("Cast", ["y"], [name], to=code, name=name))
            model.graph.output.append(helper.make_tensor_value_info(name, code, ["N", 10]))

    dtypes = [tensor.dtype for tensor in read_network(make_model(change)).output_tensors]
    assert dtypes == ["float32", "float16", "bfloat16", "int32"]


def test_says_who_parsed_it(make_model: MakeModel) -> None:
    assert read_network(make_model()).properties["parser"] == runtime.describe().label
