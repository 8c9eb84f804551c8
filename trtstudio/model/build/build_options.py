"""The parts of a build request that most builds leave empty. Plain data."""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["verbose", "info", "warning", "error"]
Constraints = Literal["none", "prefer", "obey"]
CacheMode = Literal["update", "read"]


@dataclass(frozen=True, slots=True)
class NetworkEdits:
    """What is changed in the parsed network before it is built.

    ``outputs`` are tensors that become outputs, ``not_outputs`` outputs that are none any more,
    ``debug`` tensors whose values can be watched at run time, ``refittable`` the weights that can
    be replaced later where not all are to be, ``on_dla`` and ``on_gpu`` layers that run there
    whatever others do, of which ``on_gpu`` wins: names with ``*`` and ``?``. ``input_shapes``
    replaces declared shapes, -1 standing for a dynamic size; ``parser_flags`` are members of
    ``OnnxParserFlag`` to set.
    """

    outputs: tuple[str, ...] = ()
    not_outputs: tuple[str, ...] = ()
    debug: tuple[str, ...] = ()
    debug_unfused: bool = False
    input_shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    parser_flags: tuple[str, ...] = ()
    refittable: tuple[str, ...] = ()
    on_dla: tuple[str, ...] = ()
    on_gpu: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeakTyping:
    """TensorRT 10 alone: let it choose among these precisions (``FP16``, ``INT8`` ...) layer by
    layer.

    ``layer_precisions`` and ``output_types`` give a dtype (``float16``) to layers by name, with
    ``*`` and ``?``; later ones win. They are wishes as far as ``constraints`` says.
    """

    precisions: tuple[str, ...] = ()
    layer_precisions: dict[str, str] = field(default_factory=dict)
    output_types: dict[str, str] = field(default_factory=dict)
    constraints: Constraints = "none"


@dataclass(frozen=True, slots=True)
class TimingCache:
    """A file of measured kernels. ``update`` reads it where it exists and writes it after the
    build; ``read`` takes it as it is. ``combine`` are further files that are read into it.
    ``ignore_mismatch`` takes what another GPU or version measured.
    """

    path: str
    mode: CacheMode = "update"
    combine: tuple[str, ...] = ()
    ignore_mismatch: bool = False
