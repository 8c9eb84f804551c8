"""What TensorRT parses, and what is said of what it does not."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import onnx
import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build import parser
from trtstudio.engine.build.parser import ParserProblem, explain, parse
from trtstudio.model.errors import StudioError

MakeModel = Callable[..., Path]


def parse_here(path: Path) -> parser.ParsedNetwork:
    return parse(path, runtime.load())


def test_parses_a_model(make_model: MakeModel) -> None:
    network = parse_here(make_model()).network
    assert (network.num_inputs, network.num_outputs) == (1, 1)
    assert network.get_flag(runtime.load().NetworkDefinitionCreationFlag.STRONGLY_TYPED)


@pytest.mark.parametrize("external", [False, True])
def test_parses_under_any_name(make_model: MakeModel, external: bool) -> None:
    path = make_model(name="模型 é/网络 ß.onnx", external=external)
    assert parse_here(path).network.num_outputs == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"hello, world\n", b"\x89PNG\r\n\x1a\n" + bytes(100), bytes(1000), b"<!DOCTYPE html>"],
    ids=["empty", "text", "png", "zeros", "html"],
)
def test_refuses_what_tensorrt_would_take_for_an_empty_network(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(StudioError, match=r"model\.onnx") as caught:
        parse_here(path)
    assert caught.value.hint


def test_refuses_a_network_without_outputs(make_model: MakeModel) -> None:
    path = make_model(lambda model: model.graph.ClearField("output"))
    with pytest.raises(StudioError):
        parse_here(path)


def test_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"gone\.onnx"):
        parse_here(tmp_path / "gone.onnx")


def test_names_the_file_of_missing_weights(make_model: MakeModel) -> None:
    path = make_model(external=True)
    path.with_suffix(".bin").unlink()
    with pytest.raises(StudioError, match=r"small\.bin"):
        parse_here(path)


def test_names_operators_and_nodes_that_are_not_supported(make_model: MakeModel) -> None:
    def change(model: onnx.ModelProto) -> None:
        model.opset_import.append(onnx.helper.make_opsetid("com.example", 1))
        for index, operator in {1: "Swish2", 2: "Swish2", 3: "Other"}.items():
            model.graph.node[index].op_type = operator
            model.graph.node[index].domain = "com.example"

    with pytest.raises(StudioError) as caught:
        parse_here(make_model(change))
    label = runtime.describe().label
    assert caught.value.message == (
        f"{label} does not support operator Swish2 (nodes relu, mean); Other (node flatten)."
    )
    assert "ONNX Runtime" in caught.value.hint
    assert "node relu (Swish2): " in caught.value.details


def test_an_operator_without_its_plugin_is_not_supported(make_model: MakeModel) -> None:
    pytest.importorskip("tensorrt_rtx")

    def change(model: onnx.ModelProto) -> None:
        model.graph.node[1].op_type = "NonZero"

    with pytest.raises(StudioError, match=r"does not support operator NonZero \(node relu\)"):
        parse_here(make_model(change))


def test_an_impossible_graph_is_explained(make_model: MakeModel) -> None:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node[4].input[0] = "nowhere"

    with pytest.raises(StudioError, match="cannot parse the model") as caught:
        parse_here(make_model(change))
    assert caught.value.details


def test_a_tensorrt_that_cannot_start_is_explained(make_model: MakeModel) -> None:
    """Without a driver pybind11 has a null in its hands and says so by a TypeError."""

    def fail(_: object) -> None:
        raise TypeError("pybind11::init(): factory function returned nullptr")

    module, real = ModuleType("tensorrt"), runtime.load()
    module.__dict__.update(
        Builder=fail, ILogger=real.ILogger, BuilderFlag=real.BuilderFlag, __version__="10.9.0"
    )
    with pytest.raises(StudioError, match=r"TensorRT 10\.9\.0 could not start") as caught:
        parse(make_model(), module)
    assert "driver" in caught.value.hint


def test_long_lists_of_nodes_are_cut() -> None:
    problems = [ParserProblem(f"n{i}", "Odd", "Plugin not found, are ...") for i in range(12)]
    error = explain(problems, "TensorRT")
    expected = "TensorRT does not support operator Odd (nodes n0, n1, n2, n3, n4 and 7 more)."
    assert error.message == expected
    assert error.details.count("\n") == 11


def test_long_lists_of_operators_are_cut() -> None:
    problems = [ParserProblem(f"n{i}", f"Odd{i % 5}", "Plugin not found") for i in range(12)]
    error = explain(problems, "TensorRT")
    assert error.message == (
        "TensorRT does not support operator Odd0 (nodes n0, n5 and 1 more); Odd1 (nodes n1, n6 and "
        "1 more); Odd2 (nodes n2, n7); and 2 more operators."
    )
    assert error.details.count("\n") == 11


@pytest.mark.parametrize(
    "text",
    [
        "Assertion failed: (ctx->tensors().count(name)): Node input was not registered.",
        'Assertion failed: convert(a, b) && "Node input was not registered."',
        'creator && "Node input was not registered!"',
        "Node input was not registered.",
    ],
)
def test_the_parsers_own_conditions_are_left_to_the_details(text: str) -> None:
    error = explain([ParserProblem("n", "Odd", text, "INVALID_NODE")], "TensorRT")
    expected = "TensorRT cannot parse the model: node n (Odd): Node input was not registered."
    assert error.message == expected
    assert text in error.details


def test_an_operator_that_is_refused_without_words(make_model: MakeModel) -> None:
    pytest.importorskip("tensorrt_rtx")

    def change(model: onnx.ModelProto) -> None:
        model.graph.node[1].op_type = "Bernoulli"

    with pytest.raises(StudioError, match=r"does not support operator Bernoulli \(node relu\)"):
        parse_here(make_model(change))


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("Op type MyOp is not supported in TensorRT-RTX", True),
        ("Plugin not found, are the plugin name, version, and namespace correct?", True),
        ("Assertion failed: dims.nbDims == 4", False),
    ],
)
def test_unsupported_operators_in_the_words_of_each_generation(
    text: str, unsupported: bool
) -> None:
    assert ParserProblem("n", "MyOp", text).is_unsupported == unsupported
