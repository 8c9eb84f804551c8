"""Where the values of one input are entered, a widget for each kind of source. Main thread only."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.gui.parts.seed_box import SeedBox
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.files import expanded
from trtstudio.model.given_inputs import (
    ArrayValues,
    ConstantValues,
    FileValues,
    RandomValues,
    Values,
)
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES

Kind = Literal["picture", "random", "constant", "file", "earlier"]
Editor = TypeVar("Editor", bound="ValuesEditor")

_SEPARATOR = re.compile(r"[\s,;]+")


class ValuesEditor(QWidget):
    """``values`` are what is entered; None while that is nothing, and ``missing`` or ``problem``
    says so.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GRID // 2)

    @abstractmethod
    def values(self) -> Values | None:
        """What is entered."""

    def missing(self) -> str:
        """What its user has still to do."""
        return ""

    def problem(self) -> str:
        """What is wrong with it, as far as that is known without looking into files."""
        return ""


class RandomEditor(ValuesEditor):
    """The seed of the numbers."""

    def __init__(self, name: str, seed: int) -> None:
        super().__init__(name)
        self.seed = SeedBox(seed)
        label = QLabel(self.tr("Seed"))
        label.setProperty("role", "muted")
        label.setBuddy(self.seed)
        self.seed.setAccessibleName(self.tr("Seed of {name}").format(name=name))
        self.seed.setToolTip(self.tr("The same seed gives the same numbers again."))
        self.seed.valueChanged.connect(self.changed)
        self.row.addWidget(label)
        self.row.addWidget(self.seed)
        self.row.addStretch(1)

    def values(self) -> Values:
        return RandomValues(self.seed.value())


class ConstantEditor(ValuesEditor):
    """One number, or one for each value."""

    def __init__(self, name: str, numbers: Sequence[float]) -> None:
        super().__init__(name)
        self.numbers = QLineEdit()
        self.set_numbers(numbers)
        self.numbers.setFont(mono_font())
        self.numbers.setAccessibleName(self.tr("Constant for {name}").format(name=name))
        self.numbers.setToolTip(self.tr("One number for all values, or one for each: 640, 480"))
        self.numbers.textChanged.connect(self.changed)
        self.row.addWidget(self.numbers)

    def set_numbers(self, numbers: Sequence[float]) -> None:
        """As if they were typed."""
        self.numbers.setText(", ".join(map(str, numbers)))

    def values(self) -> Values | None:
        try:
            numbers = tuple(map(_number, _SEPARATOR.split(self.numbers.text().strip())))
        except ValueError:
            return None
        return ConstantValues(numbers)

    def problem(self) -> str:
        if self.values() is not None:
            return ""
        return self.tr("Write a number, or several with commas between them.")


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):  # such as a whole number that no dtype holds
        return number
    try:
        return int(text)
    except ValueError:
        return number


