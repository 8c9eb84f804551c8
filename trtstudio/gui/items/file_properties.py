"""What the property panel says of a file as a whole. Main thread only."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from trtstudio.gui.items.property_list import (
    PropertyList,
    Row,
    Section,
    Value,
    row,
    tensor_row,
    values_row,
)
from trtstudio.gui.workspace import Document
from trtstudio.model.graph import Graph
from trtstudio.model.plan_file import PlanHeader
from trtstudio.model.record import BuildRecord


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
        sections.append(Section(title, _graph_rows(graph)))
        sections += _ends(graph)
    metadata = tuple(row(key, value) for key, value in file.metadata.items())
    sections.append(Section(_tr("Metadata"), metadata))
    kind = _tr("ONNX model") if file.format == "onnx" else _tr("TensorRT plan")
    return PropertyList(kind, file.title, tuple(s for s in sections if s.rows))


def _file_rows(document: Document) -> tuple[Row, ...]:
    file = document.file
    exact = _tr("{count:,} bytes").format(count=file.size_bytes)
    rows = [
        values_row(_tr("Path"), Value(str(file.path), is_path=True)),
        values_row(_tr("Size"), Value(_size(file.size_bytes)), Value(exact, "muted")),
    ]
    if document.plan is not None and document.plan != file.path:
        rows.append(values_row(_tr("Built plan"), Value(str(document.plan), is_path=True)))
    rows += [row(_tr("Warning"), text, "warning") for text in file.warnings]
    return tuple(rows)


def _header_rows(header: PlanHeader) -> tuple[Row, ...]:
    rows = [row(_tr("Built by"), header.label)]
    if header.targets:
        rows.append(row(_tr("For GPUs"), ", ".join(header.targets)))
    if header.cuda_version:
        rows.append(row(_tr("CUDA"), header.cuda_version))
    if header.weight_bytes:
        rows.append(row(_tr("Weights"), _size(header.weight_bytes)))
    if header.is_truncated:
        words = _tr("The file ends at {actual} of {stated}.")
        text = words.format(actual=_size(header.actual_bytes), stated=_size(header.stated_bytes))
        rows.append(row(_tr("Cut off"), text, "error"))
    return tuple(rows)


def _record_rows(record: BuildRecord) -> tuple[Row, ...]:
    request, result = record.request, record.result
    rows = [
        values_row(_tr("From"), Value(request.model, is_path=True)),
        row(_tr("Built"), _local_time(record.built_at)),
        row(_tr("Took"), _tr("{seconds:.1f} s").format(seconds=result.build_seconds)),
    ]
    if result.precision:
        shares = (Value(f"{share:.0%} {dtype}") for dtype, share in result.precision.items())
        rows.append(values_row(_tr("Precision"), *shares))
    if request.precision != "keep":
        rows.append(row(_tr("Converted to"), request.precision))
    if request.flags:
        rows.append(row(_tr("Flags"), ", ".join(request.flags)))
    return (*rows, row("SHA-256", result.sha256))


def _local_time(moment: str) -> str:
    """An ISO 8601 moment as this user's locale writes it; records of old have none."""
    when = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
    return QLocale().toString(when.toLocalTime(), QLocale.FormatType.ShortFormat)


def _graph_rows(graph: Graph) -> tuple[Row, ...]:
    rows = [row(_tr("Layers"), f"{len(graph.layers):,}")]
    for key, value in graph.properties.items():
        if key == "weight_bytes":
            rows.append(row(_tr("Weight size"), _size(int(value))))
        elif key == "missing_external_data":
            rows.append(row(_tr("Missing data"), value, "error"))
        else:
            rows.append(row(_name(key), value))
    return tuple(rows)


def _ends(graph: Graph) -> tuple[Section, Section]:
    inputs, outputs = (
        tuple(tensor_row(str(i), graph, position, "") for i, position in enumerate(ends))
        for ends in (graph.inputs, graph.outputs)
    )
    return Section(_tr("Inputs"), inputs), Section(_tr("Outputs"), outputs)


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
        "external_data": _tr("External data"),
    }
    return names.get(key, key)


def _size(size_bytes: int) -> str:
    """``18.6 MB``."""
    return QLocale.c().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
