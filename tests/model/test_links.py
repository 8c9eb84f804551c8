"""Links, on real builds of the sample and on made-up readings, with a search by hand as oracle."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.graph import Graph, Layer, View
from trtstudio.model.links import Links, network_name, original_name, profile_of
from trtstudio.model.plan.engine_table import read_build_log_table

Origins = Sequence[Sequence[str]]


def _reading(view: View, origins: Origins, names: Sequence[str] = ()) -> Graph:
    layers = [
        Layer(i, names[i] if names else f"{view} {i}", "T", (), (), origins=tuple(each))
        for i, each in enumerate(origins)
    ]
    return Graph(view, "", layers, [], (), ())


def _onnx(*names: str) -> Graph:
    return _reading("onnx", [[name] for name in names], names)


# ---------------------------------------------------------------- real builds


def _names(graph: Graph, positions: Sequence[int]) -> set[str]:
    return {graph.layers[p].name for p in positions}


def _node(graph: Graph, name: str) -> Layer:
    return next(layer for layer in graph.layers if layer.name == name)


def test_a_fused_kernel_and_its_nodes(sample_graph: Graph, engine_fp32: Graph) -> None:
    links = Links(sample_graph, engine_fp32)
    conv, clip = (_node(sample_graph, n) for n in ("/_conv_stem/Conv", "/_swish/Clip"))
    (kernel,) = links.to_right(conv)
    assert links.to_right(clip) == (kernel,)
    nodes = links.to_left(engine_fp32.layers[kernel])
    assert _names(sample_graph, nodes) == {"/_conv_stem/Conv", "/_swish/Clip"}
    assert not links.inserted


def test_what_is_in_no_kernel(sample_graph: Graph, engine_fp32: Graph) -> None:
    links = Links(sample_graph, engine_fp32)
    assert _names(sample_graph, links.only_left) == {"/Reshape"}
    assert links.only_right == links.unnamed
    assert all(not engine_fp32.layers[p].origins for p in links.unnamed)


def test_fp16_inserts_casts(sample_graph: Graph, engine_fp16: Graph) -> None:
    links = Links(sample_graph, engine_fp16)
    assert len(links.inserted) == 2, "a cast behind the input, another before the output"
    assert _names(sample_graph, links.only_left) == {"/Reshape"}
    for name, kernels in links.inserted.items():
        assert all(name in engine_fp16.layers[p].origins for p in kernels)


def test_each_profile_has_its_kernels(sample_graph: Graph, engine_of_two_profiles: Graph) -> None:
    links = Links(sample_graph, engine_of_two_profiles)
    convolutions = [layer for layer in sample_graph.layers if layer.type == "Conv"]
    assert convolutions
    for node in convolutions:
        names = [engine_of_two_profiles.layers[p].name for p in links.to_right(node)]
        assert {profile_of(name) for name in names} == {0, 1}
        assert {network_name(name) for name in names} == {node.name}


def test_the_network_of_an_onnx_model(
    sample_graph: Graph, sample_network: Graph, engine_fp16: Graph
) -> None:
    links = Links(sample_graph, sample_network)
    assert links.only_left == ()
    to_kernels = Links(sample_network, engine_fp16)
    through_onnx = Links(sample_graph, engine_fp16)
    for layer in sample_network.layers:
        nodes = links.to_left(layer)
        reached = {k for n in nodes for k in through_onnx.to_right(sample_graph.layers[n])}
        assert set(to_kernels.to_right(layer)) == reached


def test_names_that_hold_brackets(build_logs: dict[str, str]) -> None:
    engine = read_build_log_table(build_logs["1.7"])
    node = "relu }], Constants: []"
    links = Links(_onnx(node, "conv, {x}: [1]"), engine)
    (kernel,) = links.to_right(_onnx(node).layers[0])
    assert links.to_left(engine.layers[kernel]) == (0, 1)


# ---------------------------------------------------------------- made-up readings

NAMES = st.sampled_from(["a", "b", "c", "a]", "d]__gemm", ""])
ORIGINS = st.lists(st.lists(NAMES, max_size=3), max_size=6)


@given(ORIGINS, ORIGINS)
def test_links_are_what_a_search_finds(left: Origins, right: Origins) -> None:
    a, b = _reading("onnx", left), _reading("network", right)
    links, mirrored = Links(a, b), Links(b, a)
    for i, layer in enumerate(a.layers):
        expected = tuple(j for j, origins in enumerate(right) if set(origins) & set(left[i]))
        assert links.to_right(layer) == mirrored.to_left(layer) == expected
        assert (i in links.only_left) == (not expected)
    for j, layer in enumerate(b.layers):
        expected = tuple(i for i, origins in enumerate(left) if set(origins) & set(right[j]))
        assert links.to_left(layer) == expected
        assert (j in links.only_right) == (not expected)
    known = {name for origins in left for name in origins}
    assert set(links.inserted) == {n for origins in right for n in origins} - known


def test_remade_nodes_are_the_nodes() -> None:
    assert original_name("a/b]__gemm_from_conv1x1") == "a/b"
    onnx = _onnx("conv", "odd]__name", "odd")
    engine = _reading("engine", [["conv"], ["conv]__gemm"], ["odd]__name"], ["new]__gemm"]])
    links = Links(onnx, engine)
    assert [links.to_right(layer) for layer in onnx.layers] == [(0, 1), (2,), ()]
    assert [links.to_left(layer) for layer in engine.layers] == [(0,), (0,), (1,), ()]
    assert links.inserted == {"new": (3,)}


@pytest.mark.parametrize(
    ("kernel", "nodes"),
    [
        ("conv_myl0_3", (0,)),
        ("conv [profile 2]_myl4_3", (0,)),
        ("conv + relu", (0, 1)),
        ("PWN(PWN(relu), add)", (1, 2)),
        ("{ForeignNode[conv...add]}", (0, 2)),
        ("conv || relu", (0, 1)),
        ("Reformatting CopyNode for Input Tensor 0 to conv", ()),
        ("__myl_Move_myl0_0", ()),
    ],
)
def test_names_tell_where_metadata_does_not(kernel: str, nodes: tuple[int, ...]) -> None:
    engine = _reading("engine", [[]], [kernel])
    links = Links(_onnx("conv", "relu", "add"), engine)
    assert links.to_left(engine.layers[0]) == nodes
    assert links.unnamed == (() if nodes else (0,))


def test_a_node_in_a_subgraph() -> None:
    inner = _onnx("then")
    branch = Layer(0, "if", "If", (), (), origins=("if",), subgraphs=(inner,))
    onnx = Graph("onnx", "", [branch], [], (), ())
    links = Links(onnx, _reading("network", [["then"], ["if"], ["else"]]))
    assert links.to_right(branch) == (0, 1)
    assert links.to_right(inner.layers[0]) == (0,)
    assert links.to_left(_onnx("then").layers[0]) == (0,)
    assert links.only_right == (2,)


def test_profiles() -> None:
    assert [profile_of(name) for name in ("conv_myl0_1", "conv [profile 3]_myl1_1", "")] == [
        0,
        3,
        0,
    ]
    assert network_name("a [profile 1] b_myl0_1") == "a [profile 1] b"
