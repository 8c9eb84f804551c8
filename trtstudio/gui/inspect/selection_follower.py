"""Keeps the rows of a graph at what is selected, be it in another reading. Main thread only."""

from collections.abc import Callable

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.graph_table import GraphTable
from trtstudio.gui.rows.graph_rows import FIRST_LAYER, GraphRows, Place
from trtstudio.gui.rows.outline import TOP
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import body_at


class SelectionFollower:
    """Goes to places in tables; ``clear_filter`` is for what a filter hides."""

    def __init__(self, workspace: Workspace, clear_filter: Callable[[], None]) -> None:
        self._workspace = workspace
        self._clear_filter = clear_filter

    def follow(self, selection: Selection, table: GraphTable) -> None:
        """Make what is selected the current row, or what it is in the reading of this table."""
        place, rows = table.place(), table.graph_model.rows
        if place is not None and selection == selection_at(selection.document, rows, place):
            return
        if selection.kind == "file":
            table.leave()
        elif selection.view == table.graph.view:
            self._go_to(selection, table)
        elif selection.kind == "layer":
            self._go_across(selection, table)

    def _go_to(self, selection: Selection, table: GraphTable) -> None:
        model = table.graph_model
        place: Place | None = (FIRST_LAYER + selection.index, TOP)
        if selection.kind == "tensor" and selection.inner:
            place = self._around(selection, model.rows)
        elif selection.kind == "tensor":
            place = model.rows.find_tensor(selection.index)
        elif selection.inner:
            place = model.rows.find_inner(selection.index, selection.inner)
        if place is None:
            return
        if model.row((place[0], TOP)) is None:
            self._clear_filter()
        table.go_to(place)

    def _around(self, selection: Selection, rows: GraphRows) -> Place | None:
        """The layer that puts a tensor of a subgraph out, or takes it in, or else its subgraph."""
        *path, tensor = selection.inner
        body = body_at(rows.graph, selection.index, path)
        users = [p for p, layer in enumerate(body.layers) if tensor in layer.outputs]
        users += [p for p, layer in enumerate(body.layers) if tensor in layer.inputs]
        return rows.find_inner(selection.index, (*path, *users[:1]))

    def _go_across(self, selection: Selection, table: GraphTable) -> None:
        """Select the layers that hold, or are in, the one that is selected in another reading."""
        found = self._workspace.lookups.counterparts(selection, table.graph.view)
        if found:
            place = table.place()
            before = None if place is None else table.graph_model.rows.layer(place)
            index = found[0] if before is None or before not in found else before
            document, view = selection.document, table.graph.view
            self._workspace.select(Selection(document, "layer", view, index))
            table.mark((FIRST_LAYER + position, TOP) for position in found)
        elif found is not None:  # None: that is not known yet
            table.leave()


def selection_at(document: Document, rows: GraphRows, place: Place) -> Selection:
    """What a place is; the file where it is neither a layer nor a tensor."""
    view = rows.graph.view
    if (layer := rows.layer(place)) is not None:
        inner = rows.inner(place)
        return Selection(document, "layer", view, layer, inner.path if inner else ())
    if (tensor := rows.tensor(place)) is not None:
        return Selection(document, "tensor", view, tensor)
    return Selection(document)
