"""The ONNX reader against ``onnx.load``."""

import tracemalloc
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Graph, Layer, Tensor
from trtstudio.model.onnx_file import read_onnx, require_external_data

LIGHT_FOLDER = Path(onnx.__file__).parent / "backend/test/data/light"
LIGHT_MODELS = sorted(LIGHT_FOLDER.glob("*.onnx"))


def names(graph: Graph, positions: tuple[int | None, ...]) -> list[str]:
    return ["" if p is None else graph.tensors[p].name for p in positions]


def shape(value: onnx.ValueInfoProto) -> tuple[Dim, ...] | None:
    tensor = value.type.tensor_type
    if not tensor.HasField("shape"):
        return None
    return tuple(
        d.dim_value if d.HasField("dim_value") else d.dim_param or -1 for d in tensor.shape.dim
    )


def assert_same(graph: Graph, model: onnx.ModelProto) -> None:
    """Every node, input, output, weight and value of ``model`` is in ``graph``, in its order."""
    want = model.graph
    weights = {w.name: w for w in want.initializer}
    tensors = {t.name: t for t in graph.tensors}
    assert len(tensors) == len(graph.tensors)
    assert graph.name == want.name
    assert [layer.type for layer in graph.layers] == [n.op_type for n in want.node]
    assert [layer.index for layer in graph.layers] == list(range(len(want.node)))
    assert [names(graph, layer.inputs) for layer in graph.layers] == [
        list(n.input) for n in want.node
    ]
    assert [names(graph, layer.outputs) for layer in graph.layers] == [
        list(n.output) for n in want.node
    ]
    assert [set(layer.attributes) - {"domain"} for layer in graph.layers] == [
        {a.name for a in n.attribute} for n in want.node
    ]
    assert names(graph, graph.outputs) == [o.name for o in want.output]
    assert names(graph, graph.inputs) == [i.name for i in want.input if i.name not in weights]
    for name, weight in weights.items():
        read = tensors[name]
        assert (read.role, read.shape) == ("weight", tuple(weight.dims))
        assert read.dtype == dtypes.ONNX[weight.data_type]
    for value in (*want.value_info, *want.input, *want.output):
        if value.name in tensors and value.name not in weights:
            assert tensors[value.name].shape == shape(value)


@pytest.mark.parametrize("path", LIGHT_MODELS, ids=lambda path: path.stem)
def test_reads_real_models(path: Path) -> None:
    graph = read_onnx(path)
    assert_same(graph, onnx.load(path))
    assert graph.properties["producer"] == "onnx-caffe2"
    assert graph.properties["opset"] == "9"


def test_reads_a_detector(yolox_model: Path) -> None:
    graph, model = read_onnx(yolox_model), onnx.load(yolox_model)
    assert_same(graph, model)
    arrays = [numpy_helper.to_array(w) for w in model.graph.initializer]
    assert graph.properties["weight_bytes"] == str(sum(a.nbytes for a in arrays))


def test_reads_the_sample_with_its_metadata(sample_model: Path) -> None:
    graph, model = read_onnx(sample_model), onnx.load(sample_model)
    assert_same(graph, model)
    assert graph.metadata == {p.key: p.value for p in model.metadata_props}
    assert graph.input_tensors[0].shape == ("N", 3, 224, 224)


def test_reads_a_dynamic_model(dynamic_onnx: Path, dynamic_model: onnx.ModelProto) -> None:
    graph = read_onnx(dynamic_onnx)
    assert_same(graph, dynamic_model)
    assert graph.properties["opset"] == "ai.onnx 17, com.microsoft 1"
    assert graph.metadata["作者"] == "某人"
    y, c = graph.output_tensors
    assert (y.shape, c.shape, c.dtype) == (("N", 8, -1, "W"), None, "float16")
    assert [t.name for t in graph.input_tensors] == ["x:0", "flag"]
    assert graph.layers[1].inputs[1] is None


