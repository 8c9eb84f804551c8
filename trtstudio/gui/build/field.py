"""Fields for the values of build options; each leaves its option to TensorRT where nothing is
chosen. Main thread only.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.build.parts import (
    Choice,
    set_level,
    tight,
)
from trtstudio.gui.build.words import value_words
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.options import Option
from trtstudio.model.quantities import BYTE_UNITS

_LARGEST = 2**31 - 1
_MOST_STEPS = 10


class Field(QWidget):
    """A value of an option; None leaves it to TensorRT."""

    changed = Signal()

    def value(self) -> Any:
        """What is chosen."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Choose this, as far as it can be."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong, or nothing."""
        return ""


class SwitchField(Field):
    """A flag, set or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self.tr("On"))
        self.box.toggled.connect(self.changed)
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.box)

    def value(self) -> bool | None:
        return True if self.box.isChecked() else None

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class ChoiceField(Field):
    """One of several, the first being TensorRT's own choice."""

    def __init__(
        self, choices: list[tuple[str, Any]], default: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = Choice()
        words = self.tr("Default ({value})").format(value=default)
        self.box.addItem(words if default else self.tr("TensorRT's default"), None)
        for text, value in choices:
            self.box.addItem(text, value)
        self.box.currentIndexChanged.connect(self.changed)
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.box)

    def value(self) -> Any:
        return self.box.currentData()

    def set_value(self, value: Any) -> None:
        values = [self.box.itemData(i) for i in range(self.box.count())]
        self.box.setCurrentIndex(values.index(value) if value in values else 0)


class TriField(ChoiceField):
    """A flag that ``True`` sets and ``False`` clears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([], parent=parent)
        self.box.addItem(self.tr("On"), True)
        self.box.addItem(self.tr("Off"), False)


class NumberField(Field):
    """A whole number within its bounds; nothing typed is the default."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = 0 if option.low is None else option.low
        self._high = _LARGEST if option.high is None else option.high
        self.edit = QLineEdit(placeholderText=_default(option) or self.tr("TensorRT's default"))
        self.edit.setValidator(QIntValidator(0, _LARGEST, self))
        self.edit.setFont(mono_font())
        self.edit.textChanged.connect(self._check)
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.edit)

    def value(self) -> int | None:
        return int(self.edit.text()) if self.edit.text() else None

    def set_value(self, value: Any) -> None:
        self.edit.setText("" if value is None else str(value))

    def problem(self) -> str:
        value = self.value()
        if value is None or self._low <= value <= self._high:
            return ""
        if self._high == _LARGEST:
            return self.tr("{low} or more").format(low=self._low)
        return self.tr("{low} to {high}").format(low=self._low, high=self._high)

    def _check(self) -> None:
        set_level(self.edit, "error" if self.problem() else "")
        self.changed.emit()


class BytesField(Field):
    """A size in memory, as a number and its unit; nothing typed is the default."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(placeholderText=_default(option) or self.tr("default"))
        self.edit.setValidator(QIntValidator(0, _LARGEST, self))
        self.edit.setFont(mono_font())
        self.edit.textChanged.connect(self.changed)
        self.unit = Choice()
        for name, size in BYTE_UNITS.items():
            self.unit.addItem(name, size)
        self.unit.setCurrentIndex(1)
        self.unit.setAccessibleName(self.tr("Unit"))
        self.unit.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout(self)
        tight(row, GRID // 2)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.unit)

    def value(self) -> int | None:
        return int(self.edit.text()) * self.unit.currentData() if self.edit.text() else None

    def set_value(self, value: Any) -> None:
        if value is None:
            self.edit.clear()
            return
        sizes = list(BYTE_UNITS.values())
        index = max((i for i, size in enumerate(sizes) if value % size == 0), default=0)
        self.unit.setCurrentIndex(index)
        self.edit.setText(str(value // sizes[index]))


class TextField(Field):
    """Any text; nothing typed is the default."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(placeholderText=_default(option) or self.tr("TensorRT's default"))
        self.edit.setFont(mono_font())
        self.edit.textChanged.connect(self.changed)
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.edit)

    def value(self) -> str | None:
        return self.edit.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.edit.setText(value or "")


class MembersField(Field):
    """Any of several; the first box leaves them all to TensorRT."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        default = option.default if isinstance(option.default, tuple) else ()
        self.default_box = QCheckBox(self.tr("TensorRT's default"))
        self.default_box.setChecked(True)
        self.boxes = {member: QCheckBox(member) for member in option.members}
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        layout.addWidget(self.default_box)
        for member, box in self.boxes.items():
            box.setFont(mono_font())
            box.setChecked(member in default)
            box.setEnabled(False)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
        self.default_box.toggled.connect(self._on_default)

    def value(self) -> tuple[str, ...] | None:
        if self.default_box.isChecked():
            return None
        return tuple(member for member, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        self.default_box.setChecked(value is None)
        for member, box in self.boxes.items():
            if value is not None:
                box.setChecked(member in value)

    def _on_default(self, is_default: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(not is_default)
        self.changed.emit()


def make_field(option: Option) -> Field:
    """The field for an option's values."""
    make: Callable[[Option], Field] = {
        "flag": lambda _: SwitchField(),
        "parser_flag": lambda _: TriField(),
        "int": _number,
        "text": TextField,
        "enum": lambda o: ChoiceField([(m, m) for m in o.members], _default(o)),
        "set": MembersField,
        "memory": BytesField,
    }[option.kind]
    return make(option)


def _number(option: Option) -> Field:
    """A few steps are chosen, not typed."""
    low, high = option.low, option.high
    if low is not None and high is not None and high - low < _MOST_STEPS:
        return ChoiceField([(str(n), n) for n in range(low, high + 1)], _default(option))
    return NumberField(option)


def _default(option: Option) -> str:
    return value_words(option, option.default)
