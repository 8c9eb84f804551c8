"""The mouse wheel in a form that scrolls. Main thread only."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class WheelGuard(QObject):
    """Lets the wheel scroll the form: it changes a value only where the user is."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        boxes: list[QWidget] = [*form.findChildren(QAbstractSpinBox)]
        boxes += form.findChildren(QComboBox)
        for box in boxes:
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_wheel = event.type() == QEvent.Type.Wheel
        if is_wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