def test_says_what_attributes_hold(dynamic_onnx: Path) -> None:
    layers = {layer.name: layer for layer in read_onnx(dynamic_onnx).layers}
    assert layers["conv"].attributes == {"pads": [1, 1, 1, 1], "alpha": 0.1}
    assert layers["node_of_b"].attributes == {"mode": "nearest"}
    assert layers["table"].attributes == {"value": "float32 3 x 4"}
    assert layers["node_of_two"].attributes == {"value": 2}
    assert layers["node_of_c"].attributes["then_branch"] == "graph, 1 node"
    assert layers["gelu"].attributes == {"domain": "com.microsoft", "names": ["p", "q"]}
    assert layers["gelu"].origins == ("gelu",)


def one_node(tmp_path: Path, op: str, **attributes: object) -> Layer:
    """The one layer of a model that has this node, as read from its file."""
    node = helper.make_node(op, ["x"], ["y"], **attributes)
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        [node], "g", [info("x", TensorProto.FLOAT, [1])], [info("y", TensorProto.FLOAT, [1])]
    )
    path = tmp_path / "one.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return read_onnx(path).layers[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([0.5] * 100, "100 floats"),
        ([0.5] * 5000, "5,000 floats"),
        ([-1] * 5000, "5,000 ints"),
        (["label"] * 5000, "5,000 strings"),
        (b"\x00" * 5000, "5,000 bytes"),
        (numpy_helper.from_array(np.zeros((3, 500), np.float16)), "float16 3 x 500"),
        (numpy_helper.from_array(np.array([1.5, 2], np.float16)), [1.5, 2.0]),
        (numpy_helper.from_array(np.array(True)), True),
        (numpy_helper.from_array(np.zeros(0, np.int64)), "int64 0"),
    ],
)
def test_describes_what_is_large(tmp_path: Path, value: object, words: object) -> None:
    layer = one_node(tmp_path, "Op", value=value, axis=1)
    assert layer.attributes == {"value": words, "axis": 1}


def test_describes_a_large_subgraph(tmp_path: Path) -> None:
    nodes = [helper.make_node("Relu", [f"v{i}"], [f"v{i + 1}"]) for i in range(500)]
    layer = one_node(tmp_path, "Loop", body=helper.make_graph(nodes, "body", [], []))
    assert layer.attributes == {"body": "graph, 500 nodes"}


def test_weights_are_not_read(tmp_path: Path) -> None:
    """A model of 200 MB, a hole in the file, between two real parts."""
    size = 200 << 20
    weight = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[size // 4])
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [size // 4])
    graph = helper.make_graph([helper.make_node("Relu", ["w"], ["y"])], "g", [], [info])
    tensor = weight.SerializeToString() + key(9, size)
    body = key(5, len(tensor) + size) + tensor
    tail = graph.SerializeToString()
    path = tmp_path / "large.onnx"
    with path.open("wb") as file:
        file.write(b"\x08\x08" + key(7, len(body) + size + len(tail)) + body)
        file.seek(size, 1)
        file.write(tail)
    tracemalloc.start()
    try:
        read = read_onnx(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read.properties["weight_bytes"] == str(size)
    assert names(read, read.layers[0].inputs) == ["w"]
    assert peak < size / 20


def test_reads_sparse_weights(tmp_path: Path) -> None:
    values = numpy_helper.from_array(np.array([1, 2], np.float32), "sparse")
    indices = numpy_helper.from_array(np.array([3, 7]))
    weight = helper.make_sparse_tensor(values, indices, [4, 4])
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [4, 4])
    node = helper.make_node("Relu", ["sparse"], ["y"])
    graph = helper.make_graph([node], "g", [], [info], sparse_initializer=[weight])
    path = tmp_path / "sparse.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    read = read_onnx(path)
    assert read.tensors[0] == Tensor("sparse", "float32", (4, 4), "weight")
    assert read.layers[0].inputs == (0,)


def key(number: int, length: int) -> bytes:
    """The tag and the length of a field with a payload."""
    out = [number << 3 | 2]
    while length > 0x7F:
        out.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*out, length])


