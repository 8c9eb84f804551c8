"""How a sweep comes by a model in several precisions. Plain data; any thread."""

from dataclasses import dataclass, field

from trtstudio.model.build.build import Shape
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.run import RuntimeChoice


@dataclass(frozen=True, slots=True)
class Precisions:
    """Of which ONNX ``model`` they are made, by default the one that is loaded or that the loaded
    plan was built from, and how it is converted.

    ``runtime`` says what runs them: plans that are built into ``folder``, by default beside the
    model, or converted models in ONNX Runtime, which are not kept; ``auto`` takes what runs the
    loaded one. ``input_shapes`` are those of a ``LoadRequest``.
    """

    model: str = ""
    folder: str = ""
    runtime: RuntimeChoice = "auto"
    conversion: Conversion = field(default_factory=Conversion)
    input_shapes: dict[str, Shape] = field(default_factory=dict)
