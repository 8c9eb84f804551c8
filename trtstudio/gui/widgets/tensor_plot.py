"""The values of an output tensor as a plot with its figures, and a chooser where there are several.
Main thread only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from trtstudio.gui.curves import Curve
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.widgets.plots import Plot
from trtstudio.model.graph import format_shape

_BARS_UP_TO = 64


class TensorPlot(QWidget):
    """Shows one of several output tensors; the one chosen stays chosen from run to run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: dict[str, Curve] = {}
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Output tensor"))
        self.chooser.setFont(mono_font())
        self.chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chooser.currentTextChanged.connect(self._show)
        self.name = QLabel()
        self.name.setFont(mono_font())
        self.kind = QLabel()
        self.kind.setFont(mono_font())
        self.kind.setProperty("role", "muted")
        self.figures = QLabel()
        self.figures.setFont(mono_font())
        self.figures.setProperty("role", "muted")
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.plot = Plot(self.tr("Value"), self.tr("Position in the tensor"), whole_numbers=True)
        self._line = self.plot.add_line(width=1)
        self._bars = self.plot.add_bars()
        self._arrange()

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Show these outputs of one run."""
        chosen = self.chooser.currentText()
        self._curves = {curve.name: curve for curve in curves}
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItems(list(self._curves))
        self.chooser.setCurrentText(chosen)
        self.chooser.blockSignals(False)
        self.chooser.setVisible(len(curves) > 1)
        self.name.setVisible(len(curves) == 1)
        self._show()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        heading = QLabel(self.tr("Output"))
        heading.setProperty("role", "heading")
        heading.setBuddy(self.chooser)
        top.addWidget(heading)
        top.addWidget(self.name)
        top.addWidget(self.chooser, 1)
        top.addStretch()
        top.addWidget(self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(top)
        layout.addWidget(self.figures)
        layout.addWidget(self.plot, 1)

    def _show(self) -> None:
        curve = self._curves.get(self.chooser.currentText())
        if curve is None:
            return
        few = curve.x.size <= _BARS_UP_TO
        self._line.setVisible(not few)
        self._bars.setVisible(few)
        if few:
            self.plot.set_bars(self._bars, curve.x, curve.y, 0.8)
            self._line.setData([], [])
        else:
            self._line.setData(curve.x, curve.y, connect="finite")
            self.plot.set_bars(self._bars, curve.x[:0], curve.y[:0], 0.8)
        self.plot.show_all()
        self.name.setText(curve.name)
        self.kind.setText(f"{curve.dtype} [{format_shape(curve.shape)}]")
        self.figures.setText(self._figures(curve))
        self.figures.setToolTip(self._how_drawn(curve))

    def _figures(self, curve: Curve) -> str:
        text = self.tr("min {low}   mean {mean}   max {high}").format(
            low=_short(curve.low),
            mean=_short(curve.mean),
            high=_short(curve.high),
        )
        if curve.bad:
            text += "   " + self.tr("{count} NaN or infinite").format(count=curve.bad)
        return text

    def _how_drawn(self, curve: Curve) -> str:
        if curve.step == 1:
            return ""
        return self.tr("Drawn: the smallest and the largest of every {step} values.").format(
            step=curve.step
        )


def _short(value: float) -> str:
    """Five significant digits in a fixed width, so that figures do not jump."""
    return f"{value:10.5g}"
