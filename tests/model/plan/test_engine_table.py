"""Engine layers from real build logs, and from both generations of the inspector's JSON."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, ShapeRange
from trtstudio.model.links import profile_of
from trtstudio.model.plan.engine_table import read_build_log_table, read_inspector_json
from trtstudio.model.plan.inspector_line import read_dump

TENSORRT_10 = {
    "Layers": [
        {
            "Name": "conv + relu",
            "LayerType": "CaskConvolution",
            "Inputs": [
                tensor := {
                    "Name": "x",
                    "Location": "Device",
                    "Dimensions": [1, 3, 8, 8],
                    "Format/Datatype": "Row major linear FP16 format",
                }
            ],
            "Outputs": [tensor | {"Name": "y", "Dimensions": [1, 8, 8, 8]}],
            "ParameterType": "Convolution",
            "Kernel": [3, 3],
            "Weights": {"Type": "Half", "Count": 216},
            "HasBias": 1,
            "TacticName": "sm80_xmma",
            "TacticValue": "0x1f",
            "StreamId": 0,
            "Metadata": "[ONNX Layer: conv]\x1e[ONNX Layer: relu]",
        }
    ],
    "Bindings": ["x", "y"],
}


def names(graph: Graph, positions: tuple[int | None, ...]) -> list[str]:
    return [graph.tensors[p].name for p in positions if p is not None]


def test_reads_the_log_of_a_build_of_today(build_logs: dict[str, str]) -> None:
    graph = read_build_log_table(build_logs["1.7"])
    assert [t.name for t in graph.input_tensors] == ["a, b", "ids", "sc"]
    assert [(t.name, t.dtype) for t in graph.output_tensors] == [
        ("y", "bool"),
        ("tv", "float16"),
        ("ti", "int64"),
    ]
    assert len(graph.layers) == 10
    conv = graph.layers[2]
    assert (conv.name, conv.type) == ("conv, {x}: [1]_myl0_2", "correlation")
    assert conv.origins == ("conv, {x}: [1]", "dq", "wdq", "relu }], Constants: []", "wq")
    assert conv.attributes == {"TacticName": "__myelin_CASK_STUB", "StreamId": 0}
    data, weight, *_ = (graph.tensors[p] for p in conv.inputs if p is not None)
    assert (data.dtype, data.shape, data.role) == ("int8", (-1, 16, 32, -1), "internal")
    assert data.format == "(NHWC) Channel major format, strides [-1, 1, -1, 16]"
    assert (weight.shape, weight.role) == ((32, 16, 3, 3), "weight")
    scalar = graph.input_tensors[2]
    assert (scalar.dtype, scalar.shape, scalar.location) == ("float16", (), "DEVICE")
    (profile,) = graph.profiles
    assert profile["a, b"] == ShapeRange((1, 16, 32, 32), (2, 16, 32, 32), (4, 16, 32, 64))
    assert profile["sc"] == ShapeRange((), (), ())
    assert set(profile) == {"a, b", "ids", "sc"}
    assert graph.output_tensors[0].format == "Row major linear BOOL format (kLINEAR)"
    assert graph.properties["Multi-Device"] == "Disabled"


def test_every_layer_reads_what_another_wrote(build_logs: dict[str, str]) -> None:
    for log in build_logs.values():
        graph = read_build_log_table(log)
        written = set(graph.inputs)
        for layer in graph.layers:
            for position in layer.inputs:
                assert position is not None
                assert position in written or graph.tensors[position].role == "weight"
            written |= {p for p in layer.outputs if p is not None}
        assert set(graph.outputs) <= written


def test_reads_the_log_of_a_build_of_yesterday(build_logs: dict[str, str]) -> None:
    graph = read_build_log_table(build_logs["1.4"])
    assert [(t.name, t.shape) for t in graph.input_tensors] == [("x:0", (-1, 3, 32, 32))]
    assert [(t.name, t.dtype) for t in graph.output_tensors] == [("y=out", "float32")]
    assert graph.layers[2].origins == ("conv]1", "relu 1")
    assert graph.layers[0].inputs == ()


@pytest.mark.parametrize("release", ["1.5", "1.6"])
def test_reads_the_log_of_two_profiles(build_logs: dict[str, str], release: str) -> None:
    graph = read_build_log_table(build_logs[release])
    convs = [layer for layer in graph.layers if layer.type == "correlation"]
    origins = [("conv, {x}: [1]", "relu }], Constants: []"), ("path/to/conv1x1",)]
    assert [conv.origins for conv in convs] == origins * 2
    assert [profile_of(conv.name) for conv in convs] == [0, 0, 1, 1]
    assert [profile["a, b"].opt[0] for profile in graph.profiles] == [2, 8]
    (fed,) = graph.inputs
    readers = [layer.name[-7:] for layer in graph.layers if fed in layer.inputs]
    assert readers == ["_myl0_1", "_myl1_1"], "the first kernel of each profile"


def test_json_and_log_say_the_same(build_logs: dict[str, str]) -> None:
    for log in build_logs.values():
        assert read_inspector_json(json.dumps(read_dump(log))) == read_build_log_table(log)


def test_reads_the_json_of_tensorrt_10() -> None:
    graph = read_inspector_json(json.dumps(TENSORRT_10))
    (layer,) = graph.layers
    assert layer.type == "CaskConvolution"
    assert layer.origins == ("conv", "relu")
    assert layer.attributes["Kernel"] == [3, 3]
    assert json.loads(str(layer.attributes["Weights"])) == {"Type": "Half", "Count": 216}
    assert names(graph, graph.inputs) == ["x"] and names(graph, graph.outputs) == ["y"]
    (x,) = graph.input_tensors
    assert (x.dtype, x.location, x.format) == (
        "float16",
        "DEVICE",
        "Row major linear FP16 format",
    )
    assert layer.inputs == graph.inputs and layer.outputs == graph.outputs


def test_reads_an_engine_of_names_only() -> None:
    graph = read_inspector_json('{"Layers": ["conv", "relu"], "Bindings": []}')
    assert [layer.name for layer in graph.layers] == ["conv", "relu"]
    assert read_build_log_table("Layers:\nconv\nrelu\n").layers == graph.layers


def layer(name: str, reads: list[str], writes: list[str]) -> dict[str, object]:
    tensors = [[{"Name": n, "Dimensions": [1]} for n in side] for side in (reads, writes)]
    return {"Name": name, "LayerType": "kgen", "Inputs": tensors[0], "Outputs": tensors[1]}


def test_a_reader_takes_what_was_written_last_before_it() -> None:
    layers = [
        layer("a", ["x"], ["t"]),
        layer("b", ["t"], ["u"]),
        layer("c", ["u"], ["t"]),
        layer("d", ["t"], ["t"]),
    ]
    graph = read_inspector_json(json.dumps({"Layers": layers, "Bindings": ["x", "t"]}))
    a, b, c, d = graph.layers
    assert b.inputs == a.outputs
    assert d.inputs == c.outputs != a.outputs
    assert graph.outputs == d.outputs


def test_a_loop_is_closed_by_its_writer() -> None:
    layers = [layer("head", ["state"], ["t"]), layer("tail", ["t"], ["state"])]
    graph = read_inspector_json(json.dumps({"Layers": layers}))
    assert graph.layers[0].inputs == graph.layers[1].outputs


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '"x"', '{"Layers": [1]}', '{"Layers": 1}', "[" * 9999]
)
def test_refuses_other_texts(text: str) -> None:
    for read in (read_inspector_json, read_build_log_table):
        with pytest.raises(StudioError) as error:
            read(text)
        assert error.value.hint


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["Layers", "Name", "Inputs", "Outputs", "Dimensions", "Metadata", "x"]),
            inner,
        )
    ),
)


@given(value=JSON)
def test_any_json_is_an_error_or_a_graph(value: object) -> None:
    assert_read_or_refused(json.dumps({"Layers": [value], "I/O Tensors": []}), read_inspector_json)
    assert_read_or_refused(json.dumps({"Layers": [], "I/O Tensors": [value]}), read_inspector_json)


ODD = st.none() | st.integers() | st.just(1 << 64) | st.floats() | st.text(max_size=5)
TENSOR = st.fixed_dictionaries(
    {"Name": st.sampled_from(["x", "y", "x [profile 1]", "", 7])},
    optional={
        "Dimensions": st.lists(st.integers() | st.floats(), max_size=3) | ODD,
        "Strides": ODD,
        "Datatype": ODD,
        "Format/Datatype": ODD,
    },
)
TENSORS = st.lists(TENSOR, max_size=3)
LAYER = st.fixed_dictionaries(
    {"Name": st.text(max_size=5)},
    optional={
        "Inputs": TENSORS,
        "Outputs": TENSORS,
        "Metadata": ODD,
        "Kernel": ODD | st.lists(ODD),
    },
)
IO_TENSOR = st.fixed_dictionaries(
    {"Name": st.text(max_size=2), "IOMode": st.sampled_from(["Input", "Output"])},
    optional={
        "Dimensions": st.lists(st.integers(), max_size=3),
        "ProfileInfo": st.lists(
            st.fixed_dictionaries(dict.fromkeys(["MinShape", "OptShape", "MaxShape"], ODD))
            | st.just({"Format": 3}),
            max_size=2,
        ),
    },
)


@settings(max_examples=300)
@given(
    said=st.fixed_dictionaries(
        {"Layers": st.lists(LAYER, max_size=3)},
        optional={"I/O Tensors": st.lists(IO_TENSOR, max_size=2), "Bindings": st.lists(ODD)},
    )
)
def test_odd_values_are_an_error_or_a_graph_that_can_be_sent(said: dict[str, object]) -> None:
    assert_read_or_refused(json.dumps(said), read_inspector_json)


def test_long_names_and_many_inputs() -> None:
    name = "n" * 20_000
    reads = [f"x{i}" for i in range(10_000)]
    said = {"Layers": [layer(name, reads, [name]), layer("next", [name], ["y"])]}
    graph = read_inspector_json(json.dumps(said))
    assert len(graph.layers[0].inputs) == 10_000
    assert graph.layers[1].inputs == graph.layers[0].outputs
    assert graph.layers[0].name == name


def test_metadata_may_hold_bare_control_characters() -> None:
    text = json.dumps(TENSORRT_10).replace("\\u001e", "\x1e")
    assert "\x1e" in text
    assert read_inspector_json(text).layers[0].origins == ("conv", "relu")


@settings(max_examples=200)
@given(data=st.data())
def test_a_damaged_log_is_an_error_or_a_graph(
    data: st.DataObject, build_logs: dict[str, str]
) -> None:
    log = build_logs[data.draw(st.sampled_from(sorted(build_logs)))]
    start = data.draw(st.integers(8, len(log)))
    cut = log[:start] + data.draw(st.text(max_size=3)) + log[start + data.draw(st.integers(0, 9)) :]
    end = data.draw(st.integers(8, len(cut)))
    assert_read_or_refused(cut[:end], read_build_log_table)
    assert_read_or_refused(cut, read_build_log_table)


def assert_read_or_refused(text: str, read: Callable[[str], Graph]) -> None:
    try:
        graph = read(text)
    except StudioError as error:
        assert error.details
        return
    assert msgspec.msgpack.encode(graph)
    positions = [p for item in graph.layers for p in (*item.inputs, *item.outputs)]
    assert all(0 <= p < len(graph.tensors) for p in positions)
