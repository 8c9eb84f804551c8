"""Small models and plans that every test of ``model`` may open."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

# The first bytes of real plans, built for SM86 by TensorRT-RTX 1.7.1.116 and 1.4.0.76.
RTX_17_HEAD = bytes.fromhex(
    "767472740000000002000000000000009c840700000000000107017476747274"
    "040000000000000000000000000000000000000000000000604e010000000000"
    "4e474e45000000007000000000000000c7350600000000005448475700000000"
    "3836060000000000604e0100000000007074727464000000b335060000000000"
)
RTX_14_HEAD = bytes.fromhex(
    "7674727400000000020000000000000004700700000000000104004c76747274"
    "04000000000000000000000000000000dc32000000000000604e010000000000"
    "4e474e450000000070000000000000002f210600000000005448475700000000"
    "a021060000000000604e010000000000707472745e0000001b21060000000000"
)


@pytest.fixture(scope="session")
def rtx_17_head() -> bytes:
    """The header of a real plan: SM86, TensorRT-RTX 1.7.1.116."""
    return RTX_17_HEAD


@pytest.fixture(scope="session")
def rtx_14_head() -> bytes:
    """The header of a real plan: SM86, TensorRT-RTX 1.4.0.76."""
    return RTX_14_HEAD


@pytest.fixture(scope="session")
def build_logs() -> dict[str, str]:
    """What real builds for SM86 logged: 1.7.1 with several dtypes, 1.4 with a dynamic batch."""
    folder = Path(__file__).parent / "data"
    return {v: (folder / f"build_log_rtx_{v}.txt").read_text("utf-8") for v in ("1.4", "1.7")}


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for hypothesis to write over and over."""
    return tmp_path_factory.mktemp("fuzz") / "file.bin"


@pytest.fixture(scope="session")
def dynamic_model() -> onnx.ModelProto:
    """Symbols and a nameless size, many kinds of attribute, an absent input, an If."""
    float_info = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Identity", ["a"], ["then"])],
        "body",
        [],
        [float_info("then", TensorProto.FLOAT, None)],
    )
    table = numpy_helper.from_array(np.arange(12, dtype=np.float32).reshape(3, 4))
    nodes = [
        helper.make_node("Conv", ["x:0", "w/1"], ["a"], name="conv", pads=[1, 1, 1, 1], alpha=0.1),
        helper.make_node("Resize", ["a", "", "scales"], ["b"], mode="nearest"),
        helper.make_node("Constant", [], ["table"], name="table", value=table),
        helper.make_node("Constant", [], ["two"], value=numpy_helper.from_array(np.int64(2))),
        helper.make_node("If", ["flag"], ["c"], then_branch=body, else_branch=body),
        helper.make_node(
            "Gelu", ["b"], ["y"], name="gelu", domain="com.microsoft", names=["p", "q"]
        ),
    ]
    graph = helper.make_graph(
        nodes,
        "net",
        [
            float_info("x:0", TensorProto.FLOAT, ["N", 3, "H", "W"]),
            float_info("flag", TensorProto.BOOL, []),
            float_info("w/1", TensorProto.FLOAT, [8, 3, 3, 3]),
        ],
        [
            float_info("y", TensorProto.FLOAT, ["N", 8, None, "W"]),
            float_info("c", TensorProto.FLOAT16, None),
        ],
        [
            numpy_helper.from_array(np.zeros((8, 3, 3, 3), np.float32), "w/1"),
            numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "scales"),
        ],
        value_info=[float_info("a", TensorProto.FLOAT, ["N", 8, "H", "W"])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="tests")
    helper.set_model_props(model, {"names": '{"0": "cat"}', "作者": "某人"})
    return model


@pytest.fixture
def dynamic_onnx(tmp_path: Path, dynamic_model: onnx.ModelProto) -> Path:
    """``dynamic_model`` in a file whose path has spaces and is not ASCII."""
    folder = tmp_path / "my models 模型"
    folder.mkdir()
    path = folder / "net é.onnx"
    path.write_bytes(dynamic_model.SerializeToString())
    return path


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan with a real header and as many bytes as that states, most of them a hole."""

    def make(head: bytes = RTX_17_HEAD, *, prefix: bytes = b"", missing_bytes: int = 0) -> Path:
        path = tmp_path / "net.plan"
        size = int.from_bytes(head[16:24], "little")
        path.write_bytes(prefix + head)
        with path.open("r+b") as file:
            file.truncate(len(prefix) + size - missing_bytes)
        return path

    return make
