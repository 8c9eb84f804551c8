"""The ONNX reader against ``onnx.load``."""

import contextlib
import os
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
import pytest
from google.protobuf.message import DecodeError
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Graph, Layer, Tensor
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.file import read_onnx, require_external_data
from trtstudio.model.onnx.weights import read_weight

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


def write(path: Path, nodes: list[onnx.NodeProto], **parts: object) -> Path:
    """A model of these nodes whose output is ``y``."""
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    model = helper.make_model(helper.make_graph(nodes, "g", [], [info], **parts))
    path.write_bytes(model.SerializeToString())
    return path


@pytest.mark.parametrize("padding", [0, 5000], ids=["small", "large"])
def test_reads_bodies_as_graphs(tmp_path: Path, padding: int) -> None:
    info = helper.make_tensor_value_info
    weight = numpy_helper.from_array(np.zeros((2, 3), np.float32), "w")
    inner = helper.make_graph(
        [helper.make_node("Neg", ["w"], ["deep"])], "inner", [], [info("deep", 1, [2, 3])]
    )
    body = helper.make_graph(
        [
            helper.make_node("Add", ["a", "own"], ["sum"]),
            helper.make_node("If", ["c"], ["z"], then_branch=inner, else_branch=inner),
        ],
        "body",
        [info("i", TensorProto.INT64, [])],
        [info("sum", TensorProto.FLOAT, [1])],
        [numpy_helper.from_array(np.ones(1, np.float32), "own")],
        doc_string="x" * padding,
    )
    nodes = [
        helper.make_node("Relu", ["x"], ["a"]),
        helper.make_node("Loop", ["m", "c"], ["y"], body=body),
    ]
    path = write(
        tmp_path / "loop.onnx", nodes, initializer=[weight], value_info=[info("a", 1, ["N"])]
    )
    graph = read_onnx(path)
    (loop,) = graph.layers[1].subgraphs
    assert graph.layers[0].subgraphs == ()
    assert graph.layers[1].attributes == {"body": "graph, 2 nodes"}
    assert (loop.name, loop.properties["attribute"]) == ("body", "body")
    assert [t.name for t in loop.input_tensors + loop.output_tensors] == ["i", "sum"]
    tensors = {t.name: t for t in loop.tensors}
    assert (tensors["a"].shape, tensors["a"].role) == (("N",), "internal")
    assert tensors["own"].role == "weight"
    branches = loop.layers[1].subgraphs
    assert {b.properties["attribute"] for b in branches} == {"then_branch", "else_branch"}
    (taken,) = (t for t in branches[0].tensors if t.name == "w")
    assert (taken.shape, taken.role) == ((2, 3), "weight")
    assert read_weight(path, branches[0].weights[0]).shape == (2, 3)
    assert graph.properties["weights"] == "2"


def nested(depth: int) -> onnx.GraphProto:
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [], [info])
    for _ in range(depth):
        graph = helper.make_graph(
            [helper.make_node("Loop", [], ["y"], body=graph)], "g", [], [info]
        )
    return graph


def test_reads_bodies_in_bodies_to_some_depth(tmp_path: Path) -> None:
    path = tmp_path / "deep.onnx"
    path.write_bytes(helper.make_model(nested(20)).SerializeToString())
    graph, depth = read_onnx(path), 0
    while graph.layers[0].subgraphs:
        graph, depth = graph.layers[0].subgraphs[0], depth + 1
    assert depth == 20
    path.write_bytes(helper.make_model(nested(31)).SerializeToString() + deep_field(3000))
    with pytest.raises(StudioError, match="damaged"):
        read_onnx(path)


def deep_field(depth: int) -> bytes:
    """A graph that holds a node that holds an attribute that holds a graph, and so on."""
    data = b""
    for number in [6, 5, 1] * depth:
        data = key(number, len(data)) + data + (b"\xa0\x01\x05" if number == 6 else b"")
    return key(7, len(data)) + data


