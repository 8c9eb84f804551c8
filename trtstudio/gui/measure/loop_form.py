"""How inferences follow each other, as a form. Main thread only."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from trtstudio.gui.parts.explained_option import BenchOption
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.theme import GRID
from trtstudio.model.measure.loop import Loop

MOST_STREAMS = 64
_CHECKED = ("overlap", "transfers", "cuda_graph", "spin", "pinned")
_ALONE = Loop(transfers=False, pinned=False)


class LoopForm(QWidget):
    """The options of a ``Loop``. Where the runtime has no choice it says why, and what was chosen
    is kept for one that has.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loop = Loop()
        self._reason = ""
        self.reason = Sentence()
        self.reason.hide()
        self.streams = QSpinBox(minimum=1, maximum=MOST_STREAMS)
        self.boxes = {name: QCheckBox() for name in _CHECKED}
        self._options = {"streams": self._option("streams", self.streams)}
        self._options |= {name: self._option(name, box) for name, box in self.boxes.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.reason)
        for option in self._options.values():
            column.addWidget(option)
        self.set_loop(self._loop)
        self.streams.valueChanged.connect(self._read)
        for box in self.boxes.values():
            box.toggled.connect(self._read)

    def loop(self) -> Loop:
        """What is chosen, or all that the runtime can do."""
        return Loop() if self._reason else self._loop

    def set_loop(self, loop: Loop) -> None:
        """Show another choice; says nothing."""
        self._loop = loop
        self._show()

    def refuse(self, reason: str) -> None:
        """The runtime has no choice, for this reason; it has, where there is none."""
        self._reason = reason
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for option in self._options.values():
            option.refuse(reason)
        self._show()

    def _show(self) -> None:
        shown = _ALONE if self._reason else self._loop
        for control in (self.streams, *self.boxes.values()):
            control.blockSignals(True)
        self.streams.setValue(shown.streams)
        for name, box in self.boxes.items():
            box.setChecked(getattr(shown, name))
        for control in (self.streams, *self.boxes.values()):
            control.blockSignals(False)

    def _read(self) -> None:
        chosen = {name: box.isChecked() for name, box in self.boxes.items()}
        self._loop = replace(self._loop, streams=self.streams.value(), **chosen)
        self.changed.emit()

    def _option(self, name: str, control: QWidget) -> BenchOption:
        words, sentence = {
            "streams": (
                self.tr("Streams"),
                self.tr("So many inferences at the same time, each with memory of its own."),
            ),
            "overlap": (
                self.tr("Overlap"),
                self.tr("Copies of one inference go beside the compute of the one before."),
            ),
            "transfers": (
                self.tr("Transfers"),
                self.tr("Every inference copies its inputs to the GPU and its outputs back."),
            ),
            "cuda_graph": (
                self.tr("CUDA graph"),
                self.tr("The GPU replays a recording, so the CPU has hardly anything to start."),
            ),
            "spin": (
                self.tr("Spin wait"),
                self.tr("A busy core hears of the end at once, instead of being woken up."),
            ),
            "pinned": (
                self.tr("Page-locked memory"),
                self.tr("The GPU copies from the host's memory directly."),
            ),
        }[name]
        return BenchOption(words, sentence, control)
