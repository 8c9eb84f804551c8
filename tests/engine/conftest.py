"""Small networks made on the spot, for the tests of what TensorRT makes of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

MakeModel = Callable[..., Path]


def small_net(height: str | int = "H", width: str | int = "W", seed: int = 0) -> onnx.ModelProto:
    """x [N, 3, height, width] -> Conv, Relu, mean, MatMul -> y [N, 10], all FP32."""
    random = np.random.default_rng(seed)
    weights = {"w": (8, 3, 3, 3), "b": (8,), "m": (8, 10)}
    nodes = [
        helper.make_node("Conv", ["x", "w", "b"], ["c"], name="conv", pads=[1] * 4, strides=[2, 1]),
        helper.make_node("Relu", ["c"], ["r"], name="relu"),
        helper.make_node("GlobalAveragePool", ["r"], ["g"], name="mean"),
        helper.make_node("Flatten", ["g"], ["f"], name="flatten"),
        helper.make_node("MatMul", ["f", "m"], ["y"], name="product"),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, height, width])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 10])],
        [
            numpy_helper.from_array(random.standard_normal(shape).astype(np.float32), name)
            for name, shape in weights.items()
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Writes the small network, changed as wanted, and answers its path."""

    def make(
        change: Callable[[onnx.ModelProto], object] | None = None,
        *,
        name: str = "small.onnx",
        height: str | int = "H",
        width: str | int = "W",
        external: bool = False,
    ) -> Path:
        model = small_net(height, width)
        if change:
            change(model)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(
            model,
            path,
            save_as_external_data=external,
            location=f"{path.stem}.bin",
            size_threshold=0,
        )
        return path

    return make
