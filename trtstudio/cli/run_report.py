"""What ``trtstudio run`` tells of its sources, and the files that it keeps."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.cli.output import Report, error_json, say, table
from trtstudio.cli.run_agreement import Comparison
from trtstudio.cli.run_pictures import Look, Network
from trtstudio.cli.run_similarity import similarity_data, similarity_text
from trtstudio.cli.tensors import save_tensors, tensor_figures
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array
from trtstudio.vision.answer_words import answer_json, answer_words
from trtstudio.vision.batch.export_files import ExportKind, export
from trtstudio.vision.batch.records import Record
from trtstudio.vision.drawing.contact_sheet import Cell, contact_sheet
from trtstudio.vision.picture import write_picture

_EXPORTS: tuple[ExportKind, ...] = ("coco", "csv", "yolo")
_MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one source, as JSON and in words."""

    data: dict[str, Any]
    words: str
    failed: bool = False


@dataclass(slots=True)
class Found:
    """Everything so far. ``runs`` are the outputs of all sources where they are saved, else of the
    last one.
    """

    saves_all: bool
    rows: list[Row] = field(default_factory=list)
    runs: list[Mapping[str, Array]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    comparison: Comparison = field(default_factory=Comparison)

    def add_outputs(self, outputs: Mapping[str, Array]) -> None:
        """Of the next source."""
        self.runs = [*(self.runs if self.saves_all else ()), outputs]


def picture_row(record: Record, look: Look | StudioError | None, found: Found) -> Row:
    """What is told of a picture, whose outputs are kept in ``found``."""
    source: dict[str, Any] = {"source": str(record.source.path)}
    if record.source.frame is not None:
        source["frame"] = record.source.frame
    if record.problem:
        error = look if isinstance(look, StudioError) else None
        error = error or StudioError(record.problem, hint=record.hint)
        return failed_row(source, error, is_failure=record.source.is_expected)
    data = source | {"latency_ms": record.times.inference_ms, "times": asdict(record.times)}
    answer = record.answer
    words = "output tensors" if answer is None else answer_words(answer)
    if record.note:
        data["note"] = record.note
        words = f"{words} ({record.note})"
    data["task"] = answer.task if answer else None
    data |= answer_json(answer) if answer else {}
    if isinstance(look, Look):
        found.add_outputs(look.outputs[0])
        if answer is None:
            data["outputs"] = tensor_figures(look.outputs[0])
        if look.small is not None:
            found.cells.append(Cell(look.small, record.source.name, words))
        if len(look.answers) > 1:
            data |= found.comparison.add(look.answers, look.outputs, record.size)
    return Row(data, words)


def failed_row(source: dict[str, Any], error: StudioError, *, is_failure: bool = True) -> Row:
    """Said at once; ``is_failure`` is not what was only found in a folder and is no picture."""
    named = "" if source["source"] in error.message else f"{source['source']}: "
    say(f"{named}{error.message} {error.hint}")
    data = {**source, "task": None, "error": error_json(error)}
    words = f"failed: {error.message}" if is_failure else f"skipped: {error.message}"
    return Row(data, words, failed=is_failure)


def finish(
    networks: Sequence[Network], session: Session, found: Found, options: Namespace
) -> Report:
    """Save what is to be saved, and tell everything."""
    for path in _save(networks, found, options):
        say(f"Wrote {path}")
    info = session.info
    data = {
        "runtime": info.runtime,
        "device": info.device,
        "preprocess": msgspec.to_builtins(networks[0].model.preprocess) if networks else None,
        "outputs": tensor_figures(found.runs[-1]) if found.runs else [],
        "results": [row.data for row in found.rows],
        "warnings": info.warnings,
    }
    text = _text(data, found.rows)
    similar = similarity_data(found.records)
    if similar is not None:
        data["similarity"] = similar
        text += "\n\n" + similarity_text(similar)
    if len(networks) > 1:
        other = networks[1].session.info
        data["compared_with"] = {
            "runtime": other.runtime,
            "device": other.device,
            "path": other.path,
        }
        data["agreement"] = found.comparison.data()
        text += "\n\n" + found.comparison.text(f"{other.runtime} on {other.device}")
    return Report(int(any(row.failed for row in found.rows)), data, text)


def _save(networks: Sequence[Network], found: Found, options: Namespace) -> Iterator[Path]:
    if options.save and found.runs:
        save_tensors(options.save, found.runs)
        yield options.save
    for kind in _EXPORTS:
        path = getattr(options, kind)
        if path is not None:
            labels = networks[0].model.labels if networks else None
            export(kind, found.records, path, labels)
            yield path
    if options.contact_sheet is not None and found.cells:
        if len(found.cells) > _MOST_CELLS:
            say(f"The contact sheet shows the first {_MOST_CELLS} pictures.")
        write_picture(options.contact_sheet, contact_sheet(found.cells[:_MOST_CELLS]))
        yield options.contact_sheet


def _text(data: dict[str, Any], rows: Sequence[Row]) -> str:
    """Who ran it, a row for each source, and the figures of the last outputs."""
    answers = table([(_name(row.data), row.words) for row in rows])
    parts = [f"{data['runtime']} on {data['device']}", answers]
    if data["outputs"]:
        head = ("output", "dtype", "shape", "min", "max", "mean")
        figures = [
            (o["name"], o["dtype"], format_shape(o["shape"]), *map(_number, list(o.values())[3:]))
            for o in data["outputs"]
        ]
        parts.append(table([head, *figures], right=(3, 4, 5)))
    return "\n\n".join(parts)


def _name(data: Mapping[str, Any]) -> str:
    return f"{data['source']} #{data['frame']}" if "frame" in data else str(data["source"])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5g}"