class FileEditor(ValuesEditor):
    """The path of a file, typed, chosen or dropped, and which of its arrays if it has several."""

    def __init__(self, name: str, kinds: str, *, missing: str) -> None:
        super().__init__(name)
        self._kinds, self._missing = kinds, missing
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("File for {name}").format(name=name))
        self.path.setPlaceholderText(kinds.partition(" (")[0])
        self.path.textChanged.connect(self._path_changed)
        self.arrays = ElidingBox()
        self.arrays.setFont(mono_font())
        self.arrays.setAccessibleName(self.tr("Array for {name}").format(name=name))
        self.arrays.activated.connect(self.changed)
        self.arrays.hide()
        self.browse = QPushButton()
        self.browse.setStyleSheet("padding: 3px 6px;")
        set_icon(self.browse, "folder-open")
        self.browse.setToolTip(self.tr("Choose a file ..."))
        self.browse.setAccessibleName(self.tr("Choose a file for {name}").format(name=name))
        self.browse.clicked.connect(self._choose)
        self.row.addWidget(self.path, 1)
        self.row.addWidget(self.arrays)
        self.row.addWidget(self.browse)

    def set_path(self, path: Path) -> None:
        """As if it were typed."""
        self.path.setText(str(path))

    def chosen(self) -> Path | None:
        """The file."""
        text = self.path.text().strip().strip("\"'")
        return expanded(text) if text else None

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these arrays of the file; the one that was chosen stays so where it is there."""
        if list(names) == [self.arrays.itemText(i) for i in range(self.arrays.count())]:
            return
        chosen = self.arrays.currentText() or self.name
        self.arrays.clear()
        self.arrays.addItems(list(names))
        self.arrays.setCurrentIndex(self.arrays.findText(chosen))  # none, where it is not there
        self.arrays.setVisible(len(names) > 1)

    def values(self) -> Values | None:
        path = self.chosen()
        if path is None:
            return None
        several = self.arrays.count() > 1
        return FileValues(path, self.arrays.currentText() if several else "")

    def missing(self) -> str:
        return "" if self.chosen() is not None else self._missing

    def _path_changed(self) -> None:
        self.arrays.clear()
        self.arrays.hide()
        self.changed.emit()

    def _choose(self) -> None:
        title = self.tr("Values of {name}").format(name=self.name)
        path, _ = QFileDialog.getOpenFileName(self, title, "", self._kinds)
        if path:
            self.set_path(Path(path))


class EarlierEditor(ValuesEditor):
    """One of the outputs that are remembered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.outputs = ElidingBox()
        self.outputs.setAccessibleName(self.tr("Earlier output for {name}").format(name=name))
        self.outputs.activated.connect(self.changed)
        self.row.addWidget(self.outputs, 1)

    def offer(self, found: Sequence[ArrayValues]) -> None:
        """Only these are remembered now; what was chosen stays so while it is."""
        before, was_empty = self.outputs.currentData(), not self.outputs.count()
        self.outputs.clear()
        for each in found:
            self.outputs.addItem(each.title, each)
        kept = (i for i, f in enumerate(found) if before is not None and f.array is before.array)
        self.outputs.setCurrentIndex(next(kept, 0 if was_empty and found else -1))

    def values(self) -> Values | None:
        found: ArrayValues | None = self.outputs.currentData()
        return found

    def missing(self) -> str:
        is_choice = self.values() is None and self.outputs.count() > 0
        return self.tr("Choose an earlier output.") if is_choice else ""

    def problem(self) -> str:
        why = self.tr("No run that is remembered has an output of such a shape.")
        return "" if self.outputs.count() else why


class InputEditors(QStackedWidget):
    """An editor for each kind of source of one input, made when it is first wanted."""

    changed = Signal()

    def __init__(self, name: str, usual: Values, kind: QWidget, parent: QWidget) -> None:
        """The Tab key goes from ``kind`` to the editor, however late that is made."""
        super().__init__(parent)
        self._name, self._usual, self._kind = name, usual, kind

    def set_usual(self, usual: Values) -> None:
        """Show it in place of what was usual before, but not of what was typed."""
        old, self._usual = self._usual, usual
        if isinstance(usual, ConstantValues) and usual != old and self.constant.values() == old:
            self.constant.set_numbers(usual.numbers)

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in the editor that is shown."""
        editor = self.currentWidget()
        return _stops(editor) if editor is not None else []

    def editor(self, kind: Kind) -> ValuesEditor:
        """The one for this kind."""
        editor: ValuesEditor = getattr(self, kind)
        return editor

    @cached_property
    def picture(self) -> FileEditor:
        """For an input that takes pictures."""
        suffixes = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        kinds = self.tr("A picture ({suffixes})").format(suffixes=suffixes)
        return self._add(FileEditor(self._name, kinds, missing=self.tr("Choose a picture.")))

    @cached_property
    def random(self) -> RandomEditor:
        """Seeded as usual."""
        seed = self._usual.seed if isinstance(self._usual, RandomValues) else 0
        return self._add(RandomEditor(self._name, seed))

    @cached_property
    def constant(self) -> ConstantEditor:
        """With the usual numbers."""
        numbers = self._usual.numbers if isinstance(self._usual, ConstantValues) else (0,)
        return self._add(ConstantEditor(self._name, numbers))

    @cached_property
    def file(self) -> FileEditor:
        """For an array or bare values."""
        kinds = self.tr("NumPy arrays and bare values (*.npy *.npz *.bin *.raw *.dat);;Any (*)")
        return self._add(FileEditor(self._name, kinds, missing=self.tr("Choose a file.")))

    @cached_property
    def earlier(self) -> EarlierEditor:
        """For an output of a run before."""
        return self._add(EarlierEditor(self._name))

    def _add(self, editor: Editor) -> Editor:
        self.addWidget(editor)
        for before, widget in pairwise([self._kind, *_stops(editor)]):
            self.setTabOrder(before, widget)
        editor.changed.connect(self.changed)
        WheelGuard(editor)
        return editor


def _stops(editor: QWidget) -> list[QWidget]:
    children = editor.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in children if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
