"""How far a run over many pictures is, and what can be done about it. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget
from superqt import QElidingLabel

from trtstudio.gui.batch.batches import Batch
from trtstudio.gui.batch.work import BatchWork
from trtstudio.gui.build.words import about
from trtstudio.gui.icons import set_icon
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID


class BatchProgress(QWidget):
    """A bar, the rate and the time that is left, and the buttons."""

    pause_requested = Signal()
    go_on_requested = Signal()
    stop_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(GRID)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.words = QElidingLabel()
        self.words.setAccessibleName(self.tr("How far it is"))
        self.pause = self._button(self.tr("Pause"), "pause", self.pause_requested)
        self.pause.setToolTip(self.tr("Let no further picture run for now"))
        self.go_on = self._button(self.tr("Go on"), "play", self.go_on_requested)
        self.go_on.setToolTip(self.tr("Run the pictures that are left"))
        self.stop = self._button(self.tr("Stop"), "circle-stop", self.stop_requested)
        self.stop.setToolTip(self.tr("Stop; what there is stays, and can go on later (Esc)"))
        self.again = self._button(self.tr("Start over"), "rotate-ccw", self.again_requested)
        self.again.setToolTip(self.tr("Forget these answers and run all pictures again"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 2)
        for button in (self.pause, self.go_on, self.stop, self.again):
            row.addWidget(button)

    def show_batch(self, batch: Batch, problems: int) -> None:
        """As it stands."""
        work = batch.work
        is_running = not batch.has_ended
        is_paused = work is not None and work.is_paused
        is_stopped = not is_running and (work is None or not work.is_complete)
        self.pause.setVisible(is_running and not is_paused)
        self.pause.setEnabled(work is not None)
        self.go_on.setVisible(is_paused or is_stopped)
        self.stop.setVisible(is_running)
        self.again.setVisible(not is_running)
        if work is None:
            self.bar.setRange(0, 0 if is_running else 1)
            self.words.setText(self.tr("Loading the model ...") if is_running else "")
            return
        self.bar.setVisible(not work.is_live)
        self.bar.setRange(0, max(1, work.total))
        self.bar.setValue(len(work.rows) if work.total else 0)
        self.words.setText(" · ".join(filter(None, self._parts(batch, work, problems))))

    def _parts(self, batch: Batch, work: BatchWork, problems: int) -> list[str]:
        if work.is_live:
            return self._live_parts(batch, work)
        done, rate = len(work.rows), work.rate
        parts = [self.tr("{done:,} of {total:,}").format(done=done, total=work.total)]
        if rate:
            parts.append(self.tr("{rate:,.1f} pictures per second").format(rate=rate))
        if work.is_paused:
            parts.append(self.tr("paused"))
        elif batch.has_ended and not work.is_complete:
            parts.append(self.tr("stopped"))
        elif rate and not batch.has_ended:
            parts.append(self.tr("{time} left").format(time=about((work.total - done) / rate)))
        if work.known:
            parts.append(self.tr("{count:,} from before").format(count=work.known))
        if problems:
            parts.append(self.tr("{count:,} without an answer").format(count=problems))
        return parts

    def _live_parts(self, batch: Batch, work: BatchWork) -> list[str]:
        parts = [counted(work.seen, self.tr("1 picture"), self.tr("{count:,} pictures"))]
        if work.rate:
            parts.append(self.tr("{rate:,.1f} pictures per second").format(rate=work.rate))
        if work.dropped:
            parts.append(self.tr("{count:,} came too fast").format(count=work.dropped))
        if work.is_paused:
            parts.append(self.tr("paused"))
        elif batch.has_ended:
            parts.append(self.tr("stopped"))
        return parts

    def _button(self, text: str, icon_name: str, signal: object) -> QPushButton:
        button = QPushButton(text)
        set_icon(button, icon_name)
        button.clicked.connect(signal)
        return button
