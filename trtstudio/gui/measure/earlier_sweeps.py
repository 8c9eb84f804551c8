"""The button with the earlier sweeps of a model. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.kept_runs import SweepRuns
from trtstudio.gui.measure.sweeps import finished
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.plural import counted
from trtstudio.model.history import Kept, local_time
from trtstudio.model.measure.bench_history import SweepRun

_SHOWN = 20


class EarlierSweeps(QPushButton):
    """Its menu names the newest; ``chosen`` tells which one is wanted, a ``Kept[SweepRun]``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setText(self.tr("Earlier sweeps"))
        set_icon(self, "history")
        self.sweeps: SweepRuns = ()
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        self.show_sweeps(())

    def show_sweeps(self, sweeps: SweepRuns) -> None:
        """Offer these, the newest first."""
        self.sweeps = sweeps
        self.choices.clear()
        for kept in sweeps[:_SHOWN]:
            action = self.choices.addAction(self._words(kept))
            action.triggered.connect(lambda _=False, k=kept: self.chosen.emit(k))
        why_not = "" if sweeps else self.tr("This model was not swept yet.")
        enable_unless(why_not, self, self.tr("Show a sweep of this model again"))

    def _words(self, kept: Kept[SweepRun]) -> str:
        run = kept.entry
        text = (
            self.tr("{when}  {axes}  ({points}, {runtime})")
            if run.complete
            else self.tr("{when}  {axes}  ({points}, stopped, {runtime})")
        )
        count = len(finished(list(run.points)))
        return text.format(
            when=local_time(kept.added_at),
            axes=", ".join(run.axes),
            points=counted(count, self.tr("1 point"), self.tr("{count:,} points")),
            runtime=run.runtime,
        )