def external_model(folder: Path, location: str) -> Path:
    weight = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4, 4])
    weight.data_location = TensorProto.EXTERNAL
    for name, value in (("location", location), ("offset", "16"), ("length", "64")):
        weight.external_data.add(key=name, value=value)
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [4, 4])
    graph = helper.make_graph([helper.make_node("Relu", ["w"], ["y"])], "g", [], [info], [weight])
    path = folder / "model.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return path


def test_names_missing_external_data(tmp_path: Path) -> None:
    path = external_model(tmp_path, "weights/part 1.bin")
    assert read_onnx(path).properties["missing_external_data"] == "weights/part 1.bin"
    with pytest.raises(StudioError, match=r"weights/part 1\.bin"):
        require_external_data(path)
    data = tmp_path / "weights" / "part 1.bin"
    data.parent.mkdir()
    data.write_bytes(bytes(79))
    with pytest.raises(StudioError, match="too short"):
        require_external_data(path)
    data.write_bytes(bytes(80))
    require_external_data(path)
    properties = read_onnx(path).properties
    assert properties["external_data"] == "weights/part 1.bin"
    assert "missing_external_data" not in properties


@pytest.mark.parametrize(
    "location", ["../secret", "a/../../b", "/etc/hosts", "C:\\x", "..\\x", "\\\\host\\share\\x", ""]
)
def test_refuses_weights_outside_the_folder(tmp_path: Path, location: str) -> None:
    path = external_model(tmp_path, location)
    for read in (read_onnx, require_external_data):
        with pytest.raises(StudioError, match="outside its own folder"):
            read(path)


def test_says_that_a_model_is_cut_off(tmp_path: Path, sample_model: Path) -> None:
    whole = sample_model.read_bytes()
    path = tmp_path / "part.onnx"
    for size in (40, 5000, len(whole) // 2):
        path.write_bytes(whole[:size])
        with pytest.raises(StudioError, match=rf"cut off: it holds {size:,} bytes"):
            read_onnx(path)


def test_refuses_what_is_no_onnx(tmp_path: Path, rtx_17_head: bytes) -> None:
    path = tmp_path / "file.onnx"
    tensor = sorted(LIGHT_FOLDER.glob("*.pb"))[0].read_bytes()
    for data, what in (
        (tensor, "neither an ONNX model"),
        (tensor[:1000], "neither an ONNX model"),
        (bytes(100), "neither an ONNX model"),
        (b"\x08\x08\x3a\x00", "neither an ONNX model"),
        (rtx_17_head, "is a TensorRT plan"),
    ):
        path.write_bytes(data)
        with pytest.raises(StudioError, match=what) as error:
            read_onnx(path)
        assert error.value.hint


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damage_is_an_error_or_a_graph(
    data: st.DataObject, dynamic_model: onnx.ModelProto, scratch: Path
) -> None:
    whole = bytearray(dynamic_model.SerializeToString())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    scratch.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    read_or_refuse(scratch)


@settings(deadline=None)
@given(junk=st.binary(max_size=300))
def test_junk_is_refused(junk: bytes, scratch: Path) -> None:
    scratch.write_bytes(b"\x08\x08" + junk)
    read_or_refuse(scratch)


def read_or_refuse(path: Path) -> None:
    """A graph whose positions are all valid, or an error with a message."""
    try:
        graph = read_onnx(path)
    except StudioError as error:
        assert error.message
        return
    valid = range(len(graph.tensors))
    used = [p for layer in graph.layers for p in (*layer.inputs, *layer.outputs) if p is not None]
    assert all(p in valid for p in (*used, *graph.inputs, *graph.outputs))
