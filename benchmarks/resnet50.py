"""A network of the shape and size of ResNet-50, with random weights: what a deployed classifier
costs, without a file to download.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))
"""Channels within a block, and blocks."""

EXPANSION = 4
CLASSES = 1000


class _Network:
    """The nodes and weights so far."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.random = np.random.default_rng(0)

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        """A node, by the name of its output."""
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, **attributes))
        return name

    def weight(self, *shape: int, scale: float = 1.0) -> str:
        """Random numbers, as large as keeps what comes out as large as what goes in."""
        deviation = scale * np.sqrt(2 / max(1, int(np.prod(shape[1:]))))
        values = deviation * self.random.standard_normal(shape, np.float32)
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    def convolution(
        self, x: str, into: int, out: int, side: int, stride: int = 1, scale: float = 1.0
    ) -> str:
        """With its bias, as batch normalization is folded into it."""
        weight = self.weight(out, into, side, side, scale=scale)
        bias = self.weight(out, scale=0.0)
        pads = [side // 2] * 4
        return self.add("Conv", x, weight, bias, strides=[stride] * 2, pads=pads)

    def block(self, x: str, into: int, width: int, stride: int) -> str:
        """A bottleneck: 1 x 1, 3 x 3, 1 x 1, and the way around it."""
        out = EXPANSION * width
        y = self.add("Relu", self.convolution(x, into, width, 1))
        y = self.add("Relu", self.convolution(y, width, width, 3, stride))
        y = self.convolution(y, width, out, 1, scale=0.25)  # else every sum is larger
        around = x if into == out and stride == 1 else self.convolution(x, into, out, 1, stride)
        return self.add("Relu", self.add("Add", y, around))


def write_resnet50(path: Path) -> Path:
    """``images`` (N, 3, 224, 224) to ``logits`` (N, 1000), FP32, 25.5 million weights."""
    network = _Network()
    x = network.add("Relu", network.convolution("images", 3, 64, 7, 2))
    x = network.add("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    channels = 64
    for stage, (width, blocks) in enumerate(STAGES):
        for block in range(blocks):
            x = network.block(x, channels, width, 2 if block == 0 and stage else 1)
            channels = EXPANSION * width
    x = network.add("Flatten", network.add("GlobalAveragePool", x))
    weight, bias = network.weight(CLASSES, channels), network.weight(CLASSES, scale=0.0)
    network.nodes.append(
        helper.make_node("Gemm", [x, weight, bias], ["logits"], "classifier", transB=1)
    )
    sizes = {"images": ["N", 3, 224, 224], "logits": ["N", CLASSES]}
    ends = {
        name: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in sizes.items()
    }
    graph = helper.make_graph(
        network.nodes, "resnet50", [ends["images"]], [ends["logits"]], network.weights
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return path
