"""Which sizes a model can take, against what its own arithmetic says."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.build.profile import suggest_profile, suggest_profiles, with_shapes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, ShapeRange, Tensor
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.size_inference import SizeInference
from trtstudio.model.onnx.size_steps import SizeDemands, find_sizes


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
    steps = {"H": 2**halvings, "W": 2**halvings}
    assert find_sizes(path, inputs) == SizeDemands(steps, followed=["H", "W"])


def test_a_size_that_nothing_depends_on_is_free(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 4, ["N", 3, 64, "W"])
    assert find_sizes(path, inputs) == SizeDemands({"W": 16}, followed=["W"])
    relu = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])],
        "relu",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "L"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    onnx.save(helper.make_model(relu), path)
    assert find_sizes(path, read_onnx(path).input_tensors) == SizeDemands({"L": 1}, followed=["L"])


def test_a_model_that_takes_no_size_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 1, ["N", 3, "H", 33])
    assert find_sizes(path, inputs) == SizeDemands()


def test_a_real_detector_wants_multiples_of_32(yolox_model: Path) -> None:
    declared = read_onnx(yolox_model).input_tensors
    inputs = with_shapes(declared, {"images": (1, 3, -1, -1)})
    found = find_sizes(yolox_model, inputs)
    assert found == SizeDemands(dict.fromkeys(found.followed, 32), followed=found.followed)
    assert found.followed == ["images[2]", "images[3]"]
    (shapes,) = suggest_profiles(inputs, found)[0].profile.values()
    assert (shapes.min[2:], shapes.opt[2:], shapes.max[2:]) == ((128,) * 2, (640,) * 2, (960,) * 2)


def test_classes_follow_no_side(tmp_path: Path) -> None:
    """A classifier works at the size that it was trained for, though any is possible."""
    path = tmp_path / "net.onnx"
    nodes = [
        helper.make_node("GlobalAveragePool", ["x"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "classes",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "H", "W", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    inputs = read_onnx(path).input_tensors
    found = find_sizes(path, inputs)
    assert found == SizeDemands({"H": 1, "W": 1}, followed=["H"]), "which is the channel of y"
    graph.node[0].input[0] = "moved"
    graph.node.insert(0, helper.make_node("Transpose", ["x"], ["moved"], perm=[0, 3, 1, 2]))
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    found = find_sizes(path, inputs)
    assert found == SizeDemands({"H": 1, "W": 1})
    (shapes,) = suggest_profiles(inputs, found)[0].profile.values()
    assert shapes.opt == (1, 224, 224, 3)


def test_the_size_that_a_model_was_trained_for_is_the_best_one(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 5, ["N", 3, "H", "W"])
    model = onnx.load(path)
    helper.set_model_props(model, {"imgsz": "[320, 640]", "stride": "32"})
    onnx.save(model, path)
    found = find_sizes(path, inputs)
    assert found.stated == {"H": 320, "W": 640}
    (shapes,) = suggest_profiles(inputs, found)[0].profile.values()
    assert (shapes.min, shapes.opt, shapes.max) == (
        (1, 3, 160, 320),
        (1, 3, 320, 640),
        (1, 3, 320, 640),
    )
    (shapes,) = suggest_profile(read_onnx(path)).values()
    assert shapes.opt == (1, 3, 320, 640)


def test_suggestions_keep_the_steps(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_halving_net(path, 6, ["N", 3, "H", "W"])
    one, few, many = suggest_profiles(inputs, find_sizes(path, inputs))
    assert (one.batch, few.batch, many.batch) == ((1, 1, 1), (1, 1, 8), (1, 8, 32))
    assert many.profile["x0"].max == (32, 3, 960, 960)
    assert many.profile["x0"].min == (1, 3, 128, 128)
    assert many.steps == {"H": 64, "W": 64}


def save_flattening_net(path: Path, made_for: int) -> tuple[Tensor, ...]:
    """Rows of x are pooled down to one, and the columns flattened by a shape that is computed: only
    a height of which one row is left fits.
    """
    pool = {"kernel_shape": [made_for, 1], "strides": [made_for, 1]}
    nodes = [
        helper.make_node("MaxPool", ["x"], ["pooled"], **pool),
        helper.make_node("Shape", ["pooled"], ["s"]),
        helper.make_node("Constant", [], ["last"], value=numpy_helper.from_array(np.array([3]))),
        helper.make_node("Gather", ["s", "last"], ["columns"], axis=0),
        helper.make_node("Constant", [], ["head"], value=numpy_helper.from_array(np.array([1, 3]))),
        helper.make_node("Concat", ["head", "columns"], ["flat"], axis=0),
        helper.make_node("Reshape", ["pooled", "flat"], ["y"], name="flatten"),
    ]
    graph = helper.make_graph(
        nodes,
        "flattening",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, "H", "W"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return read_onnx(path).input_tensors


def test_a_size_that_a_computed_reshape_leaves_no_choice_of(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    inputs = save_flattening_net(path, 40)
    found = find_sizes(path, inputs)
    assert found == SizeDemands({"W": 1}, {"H": 48}, followed=["W"])
    _, _, many = suggest_profiles(inputs, found)
    assert many.profile["x"] == ShapeRange((1, 3, 48, 128), (8, 3, 48, 320), (32, 3, 48, 1280))
    assert many.fixed == {"H": 48}


@pytest.mark.parametrize(("height", "node"), [(40, None), (79, None), (80, "flatten")])
def test_the_node_that_a_size_breaks(tmp_path: Path, height: int, node: str | None) -> None:
    path = tmp_path / "net.onnx"
    inference = SizeInference(path, save_flattening_net(path, 40))
    assert inference.misfit({"N": 1, "H": height, "W": 20}) == node
    options = onnxruntime.SessionOptions()  # optimised, it takes any sizes and answers others
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feed = {"x": np.zeros((1, 3, height, 20), np.float32)}
    if node is None:
        assert session.run(None, feed)[0].shape == (1, 3, 20)
    else:
        with pytest.raises(Exception, match="flatten"):
            session.run(None, feed)


def test_no_model(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"\xff\xff text")
    with pytest.raises(StudioError, match=r"net\.onnx"):
        find_sizes(path, [])
