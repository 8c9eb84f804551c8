"""``python -m trtstudio.gui.snapshot``: opens the real window without a display, runs a picture,
and saves what the window then looks like.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from trtstudio.gui.app import start
from trtstudio.gui.measure.benchmark import BenchmarkView
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.picture_images import as_png
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.theme import theme
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file

PATIENCE_S = 120.0
SETTLE_S = 0.4
"""For animations, and for plots that are drawn a little later."""

_PAGES = ("model", "build", "run", "measure")


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0, or 1 with a message on stderr."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app, window = start([str(options.model), str(options.picture)])
    theme().apply(options.theme)
    window.resize(*options.size)
    try:
        _Director(window).play(options.page)
        _save(window, options.out)
    except StudioError as error:
        print(error.text, file=sys.stderr)
        return 1
    finally:
        window.close()
    return 0


class _Director:
    """Waits for a window as its user would."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._ran = False
        self._problem: StudioError | None = None
        window.workspace.noticed.connect(self._note)
        window.runs.run_added.connect(self._run_added)

    def play(self, page: str) -> None:
        """Wait for the answer and show the page. Raises StudioError where there is no answer."""
        self._wait(lambda: self._ran)
        self._window.show_page(page)
        shown = self._window.page(page)
        view = shown.show_view("benchmark") if isinstance(shown, MeasurePage) else None
        if isinstance(view, BenchmarkView):
            view.start()
            self._wait(lambda: view.start_button.isEnabled())
        self._settle()

    def _wait(self, is_over: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not is_over():
            if self._problem is not None:
                raise self._problem
            if time.monotonic() > end:
                raise StudioError(f"There is no answer after {PATIENCE_S:.0f} s.")
            _process_events()

    def _settle(self) -> None:
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            _process_events()

    def _note(self, notice: Notice) -> None:
        if notice.level == "error":
            self._problem = StudioError(notice.message, hint=notice.hint)

    def _run_added(self, _document: object, run: object) -> None:
        self._problem = getattr(run, "problem", None)
        self._ran = self._problem is None


def _process_events() -> None:
    QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    time.sleep(0.005)


def _save(widget: QWidget, path: Path) -> None:
    with whole_file(path) as file:
        file.write(as_png(widget.grab().toImage()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("trtstudio.gui.snapshot", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", choices=_PAGES, default="run")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", type=_size, default=(1280, 800), metavar="WIDTHxHEIGHT")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
