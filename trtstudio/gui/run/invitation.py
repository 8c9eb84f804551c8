"""What the run page shows before anything was run: what can be dropped, or why nothing can, and the
bundled pictures for who has none at hand. Main thread only.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from trtstudio.gui.parts.drop_area import DropArea
from trtstudio.model.errors import StudioError


class RunInvitation(DropArea):
    """A drop area with one button: to open a picture, or to run random inputs where the model does
    not take pictures.
    """

    open_requested = Signal()
    random_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("images", parent)
        self.open_button = self._add(QPushButton(self.tr("Open a picture ...")))
        self.open_button.setToolTip(self.tr("Choose a picture and run the model on it"))
        self.open_button.clicked.connect(self.open_requested)
        self.random_button = self._add(QPushButton(self.tr("Run random inputs")))
        self.random_button.setToolTip(self.tr("Run the model on random numbers"))
        self.random_button.clicked.connect(self.random_requested)

    def invite(self, *, takes_pictures: bool, has_form: bool) -> None:
        """Say what this model runs on; ``has_form``: its inputs can be entered above."""
        self._show_buttons(open_=takes_pictures, random=not (takes_pictures or has_form))
        if takes_pictures:
            hint = self.tr("or several, or a folder; Ctrl+V pastes one. The answer appears here.")
            self.say(self.tr("Drop a picture here"), hint, "images")
        else:
            hint = self.tr(
                ".npz with an array for each input by name, or one at a time: .npy, bare values"
            )
            self.say(self.tr("Drop arrays here"), hint, "layers")

    def refuse(self, problem: StudioError) -> None:
        """Say why the model cannot be run."""
        self._show_buttons(open_=False, random=False)
        self.say(problem.message, problem.hint, "triangle-alert")

    def add_samples(self, samples: QWidget) -> None:
        """Show these below the button."""
        self.body.addWidget(samples, 0, Qt.AlignmentFlag.AlignHCenter)

    def _add(self, button: QPushButton) -> QPushButton:
        button.setProperty("role", "primary")
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _show_buttons(self, *, open_: bool, random: bool) -> None:
        self.open_button.setVisible(open_)
        self.random_button.setVisible(random)
