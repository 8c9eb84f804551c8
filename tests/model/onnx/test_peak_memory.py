"""What lives at once in a graph, against a simulation that keeps real arrays."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.onnx.peak_memory import peak, sizes_of, tensor_bytes


def chain(sizes: list[int]) -> Graph:
    """x -> ... -> y, each layer reading the one before."""
    tensors = [Tensor(f"t{i}", "float32", ("N", size)) for i, size in enumerate(sizes)]
    layers = [Layer(i, f"l{i}", "Relu", (i,), (i + 1,)) for i in range(len(sizes) - 1)]
    return Graph("onnx", "", layers, tensors, (0,), (len(sizes) - 1,))


def test_of_a_chain_two_neighbours_live_at_once() -> None:
    # The input and the output are not counted: t1, then t1 and t2, then t2 and t3.
    found = peak(chain([100, 10, 20, 5, 100]), {"N": 2})
    assert (found.bytes, found.unknown) == (30 * 2 * 4, 0)


def test_what_is_read_again_later_stays() -> None:
    tensors = [
        Tensor(n, "int8", (s,)) for n, s in (("x", 1), ("a", 8), ("b", 4), ("c", 2), ("y", 9))
    ]
    layers = [
        Layer(0, "a", "A", (0,), (1,)),
        Layer(1, "b", "B", (1,), (2,)),
        Layer(2, "c", "C", (2,), (3,)),
        Layer(3, "y", "Y", (3, 1), (4,)),
    ]
    graph = Graph("onnx", "", layers, tensors, (0,), (4,))
    assert peak(graph, {}).bytes == 8 + 4 + 2


def test_what_nobody_knows_is_counted_as_such() -> None:
    graph = chain([1, 2, 3, 4])
    assert peak(graph, {}).unknown == 2
    assert peak(graph, {}).bytes == 0


def test_sizes_are_those_of_the_given_shapes() -> None:
    inputs = [Tensor("x", "float32", ("N", 3, -1)), Tensor("m", "bool", ("N", "T"))]
    shapes = {"x": (4, 3, 7), "m": (4, 9)}
    assert sizes_of(inputs, shapes) == {"N": 4, "T": 9}
    assert sizes_of(inputs, {}) == {}


@pytest.mark.parametrize(
    ("tensor", "size"),
    [
        (Tensor("", "float32", ()), 4),
        (Tensor("", "int4", (3, 3)), 5),
        (Tensor("", "bool", (7,)), 7),
        (Tensor("", "bfloat16", ("N", 3)), 12),
        (Tensor("", "float32", (0, 5)), 0),
        (Tensor("", "float32", (-1,)), None),
        (Tensor("", "float32", ("M",)), None),
        (Tensor("", "float32", None), None),
        (Tensor("", "string", (2,)), None),
    ],
)
def test_bytes_of_a_tensor(tensor: Tensor, size: int | None) -> None:
    assert tensor_bytes(tensor, {"N": 2}) == size


@given(st.integers(0, 10_000))
def test_as_a_run_that_really_frees_arrays(seed: int) -> None:
    rng = random.Random(seed)
    count = rng.randint(2, 9)
    tensors = [Tensor(f"t{i}", "uint8", (rng.randint(0, 50),)) for i in range(count)]
    layers = [
        Layer(i - 1, f"l{i}", "F", tuple(rng.choices(range(i), k=rng.randint(1, 3))), (i,))
        for i in range(1, count)
    ]
    graph = Graph("onnx", "", layers, tensors, (0,), (count - 1,))
    arrays: dict[int, np.ndarray] = {}
    most = 0
    for at, layer in enumerate(layers):
        (made,) = layer.outputs
        arrays[made] = np.zeros(tensors[made].shape, np.uint8)
        most = max(most, sum(a.nbytes for i, a in arrays.items() if i != count - 1))
        needed = {i for later in layers[at + 1 :] for i in later.inputs}
        arrays = {i: a for i, a in arrays.items() if i in needed or i == count - 1}
    assert peak(graph, {}).bytes == most
