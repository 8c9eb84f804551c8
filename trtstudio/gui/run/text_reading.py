"""Reads the texts that were found in the runs of each document. Main thread only; the reading
itself waits for inferences in a thread of its own.
"""

from collections import deque
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from trtstudio.gui.batch.order import Ask
from trtstudio.gui.document import Document
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_error
from trtstudio.model.errors import StudioError


class TextReading(QObject):
    """Follows the runs: what they found is read as soon as it is there, one run after another."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._runs = workspace, runs
        self._readers = runs.batches.readers
        self._waiting: deque[tuple[Document, Run]] = deque()
        self._current: tuple[Document, Run] | None = None
        runs.run_added.connect(self._take)
        runs.run_revised.connect(self._revised)
        self._readers.changed.connect(self._read_anew)

    def _revised(self, document: Document, before: Run, after: Run) -> None:
        self._waiting = deque(item for item in self._waiting if item[1] is not before)
        self._take(document, after)

    def _take(self, document: Document, run: Run) -> None:
        if run.answer is None or self._readers.reader(document) is None:
            return
        from trtstudio.vision.reading import is_unread

        if is_unread(run.answer):
            self._waiting.append((document, run))
            self._go_on()

    def _read_anew(self, document: Document) -> None:
        """With another reader, or none."""
        from trtstudio.vision.reading import without_texts

        for run in list(self._runs.history(document)):
            if run.answer is not None and run.answer.task == "text-detection":
                plain = replace(run, answer=without_texts(run.answer))
                self._runs.revise(document, run, plain)

    def _go_on(self) -> None:
        while self._current is None and self._waiting:
            document, run = self._current = self._waiting.popleft()
            reader = self._readers.reader(document)
            if reader is None or reader.is_closed or document.is_closed:
                self._current = None
                continue
            self._runs.sessions.request(
                reader,
                partial(self._read, document, run, reader),
                partial(self._fail, document, reader),
            )

    def _read(self, document: Document, run: Run, reader: Document, loaded: Loaded) -> None:
        found: list[Run] = []

        def work(_: object) -> None:
            found.append(_read(run, loaded, self._workspace.jobs.ask))

        def done(_: None) -> None:
            self._current = None
            if self._readers.reader(document) is reader:
                self._runs.revise(document, run, found[0])
            self._go_on()

        def failed(error: StudioError) -> None:
            self._runs.sessions.report_failure(reader, error)
            self._fail(document, reader, error)

        title = self.tr("Reading the texts of {name}").format(name=run.name)
        self._workspace.jobs.do(title, work, done, failed)

    def _fail(self, document: Document, reader: Document, error: StudioError) -> None:
        """Nothing more is read by it, since it would fail at the next one too; unless all that
        happened is that a tab was closed, or that another one reads now.
        """
        self._current = None
        if self._readers.reader(document) is reader and not reader.is_closed:
            self._workspace.report(core_error(error))
            self._readers.choose(document, None)
        self._go_on()


def _read(run: Run, loaded: Loaded, ask: Ask) -> Run:
    """In a thread of its own."""
    from trtstudio.gui.batch.steps import reader_of
    from trtstudio.vision.picture import read_picture
    from trtstudio.vision.reading import read_texts

    assert run.answer is not None and run.source is not None
    reader = reader_of(loaded, ask)
    picture = read_picture(run.source) if isinstance(run.source, Path) else run.source
    return replace(run, answer=read_texts(picture, run.answer, reader))
