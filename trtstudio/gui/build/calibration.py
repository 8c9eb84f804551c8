"""What INT8 ranges are measured on. Main thread only; folders are looked into on the ``io``
thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.parts import (
    Choice,
    Count,
    Level,
    form_layout,
    note,
    say,
    set_level,
    tight,
)
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.arrays import ARRAY_SUFFIXES
from trtstudio.model.build.conversion import METHODS, Calibration
from trtstudio.model.files import expanded
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES

PAUSE_MS = 150
MOST = 100_000


@dataclass(frozen=True, slots=True)
class FolderContent:
    """What lies right in a folder: how many pictures and how many files of arrays."""

    folder: str
    exists: bool
    pictures: int = 0
    arrays: int = 0


def look_into(folder: str) -> FolderContent:
    """Count what a calibration could read; for the ``io`` thread."""
    try:
        suffixes = [path.suffix.lower() for path in Path(folder).iterdir() if path.is_file()]
    except OSError:
        return FolderContent(folder, exists=False)
    pictures = sum(suffix in PICTURE_SUFFIXES for suffix in suffixes)
    return FolderContent(folder, True, pictures, sum(s in ARRAY_SUFFIXES for s in suffixes))


class CalibrationForm(QWidget):
    """Folder, method, limit, and a file that keeps the ranges."""

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        methods: Sequence[str] = METHODS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._content: FolderContent | None = None
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._make_folder()
        self._make_details(methods)
        layout = QVBoxLayout(self)
        tight(layout)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.folder, stretch=1)
        row.addWidget(self.browse_button)
        layout.addLayout(row)
        layout.addWidget(self.note)
        layout.addWidget(self.details)
        self._say()

    def calibration(self) -> Calibration | None:
        """What is entered; None without a folder."""
        folder = self.folder.text().strip()
        if not folder:
            return None
        return Calibration(
            str(expanded(folder)),
            self.method.currentData(),
            self.limit.value(),
            self.cache.text().strip(),
            self.preprocess.text().strip(),
        )

    def problem(self) -> str:
        """Why nothing can be measured on this, or nothing."""
        content, folder = self._content, self.folder.text().strip()
        if not folder:
            return self.tr("Choose a folder of pictures or arrays to calibrate on.")
        if content is None or content.folder != folder:
            return ""
        if not content.exists:
            return self.tr("There is no such folder.")
        if content.pictures and content.arrays:
            text = self.tr("The folder mixes {pictures} pictures and {arrays} arrays; keep one.")
            return text.format(pictures=content.pictures, arrays=content.arrays)
        if not content.pictures and not content.arrays:
            return self.tr("The folder holds no picture, .npy or .npz file itself.")
        return ""

    def fill(self, calibration: Calibration | None) -> None:
        """Enter what a request says."""
        if calibration is None:
            return
        self.folder.setText(calibration.folder)
        self.method.setCurrentIndex(max(0, self.method.findData(calibration.method)))
        self.limit.setValue(calibration.limit)
        self.cache.setText(calibration.cache)
        self.preprocess.setText(calibration.preprocess)

    def _make_folder(self) -> None:
        self.folder = QLineEdit(placeholderText=self.tr("Folder of pictures or arrays"))
        self.folder.setAccessibleName(self.tr("Folder to calibrate on"))
        self.folder.setFont(mono_font())
        self.folder.textChanged.connect(self._on_folder)
        self.browse_button = QPushButton(self.tr("Browse ..."))
        self.browse_button.setToolTip(self.tr("Choose a folder"))
        self.browse_button.clicked.connect(self._browse)
        self.note = note()

    def _make_details(self, methods: Sequence[str]) -> None:
        self.method = Choice()
        words = {
            "entropy": self.tr("Entropy"),
            "minmax": self.tr("Minimum and maximum"),
            "percentile": self.tr("Percentile"),
        }
        for method in methods:
            self.method.addItem(words.get(method, method), method)
        self.limit = Count(1, MOST, Calibration("").limit)
        self.cache = QLineEdit(placeholderText=self.tr("none"))
        self.preprocess = QLineEdit(placeholderText=self.tr("as the model says"))
        for edit in (self.cache, self.preprocess):
            edit.setFont(mono_font())
            edit.textChanged.connect(self.changed)
        self.cache.setToolTip(self.tr("A file that keeps the ranges for the next build"))
        self.preprocess.setToolTip(self.tr("A preset's name or JSON, where pictures need another"))
        content = QWidget()
        form = form_layout(content)
        form.addRow(self.tr("Method"), self.method)
        form.addRow(self.tr("At most"), self.limit)
        form.addRow(self.tr("Keep ranges in"), self.cache)
        form.addRow(self.tr("Preprocess"), self.preprocess)
        self.details = Fold(self.tr("How it is measured"), content)
        self.method.currentIndexChanged.connect(self.changed)
        self.limit.valueChanged.connect(self._say)

    def _browse(self) -> None:
        title = self.tr("Folder to calibrate on")
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _on_folder(self) -> None:
        self._timer.start()
        self._say()

    def _look(self) -> None:
        future = self._workspace.io.submit(look_into, self.folder.text().strip())
        self._workspace.courier.watch(future, self._on_content, self._workspace.report)

    def _on_content(self, content: FolderContent) -> None:
        self._content = content
        self._say()

    def _say(self) -> None:
        problem = self.problem()
        is_empty = not self.folder.text().strip()
        level: Level = "error" if problem and not is_empty else ""
        say(self.note, problem or self._found(), level)
        set_level(self.folder, level)
        self.changed.emit()

    def _found(self) -> str:
        content = self._content
        if content is None or content.folder != self.folder.text().strip():
            return ""
        count = content.pictures or content.arrays
        if content.pictures:
            found = counted(count, self.tr("1 picture"), self.tr("{count:,} pictures"))
        else:
            found = counted(count, self.tr("1 array"), self.tr("{count:,} arrays"))
        if count > self.limit.value():
            text = self.tr("{found}, of which {limit:,} are used")
            return text.format(found=found, limit=self.limit.value())
        return found
