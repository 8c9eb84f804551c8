"""Opens any file that the program knows, by its content, whatever its name. Safe in any thread."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.file import read_onnx, require_external_data
from trtstudio.model.plan.file import PlanHeader, read_plan_header
from trtstudio.model.plan.record import BuildRecord, read_record

Format = Literal["onnx", "plan"]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """An opened file.

    An ONNX model has a ``graph``; a plan has a ``header``, and where this program built it a
    ``record``, which may hold its layers as ``graph``. ``warnings`` says what could not be read.
    """

    path: Path
    format: Format
    size_bytes: int
    graph: Graph | None
    header: PlanHeader | None = None
    record: BuildRecord | None = None
    warnings: tuple[str, ...] = ()

    @property
    def metadata(self) -> dict[str, str]:
        """What the author wrote into the model, for a plan as kept by its prefix or its record."""
        if self.format == "onnx":
            return self.graph.metadata if self.graph else {}
        prefix = self.header.metadata if self.header else {}
        return prefix | (self.record.metadata if self.record else {})

    @property
    def title(self) -> str:
        """What to call it on a tab: the file's name."""
        return self.path.name


def sniff(path: Path) -> Format:
    """What the file is by its first bytes; only reading it tells whether it is whole.

    Raises StudioError that says what it is instead.
    """
    head = content.read_head(path)
    if content.is_plan(head):
        return "plan"
    content.refuse_foreign(path.name, head)
    return "onnx"


def read(path: Path) -> ModelFile:
    """Open the file. Raises StudioError with what it is, or what is wrong with it."""
    if sniff(path) == "onnx":
        model = read_onnx(path)
        lacks = _missing_weights(path, model)
        return ModelFile(path, "onnx", path.stat().st_size, model, warnings=lacks)
    header = read_plan_header(path)
    record, warnings = _record(path)
    graph = _engine(record) if record else None
    return ModelFile(path, "plan", path.stat().st_size, graph, header, record, warnings)


def _engine(record: BuildRecord) -> Graph | None:
    """The layers that were built. Some builders do not tell the profiles among them."""
    engine, profiles = record.result.engine, record.result.profiles
    return engine if engine is None or engine.profiles else replace(engine, profiles=profiles)


def _missing_weights(path: Path, graph: Graph) -> tuple[str, ...]:
    """A model without its weights can be looked at, but neither built nor run."""
    if "missing_external_data" not in graph.properties:
        return ()
    try:
        require_external_data(path)
    except StudioError as error:
        return (error.text,)
    return ()


def _record(plan: Path) -> tuple[BuildRecord | None, tuple[str, ...]]:
    """The plan's record; a damaged one must not keep the plan from being opened."""
    try:
        return read_record(plan), ()
    except StudioError as error:
        return None, (error.text,)
