"""How long each step from a picture to its answer took. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from trtstudio.gui.run.runs import Run
from trtstudio.gui.theme import GRID, mono_font


class TimingView(QWidget):
    """A row a step, in ms; the steps of the inference on a GPU are set apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        self._add("decode", self.tr("Read and decode"))
        self._add("preprocess", self.tr("Preprocess"))
        self._add("latency", self.tr("Inference"))
        self._add("h2d", self.tr("    copy to the GPU"))
        self._add("gpu", self.tr("    compute"))
        self._add("d2h", self.tr("    copy back"))
        self._add("rest", self.tr("The rest"))
        self._add("total", self.tr("Total"))
        rest = self.tr(
            "Handing over to the process that runs the model and back, reading the answer, and "
            "waiting for the picture before."
        )
        for label in self._rows["rest"]:
            label.setToolTip(rest)
        total = self.tr(
            "From the file to the answer; of several pictures each also waits for the one before."
        )
        for label in self._rows["total"]:
            label.setProperty("role", "heading")
            label.setToolTip(total)
        self._show_steps(is_on_gpu=False)  # they would make the window higher

    def show_run(self, run: Run) -> None:
        """Show the times of one run."""
        timing = run.timing
        values = {
            "decode": run.feed.decode_ms if run.feed else 0.0,
            "preprocess": run.feed.preprocess_ms if run.feed else 0.0,
            "latency": timing.latency_ms,
            "h2d": timing.h2d_ms,
            "gpu": timing.gpu_ms,
            "d2h": timing.d2h_ms,
            "total": run.total_ms,
        }
        told = values["decode"] + values["preprocess"] + values["latency"]
        values["rest"] = max(0.0, run.total_ms - told)
        for name, value in values.items():
            self._rows[name][1].setText(f"{value:8.2f} ms")
        self._show_steps(is_on_gpu=timing.gpu_ms > 0)

    def _show_steps(self, *, is_on_gpu: bool) -> None:
        for name in ("h2d", "gpu", "d2h"):
            for label in self._rows[name]:
                label.setVisible(is_on_gpu)

    def _add(self, name: str, words: str) -> None:
        row = len(self._rows)
        label, figure = QLabel(words), QLabel()
        label.setProperty("role", "muted")
        figure.setFont(mono_font())
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        figure.setAccessibleName(words.strip())
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(figure, row, 1)
        self._rows[name] = (label, figure)
