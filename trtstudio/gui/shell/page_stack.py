"""The pages of the window, each made when it is first shown or when there is time. Main thread
only.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.shell.home_page import HomePage
from trtstudio.gui.slices import in_slices, polished
from trtstudio.gui.workspace import Workspace

PAGES = ("model", "build", "run", "measure")
"""The pages of a document, in the order of the rail."""

WITHOUT_DOCUMENT = ("home", "builds", "runtimes")
"""The pages that show the same whatever document is current."""


@runtime_checkable
class Prepared(Protocol):
    """A page with something to make ahead of time."""

    def prepare(self) -> Iterator[None]:
        """Make it, a part a step."""


class PageStack(QStackedWidget):
    """``home``, ``PAGES``, ``compare``, ``builds`` and ``runtimes``; what a page wants of the
    window is a signal here.
    """

    page_requested = Signal(str)
    files_requested = Signal()
    sample_requested = Signal()

    def __init__(
        self, workspace: Workspace, builds: Builds, runs: Runs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._builds, self._runs = workspace, builds, runs
        self._pages: dict[str, QWidget] = {}
        self._prepared: set[str] = set()
        self._makers: dict[str, Callable[[], QWidget]] = {
            "home": self._make_home,
            "model": self._make_model,
            "build": self._make_build,
            "run": self._make_run,
            "measure": self._make_measure,
            "compare": self._make_compare,
            "builds": self._make_builds,
            "runtimes": self._make_runtimes,
        }

    def show_page(self, name: str) -> QWidget:
        """Show a page, making it when it is new."""
        if name not in self._pages:
            self._make(name)
        self.setCurrentWidget(self._pages[name])
        return self._pages[name]

    @property
    def shows_document(self) -> bool:
        """Whether the page that is shown depends on the documents."""
        others = [self._pages.get(name) for name in WITHOUT_DOCUMENT]
        return self.currentWidget() not in others

    def page(self, name: str) -> QWidget:
        """A page that has been made."""
        return self._pages[name]

    def make_pages(self) -> None:
        """Make the pages that have not been shown yet, and what all of them will need, one at a
        time and between other events.
        """
        name = next((name for name in PAGES if name not in self._prepared), None)
        if name is None:
            return
        self._prepared.add(name)
        page = self._pages.get(name) or self._make(name)
        steps = page.prepare() if isinstance(page, Prepared) else iter(())
        in_slices(page, chain(steps, polished(page)), self.make_pages)

    def _make(self, name: str) -> QWidget:
        self._pages[name] = page = self._makers[name]()
        self.addWidget(page)
        return page

    def _make_home(self) -> QWidget:
        page = HomePage()
        page.open_requested.connect(self.files_requested)
        page.sample_requested.connect(self.sample_requested)
        page.picture_requested.connect(self.files_requested)
        page.file_requested.connect(self._open)
        return page

    def _open(self, path: Path) -> None:
        self._workspace.open([path])

    def _make_model(self) -> QWidget:
        from trtstudio.gui.inspect.model_page import ModelPage

        return ModelPage(self._workspace)

    def _make_build(self) -> QWidget:
        from trtstudio.gui.build.page import BuildPage

        page = BuildPage(self._workspace, self._builds)
        page.page_requested.connect(self.page_requested)
        return page

    def _make_run(self) -> QWidget:
        from trtstudio.gui.run.page import RunPage

        return RunPage(self._workspace, self._runs)

    def _make_measure(self) -> QWidget:
        from trtstudio.gui.measure.page import MeasurePage

        page = MeasurePage(self._workspace, self._runs)
        page.page_requested.connect(self.page_requested)
        return page

    def _make_compare(self) -> QWidget:
        from trtstudio.gui.inspect.compare_page import ComparePage

        page = ComparePage(self._workspace)
        page.open_requested.connect(self.files_requested)
        return page

    def _make_builds(self) -> QWidget:
        from trtstudio.gui.build.history_page import BuildHistoryPage

        page = BuildHistoryPage(self._workspace, self._builds)
        page.page_requested.connect(self.page_requested)
        return page

    def _make_runtimes(self) -> QWidget:
        from trtstudio.gui.sessions.runtimes_page import RuntimesPage

        return RuntimesPage(self._workspace)
