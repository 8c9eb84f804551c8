"""ONNX Runtime's profile: made-up traces, and one of the installed release."""

import json
from typing import Any

import pytest

from trtstudio.engine.measure.onnx_trace import NodeFinder, TracedNode, read_trace
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer, Tensor


def event(name: str, begin: int, took: int, op: str = "", index: str = "0") -> dict[str, Any]:
    if op:
        args = {"op_name": op, "node_index": index}
        return {
            "cat": "Node",
            "name": f"{name}_kernel_time",
            "ts": begin,
            "dur": took,
            "args": args,
        }
    return {"cat": "Session", "name": name, "ts": begin, "dur": took}


def trace(*events: dict[str, Any]) -> bytes:
    return json.dumps(events).encode()


def run(begin: int) -> list[dict[str, Any]]:
    return [
        event("conv", begin + 1, 10, "Conv", "1"),
        event("loop", begin + 20, 50, "Loop", "2"),
        event("inner", begin + 21, 20, "Add", "7"),
        event("inner", begin + 45, 20, "Add", "7"),
        event("conv", begin + 71, 5, "Conv", "3"),
        event("model_run", begin, 100),
    ]


def test_each_node_has_its_time_in_each_run() -> None:
    nodes = read_trace(trace(*run(0), *run(200)), 0)
    assert [(n.name, n.type, n.times_ms) for n in nodes] == [
        ("conv", "Conv", [0.01, 0.01]),
        ("loop", "Loop", [0.05, 0.05]),
        ("conv", "Conv", [0.005, 0.005]),
    ]


def test_the_warm_up_and_what_is_outside_of_runs_is_left_out() -> None:
    stray = event("late", 500, 3, "Add", "9")
    nodes = read_trace(trace(*run(0), *run(200), stray), 1)
    assert [len(n.times_ms) for n in nodes] == [1, 1, 1]


@pytest.mark.parametrize("text", [b"", b"[", b"{}x", b'[{"name": "model_run"}]', b"\xff"])
def test_what_is_no_trace_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(StudioError, match="form that is not known"):
        read_trace(text, 0)


def graph() -> Graph:
    """x -> conv -> clip -> (sigmoid, mul) -> y"""
    tensors = [Tensor(n) for n in ("x", "c", "clipped", "s", "y")]
    layers = [
        Layer(0, "Conv_0", "Conv", (0,), (1,)),
        Layer(1, "Clip_1", "Clip", (1,), (2,)),
        Layer(2, "Sigmoid_2", "Sigmoid", (2,), (3,)),
        Layer(3, "Mul_3", "Mul", (2, 3), (4,)),
    ]
    return Graph("onnx", "", layers, tensors, (0,), (4,))


@pytest.mark.parametrize(
    ("name", "kind", "origins"),
    [
        ("Conv_0", "Conv", ("Conv_0",)),
        ("clipped_nchwc", "Conv", ("Conv_0", "Clip_1")),
        ("c_nchwc", "Conv", ("Conv_0",)),
        ("Mul_3/QuickGeluFusion/", "QuickGelu", ("Sigmoid_2", "Mul_3")),
        ("s_nchwc", "Pool", ("Sigmoid_2",)),
        ("ReorderOutput_token_1", "ReorderOutput", ()),
    ],
)
def test_origins(name: str, kind: str, origins: tuple[str, ...]) -> None:
    assert NodeFinder(graph()).origins(TracedNode(name, kind)) == origins
