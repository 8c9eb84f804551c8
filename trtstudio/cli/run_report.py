"""What ``trtstudio run`` tells of its sources, and the files that it keeps."""

from argparse import Namespace
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.cli.answer_text import answer_text
from trtstudio.cli.output import Report, error_json, long_table, say
from trtstudio.cli.run_agreement import Comparison
from trtstudio.cli.run_order import Sort, sort_key
from trtstudio.cli.run_pictures import Look, Network
from trtstudio.cli.run_rows import Row, Rows
from trtstudio.cli.run_similarity import similarity_data, similarity_text
from trtstudio.cli.tensors import save_tensors, tensor_figures, tensor_table
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import StudioError
from trtstudio.model.files import path_text
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.answer_words import answer_json
from trtstudio.vision.batch.export_files import ExportKind, exporting
from trtstudio.vision.batch.records import Record
from trtstudio.vision.drawing.contact_sheet import Cell, contact_sheet
from trtstudio.vision.picture import write_picture

_EXPORTS: tuple[ExportKind, ...] = ("coco", "csv", "yolo")
_MOST_CELLS = 1000


@dataclass(slots=True)
class Found:
    """What is told and written at the end. ``runs`` are the outputs of all sources where they are
    saved, else of the last one; ``cells`` those of a contact sheet, which has ``left_out`` some;
    ``embeddings`` have the names of their pictures. ``sort`` is the order that all are told in.
    """

    saves_all: bool
    sort: Sort | None = None
    comparison: Comparison | None = None
    rows: Rows = field(default_factory=Rows)
    runs: list[Mapping[str, Array]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    left_out: bool = False
    embeddings: list[tuple[str, Answer]] = field(default_factory=list)
    exports: list[Callable[[Record], None]] = field(default_factory=list)
    cell_keys: list[float] = field(default_factory=list)

    @contextmanager
    def exporting(self, networks: Sequence[Network], options: Namespace) -> Iterator[None]:
        """Every record that is added goes into the files that the options name; they are there
        when the block has ended well.
        """
        labels = networks[0].model.labels if networks else None
        with ExitStack() as stack:
            for kind, path in _exports(options):
                self.exports.append(stack.enter_context(exporting(kind, path, labels)))
            yield

    def add(self, record: Record, look: Look | StudioError | None) -> None:
        """A picture, and what is only known as long as it is looked at."""
        for export in self.exports:
            export(record)
        if record.answer is not None and record.answer.embedding is not None:
            self.embeddings.append((record.source.name, record.answer))
        self.rows.add(_picture_row(record, look, self), sort_key(self.sort, record.answer))

    def add_outputs(self, outputs: Mapping[str, Array]) -> None:
        """Of the next source."""
        if not self.saves_all:
            self.runs.clear()
        self.runs.append(outputs)

    def add_cell(self, cell: Cell, key: float = inf) -> None:
        """Of the next picture, before those with a greater key; what a sheet that is full has last
        is left out.
        """
        place = bisect_right(self.cell_keys, key)
        self.cell_keys.insert(place, key)
        self.cells.insert(place, cell)
        if len(self.cells) > _MOST_CELLS:
            self.left_out = True
            del self.cells[-1], self.cell_keys[-1]


def _exports(options: Namespace) -> Iterator[tuple[ExportKind, Path]]:
    named = ((kind, getattr(options, kind)) for kind in _EXPORTS)
    return ((kind, path) for kind, path in named if path is not None)


def _picture_row(record: Record, look: Look | StudioError | None, found: Found) -> Row:
    """What is told of a picture, whose outputs are kept in ``found``."""
    source: dict[str, Any] = {"source": path_text(record.source.path)}
    if record.source.frame is not None:
        source["frame"] = record.source.frame
    if record.problem:
        error = look if isinstance(look, StudioError) else None
        error = error or StudioError(record.problem, hint=record.hint)
        return failed_row(source, error, is_failure=record.source.is_expected)
    data = source | {"latency_ms": record.times.inference_ms, "times": asdict(record.times)}
    answer = record.answer
    words = "output tensors" if answer is None else answer_text(answer)
    if record.note:
        data["note"] = record.note
        words = f"{words} ({record.note})"
    data["task"] = answer.task if answer else None
    data |= answer_json(answer) if answer else {}
    if found.comparison is not None:
        data |= found.comparison.add(record)
    if isinstance(look, Look):
        found.add_outputs(look.outputs)
        if answer is None:
            data["outputs"] = tensor_figures(look.outputs)
        if look.small is not None:
            key = sort_key(found.sort, answer)
            found.add_cell(Cell(look.small, record.source.name, words), key)
    return Row(data, words)


def failed_row(source: dict[str, Any], error: StudioError, *, is_failure: bool = True) -> Row:
    """Said at once; ``is_failure`` is not what was only found in a folder and is no picture."""
    named = "" if source["source"] in error.message else f"{source['source']}: "
    say(f"{named}{error.text}")
    data = {**source, "task": None, "error": error_json(error)}
    words = f"failed: {error.message}" if is_failure else f"skipped: {error.message}"
    return Row(data, words, failed=is_failure)


def finish(
    networks: Sequence[Network], session: Session, found: Found, options: Namespace
) -> Report:
    """Save what is to be saved, and tell everything."""
    for path in _save(found, options):
        say(f"Wrote {path}")
    info = session.info
    data = {
        "runtime": info.runtime,
        "device": info.device,
        "preprocess": msgspec.to_builtins(networks[0].model.preprocess) if networks else None,
        "has_guessed_labels": networks[0].model.has_guessed_labels if networks else False,
        "outputs": tensor_figures(found.runs[-1]) if found.runs else [],
        "results": (row.data for row in found.rows),
        "warnings": info.warnings,
    }
    told = []
    similar = similarity_data(found.embeddings)
    if similar is not None:
        data["similarity"] = similar
        told.append(similarity_text(similar))
    if found.comparison is not None:
        other = networks[1].session.info
        data["compared_with"] = {
            "runtime": other.runtime,
            "device": other.device,
            "path": other.path,
        }
        data["agreement"] = found.comparison.data()
        told.append(found.comparison.text(f"{other.runtime} on {other.device}"))
    return Report(int(found.rows.failed), data, _text(data, found.rows, told))


def _save(found: Found, options: Namespace) -> Iterator[Path]:
    if options.save and found.runs:
        save_tensors(options.save, found.runs)
        yield options.save
    if options.annotate is not None and found.runs and options.annotate.exists():
        yield options.annotate
    yield from (path for _, path in _exports(options))
    if options.contact_sheet is not None and found.cells:
        if found.left_out:
            say(f"The contact sheet shows the first {_MOST_CELLS} pictures.")
        write_picture(options.contact_sheet, contact_sheet(found.cells))
        yield options.contact_sheet


def _text(data: dict[str, Any], rows: Rows, told: Sequence[str]) -> Iterator[str]:
    """Who ran it, a row for each source, the figures of the last outputs, and what is told of all
    together.
    """
    yield f"{data['runtime']} on {data['device']}\n"
    yield from long_table(lambda: ((row.name, row.words) for row in rows))
    if data["outputs"]:
        yield "\n" + tensor_table(data["outputs"])
    yield from (f"\n{part}" for part in told)
