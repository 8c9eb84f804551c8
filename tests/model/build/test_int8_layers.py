"""How many layers INT8 is for, and what is told of it."""

from trtstudio.model.build.conversion import Conversion
from trtstudio.model.build.int8_layers import WORTH_IT, caution, settled, weight_counts
from trtstudio.model.graph import Attribute, Graph, Layer, Tensor


def graph(*layers: tuple[str, tuple[int, ...], int], role: str = "weight") -> Graph:
    """Layers by operator, shape of the second input, and group."""
    tensors, nodes = [Tensor("x", "float32")], []
    for index, (operator, shape, group) in enumerate(layers):
        tensors.append(Tensor(f"w{index}", "float32", shape, role))  # type: ignore[arg-type]
        attributes: dict[str, Attribute] = {"group": group} if group > 1 else {}
        nodes.append(Layer(index, f"n{index}", operator, (0, index + 1), (0,), attributes))
    return Graph("onnx", "net", tuple(nodes), tuple(tensors), (0,), (0,))


def test_what_multiplies_by_constants_counts() -> None:
    found = graph(
        ("Conv", (8, 4, 3, 3), 1),
        ("Conv", (8, 2, 3, 3), 2),
        ("Conv", (8, 1, 3, 3), 8),  # each channel by itself
        ("Gemm", (10, 8), 1),
        ("Add", (8,), 1),
    )
    assert [(layer.name, count) for layer, count in weight_counts(found)] == [
        ("n0", 288),
        ("n1", 144),
        ("n3", 80),
    ]
    counts = [count for _, count in weight_counts(found, depthwise=True)]
    assert counts == [288, 144, 72, 80]
    assert list(weight_counts(graph(("MatMul", (8, 8), 1), role="internal"))) == []


def test_inner_graphs_count_too() -> None:
    inner = graph(("MatMul", (8, 8), 1))
    outer = Layer(0, "if", "If", (), (), subgraphs=(inner, inner))
    assert len(list(weight_counts(Graph("onnx", "net", (outer,), (), (), ())))) == 2


def test_a_runtime_has_its_usual_smallest_layer() -> None:
    usual = WORTH_IT["tensorrt_rtx"]
    assert settled(Conversion(), "tensorrt_rtx").int8_from == usual
    assert settled(Conversion(int8_from=7), "tensorrt_rtx").int8_from == 7
    assert settled(Conversion(), "tensorrt").int8_from == 0


def test_what_is_told_before_a_build() -> None:
    usual = WORTH_IT["tensorrt_rtx"]
    counts = [usual - 1, usual, usual + 1]
    assert "2 of 3 layers become INT8" in caution(counts, usual, "tensorrt_rtx")
    assert "expect 1 of 3 layers to lose" in caution(counts, 0, "tensorrt_rtx")
    assert caution(counts[1:], usual, "tensorrt_rtx") == ""
    assert caution(counts, 0, "tensorrt") == ""
