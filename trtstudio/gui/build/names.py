"""A list of names or patterns that is typed with completion. Main thread only."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import cached_property

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.build.parts import empty, note, say, set_level, tight, tool_button
from trtstudio.gui.theme import GRID, mono_font

SHOWN = 50

Candidates = Callable[[], Sequence[str]]


class NameLine(QLineEdit):
    """A line that completes what is typed to any name that contains it.

    The names are asked for when the line is first used: a model may have 100,000.
    """

    def __init__(self, candidates: Candidates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates = candidates
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self.setFont(mono_font())
        self.textEdited.connect(self._suggest)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What there is, each once."""
        return tuple(dict.fromkeys(self._candidates()))

    def matches(self, pattern: str) -> bool:
        """Whether some name is like this pattern, with ``*`` and ``?``."""
        return any(fnmatchcase(name, pattern) for name in self.names)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason and not self.text():
            self._suggest("")
            self.completer().complete()

    def _suggest(self, text: str) -> None:
        needle = text.strip().casefold()
        found = []
        for name in self.names:
            if needle in name.casefold():
                found.append(name)
                if len(found) == SHOWN:
                    break
        self._model.setStringList(found)


class NameList(QWidget):
    """Names that were added, each with a button that removes it, and the line to add more."""

    changed = Signal()

    def __init__(
        self,
        candidates: Candidates,
        placeholder: str,
        unknown: str,
        parent: QWidget | None = None,
    ) -> None:
        """``unknown`` is said of a name that nothing is like, with ``{name}`` in it."""
        super().__init__(parent)
        self._unknown = unknown
        self._names: list[str] = []
        self.edit = NameLine(candidates)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.edit.returnPressed.connect(self._add)
        self.edit.textEdited.connect(lambda _: self._complain(""))
        self.edit.completer().activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.add_button = tool_button("plus", self.tr("Add this name"), self._add)
        self.note = note()
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.add_button)
        self._rows = QVBoxLayout()
        tight(self._rows, 0)
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        layout.addLayout(self._rows)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def names(self) -> tuple[str, ...]:
        """What was added, in order."""
        return tuple(self._names)

    def set_names(self, names: Sequence[str]) -> None:
        """Show these in place of all."""
        empty(self._rows)
        self._names = []
        for name in names:
            self._insert(name)
        self.changed.emit()

    def problem(self) -> str:
        """What is written and not added is easily forgotten."""
        text = self.edit.text().strip()
        return self.tr("Add {name} to its list, or clear it.").format(name=text) if text else ""

    def _add(self) -> None:
        name = self.edit.text().strip()
        if not name:
            return
        if not self.edit.matches(name):
            self._complain(self._unknown.format(name=name))
            return
        self.edit.clear()
        if name not in self._names:
            self._insert(name)
        self.changed.emit()

    def _complain(self, problem: str) -> None:
        set_level(self.edit, "error" if problem else "")
        say(self.note, problem, "error")
        self.changed.emit()

    def _insert(self, name: str) -> None:
        self._names.append(name)
        line = QWidget()
        label = QLabel(name, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        label.setFont(mono_font())
        text = self.tr("Remove {name}").format(name=name)
        row = QHBoxLayout(line)
        tight(row, GRID // 2)
        row.addWidget(label, stretch=1)
        row.addWidget(tool_button("x", text, lambda: self._remove(name, line)))
        self._rows.addWidget(line)

    def _remove(self, name: str, line: QWidget) -> None:
        self._names.remove(name)
        self._rows.removeWidget(line)
        line.deleteLater()
        self.changed.emit()
