"""What an expert would point at in a model. Safe in any thread; may read the ONNX file."""

from collections.abc import Iterator
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.findings import engine_findings, flow_findings, onnx_findings
from trtstudio.model.findings.finding import Finding
from trtstudio.model.findings.flow_findings import Flow
from trtstudio.model.findings.weight_findings import odd_weight_findings
from trtstudio.model.graph import Graph

_ORDER = {"error": 0, "warning": 1, "info": 2}


def find(
    graph: Graph,
    *,
    network: Graph | None = None,
    engine: Graph | None = None,
    path: Path | None = None,
    refusal: StudioError | None = None,
    reads_weights: bool = False,
) -> tuple[Finding, ...]:
    """Everything found in ``graph`` and in the other readings of the same model, gravest first.

    ``graph`` may be any reading; ``path`` is the ONNX file that it is of, and ``refusal`` why
    TensorRT cannot parse that. What the readings at hand cannot tell is not looked for; the values
    of the weights only with ``reads_weights``, for that reads all of the file. Raises StudioError
    where the file cannot be read any more.
    """
    readings = {"network": network, "engine": engine, graph.view: graph}
    onnx = readings.get("onnx")
    found = [*_find(onnx, readings["network"], readings["engine"], path, refusal)]
    if reads_weights and onnx is not None and path is not None:
        found += odd_weight_findings(onnx, path)
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def _find(
    onnx: Graph | None,
    network: Graph | None,
    engine: Graph | None,
    path: Path | None,
    refusal: StudioError | None,
) -> Iterator[Finding]:
    """Each finder, where there is what it looks at."""
    if onnx is not None:
        flow = Flow(onnx)
        for find_in_onnx in onnx_findings.FINDERS:
            yield from find_in_onnx(onnx)
        for find_in_flow in flow_findings.FINDERS:
            yield from find_in_flow(flow)
    if onnx is not None and path is not None:
        yield from onnx_findings.weights_as_inputs(onnx, path)
    if onnx is not None and refusal is not None:
        yield from onnx_findings.refused_by_tensorrt(onnx, refusal)
    for reading in (network, engine):
        if reading is not None:
            yield from engine_findings.float32_islands(reading)
    if engine is not None:
        for find_in_engine in engine_findings.FINDERS:
            yield from find_in_engine(engine)
    if onnx is not None and engine is not None:
        for find_between in engine_findings.FINDERS_WITH_ONNX:
            yield from find_between(onnx, engine)
