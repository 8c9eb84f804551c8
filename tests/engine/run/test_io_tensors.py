"""The inputs and outputs of an engine that Python stands in for."""

from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.engine.run.io_tensors import best_shapes, io_tensors
from trtstudio.model.errors import StudioError


class Engine:
    """``x`` [?, 3] and ``size`` [2], whose values decide about the shape of ``y``."""

    num_io_tensors = 3
    num_optimization_profiles = 1

    def __init__(self, layout: str = "LINEAR", dtype: str = "FLOAT") -> None:
        self.layout, self.dtype = layout, dtype

    def get_tensor_name(self, index: int) -> str:
        return ("x", "size", "y")[index]

    def get_tensor_format(self, name: str) -> Any:
        return SimpleNamespace(name=self.layout if name == "x" else "LINEAR")

    def get_tensor_dtype(self, name: str) -> Any:
        return SimpleNamespace(name="INT64" if name == "size" else self.dtype)

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        return {"x": (-1, 3), "size": (2,), "y": (-1, -1)}[name]

    def get_tensor_mode(self, name: str) -> Any:
        return SimpleNamespace(name="OUTPUT" if name == "y" else "INPUT")

    def get_tensor_location(self, name: str) -> Any:
        return SimpleNamespace(name="HOST" if name == "size" else "DEVICE")

    def is_shape_inference_io(self, name: str) -> bool:
        return name == "size"

    def get_tensor_profile_shape(self, name: str, _profile: int) -> list[tuple[int, int]]:
        assert name == "x"
        return [(1, 3), (2, 3), (4, 3)]

    def get_tensor_profile_values(self, _profile: int, name: str) -> list[list[int]]:
        assert name == "size"
        return [[5, 5], [7, 7], [9, 9]]


def test_inputs_outputs_and_their_best_shapes() -> None:
    inputs, outputs = io_tensors(Engine())
    assert [(t.name, t.dtype, t.shape, t.location) for t in (*inputs, *outputs)] == [
        ("x", "float32", (-1, 3), "DEVICE"),
        ("size", "int64", (2,), "HOST"),
        ("y", "float32", (-1, -1), "DEVICE"),
    ]
    assert best_shapes(Engine(), inputs) == {"x": (2, 3), "size": (2,)}


@pytest.mark.parametrize(
    ("layout", "dtype", "words", "hint"),
    [
        ("CHW32", "INT8", "memory layout CHW32", "--inputIOFormats"),
        ("LINEAR", "INT4", "int4, of which several", "8 bits"),
    ],
)
def test_what_no_array_looks_like_is_refused(
    layout: str, dtype: str, words: str, hint: str
) -> None:
    with pytest.raises(StudioError, match=f'The tensor "x" .*{words}') as caught:
        io_tensors(Engine(layout, dtype))
    assert hint in caught.value.hint
