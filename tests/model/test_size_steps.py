"""Which sizes a model can take, against what its own arithmetic says."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.model.onnx_file import read_onnx
from trtstudio.model.profile import suggest_profiles, with_shapes
from trtstudio.model.size_steps import size_steps


def save_halving_net(path: Path, halvings: int, shape: list[Dim]) -> tuple[Tensor, ...]:
    """x is halved so many times by stride, doubled as often, and added to itself."""
    weight = numpy_helper.from_array(np.zeros((3, 3, 3, 3), np.float32), "w")
    doubled = np.array([1, 1, 2**halvings, 2**halvings], np.float32)
    nodes = [
        helper.make_node("Conv", [f"x{i}", "w"], [f"x{i + 1}"], strides=[2, 2], pads=[1] * 4)
        for i in range(halvings)
    ]
    nodes += [
        helper.make_node("Resize", [f"x{halvings}", "", "s"], ["big"], mode="nearest"),
        helper.make_node("Add", ["x0", "big"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "halving",
        [helper.make_tensor_value_info("x0", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [weight, numpy_helper.from_array(doubled, "s")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return read_onnx(path).input_tensors


@pytest.mark.parametrize("halvings", [1, 3, 5])
def test_sides_are_multiples_of_two_to_the_halvings(tmp_path: Path, halvings: int) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, halvings, ["N", 3, "H", "W"])
    assert size_steps(path, inputs) == {"H": 2**halvings, "W": 2**halvings}


def test_a_size_that_nothing_depends_on_is_free(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 4, ["N", 3, 64, "W"])
    assert size_steps(path, inputs) == {"W": 16}
    relu = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])],
        "relu",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "L"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    onnx.save(helper.make_model(relu), path)
    assert size_steps(path, read_onnx(path).input_tensors) == {"L": 1}


def test_a_model_that_takes_no_size_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 1, ["N", 3, "H", 33])
    assert size_steps(path, inputs) == {}


def test_a_real_detector_wants_multiples_of_32(yolox_model: Path) -> None:
    declared = read_onnx(yolox_model).input_tensors
    inputs = with_shapes(declared, {"images": (1, 3, -1, -1)})
    assert size_steps(yolox_model, inputs) == {"images[2]": 32, "images[3]": 32}


def test_suggestions_keep_the_steps(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 6, ["N", 3, "H", "W"])
    one, few, many = suggest_profiles(inputs, size_steps(path, inputs))
    assert (one.batch, few.batch, many.batch) == ((1, 1, 1), (1, 1, 8), (1, 8, 32))
    assert many.profile["x0"].max == (32, 3, 448, 448)
    assert many.profile["x0"].min == (1, 3, 256, 256)
    assert many.steps == {"H": 64, "W": 64}


def test_no_model(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"\xff\xff text")
    with pytest.raises(StudioError, match=r"net\.onnx"):
        size_steps(path, [])
