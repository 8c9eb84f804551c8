"""Random inputs for models of every dtype."""

import numpy as np

from trtstudio.engine.measure.benchmark_inputs import random_inputs
from trtstudio.model.graph import Tensor


def test_random_inputs_are_small_and_always_the_same() -> None:
    tensors = [
        Tensor(dtype, dtype, (-1,), "input")
        for dtype in ("float32", "float16", "bfloat16", "int8", "int64", "uint8", "bool")
    ]
    shapes = {tensor.name: (1000,) for tensor in tensors}
    first, second = random_inputs(tensors, shapes), random_inputs(tensors, shapes)
    for name, values in first.items():
        assert values.dtype.name == name
        np.testing.assert_array_equal(values, second[name])
        numbers = values.astype(np.float64)
        assert numbers.max() <= 1
        assert numbers.min() >= (-1 if "float" in name else 0)
        assert numbers.std() > 0.4