def test_names_local_functions(tmp_path: Path) -> None:
    opsets = [helper.make_opsetid("", 17)]
    node = helper.make_node("Relu", ["x"], ["y"])
    functions = [
        helper.make_function("my.domain", name, ["x"], ["y"], [node], opsets)
        for name in ("Gelu", "Swish")
    ]
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Gelu", ["x"], ["y"])], "g", [], [info])
    path = tmp_path / "functions.onnx"
    path.write_bytes(helper.make_model(graph, functions=functions).SerializeToString())
    assert read_onnx(path).properties["functions"] == "my.domain.Gelu, my.domain.Swish"


def test_knows_what_a_constant_puts_out(dynamic_onnx: Path) -> None:
    graph = read_onnx(dynamic_onnx)
    tensors = {t.name: t for t in graph.tensors}
    assert tensors["table"] == Tensor("table", "float32", (3, 4), "internal")
    assert graph.properties["constants"] == "2"
    assert graph.properties["constant_bytes"] == "56"


def test_a_weight_stays_one_whatever_else_is_said_of_it(tmp_path: Path) -> None:
    other = helper.make_tensor_value_info("w", TensorProto.INT8, [9])
    weight = numpy_helper.from_array(np.zeros((2, 3), np.float32), "w")
    node = helper.make_node("Relu", ["w"], ["y"])
    path = write(tmp_path / "model.onnx", [node], initializer=[weight], value_info=[other])
    for first in (False, True):
        value = key(13, len(data := other.SerializeToString())) + data
        more = key(7, len(value)) + value
        path.write_bytes(more + path.read_bytes() if first else path.read_bytes() + more)
        assert read_onnx(path).tensors[0] == Tensor("w", "float32", (2, 3), "weight")


def test_attributes_are_a_mapping(dynamic_onnx: Path) -> None:
    first, second = read_onnx(dynamic_onnx), read_onnx(dynamic_onnx)
    assert first == second
    attributes = first.layers[0].attributes
    assert sorted(attributes) == ["alpha", "pads"]
    assert "pads" in attributes and attributes.get("axis") is None
    assert repr(attributes) == repr(dict(attributes))


def test_long_names_and_many_inputs(tmp_path: Path) -> None:
    name = "n" * 20_000
    inputs = [f"x{i}" for i in range(10_000)]
    nodes = [
        helper.make_node("Sum", inputs, [name], name=name),
        helper.make_node(name, [name], ["y"]),
    ]
    graph = read_onnx(write(tmp_path / "long.onnx", nodes))
    assert len(graph.layers[0].inputs) == 10_000
    assert (graph.layers[0].name, graph.layers[1].type) == (name, name)
    assert names(graph, graph.layers[1].inputs) == [name]


def test_cyclic_and_dangling_graphs_are_graphs(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("Add", ["a", "a"], ["a"]),
        helper.make_node("Relu", ["c"], ["b"]),
        helper.make_node("Relu", ["b"], ["c"]),
        helper.make_node("Relu", ["nowhere"], []),
        helper.make_node("Two", ["b"], ["c", "c"]),
    ]
    graph = read_onnx(write(tmp_path / "odd.onnx", nodes))
    assert graph.layers[0].inputs == (*graph.layers[0].outputs, *graph.layers[0].outputs)
    assert graph.layers[3].outputs == ()
    assert [t.name for t in graph.output_tensors] == ["y"]


def test_absurd_shapes_dtypes_and_opsets(tmp_path: Path) -> None:
    huge = 2**63 - 1
    weights = [
        TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[huge] * 500),
        TensorProto(name="v", data_type=99, dims=[huge]),
    ]
    value = helper.make_tensor_value_info("x", 77, [huge, -5, "N"])
    nodes = [helper.make_node("Relu", ["x"], ["y"])]
    path = write(tmp_path / "absurd.onnx", nodes, initializer=weights, value_info=[value])
    model = onnx.load(path)
    model.opset_import[0].version = huge
    path.write_bytes(model.SerializeToString())
    graph = read_onnx(path)
    tensors = {t.name: t for t in graph.tensors}
    assert graph.properties["opset"] == str(huge)
    assert (tensors["x"].dtype, tensors["x"].shape) == ("", (huge, -1, "N"))
    assert (tensors["v"].dtype, tensors["w"].shape) == ("", (huge,) * 500)
    assert int(graph.properties["weight_bytes"]) >= huge


