"""What the columns of a graph's rows are called, and what there is to say of them. Safe in any
thread.
"""

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.rows.graph_rows import Column


def column_title(column: Column) -> str:
    """What a column is called."""
    return {
        Column.PLACE: "#",
        Column.TYPE: _tr("Type"),
        Column.NAME: _tr("Name"),
        Column.INPUTS: _tr("In"),
        Column.OUTPUTS: _tr("Out"),
        Column.SHAPE: _tr("Shape"),
        Column.ELEMENTS: _tr("Elements"),
        Column.DTYPE: _tr("Dtype"),
        Column.LOCATION: _tr("Location"),
        Column.FORMAT: _tr("Format"),
        Column.TIME: _tr("Time"),
        Column.FLOPS: _tr("FLOPs"),
        Column.PARAMETERS: _tr("Parameters"),
        Column.ACTIVATIONS: _tr("Activations"),
    }[column]


def column_tip(column: Column) -> str:
    """What it says, and what a click on its head does."""
    if column == Column.PLACE:
        return _tr("The order of the graph")
    if column in (Column.SHAPE, Column.ELEMENTS):
        return _tr(
            "Click to sort by the number of elements of the first output; a dynamic dimension "
            "counts as 1. The third click returns to the order of the graph."
        )
    if column == Column.TIME:
        return _tr(
            "As last timed on the Measure page. After ≤: the layer was fused with others, and this "
            "is the time of all of them together. Click to sort."
        )
    return _tr("Click to sort. The third click returns to the order of the graph.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("GraphModel", text)
