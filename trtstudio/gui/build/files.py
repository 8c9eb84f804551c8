"""Fields of a build that name files: the timing cache and plugin libraries. Main thread only."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.field import Field
from trtstudio.gui.build.parts import (
    Choice,
    empty,
    tight,
    tool_button,
)
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.build_options import TimingCache
from trtstudio.model.files import expanded


class FileList(QWidget):
    """Files that were added, each with a button that removes it."""

    changed = Signal()

    def __init__(self, add: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self.paths: list[str] = []
        self.add_button = QPushButton(add)
        self.add_button.setToolTip(self.tr("Choose files"))
        self.add_button.clicked.connect(self._browse)
        self._rows = QVBoxLayout()
        tight(self._rows, 0)
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        layout.addLayout(self._rows)
        layout.addWidget(self.add_button)

    def set_paths(self, paths: tuple[str, ...]) -> None:
        """Show these in place of all."""
        empty(self._rows)
        self.paths = []
        for path in paths:
            self.add(path)
        self.changed.emit()

    def add(self, path: str) -> None:
        """One more."""
        if path in self.paths:
            return
        self.paths.append(path)
        line = QWidget()
        label = QLabel(Path(path).name, wordWrap=True)
        label.setToolTip(path)
        label.setFont(mono_font())
        text = self.tr("Remove {name}").format(name=Path(path).name)
        row = QHBoxLayout(line)
        tight(row, GRID // 2)
        row.addWidget(label, stretch=1)
        row.addWidget(tool_button("x", text, lambda: self._remove(path, line)))
        self._rows.addWidget(line)
        self.changed.emit()

    def _remove(self, path: str, line: QWidget) -> None:
        self.paths.remove(path)
        self._rows.removeWidget(line)
        line.deleteLater()
        self.changed.emit()

    def _browse(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.add_button.text(), "", self._kinds)
        for name in names:
            self.add(name)


class CacheField(Field):
    """A timing cache: its file, and how it is used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = QLineEdit(placeholderText=self.tr("no cache"))
        self.path.setAccessibleName(self.tr("Timing cache"))
        self.path.setFont(mono_font())
        self.browse_button = QPushButton(self.tr("Browse ..."))
        self.browse_button.setToolTip(self.tr("Choose a file"))
        self.browse_button.clicked.connect(self._browse)
        self.mode = Choice()
        self.mode.addItem(self.tr("Read, and written after the build"), "update")
        self.mode.addItem(self.tr("Read only"), "read")
        self.ignore = QCheckBox(self.tr("Take what another GPU measured"))
        self.others = FileList(self.tr("Combine with ..."), self.tr("Timing caches (*)"))
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self.path, stretch=1)
        row.addWidget(self.browse_button)
        self.how = QWidget()
        how = QVBoxLayout(self.how)
        tight(how, GRID // 2)
        for part in (self.mode, self.ignore, self.others):
            how.addWidget(part)
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        layout.addLayout(row)
        layout.addWidget(self.how)
        self.path.textChanged.connect(self._on_change)
        self.mode.currentIndexChanged.connect(self._on_change)
        self.ignore.toggled.connect(self._on_change)
        self.others.changed.connect(self._on_change)
        self._on_change()

    def value(self) -> TimingCache | None:
        path = self.path.text().strip()
        if not path:
            return None
        place, others = str(expanded(path)), tuple(self.others.paths)
        return TimingCache(place, self.mode.currentData(), others, self.ignore.isChecked())

    def set_value(self, value: Any) -> None:
        cache = value or TimingCache("")
        self.path.setText(cache.path)
        self.mode.setCurrentIndex(self.mode.findData(cache.mode))
        self.ignore.setChecked(cache.ignore_mismatch)
        self.others.set_paths(cache.combine)

    def problem(self) -> str:
        path = self.path.text().strip()
        if path and not expanded(path).is_absolute():
            return self.tr("Give the whole path of the cache.")
        return ""

    def _on_change(self) -> None:
        self.how.setVisible(bool(self.path.text().strip()))
        self.changed.emit()

    def _browse(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite
        title = self.tr("Timing cache")
        name, _ = QFileDialog.getSaveFileName(self, title, self.path.text(), options=options)
        if name:
            self.path.setText(name)


class PluginsField(Field):
    """Plugin libraries, and the agreement to load them: a library runs as it is loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = self.tr("Libraries (*.so *.so.* *.dll)")
        self.files = FileList(self.tr("Add a library ..."), kinds)
        self.trust = QCheckBox(self.tr("I know who made them: load them"))
        self.in_plan = QCheckBox(self.tr("Put them into the plan"))
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        for part in (self.files, self.trust, self.in_plan):
            layout.addWidget(part)
        self.files.changed.connect(self._on_change)
        for box in (self.trust, self.in_plan):
            box.toggled.connect(self.changed)
        self._on_change()

    def value(self) -> tuple[tuple[str, ...], bool, bool] | None:
        """The libraries, whether they may be loaded, and whether they go into the plan."""
        if not self.files.paths:
            return None
        return tuple(self.files.paths), self.trust.isChecked(), self.in_plan.isChecked()

    def set_value(self, value: Any) -> None:
        paths, is_trusted, in_plan = value or ((), False, False)
        self.files.set_paths(paths)
        self.trust.setChecked(is_trusted)
        self.in_plan.setChecked(in_plan)

    def problem(self) -> str:
        if self.files.paths and not self.trust.isChecked():
            return self.tr("A plugin library runs as it is loaded: agree to it, or remove it.")
        return ""

    def _on_change(self) -> None:
        for box in (self.trust, self.in_plan):
            box.setVisible(bool(self.files.paths))
        self.changed.emit()
