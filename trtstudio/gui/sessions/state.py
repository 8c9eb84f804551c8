"""What is known of how one document is run. Plain data; main thread only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import Interpreter
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.run import RuntimeChoice, SessionInfo

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.choices import Choices

Ready = Callable[[Loaded], None]
Failed = Callable[[StudioError], None]


@dataclass(eq=False, slots=True)
class State:
    """What its user chose, and its session. ``attempt`` marks the loading under way: an answer to
    an older one is late; ``starting`` is what it loads, once that is chosen, and ``session`` what
    the engine process has loaded, be it ``loaded`` for others yet or not.
    """

    wanted: RuntimeChoice = "auto"
    interpreter: Interpreter | None = None
    options: LoadOptions = field(default_factory=LoadOptions)
    choices: "Choices | None" = None
    input_shapes: dict[str, Shape] = field(default_factory=dict)
    session: SessionInfo | None = None
    loaded: Loaded | None = None
    problem: StudioError | None = None
    was_asked_for: bool = False
    attempt: object | None = None
    starting: Choice | None = None
    waiting: list[tuple[Ready, Failed]] = field(default_factory=list)

    @property
    def is_choosing(self) -> bool:
        """Whether it is not known yet what the attempt under way loads."""
        return self.attempt is not None and self.starting is None

    @property
    def runs_by(self) -> Choice | None:
        """What is loaded, or being loaded."""
        if self.attempt is not None:
            return self.starting
        return self.loaded.choice if self.loaded is not None else None

    @property
    def has_begun(self) -> bool:
        """Whether it is loaded, is being loaded or could not be."""
        return bool(self.attempt or self.loaded or self.problem)
