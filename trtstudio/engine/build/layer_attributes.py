"""The attributes of a network layer that are particular to its kind: strides, axes, operations
and the shapes of weights. For the thread that holds the network.
"""

import math
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from trtstudio.engine.logger import capture
from trtstudio.model.build.build import LogLine
from trtstudio.model.graph import Attribute


def read_attributes(module: ModuleType, layer: Any) -> dict[str, Attribute]:
    """The attributes that the layer's own class adds to ``ILayer``.

    Casts the layer in place, after which its ``type`` may mean another thing (that of an
    activation, for one).
    """
    own = _layer_class(module, layer.type.name)
    if own is None:
        return {}
    layer.__class__ = own
    attributes = {}
    for name, getter in vars(own).items():
        if isinstance(getter, property):
            value = _read(layer, name)
            if value is not None:
                attributes[name] = _plain(module, layer, name, value)
    return {name: value for name, value in attributes.items() if value is not None}


def _layer_class(module: ModuleType, layer_type: str) -> type | None:
    """``IMatrixMultiplyLayer`` for ``MATRIX_MULTIPLY``."""
    key = layer_type.replace("_", "").lower()
    classes = _layer_classes(module)
    return classes.get(key) or classes.get(f"if{key}")  # CONDITION is IIfConditional's, say


@cache
def _layer_classes(module: ModuleType) -> dict[str, type]:
    classes = (value for value in vars(module).values() if isinstance(value, type))
    return {
        c.__name__.removeprefix("I").removesuffix("Layer").lower(): c
        for c in classes
        if issubclass(c, module.ILayer) and c is not module.ILayer
    }


def _read(layer: Any, name: str) -> Any:
    """An attribute's value, or None where it does not apply: such getters log a complaint and
    answer nonsense, or raise.
    """
    complaints: list[LogLine] = []
    with capture(complaints.append):
        try:
            value = getattr(layer, name)
        except (RuntimeError, TypeError, ValueError):
            return None
    return None if complaints else value


def _plain(module: ModuleType, layer: Any, name: str, value: Any) -> Attribute:
    if name == "axes" and isinstance(value, int):  # a bit for each axis
        return [axis for axis in range(value.bit_length()) if value >> axis & 1]
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, module.Permutation):
        return _permutation(layer, value)
    if isinstance(value, (module.Weights, np.ndarray)):
        return _weights(layer, name, int(value.size))
    if isinstance(value, (module.Dims, tuple, list)):
        return _sequence(value)
    return getattr(value, "name", None) if hasattr(type(value), "__members__") else None


def _sequence(value: Any) -> Attribute:
    try:
        return [v if isinstance(v, (int, float)) else str(v) for v in value]
    except ValueError:  # dimensions of a negative rank: none were given
        return None


def _permutation(layer: Any, value: Any) -> Attribute:
    """A permutation always holds the most dimensions that TensorRT knows."""
    try:
        return list(value)[: len(layer.get_input(0).shape)]
    except ValueError:
        return None


def _weights(layer: Any, name: str, size: int) -> Attribute:
    """The shape of weights, which TensorRT holds flat."""
    if size == 0:
        return None
    if hasattr(layer, "shape"):
        return str(tuple(layer.shape))
    if name == "kernel":
        return str(_kernel_shape(layer, size))
    return f"({size},)"


def _kernel_shape(layer: Any, size: int) -> tuple[int, ...]:
    """``(64, 3, 7, 7)``: output maps, then inputs to each; of a deconvolution the other way
    round.
    """
    window = tuple(layer.kernel_size_nd)
    if type(layer).__name__ == "IDeconvolutionLayer":
        each = layer.num_output_maps // layer.num_groups
        return (size // (each * math.prod(window)), each, *window)
    maps = layer.num_output_maps
    return (maps, size // (maps * math.prod(window)), *window)
