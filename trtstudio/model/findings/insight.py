"""What is found in a model and what it costs. Safe in any thread; but for 100,000 layers it takes
ten seconds of Python, so for large models the window asks an engine process.
"""

from dataclasses import dataclass, field
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding
from trtstudio.model.findings.findings import find
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.costs import Costs, cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.shapes import with_shapes
from trtstudio.model.onnx.sized_shapes import Sizes, usual_sizes, with_sizes


@dataclass(frozen=True, slots=True)
class InsightRequest:
    """Look at this ONNX file, at its shapes too where they are ``inferred``, at the values of its
    ``weights``, and at its other readings; ``refusal`` has the message, the hint and the details
    with which TensorRT refused it. Answered by an ``Insight``.
    """

    path: str
    inferred: bool = False
    weights: bool = False
    network: Graph | None = None
    engine: Graph | None = None
    refusal: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Insight:
    """What was found, in the values of the weights too where these were read. Only an ONNX graph
    has costs, for these ``sizes`` of its inputs' dynamic dimensions.
    """

    findings: tuple[Finding, ...]
    costs: Costs | None
    sizes: dict[str, int] = field(default_factory=dict)
    has_read_weights: bool = False


def look(
    path: Path,
    onnx: Graph | None,
    network: Graph | None = None,
    engine: Graph | None = None,
    refusal: StudioError | None = None,
    weights: bool = False,
) -> Insight:
    """Look at the readings of a file, as far as there are, and at the values of its ``weights``.
    Raises StudioError where the file cannot be read any more.
    """
    main = onnx or network or engine
    if main is None:
        return Insight((), None)
    own = path if onnx is not None else None
    found = find(
        main, network=network, engine=engine, path=own, refusal=refusal, reads_weights=weights
    )
    if onnx is None:
        return Insight(found, None)
    sizes = usual_sizes(onnx)
    return Insight(found, cost_of_file(path, onnx, sizes), sizes, weights)


def cost_of_file(path: Path, onnx: Graph, sizes: Sizes) -> Costs:
    """What the layers of the ONNX file at ``path`` cost for these sizes; where onnx does not take
    them, as far as the shapes in the file tell.
    """
    try:
        return cost(with_sizes(path, onnx, sizes), sizes)
    except StudioError:
        return cost(onnx, sizes)


def look_at_file(request: InsightRequest) -> Insight:
    """The same, where only the file is at hand. Raises StudioError."""
    path, refusal = Path(request.path), None
    if request.refusal is not None:
        message, hint, details = request.refusal
        refusal = StudioError(message, hint=hint, details=details)
    onnx = read_onnx(path)
    if request.inferred:
        onnx = with_shapes(path, onnx)
    return look(path, onnx, request.network, request.engine, refusal, request.weights)
