"""The options of a build that most builds leave alone: all that the installed TensorRT has, in
groups, with a search. Main thread only.
"""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build import option_groups as groups
from trtstudio.gui.build.field import make_field
from trtstudio.gui.build.option_row import OptionRow
from trtstudio.gui.build.parts import muted, tight
from trtstudio.gui.build.special import special_rows
from trtstudio.gui.theme import GRID
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.graph import Graph
from trtstudio.model.runtime import Runtime

_NETWORK = (
    *(groups.OUTPUTS, groups.NOT_OUTPUTS, groups.DEBUG, groups.DEBUG_UNFUSED),
    *(groups.REFITTABLE, groups.ON_DLA, groups.ON_GPU),
)


class BuildOptions(QWidget):
    """A row for each option. The rows are made by ``prepare``: there may be fifty of them."""

    changed = Signal()

    def __init__(
        self, runtime: Runtime, graph: Graph, *, has_gpu: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runtime, self._graph, self._has_gpu = runtime, graph, has_gpu
        self.rows: dict[str, OptionRow] = {}
        self._headings: dict[str, QLabel] = {}
        self._layout = QVBoxLayout(self)
        tight(self._layout)

    def prepare(self) -> None:
        """Make the rows, once."""
        if self.rows:
            return
        self._layout.addLayout(self._make_tools())
        rows = [*special_rows(self._runtime, self._graph)]
        rows += [OptionRow(o, o.name, make_field(o)) for o in self._runtime.options]
        for row in sorted(rows, key=lambda row: groups.rank(row.option)):
            self._add(row)
        self.nothing = muted(self.tr("No option is like that."))
        self._layout.addWidget(self.nothing)
        self._filter()

    def chosen(self) -> dict[str, Any]:
        """What is not left to TensorRT, by name."""
        return {name: row.field.value() for name, row in self.rows.items() if row.is_changed()}

    def problem(self) -> str:
        """What is wrong first, or nothing."""
        for row in self.rows.values():
            if wrong := row.field.problem():
                return self.tr("{option}: {problem}").format(option=row.name.text(), problem=wrong)
        return next((f"{name}: {reason}" for name, reason in groups.conflicts(self.chosen())), "")

    def apply(self, request: BuildRequest) -> BuildRequest:
        """The request with what is chosen here."""
        chosen = self.chosen()
        kinds = {option.name: option.kind for option in self._runtime.options}
        flags = tuple(name for name in chosen if kinds.get(name) == "flag")
        others = {n: v for n, v in chosen.items() if kinds.get(n, "") not in ("", *_FLAG_KINDS)}
        paths, is_trusted, in_plan = chosen.get(groups.PLUGINS, ((), False, False))
        parser = tuple(
            name if value else f"-{name}"
            for name, value in chosen.items()
            if kinds.get(name) == "parser_flag"
        )
        network = {name: chosen[name] for name in _NETWORK if name in chosen}
        return replace(
            request,
            flags=flags,
            options=others,
            network=replace(request.network, parser_flags=parser, **network),
            timing_cache=chosen.get(groups.CACHE),
            plugins=paths,
            plugins_trusted=is_trusted,
            plugins_in_plan=in_plan,
            log_severity=chosen.get(groups.SEVERITY, request.log_severity),
        )

    def fill(self, request: BuildRequest) -> None:
        """Choose what a request says, as far as this TensorRT has it."""
        wanted = _wanted(request)
        if wanted:
            self.prepare()
        for name, row in self.rows.items():
            row.field.set_value(wanted.get(name))

    def reset(self) -> None:
        """Leave all to TensorRT."""
        for row in self.rows.values():
            row.reset()

    def _make_tools(self) -> QHBoxLayout:
        self.search = QLineEdit(placeholderText=self.tr("Search the options"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.textChanged.connect(self._filter)
        self.only_changed = QCheckBox(self.tr("Changed ones only"))
        self.only_changed.toggled.connect(self._filter)
        self.reset_button = QPushButton(self.tr("Reset all"))
        self.reset_button.setToolTip(self.tr("Every option back to its default"))
        self.reset_button.clicked.connect(self.reset)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.search, stretch=1)
        row.addWidget(self.only_changed)
        row.addWidget(self.reset_button)
        return row

    def _add(self, row: OptionRow) -> None:
        if row.option.needs_gpu and not self._has_gpu:
            row.field.setEnabled(False)
            row.field.setToolTip(self.tr("A build with this flag needs a GPU in this machine."))
        group = groups.group_of(row.option.name)
        if group not in self._headings:
            heading = QLabel(groups.group_title(group))
            heading.setProperty("role", "heading")
            self._headings[group] = heading
            self._layout.addWidget(heading)
        self.rows[row.option.name] = row
        self._layout.addWidget(row)
        row.changed.connect(self._on_change)

    def _on_change(self) -> None:
        reasons = dict(groups.conflicts(self.chosen()))
        for name, row in self.rows.items():
            row.refuse(reasons.get(name, ""))
        self.reset_button.setEnabled(bool(self.chosen()))
        self.changed.emit()

    def _filter(self) -> None:
        words = self.search.text().replace("_", " ").casefold().split()
        seen: set[str] = set()
        for name, row in self.rows.items():
            is_shown = all(word in row.haystack() for word in words) and (
                row.is_changed() or not self.only_changed.isChecked()
            )
            row.setVisible(is_shown)
            if is_shown:
                seen.add(groups.group_of(name))
        for group, heading in self._headings.items():
            heading.setVisible(group in seen)
        self.nothing.setVisible(not seen)
        self.reset_button.setEnabled(bool(self.chosen()))


_FLAG_KINDS = ("flag", "parser_flag")


def _wanted(request: BuildRequest) -> dict[str, Any]:
    """What a request does not leave to TensorRT, by the names of the rows."""
    network = request.network
    wanted: dict[str, Any] = dict.fromkeys(request.flags, True) | request.options
    wanted |= {name.removeprefix("-"): name[0] != "-" for name in network.parser_flags}
    wanted |= {name: getattr(network, name) for name in _NETWORK if getattr(network, name)}
    if request.timing_cache is not None:
        wanted[groups.CACHE] = request.timing_cache
    if request.plugins:
        trusted, in_plan = request.plugins_trusted, request.plugins_in_plan
        wanted[groups.PLUGINS] = (request.plugins, trusted, in_plan)
    if request.log_severity != "info":
        wanted[groups.SEVERITY] = request.log_severity
    return wanted
