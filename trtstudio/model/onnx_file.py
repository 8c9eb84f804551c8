"""Reads an ONNX file as a graph; weights stay in the file, so 600 MB open like 1 MB.

Safe in any thread.
"""

from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Attribute, Dim, Graph, Layer, Role, Tensor
from trtstudio.model.onnx_attributes import read_node, text
from trtstudio.model.onnx_outline import Initializer, Outline, open_onnx
from trtstudio.model.wire import Buffer, Malformed, Span

if TYPE_CHECKING:
    import onnx

_Info = tuple[str, tuple[Dim, ...] | None]


def read_onnx(path: Path) -> Graph:
    """The graph in the file.

    Raises StudioError for what is no ONNX model, is damaged, or keeps weights outside its own
    folder. Weights missing from its folder are no error here, see ``require_external_data``.
    """
    from google.protobuf.message import DecodeError

    with open_onnx(path) as (buffer, outline):
        missing = _missing(path, outline)
        try:
            return _graph(buffer, outline, missing)
        except DecodeError as error:
            raise Malformed(str(error)) from error


def require_external_data(path: Path) -> None:
    """Raise StudioError where weights that the model keeps in other files are not all there."""
    with open_onnx(path) as (_, outline):
        missing = _missing(path, outline)
    if missing:
        raise StudioError(
            f"{path.name} keeps weights in {', '.join(missing)}, which is missing or too short.",
            hint=f"Put it beside the model, in {path.parent}.",
        )


def _missing(path: Path, outline: Outline) -> list[str]:
    """The external data files that are not there or end too early."""
    needed: dict[str, int] = {}
    for weight in outline.initializers:
        if weight.external:
            location, end = _external_extent(path, weight)
            needed[location] = max(needed.get(location, 0), end)
    return [location for location, end in needed.items() if _size(path.parent / location) < end]


def _external_extent(path: Path, weight: Initializer) -> tuple[str, int]:
    """The file that a weight is in, and where in it the weight ends."""
    location = weight.external.get("location", "")
    windows = PureWindowsPath(location)
    outside = windows.anchor or ".." in windows.parts
    if outside or not location:
        raise StudioError(
            f"{path.name} keeps weights in {location!r}, which is outside its own folder.",
            hint="Such a model is not opened; export it again with its weights beside it.",
        )
    try:
        offset = int(weight.external.get("offset") or 0)
        length = int(weight.external.get("length") or weight.size_bytes)
    except ValueError as error:
        raise Malformed(f"external data of {weight.name!r}: {error}") from error
    return location, max(offset, 0) + max(length, 0)


