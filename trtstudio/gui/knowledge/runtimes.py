"""The interpreters that this window can build and run with: its own, and those that its user added.
Main thread only; each is asked in a process of its own.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.desk import Desk
from trtstudio.model.core_words import in_english
from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import (
    OWN,
    Interpreter,
    KnownRuntime,
    check_python,
    read_interpreters,
    write_interpreters,
)
from trtstudio.model.requests import ProbeRequest
from trtstudio.model.runtime import Installation


class Runtimes(QObject):
    """The list, kept in a file. What an interpreter said when it was last asked holds until it is
    asked again.
    """

    changed = Signal()  # the list, or what one of them said
    asking_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._others: tuple[KnownRuntime, ...] = ()
        self._asking: list[Interpreter] = []
        desk.installation_changed.connect(self.changed)

    @property
    def known(self) -> tuple[KnownRuntime, ...]:
        """All of them, the window's own first and those that never answered yet last."""
        installation = self._desk.installation
        problem = installation.runtime_problem if installation else ""
        listed = [known.interpreter for known in self._others]
        new = [KnownRuntime(asked) for asked in self._asking if asked not in listed]
        return (KnownRuntime(OWN, installation, problem), *self._others, *new)

    def find(self, interpreter: Interpreter) -> KnownRuntime | None:
        """What is known of one."""
        return next((k for k in self.known if k.interpreter == interpreter), None)

    def is_asking(self, interpreter: Interpreter) -> bool:
        """Whether it is being asked."""
        return interpreter in self._asking

    def load(self) -> None:
        """Read the list of those that were added."""

        def loaded(others: tuple[KnownRuntime, ...]) -> None:
            self._others = others
            self.changed.emit()

        future = self._desk.io.submit(read_interpreters)
        self._desk.courier.watch(future, loaded, self._desk.report)

    def add(self, place: str) -> None:
        """Add the interpreter at this path, or of the environment in this folder, and ask it."""
        future = self._desk.io.submit(check_python, place)
        self._desk.courier.watch(future, self.ask, self._desk.report)

    def remove(self, interpreter: Interpreter) -> None:
        """Forget it, and what it may still say; nothing is deleted."""
        self._end_asking(interpreter)
        self._keep(k for k in self._others if k.interpreter != interpreter)

    def ask(self, interpreter: Interpreter) -> None:
        """Ask what it has; a new one is added with what it says."""
        if interpreter == OWN:
            self._desk.probe()
            return
        if interpreter in self._asking:
            return
        self._asking.append(interpreter)
        self.asking_changed.emit()
        self._desk.jobs.run(
            self.tr("Asking {python} for its TensorRT").format(python=interpreter.python),
            ProbeRequest(),
            partial(self._answered, interpreter),
            partial(self._failed, interpreter),
            interpreter=interpreter,
        )

    def ask_all(self) -> None:
        """Ask every one again."""
        for known in self.known:
            self.ask(known.interpreter)

    def _answered(self, interpreter: Interpreter, found: Installation) -> None:
        self._settle(KnownRuntime(interpreter, found, found.runtime_problem))

    def _failed(self, interpreter: Interpreter, error: StudioError) -> None:
        words = [in_english(error).message, *error.details.strip().splitlines()[-1:]]
        before = self.find(interpreter) or KnownRuntime(interpreter)
        self._settle(replace(before, installation=None, problem=" ".join(words)))

    def _settle(self, known: KnownRuntime) -> None:
        if self._end_asking(known.interpreter):
            others = {k.interpreter: k for k in self._others} | {known.interpreter: known}
            self._keep(others.values())

    def _end_asking(self, interpreter: Interpreter) -> bool:
        """Whether it was still being asked."""
        if interpreter not in self._asking:
            return False
        self._asking.remove(interpreter)
        self.asking_changed.emit()
        return True

    def _keep(self, others: Iterable[KnownRuntime]) -> None:
        others = tuple(others)
        if others == self._others:
            return
        self._others = others
        future = self._desk.io.keep(write_interpreters, self._others)
        self._desk.courier.watch(future, lambda _: None, self._desk.report)
        self.changed.emit()
