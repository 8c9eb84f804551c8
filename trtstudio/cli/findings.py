"""``trtstudio inspect --findings``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trtstudio.cli.output import say
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding
from trtstudio.model.findings.findings import find
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, View
from trtstudio.model.model_hash import is_same_model, model_sha256
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.plan.record import BuildRecord

_FEW = 3

Readings = Mapping[View, Graph]


def find_in_file(model: ModelFile, graph: Graph | None) -> tuple[tuple[Finding, ...], Readings]:
    """What is found in the file, of which ``graph`` has been read, and the readings that it is
    found in. Of a plan built here that is also the ONNX model, where it is still as it was.
    """
    readings: dict[View, Graph] = {graph.view: graph} if graph else {}
    path, refusal = model.path, None
    if model.record is not None:
        path = Path(model.record.request.model)
        readings |= _model_behind(path, model.record)
    elif model.format == "onnx" and model.graph is not None:
        readings["onnx"] = model.graph
        if "network" not in readings and _can_parse(model.graph):
            try:
                readings["network"] = _read_network(path)
            except StudioError as error:
                refusal = error
    if not readings:
        return (), {}
    others = {"network": readings.get("network"), "engine": readings.get("engine")}
    main = readings.get("onnx") or next(iter(readings.values()))
    return find(main, **others, path=path, refusal=refusal, reads_weights=True), readings


def _model_behind(path: Path, record: BuildRecord) -> Readings:
    """The ONNX model that a plan was built from, if it is there and has not changed."""
    try:
        if is_same_model(model_sha256(path), record.model_sha256):
            return {"onnx": read_onnx(path)}
    except StudioError:
        pass
    say(f"{path}, which it was built from, is not there or has changed; only the plan is told.")
    return {}


def _can_parse(graph: Graph) -> bool:
    """Whether parsing would tell about the model, and not about what is missing here."""
    from trtstudio.engine.build.option_list import is_rtx
    from trtstudio.engine.runtime import has_gpu, load

    if graph.properties.get("missing_external_data"):
        return False
    try:
        return is_rtx(load()) or has_gpu()
    except StudioError as error:
        say(f"What TensorRT says of the model is not told: {error.message}")
        return False


def _read_network(path: Path) -> Graph:
    from trtstudio.engine.build.network import read_network

    return read_network(path)


def findings_json(findings: Sequence[Finding], readings: Readings) -> list[dict[str, Any]]:
    """The findings with the names of the layers and tensors that they are about."""
    return [
        {
            "severity": finding.severity,
            "title": finding.title,
            "why": finding.why,
            "view": finding.view,
            "layers": [readings[finding.view].layers[p].name for p in finding.layers],
            "tensors": [readings[finding.view].tensors[p].name for p in finding.tensors],
        }
        for finding in findings
    ]


def findings_text(findings: Sequence[Finding], readings: Readings) -> str:
    """Each with its reason and the first of those that it is about."""
    if not findings:
        return "Nothing was found."
    return "\n\n".join("\n".join(_lines(f)) for f in findings_json(findings, readings))


def _lines(finding: Mapping[str, Any]) -> Iterator[str]:
    yield f"{finding['severity']}: {finding['title']}"
    yield f"  {finding['why']}"
    names = [*finding["layers"], *finding["tensors"]]
    if names:
        more = len(names) - _FEW
        yield f"  {', '.join(names[:_FEW])}" + (f" and {more} more" if more > 0 else "")