@pytest.mark.parametrize("value", [b"\x0a", b"\x0a\xff", b"\x0a\x05ab", b"\x12\x09"])
def test_a_value_that_ends_too_early(tmp_path: Path, value: bytes) -> None:
    path = write(tmp_path / "model.onnx", [helper.make_node("Relu", ["x"], ["y"])])
    more = key(13, len(value)) + value
    path.write_bytes(path.read_bytes() + key(7, len(more)) + more)
    with pytest.raises(StudioError, match="damaged"):
        read_onnx(path)


def test_a_value_whose_name_comes_last(tmp_path: Path) -> None:
    info = helper.make_tensor_value_info("x", TensorProto.FLOAT, [7])
    kind = info.type.SerializeToString()
    value = b"\x0a\x01z" + b"\x12" + bytes([len(kind)]) + kind + b"\x0a\x01x"
    path = write(tmp_path / "model.onnx", [helper.make_node("Relu", ["x"], ["y"])])
    more = key(13, len(value)) + value
    path.write_bytes(path.read_bytes() + key(7, len(more)) + more)
    graph = read_onnx(path)
    assert graph.tensors[0] == Tensor("x", "float32", (7,))


def test_what_is_no_file(tmp_path: Path) -> None:
    one = tmp_path / "one.onnx"
    one.write_bytes(b"\x08")
    for path, words in (
        (one, "neither an ONNX model"),
        (tmp_path, "is a folder"),
        (tmp_path / "gone.onnx", "does not exist"),
    ):
        with pytest.raises(StudioError, match=words) as error:
            read_onnx(path)
        assert error.value.hint


@pytest.mark.parametrize("change", [lambda path: os.truncate(path, 3000), Path.unlink])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """Cut short, it is refused; removed, it is read to its end where the system allows it."""
    nodes = [helper.make_node("Relu", [f"{i}"], [f"{i + 1}"]) for i in range(20_000)]
    path = write(tmp_path / "model.onnx", nodes)
    fetch = wire.Source._fetch

    def changing(source: wire.Source, start: int, end: int) -> bytes:
        if start > 100_000 and path.exists() and path.stat().st_size > 3000:
            with contextlib.suppress(PermissionError):
                change(path)
        return fetch(source, start, end)

    monkeypatch.setattr(wire.Source, "_fetch", changing)
    try:
        assert len(read_onnx(path).layers) == 20_000
    except StudioError as error:
        assert error.hint and "shorter" in error.message
    assert not path.exists() or path.stat().st_size == 3000 or os.name == "nt"


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


@settings(max_examples=300)
@given(data=st.data())
def test_damage_is_an_error_or_a_graph(
    data: st.DataObject, dynamic_model: onnx.ModelProto, scratch: Path
) -> None:
    whole = bytearray(dynamic_model.SerializeToString())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    scratch.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    read_or_refuse(scratch)


@given(junk=st.binary(max_size=300))
def test_what_protobuf_cannot_read_is_refused(junk: bytes, scratch: Path) -> None:
    content = b"\x08\x08" + junk
    scratch.write_bytes(content)
    try:
        onnx.ModelProto.FromString(content)
    except DecodeError:
        with pytest.raises(StudioError) as refused:
            read_onnx(scratch)
        assert refused.value.message
    else:
        read_or_refuse(scratch)


def read_or_refuse(path: Path) -> None:
    """A graph whose positions are all valid, or an error with a message."""
    try:
        graph = read_onnx(path)
    except StudioError as error:
        assert error.message
        return
    assert all(isinstance(layer.attributes, Mapping) and str(layer) for layer in graph.layers)
    valid = range(len(graph.tensors))
    used = [p for layer in graph.layers for p in (*layer.inputs, *layer.outputs) if p is not None]
    assert all(p in valid for p in (*used, *graph.inputs, *graph.outputs))
