"""What is found in a model and what it costs. Safe in any thread; but for 100,000 layers it takes
ten seconds of Python, so for large models the window asks an engine process.
"""

from dataclasses import dataclass
from pathlib import Path

from trtstudio.model.costs import Costs, cost, dimension_names
from trtstudio.model.errors import StudioError
from trtstudio.model.finding import Finding
from trtstudio.model.findings import find
from trtstudio.model.graph import Graph
from trtstudio.model.onnx_file import read_onnx
from trtstudio.model.shapes import with_shapes


@dataclass(frozen=True, slots=True)
class InsightRequest:
    """Look at this ONNX file, at its shapes too where they are ``inferred``, and at its other
    readings; ``refusal`` has the message, the hint and the details with which TensorRT refused it.
    Answered by an ``Insight``.
    """

    path: str
    inferred: bool = False
    network: Graph | None = None
    engine: Graph | None = None
    refusal: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Insight:
    """What was found. Only an ONNX graph has costs, for 1 in each of its ``dimensions``."""

    findings: tuple[Finding, ...]
    costs: Costs | None
    dimensions: tuple[str, ...] = ()


def look(
    path: Path,
    onnx: Graph | None,
    network: Graph | None = None,
    engine: Graph | None = None,
    refusal: StudioError | None = None,
) -> Insight:
    """Look at the readings of a file, as far as there are. Raises StudioError where the file cannot
    be read any more.
    """
    main = onnx or network or engine
    if main is None:
        return Insight((), None)
    own = path if onnx is not None else None
    found = find(main, network=network, engine=engine, path=own, refusal=refusal)
    if onnx is None:
        return Insight(found, None)
    return Insight(found, cost(onnx), dimension_names(onnx))


def look_at_file(request: InsightRequest) -> Insight:
    """The same, where only the file is at hand. Raises StudioError."""
    path, refusal = Path(request.path), None
    if request.refusal is not None:
        message, hint, details = request.refusal
        refusal = StudioError(message, hint=hint, details=details)
    onnx = read_onnx(path)
    if request.inferred:
        onnx = with_shapes(path, onnx)
    return look(path, onnx, request.network, request.engine, refusal)
