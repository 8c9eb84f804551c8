"""What is asked of an engine process besides builds and runs. Plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """What is installed here? Answered by an ``Installation``."""


@dataclass(frozen=True, slots=True)
class NetworkRequest:
    """Parse this ONNX file with TensorRT. Answered by a ``Graph`` whose view is ``network``."""

    path: str


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """Read the layers of this plan with TensorRT's inspector, which takes a GPU. Answered by a
    ``Graph`` whose view is ``engine``.
    """

    path: str


@dataclass(frozen=True, slots=True)
class UnloadRequest:
    """Free a loaded model. Answered by None."""

    session: int
