"""Where answers about graphs are found: at once in small ones, by the io thread in large ones."""

import gc
import threading
import weakref
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.knowledge import lookups
from trtstudio.gui.knowledge.edges import Edges
from trtstudio.gui.knowledge.lookups import SMALL
from trtstudio.gui.workspace import Workspace
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, Layer, Tensor, View


def chain_of(count: int, *bodies: Graph, view: View = "onnx") -> Graph:
    """So many layers in a row; the first holds the bodies."""
    layers = [
        Layer(i, f"l{i}", "Relu", inputs=(i,), outputs=(i + 1,), origins=(f"l{i}",))
        for i in range(count)
    ]
    layers[0] = Layer(0, "l0", "If", inputs=(0,), outputs=(1,), origins=("l0",), subgraphs=bodies)
    tensors = [Tensor(f"t{i}") for i in range(count + 1)]
    return Graph(view, "chain", layers, tensors, (0,), (count,))


@pytest.fixture
def document(idle: Workspace, tmp_path: Path) -> Document:
    made = Document(ModelFile(tmp_path / "a.onnx", "onnx", 0, None))
    idle.documents.append(made)
    return made


@pytest.mark.parametrize("outer", [2, SMALL + 1])
@pytest.mark.parametrize("inner", [2, SMALL + 1])
def test_a_subgraph_is_looked_through_where_its_own_size_says(
    qtbot: QtBot,
    idle: Workspace,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    outer: int,
    inner: int,
) -> None:
    threads: list[str] = []

    class Watched(Edges):
        def __init__(self, graph: Graph) -> None:
            threads.append(threading.current_thread().name)
            super().__init__(graph)

    monkeypatch.setattr(lookups, "Edges", Watched)
    body = chain_of(inner)
    document.readings["onnx"] = Reading(chain_of(outer, chain_of(1), body))
    found = idle.lookups.edges(document, "onnx", (0, (1,)))
    assert (found is None) == (inner > SMALL)
    qtbot.waitUntil(lambda: idle.lookups.edges(document, "onnx", (0, (1,))) is not None)
    edges = idle.lookups.edges(document, "onnx", (0, (1,)))
    assert edges is not None and edges.writers(inner) == [inner - 1]
    assert edges.readers(inner - 1) == [inner - 1]
    assert len(threads) == 1
    assert (threads[0] == threading.main_thread().name) == (inner <= SMALL)


def test_links_of_large_subgraphs_are_found_by_the_io_thread(
    qtbot: QtBot, idle: Workspace, document: Document
) -> None:
    document.readings["onnx"] = Reading(chain_of(2, chain_of(SMALL)))
    document.readings["network"] = Reading(chain_of(2, view="network"))
    selection = Selection(document, "layer", "onnx", 1)
    assert idle.lookups.counterparts(selection, "network") is None
    qtbot.waitUntil(lambda: idle.lookups.counterparts(selection, "network") is not None)
    assert idle.lookups.counterparts(selection, "network") == (1,)


class Watched(Graph, frozen=True, weakref=True):
    """A graph whose end can be seen."""


@pytest.mark.parametrize("count", [2, SMALL + 1])
def test_the_graph_of_a_closed_model_is_let_go_while_its_plan_is_open(
    qtbot: QtBot, idle: Workspace, tmp_path: Path, document: Document, count: int
) -> None:
    graph = chain_of(count)
    graph = Watched(graph.view, graph.name, graph.layers, graph.tensors, (0,), (count,))
    model, end = Document(ModelFile(tmp_path / "b.onnx", "onnx", 0, None)), weakref.ref(graph)
    idle.documents.append(model)
    model.readings["onnx"] = Reading(graph)
    document.readings["engine"] = Reading(chain_of(2, view="engine"))
    document.origin = model
    selection = Selection(document, "layer", "engine", 1)
    qtbot.waitUntil(lambda: idle.lookups.origins(selection) == (1,))
    idle.close(model)
    document.origin = None
    del graph, model
    gc.collect()
    assert end() is None
    assert idle.lookups.origins(selection) == ()
