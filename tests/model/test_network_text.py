"""The text of a graph, against the cookbook's own log of its MNIST network."""

from functools import partial
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.network_text import network_lines, network_text
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weight_summary import summarize_weight

MNIST = """\
================================================================ Network input / output tensors:
Input   0:(-1, 1, 28, 28),FLOAT,DEVICE,x
Output  0:(-1, 10),FLOAT,DEVICE,y
================================================================ Network layers:
   0->[   CONVOLUTION    ]->node_conv2d
    In  0:(-1, 1, 28, 28),FLOAT,DEVICE,x <-[NETWORK_INPUT(0)]
    In  1:None
    Out 0:(-1, 10),FLOAT,DEVICE,y <-[NETWORK_OUTPUT(0)]
    metadata:[ONNX Layer: node_conv2d]
    name:node_conv2d
    num_inputs:2
    num_outputs:1
    type:CONVOLUTION
    dilation_nd: (1, 1)
    bias: (32,)
"""


def mnist() -> Graph:
    """The first layer of the cookbook's example, shortened to a network of its own."""
    tensors = [
        Tensor("x", "float32", (-1, 1, 28, 28), "input", "DEVICE"),
        Tensor("y", "float32", ("N", 10), "output", "DEVICE"),
    ]
    attributes = {"dilation_nd": [1, 1], "bias": "(32,)"}
    origins = ("node_conv2d",)
    layer = Layer(0, "node_conv2d", "CONVOLUTION", (0, None), (1,), attributes, origins)
    return Graph("network", "mnist", [layer], tensors, (0,), (1,))


def test_has_the_format_of_network_printer() -> None:
    assert network_text(mnist()) == MNIST


def test_writes_any_onnx_model(dynamic_onnx: Path) -> None:
    graph = read_onnx(dynamic_onnx)
    lines = list(network_lines(graph))
    assert "Input   0:(-1, 3, -1, -1),FLOAT,-,x:0" in lines
    assert "    In  1:None" in lines
    assert "Output  1:-,HALF,-,c" in lines
    assert sum("]->" in line and not line.startswith("    ") for line in lines) == len(graph.layers)
    inner = [body for layer in graph.layers for body in layer.subgraphs]
    indented = [line for line in lines if "]->" in line and line.startswith("    ")]
    assert inner and len(indented) == sum(len(body.layers) for body in inner)


def test_a_name_stays_on_its_line() -> None:
    layer = Layer(0, "two\nlines\x1f", "ADD", (), ())
    lines = list(network_lines(Graph("network", "", [layer], [], (), ())))
    assert lines[2] == "   0->[       ADD        ]->two lines "


def test_writes_the_figures_of_weights(sample_model: Path) -> None:
    lines = list(network_lines(read_onnx(sample_model), partial(summarize_weight, sample_model)))
    weights = {w.name: w for w in onnx.load(sample_model).graph.initializer}
    weight = weights[onnx.load(sample_model).graph.node[0].input[1]]
    values = numpy_helper.to_array(weight).astype(np.float64)
    sums = f"SumAbs={np.abs(values).sum():.5e},Var={values.var():.5f}"
    ends = f"Max={values.max():.5f},Min={values.min():.5f}"
    sad = f"SAD={np.abs(np.diff(values.reshape(-1))).sum():.5f}"
    assert f"    {weight.name}:{tuple(weight.dims)},{sums},{ends},{sad}" in lines


def test_says_why_a_weight_has_no_figures(dynamic_onnx: Path) -> None:
    graph = read_onnx(dynamic_onnx)
    dynamic_onnx.write_bytes(b"other")
    lines = network_lines(graph, partial(summarize_weight, dynamic_onnx))
    assert any(line.startswith("    w/1:(8, 3, 3, 3),net é.onnx is a text file") for line in lines)
