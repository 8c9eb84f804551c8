"""New weights for an engine that was built to take them. Plain data; any thread."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefitRequest:
    """Give the engine in ``plan`` the weights of the ONNX model and write it as ``output``, with
    its record; paths, ``output`` may be ``plan``. Answered by a ``RefitResult``.
    """

    plan: str
    model: str
    output: str


@dataclass(frozen=True, slots=True)
class RefitResult:
    """The plan that was written, and how many weights of the engine are now the model's."""

    plan: str
    plan_bytes: int
    sha256: str
    weights: int
    seconds: float
    warnings: tuple[str, ...] = ()
