"""Reads an ONNX file as a graph; weights stay in the file, so 600 MB open like 1 MB.

Safe in any thread.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.graph import GraphReader
from trtstudio.model.onnx.outline import Outline, open_onnx, read_outline
from trtstudio.model.onnx.tensor import external_file
from trtstudio.model.onnx.wire import text

_MISSING = "missing_external_data"


def read_onnx(path: Path) -> Graph:
    """The graph in the file.

    Raises StudioError for what is no ONNX model, is damaged, or keeps weights outside its own
    folder. Weights missing from its folder are no error here, see ``require_external_data``.
    """
    with open_onnx(path) as source:
        outline = read_outline(path.name, source)
        reader = GraphReader(source)
        graph = reader.read(outline.graphs)
        if not graph.layers and not graph.outputs:
            raise content.not_a_model(path.name, "Its ONNX graph has neither nodes nor outputs.")
        properties, metadata = _header(outline, reader)
        properties |= _external(path, reader.weights.external)
    return replace(graph, properties=graph.properties | properties, metadata=metadata)


def require_external_data(path: Path) -> None:
    """Raise StudioError where weights that the model keeps in other files are not all there."""
    missing = read_onnx(path).properties.get(_MISSING)
    if missing:
        raise StudioError(
            f"{path.name} keeps weights in {missing}, which is missing or too short.",
            hint=f"Put it beside the model, in {path.parent}.",
        )


def external_files(path: Path) -> tuple[Path, ...]:
    """The files beside the model that it keeps weights in, in the order of their names. Raises
    StudioError as ``read_onnx``.
    """
    with open_onnx(path) as source:
        reader = GraphReader(source)
        reader.read(read_outline(path.name, source).graphs)
    names = {*reader.weights.external, *reader.constants.external}
    return tuple(external_file(path, name) for name in sorted(names))


def _header(outline: Outline, reader: GraphReader) -> tuple[dict[str, str], dict[str, str]]:
    """The model's properties (those that it states) and its author's metadata."""
    import onnx

    model = onnx.ModelProto.FromString(outline.header)
    opsets = [(text(o.domain) or "ai.onnx", o.version) for o in model.opset_import]
    stated = {
        "ir_version": str(model.ir_version),
        "opset": _opset_words(opsets),
        "producer": f"{text(model.producer_name)} {text(model.producer_version)}".strip(),
        "domain": text(model.domain),
        "model_version": str(model.model_version or ""),
        "doc": text(model.doc_string),
        "functions": ", ".join(outline.functions),
        "weights": str(reader.weights.count),
        "weight_bytes": str(reader.weights.size_bytes),
        "constants": str(reader.constants.count or ""),
        "constant_bytes": str(reader.constants.size_bytes or ""),
    }
    metadata = {text(p.key): text(p.value) for p in model.metadata_props}
    return {key: value for key, value in stated.items() if value}, metadata


def _external(path: Path, needed: Mapping[str, int]) -> dict[str, str]:
    """The files beside the model that weights are in, and which of those are not whole."""
    missing = [name for name, size in needed.items() if _size(external_file(path, name)) < size]
    stated = {"external_data": ", ".join(needed), _MISSING: ", ".join(missing)}
    return {key: value for key, value in stated.items() if value}


def _size(path: Path) -> int:
    """The size in bytes, -1 where there is no such file."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except (OSError, ValueError):
        return -1


def _opset_words(opsets: list[tuple[str, int]]) -> str:
    """``17``; ``ai.onnx 17, com.microsoft 1`` where there is more than the standard one."""
    if len(opsets) == 1 and opsets[0][0] == "ai.onnx":
        return str(opsets[0][1])
    return ", ".join(f"{domain} {version}" for domain, version in opsets)
