"""The middle of the Run page: the invitation to run something, or what was run. Main thread
only.
"""

from collections import deque
from collections.abc import Iterator

from PySide6.QtWidgets import QStackedWidget

from trtstudio.gui.document import Document
from trtstudio.gui.run.editing import RunEditing
from trtstudio.gui.run.files import RunFiles
from trtstudio.gui.run.invitation import RunInvitation
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace


class RunCentre(QStackedWidget):
    """``result`` is made a part a step, or at once when a run is shown before that."""

    def __init__(
        self, workspace: Workspace, runs: Runs, files: RunFiles, editing: RunEditing
    ) -> None:
        super().__init__()
        self._runs = runs
        self.invitation = RunInvitation()
        self.addWidget(self.invitation)
        self.result: RunResult | None = None
        self._making = self._make_result(workspace, files, editing)

    def prepare(self) -> Iterator[None]:
        """Make what the first answer is shown by."""
        return self._making

    def make(self) -> None:
        """What is left of it."""
        deque(self._making, maxlen=0)

    def invite(self, document: Document, *, takes_pictures: bool, has_form: bool) -> None:
        """Nothing of this document is shown: say what can be run, or why it cannot."""
        self.clear()
        self.setCurrentWidget(self.invitation)
        if (problem := self._runs.sessions.problem(document)) is not None:
            self.invitation.refuse(problem)
        else:
            self.invitation.invite(takes_pictures=takes_pictures, has_form=has_form)

    def clear(self) -> None:
        """What was shown may go."""
        if self.result is not None:
            self.result.clear()

    def _make_result(
        self, workspace: Workspace, files: RunFiles, editing: RunEditing
    ) -> Iterator[None]:
        result = RunResult(workspace, editing.trials, self)
        result.hide()  # half made it would be shown along with the page
        yield from result.make()
        result.overview.task.labels_requested.connect(files.open_labels)
        result.overview.task.reader.open_requested.connect(files.open_reader)
        editing.watch(result)
        result.save_picture_requested.connect(files.save_picture)
        result.copy_requested.connect(files.copy_answer)
        result.save_outputs_requested.connect(files.save_outputs)
        self.addWidget(result)
        self.result = result
