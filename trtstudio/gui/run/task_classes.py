"""Which classes count, by their names. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class TaskClasses(QLineEdit):
    """Names or numbers with commas between them, completed as they are typed; empty means all."""

    changed = Signal(object)  # frozenset[int] | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Only these classes"))
        self.setPlaceholderText(self.tr("All classes"))
        self.setClearButtonEnabled(True)
        self._labels: Sequence[str] = ()
        self._names = QStringListModel(self)
        self._completer = _LastWord(self)
        self._completer.setModel(self._names)
        self.setCompleter(self._completer)
        self.textChanged.connect(self._take)

    def show_classes(self, classes: frozenset[int] | None, labels: Sequence[str] | None) -> None:
        """Show a choice without telling of it. What the user is typing stays as it is."""
        if (labels or ()) != self._labels:
            self._labels = labels or ()
            self._names.setStringList(list(self._labels))
        if self._numbers() == classes:
            return
        with QSignalBlocker(self):
            self.setText(", ".join(map(self._name, sorted(classes or ()))))
        self._mark("")

    def _name(self, number: int) -> str:
        return self._labels[number] if number < len(self._labels) else str(number)

    def _words(self) -> list[str]:
        return [word.strip() for word in self.text().split(",") if word.strip()]

    def _numbers(self) -> frozenset[int] | None:
        """The classes that are named; None where none is."""
        known = {name.lower(): number for number, name in enumerate(self._labels)}
        numbers = [
            int(word) if word.isascii() and word.isdigit() else known.get(word.lower())
            for word in self._words()
        ]
        return frozenset(n for n in numbers if n is not None) or None

    def _take(self) -> None:
        known = {name.lower() for name in self._labels}
        unknown = [w for w in self._words() if w.lower() not in known and not w.isdigit()]
        self._mark(
            self.tr("No class is called {names}.").format(names=", ".join(unknown))
            if unknown
            else ""
        )
        self.changed.emit(self._numbers())

    def _mark(self, problem: str) -> None:
        self.setToolTip(problem or self.tr("Names or numbers, with commas between them"))
        self.setProperty("level", "error" if problem else "")
        self.style().unpolish(self)
        self.style().polish(self)


class _LastWord(QCompleter):
    """Completes what is behind the last comma."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        return [path.rsplit(",", 1)[-1].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        name = str(self.model().data(index))
        before, comma, _ = self._edit.text().rpartition(",")
        return f"{before}, {name}" if comma else name