def _size(path: Path) -> int:
    """The size in bytes, -1 where there is no such file."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except (OSError, ValueError):
        return -1


class _Tensors:
    """Every distinct name once, in the order first met."""

    def __init__(self, infos: dict[str, _Info], roles: dict[str, Role]) -> None:
        self._infos, self._roles = infos, roles
        self._positions: dict[str, int] = {}
        self.all: list[Tensor] = []

    def positions(self, names: Iterable[str | bytes]) -> tuple[int | None, ...]:
        return tuple(self.position(text(name)) if name else None for name in names)

    def position(self, name: str) -> int:
        if name not in self._positions:
            self._positions[name] = len(self.all)
            dtype, shape = self._infos.get(name, ("", None))
            self.all.append(Tensor(name, dtype, shape, self._roles.get(name, "internal")))
        return self._positions[name]


def _graph(buffer: Buffer, outline: Outline, missing: list[str]) -> Graph:
    values = dict(_infos(buffer, outline.values))
    outputs = dict(_infos(buffer, outline.outputs))
    inputs = dict(_infos(buffer, outline.inputs))
    weights: dict[str, _Info] = {w.name: (w.dtype, w.shape) for w in outline.initializers}
    fed = [name for name in inputs if name not in weights]
    roles: dict[str, Role] = dict.fromkeys(outputs, "output")
    roles.update(dict.fromkeys(fed, "input"))
    roles.update(dict.fromkeys(weights, "weight"))
    tensors = _Tensors(values | outputs | inputs | weights, roles)
    graph_inputs = tuple(tensors.position(name) for name in fed)
    layers = [_layer(index, buffer, span, tensors) for index, span in enumerate(outline.nodes)]
    graph_outputs = tuple(tensors.position(name) for name in outputs)
    for name in weights:
        tensors.position(name)
    properties, metadata = _header(outline, missing)
    return Graph(
        view="onnx",
        name=outline.name,
        layers=layers,
        tensors=tensors.all,
        inputs=graph_inputs,
        outputs=graph_outputs,
        properties=properties,
        metadata=metadata,
    )


def _layer(index: int, buffer: Buffer, span: Span, tensors: _Tensors) -> Layer:
    node, values = read_node(buffer, span)
    domain = text(node.domain)
    attributes: dict[str, Attribute] = {"domain": domain} if domain not in ("", "ai.onnx") else {}
    # TensorRT's parser names a node without a name in this way, so that links to its layers hold.
    unnamed = f"node_of_{text(node.output[0])}" if node.output else text(node.op_type)
    name = text(node.name) or unnamed
    return Layer(
        index=index,
        name=name,
        type=text(node.op_type),
        inputs=tensors.positions(node.input),
        outputs=tensors.positions(node.output),
        attributes=attributes | values,
        origins=(name,),
    )


def _infos(buffer: Buffer, spans: list[Span]) -> Iterable[tuple[str, _Info]]:
    """Name, dtype and shape of every ValueInfoProto."""
    import onnx

    for span in spans:
        value = onnx.ValueInfoProto.FromString(buffer[span.start : span.end])
        yield text(value.name), _info(value.type)


def _info(kind: "onnx.TypeProto") -> _Info:
    """A tensor's dtype and shape; neither is known of a sequence, a map or an optional."""
    which = kind.WhichOneof("value")
    if which not in ("tensor_type", "sparse_tensor_type"):
        return "", None
    tensor = getattr(kind, which)
    shape = tuple(_dim(d) for d in tensor.shape.dim) if tensor.HasField("shape") else None
    return dtypes.ONNX.get(tensor.elem_type, ""), shape


def _dim(dim: "onnx.TensorShapeProto.Dimension") -> Dim:
    if dim.HasField("dim_value") and dim.dim_value >= 0:
        return int(dim.dim_value)
    return text(dim.dim_param) or -1


def _header(outline: Outline, missing: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The model's properties (those that it states) and its author's metadata."""
    import onnx

    model = onnx.ModelProto.FromString(outline.header)
    opsets = [(text(o.domain) or "ai.onnx", o.version) for o in model.opset_import]
    files = {w.external["location"]: None for w in outline.initializers if w.external}
    stated = {
        "ir_version": str(model.ir_version),
        "opset": _opset_words(opsets),
        "producer": f"{text(model.producer_name)} {text(model.producer_version)}".strip(),
        "domain": text(model.domain),
        "model_version": str(model.model_version or ""),
        "doc": text(model.doc_string) or outline.doc,
        "functions": str(outline.functions or ""),
        "weights": str(len(outline.initializers)),
        "weight_bytes": str(sum(w.size_bytes for w in outline.initializers)),
        "external_data": ", ".join(files),
        "missing_external_data": ", ".join(missing),
    }
    metadata = {text(p.key): text(p.value) for p in model.metadata_props}
    return {key: value for key, value in stated.items() if value}, metadata


def _opset_words(opsets: list[tuple[str, int]]) -> str:
    """``17``; ``ai.onnx 17, com.microsoft 1`` where there is more than the standard one."""
    if len(opsets) == 1 and opsets[0][0] == "ai.onnx":
        return str(opsets[0][1])
    return ", ".join(f"{domain} {version}" for domain, version in opsets)
