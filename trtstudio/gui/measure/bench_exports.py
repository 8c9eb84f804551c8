"""A benchmark's figures to the clipboard and to files. Main thread only; the io thread writes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.text import ExportKind, as_json, as_text, save_result
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.save_path import ask_save_form
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace


class ExportBar(QWidget):
    """Copies what is shown now; a file has the complete result."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._measurement: Measurement | None = None
        self.copy_text = self._copy_button(self.tr("Copy as text"), as_text)
        self.copy_text.setToolTip(self.tr("Copy the figures as text"))
        self.copy_json = self._copy_button(self.tr("Copy as JSON"), as_json)
        self.copy_json.setToolTip(self.tr("Copy the figures as JSON"))
        self.save_button = QPushButton(self.tr("Save ..."))
        set_icon(self.save_button, "save")
        self.save_button.clicked.connect(self._ask)
        self._offer_saving(is_complete=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for button in (self.copy_text, self.copy_json, self.save_button):
            row.addWidget(button)
        row.addStretch()

    def show_measurement(self, measurement: Measurement) -> None:
        """What the buttons are about."""
        self._measurement = measurement
        self._offer_saving(is_complete=measurement.result is not None)

    def _offer_saving(self, *, is_complete: bool) -> None:
        why_not = "" if is_complete else self.tr("The measurement has no complete result yet.")
        enable_unless(why_not, self.save_button, self.tr("As JSON with every inference, or as CSV"))

    def save(self, path: Path, kind: ExportKind) -> None:
        """Write the complete result there."""
        measurement, workspace = self._measurement, self._workspace
        if measurement is None or measurement.result is None:
            return
        samples = measurement.samples.samples()
        done = workspace.io.keep(save_result, path, measurement.result, samples, kind)
        message = self.tr("Saved {path}").format(path=path)
        workspace.courier.watch(
            done, lambda _: workspace.notify(Notice("info", message)), workspace.report
        )

    def _ask(self) -> None:
        kinds: dict[str, ExportKind] = {
            self.tr("JSON with every inference (*.json)"): "json",
            self.tr("CSV of the figures (*.csv)"): "csv",
            self.tr("CSV of every inference (*.csv)"): "samples",
        }
        found = ask_save_form(self, self.tr("Save the benchmark"), "benchmark.json", kinds)
        if found is not None:
            self.save(*found)

    def _copy_button(self, text: str, words: Callable[[Measurement], str]) -> QPushButton:
        button = QPushButton(text)
        set_icon(button, "copy")

        def copy() -> None:
            if self._measurement is not None:
                QGuiApplication.clipboard().setText(words(self._measurement))

        button.clicked.connect(copy)
        return button
