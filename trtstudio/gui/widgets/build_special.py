"""The options of a build that are no options of TensorRT's builder: tensors that become outputs,
the timing cache, plugins, the log. Main thread only.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.widgets import build_groups as groups
from trtstudio.gui.widgets.build_field import ChoiceField, Field, SwitchField
from trtstudio.gui.widgets.build_files import CacheField, PluginsField
from trtstudio.gui.widgets.build_names import Candidates, NameList
from trtstudio.gui.widgets.build_option_row import OptionRow
from trtstudio.gui.widgets.build_parts import tight
from trtstudio.model.graph import Graph
from trtstudio.model.options import Option
from trtstudio.model.runtime import Runtime


class NamesField(Field):
    """Tensors by name, with ``*`` and ``?``."""

    def __init__(self, candidates: Candidates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        unknown = self.tr("No such tensor is called {name}.")
        self.list = NameList(candidates, self.tr("Name of a tensor"), unknown)
        self.list.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.list)

    def value(self) -> tuple[str, ...] | None:
        return self.list.names() or None

    def set_value(self, value: Any) -> None:
        self.list.set_names(value or ())

    def problem(self) -> str:
        return self.list.problem()


def special_rows(runtime: Runtime, graph: Graph) -> Iterator[OptionRow]:
    """The rows of those that this TensorRT has."""
    outputs = [tensor.name for tensor in graph.output_tensors]
    inner = _inner_tensors(graph, set(outputs))
    yield _row(
        groups.OUTPUTS,
        _tr("Tensors that become outputs"),
        _tr("Their values can be looked at; the layers around them are fused less."),
        NamesField(inner),
    )
    if len(outputs) > 1:
        yield _row(
            groups.NOT_OUTPUTS,
            _tr("Outputs that are none any more"),
            _tr("What only they need is not computed."),
            NamesField(lambda: outputs),
        )
    abilities = runtime.abilities
    if "timing_cache" in abilities:
        words = _tr("A file of measured kernels: the next build is quicker, and the same.")
        yield _row(groups.CACHE, _tr("Timing cache"), words, CacheField())
    if "plugins" in abilities:
        words = _tr("Layers that TensorRT does not have itself.")
        yield _row(groups.PLUGINS, _tr("Plugin libraries"), words, PluginsField())
    if "debug_tensors" in abilities:
        words = _tr("Their values can be watched at run time, where that is switched on.")
        yield _row(groups.DEBUG, _tr("Debug tensors"), words, NamesField(inner))
    if "unfused_debug_tensors" in abilities:
        words = _tr("All tensors that are left after layers were fused.")
        yield _row(groups.DEBUG_UNFUSED, _tr("Debug all tensors"), words, SwitchField())
    levels = [
        (_tr("Everything"), "verbose"),
        (_tr("Warnings"), "warning"),
        (_tr("Errors"), "error"),
    ]
    field = ChoiceField(levels, _tr("Information"))
    words = _tr("How much of TensorRT's log is passed on.")
    yield _row(groups.SEVERITY, _tr("Log"), words, field)


def _row(name: str, title: str, sentence: str, field: Field) -> OptionRow:
    return OptionRow(Option(name, "text", sentence), title, field)


def _inner_tensors(graph: Graph, outputs: set[str]) -> Candidates:
    def names() -> list[str]:
        inner = (t for t in graph.tensors if t.role == "internal")
        return [t.name for t in inner if t.name and t.name not in outputs]

    return names


def _tr(text: str) -> str:
    return QCoreApplication.translate("BuildSpecial", text)
