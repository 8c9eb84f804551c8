"""What the property panel says of a file as a whole. Main thread only."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.document import Document
from trtstudio.gui.parts.property_list import (
    FileLink,
    PropertyList,
    Row,
    Section,
    Value,
    row,
    tensor_row,
    values_row,
)
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Graph, Profile, Tensor, format_shape
from trtstudio.model.history import local_time
from trtstudio.model.onnx.shapes import INFERRED
from trtstudio.model.plan.file import PlanHeader
from trtstudio.model.plan.record import BuildRecord
from trtstudio.model.quantities import format_bytes, format_percent


def file_properties(document: Document) -> PropertyList:
    """The file, its model or plan, inputs and outputs, and what its author wrote into it."""
    file, graph = document.file, document.graph
    sections = [Section("", _file_rows(document))]
    if file.header is not None:
        sections.append(Section(_tr("Plan"), _header_rows(file.header)))
    if file.record is not None:
        sections.append(Section(_tr("Build"), _record_rows(file.record)))
    if graph is not None:
        title = _tr("Model") if file.format == "onnx" else _tr("Engine")
        sections.append(Section(title, _graph_rows(document, graph)))
        sections += _ends(graph)
    metadata = tuple(row(key, value) for key, value in file.metadata.items())
    sections.append(Section(_tr("Metadata"), metadata))
    kind = _tr("ONNX model") if file.format == "onnx" else _tr("TensorRT plan")
    return PropertyList(kind, file.title, tuple(s for s in sections if s.rows))


def _file_rows(document: Document) -> tuple[Row, ...]:
    file = document.file
    sizes = [Value(format_bytes(file.size_bytes))]
    if file.size_bytes >= 1000:  # else that is the same again
        exact = _tr("{count:,} bytes").format(count=file.size_bytes)
        sizes.append(Value(exact, "muted"))
    rows = [
        values_row(_tr("Path"), Value(str(file.path), is_path=True)),
        values_row(_tr("Size"), *sizes),
    ]
    if document.plan is not None and document.plan != file.path:
        rows.append(values_row(_tr("Built plan"), Value(str(document.plan), is_path=True)))
    rows += [row(_tr("Warning"), core_text(text), "warning") for text in file.warnings]
    return tuple(rows)


def _header_rows(header: PlanHeader) -> tuple[Row, ...]:
    rows = [row(_tr("Built by"), header.label)]
    if header.targets:
        rows.append(row(_tr("For GPUs"), ", ".join(header.targets)))
    if header.cuda_version:
        rows.append(row(_tr("CUDA"), header.cuda_version))
    if header.weight_bytes:
        rows.append(row(_tr("Weights"), format_bytes(header.weight_bytes)))
    if header.is_truncated:
        words = _tr("The file ends at {actual} of {stated}.")
        text = words.format(
            actual=format_bytes(header.actual_bytes), stated=format_bytes(header.stated_bytes)
        )
        rows.append(row(_tr("Cut off"), text, "error"))
    return tuple(rows)


def _record_rows(record: BuildRecord) -> tuple[Row, ...]:
    request, result = record.request, record.result
    rows = [
        values_row(
            _tr("From"),
            Value(request.model, is_path=True),
            Value(_tr("Open the model"), link=FileLink(request.model)),
        ),
        row(_tr("Built"), local_time(record.built_at) if record.built_at else ""),
        row(_tr("Took"), _tr("{seconds:.1f} s").format(seconds=result.build_seconds)),
    ]
    if result.precision:
        shares = (
            Value(f"{format_percent(share)} {dtype}") for dtype, share in result.precision.items()
        )
        rows.append(values_row(_tr("Precision"), *shares))
    if request.precision != "keep":
        rows.append(row(_tr("Converted to"), request.precision))
    if request.flags:
        rows.append(row(_tr("Flags"), ", ".join(request.flags)))
    return (*rows, row("SHA-256", result.sha256))


def _graph_rows(document: Document, graph: Graph) -> tuple[Row, ...]:
    rows = [row(_tr("Layers"), f"{len(graph.layers):,}")]
    for key, value in graph.properties.items():
        if key == "weight_bytes":
            rows.append(row(_tr("Weight size"), format_bytes(int(value))))
        elif key == "constant_bytes":
            rows.append(row(_tr("Constant size"), format_bytes(int(value))))
        elif key == "missing_external_data":
            rows.append(row(_tr("Missing data"), value, "error"))
        else:
            rows.append(row(_name(key), value))
    if (problem := document.readings[graph.view].problem) is not None:
        rows.append(row(_tr("Shapes"), problem.message, "muted"))
    return tuple(rows)


def range_lines(profiles: Sequence[Profile], name: str) -> Iterator[tuple[Value, ...]]:
    """The smallest, best and largest shape of an input in each profile, or its values."""
    bounds = (("min", _tr("min")), ("opt", _tr("opt")), ("max", _tr("max")))
    for index, profile in enumerate(profiles):
        if name in profile:
            if len(profiles) > 1:
                yield (Value(_tr("profile {index}").format(index=index)),)
            for bound, word in bounds:
                sizes = getattr(profile[name], bound)
                shown = ", ".join(map(str, sizes)) if profile[name].values else format_shape(sizes)
                yield Value(word, "muted"), Value(shown)


def _ends(graph: Graph) -> tuple[Section, Section]:
    inputs, outputs = (
        tuple(_end_row(str(i), graph, position) for i, position in enumerate(ends))
        for ends in (graph.inputs, graph.outputs)
    )
    return Section(_tr("Inputs"), inputs), Section(_tr("Outputs"), outputs)


def _end_row(name: str, graph: Graph, position: int) -> Row:
    """A tensor that an application binds: where it has to be, in which format and shapes."""
    tensor = graph.tensors[position]
    lines = list(tensor_row(name, graph, position, "").lines)
    if where := ", ".join(filter(None, (location_words(tensor), tensor.format))):
        lines.append((Value(where, "muted"),))
    if tensor.is_dynamic:
        lines += range_lines(graph.profiles, tensor.name)
    return Row(name, tuple(lines))


def location_words(tensor: Tensor) -> str:
    """Which memory a tensor is in."""
    words = {"DEVICE": _tr("GPU memory"), "HOST": _tr("host memory")}
    return words.get(tensor.location, tensor.location)


def _name(key: str) -> str:
    """A property's key in words, or the key itself."""
    names = {
        "ir_version": _tr("IR version"),
        "opset": _tr("Opset"),
        "producer": _tr("Producer"),
        "domain": _tr("Domain"),
        "model_version": _tr("Version"),
        "doc": _tr("Description"),
        "functions": _tr("Functions"),
        "weights": _tr("Weights"),
        "constants": _tr("Constants"),
        "external_data": _tr("External data"),
        INFERRED: _tr("Inferred shapes"),
    }
    return names.get(key, key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
