"""The button that writes kept benchmarks and sweeps to files. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.kept_runs import Benchmarks, KeptRuns, SweepRuns
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.model.measure.history_export import ExportForm

_SUFFIXES: dict[ExportForm, str] = {
    "html": ".html",
    "csv": ".csv",
    "json": ".json",
    "samples": ".json",
}


class SaveRuns(QObject):
    """A menu of forms; each asks for a file."""

    def __init__(self, kept: KeptRuns, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept, self._widget = kept, parent
        self._runs: Benchmarks = ()
        self._sweeps: SweepRuns = ()
        self.button = QPushButton(self.tr("Save"))
        set_icon(self.button, "save")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        forms: tuple[tuple[ExportForm, str], ...] = (
            ("html", self.tr("Report as an HTML page ...")),
            ("csv", self.tr("Figures as CSV ...")),
            ("json", self.tr("Figures as JSON ...")),
            ("samples", self.tr("JSON with every inference ...")),
        )
        self.actions = {form: self.menu.addAction(words) for form, words in forms}
        for form, action in self.actions.items():
            action.triggered.connect(lambda _=False, f=form: self._ask(f))
        self.set_runs((), ())

    def set_runs(self, runs: Benchmarks, sweeps: SweepRuns = ()) -> None:
        """What would be written."""
        self._runs, self._sweeps = runs, sweeps
        why_not = "" if runs or sweeps else self.tr("Nothing is chosen.")
        enable_unless(why_not, self.button, self.tr("Save as a report or as data"))
        self.actions["samples"].setVisible(bool(runs))

    def save(self, path: Path, form: ExportForm) -> None:
        """Write them there."""
        self._kept.save(path, form, self._runs, self._sweeps)

    def _ask(self, form: ExportForm) -> None:
        suffix = _SUFFIXES[form]
        words = self.tr("{form} files (*{suffix})").format(form=suffix[1:].upper(), suffix=suffix)
        path = ask_save_path(self._widget, self.tr("Save"), f"benchmarks{suffix}", words)
        if path is not None:
            self.save(path, form)
