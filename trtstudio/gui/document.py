"""An open file, what has been learnt about it, and what is selected in it. Plain data; main thread
only.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from trtstudio.model import formats
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, View
from trtstudio.model.interpreters import OWN, Interpreter


@dataclass(slots=True)
class Reading:
    """One reading of a document: its graph, or why there is none (yet). There is neither where it
    was stopped, and where a build told no layers.
    """

    graph: Graph | None = None
    problem: StudioError | None = None
    is_loading: bool = False


@dataclass(eq=False, slots=True)
class Document:
    """An open file and what has been learnt about it. ``plan`` is the plan built from it here, or
    the file itself where that is a plan; ``builder`` is the interpreter that built it. A plan has
    an ``origin``: the model that it was built from, where that is open and has not changed since.
    Nothing is kept of a document that ``is_closed``, however late an answer about it comes.
    """

    file: formats.ModelFile
    readings: dict[View, Reading] = field(default_factory=dict)
    plan: Path | None = None
    builder: Interpreter = OWN
    origin: "Document | None" = None
    is_closed: bool = False

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    @property
    def graph(self) -> Graph | None:
        """The reading that came with the file: the ONNX graph, or a plan's own layer table."""
        return self.file.graph


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: the file as a whole, or one layer or tensor of one of its readings, by its
    position in that graph. ``inner`` leads on into the subgraphs of that layer: the number of a
    subgraph and the position of a layer in it, in turns; that of a tensor at the end, where a
    tensor in a subgraph is selected."""

    document: Document
    kind: Literal["file", "layer", "tensor"] = "file"
    view: View = "onnx"
    index: int = 0
    inner: tuple[int, ...] = ()
