"""Work on tensors in the io thread, of which only the newest result is wanted. Main thread only."""

from collections.abc import Callable, Iterator
from typing import Any

from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError


class Newest:
    """Does one thing at a time; of what is asked for meanwhile only the last is done."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._is_working = False
        self._next: tuple[Callable[[], Any], Callable[[Any], None]] | None = None
        self._generation = 0

    def ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do ``work`` in the io thread, and unless something newer was asked for or it was dropped
        call ``done``.
        """
        self._next = (work, done)
        if not self._is_working:
            self._go_on()

    def drop(self) -> None:
        """Nothing that was asked for is wanted any more."""
        self._next = None
        self._generation += 1

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._is_working

    def _go_on(self) -> None:
        if self._next is None:
            return
        (work, done), self._next = self._next, None
        generation = self._generation
        self._is_working = True

        def arrived(result: Any) -> None:
            self._is_working = False
            if generation == self._generation:
                done(result)
            self._go_on()

        def failed(error: StudioError) -> None:
            self._is_working = False
            if generation == self._generation:
                self._workspace.report(error)
            self._go_on()

        self._workspace.courier.watch(self._workspace.io.submit(work), arrived, failed)


class InSteps:
    """Lets the io thread do long work step by step, so that it reads files in between."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._steps: Iterator[Any] | None = None

    def run(self, steps: Iterator[Any], done: Callable[[Any], None]) -> None:
        """Take steps until there is a result; what ran before is given up."""
        self._steps = steps

        def arrived(result: Any) -> None:
            if self._steps is not steps:
                return
            if result is None:
                advance()
            else:
                self._steps = None
                done(result)

        def failed(error: StudioError) -> None:
            if self._steps is steps:
                self._steps = None
                self._workspace.report(error)

        def advance() -> None:
            future = self._workspace.io.submit(_several, steps)
            self._workspace.courier.watch(future, arrived, failed)

        advance()

    def drop(self) -> None:
        """Its result is not wanted any more."""
        self._steps = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._steps is None


def _several(steps: Iterator[Any]) -> Any:
    """About 30 ms of steps: the way through the main thread costs more than a single one."""
    for _ in range(32):
        result = next(steps)
        if result is not None:
            return result
    return None
