"""Which precision an engine computes in."""

import pytest

from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.plan.engine_table import read_build_log_table
from trtstudio.model.statistics import missing_precision, precision_mix


def test_counts_the_layers_of_a_real_engine(build_logs: dict[str, str]) -> None:
    # Counted by hand: of its ten layers one has no tensors.
    mix = precision_mix(read_build_log_table(build_logs["1.7"]))
    assert mix == pytest.approx({"float16": 4 / 9, "float32": 3 / 9, "int8": 2 / 9})
    assert next(iter(mix)) == "float16"


def test_takes_the_first_data_input_then_the_output() -> None:
    tensors = [
        Tensor("ids", "int64"),
        Tensor("weight", "int8", role="weight"),
        Tensor("data", "bfloat16"),
        Tensor("out", "float32"),
    ]
    layers = [
        Layer(0, "gather", "kgen", (0, 1, 2), (3,)),
        Layer(1, "shape", "kgen", (0,), (0,)),
        Layer(2, "dequantize", "kgen", (1,), (3,)),
        Layer(3, "wait", "wait", (None,), ()),
    ]
    mix = precision_mix(Graph("engine", "", layers, tensors, (), ()))
    assert mix == pytest.approx({"bfloat16": 1 / 3, "int64": 1 / 3, "float32": 1 / 3})


def test_nothing_counts_in_an_engine_of_names() -> None:
    layers = [Layer(0, "conv", "", (), ())]
    assert precision_mix(Graph("engine", "", layers, [], (), ())) == {}


@pytest.mark.parametrize(
    ("precision", "mix", "is_missing"),
    [
        ("fp16", {"float32": 1.0}, True),
        ("bf16", {"float16": 0.9, "float32": 0.1}, True),
        ("int8", {"float16": 1.0}, True),
        ("int8", {"float16": 0.9, "int8": 0.1}, False),
        ("keep", {"float32": 1.0}, False),
        ("fp16", {}, False),
    ],
)
def test_an_engine_is_never_called_what_it_is_not(
    precision: str, mix: dict[str, float], is_missing: bool
) -> None:
    warnings = missing_precision(precision, mix)
    assert bool(warnings) == is_missing
    assert all(precision.upper() in text for text in warnings)
