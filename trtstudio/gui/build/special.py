"""The options of a build that are no options of TensorRT's builder: tensors that become outputs,
the timing cache, plugins, the log. Main thread only.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.build import option_groups as groups
from trtstudio.gui.build.field import ChoiceField, Field, SwitchField
from trtstudio.gui.build.files import CacheField, PluginsField
from trtstudio.gui.build.names import Candidates, NameList
from trtstudio.gui.build.option_row import OptionRow
from trtstudio.gui.build.parts import tight
from trtstudio.model.build.options import Option
from trtstudio.model.graph import Graph
from trtstudio.model.runtime import Runtime


class NamesField(Field):
    """Tensors, or what ``placeholder`` and ``unknown`` say, by name, with ``*`` and ``?``."""

    def __init__(
        self,
        candidates: Candidates,
        placeholder: str = "",
        unknown: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.list = NameList(
            candidates,
            placeholder or self.tr("Name of a tensor"),
            unknown or self.tr("No such tensor is called {name}."),
        )
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
    yield from _weight_rows(runtime, graph)
    yield from _device_rows(runtime, graph)
    levels = [
        (_tr("Everything"), "verbose"),
        (_tr("Warnings"), "warning"),
        (_tr("Errors"), "error"),
    ]
    field = ChoiceField(levels, _tr("Information"))
    words = _tr("How much of TensorRT's log is passed on.")
    yield _row(groups.SEVERITY, _tr("Log"), words, field)


def _weight_rows(runtime: Runtime, graph: Graph) -> Iterator[OptionRow]:
    if "refittable_weights" not in runtime.abilities:
        return

    def weights() -> list[str]:
        return [t.name for t in graph.tensors if t.role == "weight" and t.name]

    unknown = _tr("No weights are called {name}.")
    field = NamesField(weights, _tr("Name of weights, as *.weight"), unknown)
    words = _tr("These alone can be replaced later; the others are optimized as constants.")
    # As all of refitting, TensorRT-RTX cannot do this for a GPU that is not there.
    option = Option(groups.REFITTABLE, "text", words, needs_gpu=runtime.kind == "tensorrt_rtx")
    yield OptionRow(option, _tr("Refittable weights"), field)


def _device_rows(runtime: Runtime, graph: Graph) -> Iterator[OptionRow]:
    has_dla = any(option.name == "DLA_core" for option in runtime.options)
    if "layer_devices" not in runtime.abilities or not has_dla:
        return

    def layers() -> list[str]:
        return [layer.name for layer in graph.layers if layer.name]

    placeholder, unknown = _tr("Layer, as conv_*"), _tr("No layer is called {name}.")
    words = _tr("Layers that it cannot run are refused, or the GPU's where that may take over.")
    field = NamesField(layers, placeholder, unknown)
    yield _row(groups.ON_DLA, _tr("Layers on a DLA"), words, field)
    words = _tr("They stay there where others run on a DLA.")
    field = NamesField(layers, placeholder, unknown)
    yield _row(groups.ON_GPU, _tr("Layers on the GPU"), words, field)


def _row(name: str, title: str, sentence: str, field: Field) -> OptionRow:
    return OptionRow(Option(name, "text", sentence), title, field)


def _inner_tensors(graph: Graph, outputs: set[str]) -> Candidates:
    def names() -> list[str]:
        inner = (t for t in graph.tensors if t.role == "internal")
        return [t.name for t in inner if t.name and t.name not in outputs]

    return names


def _tr(text: str) -> str:
    return QCoreApplication.translate("BuildSpecial", text)
