"""The one family of exceptions that the program raises for its user. Safe in any thread."""

import traceback


class StudioError(Exception):
    """A failure that its user can act on.

    ``message`` says in one sentence what went wrong, ``hint`` what to do about it, and
    ``details`` holds whatever an expert would ask for next: a log, a traceback, the words of a
    library.
    """

    def __init__(self, message: str, *, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details

    @property
    def text(self) -> str:
        """What went wrong and what to do about it, where there is room for one text only."""
        return f"{self.message} {self.hint}".strip()


class NotLoaded(StudioError):
    """The session is unknown where it was asked for, or freed: load the model again."""

    def __init__(
        self,
        message: str = "This model is no longer loaded.",
        *,
        hint: str = "Load it again.",
        details: str = "",
    ) -> None:
        super().__init__(message, hint=hint, details=details)


class Cancelled(StudioError):
    """The work was stopped because its user asked for that; never shown as an error."""


class EngineDied(StudioError):
    """The engine process ended in the middle of the work, or must end now; ``details`` holds its
    last words.
    """


def as_studio_error(error: BaseException) -> StudioError:
    """The error itself; one that nobody foresaw becomes a StudioError with its traceback."""
    if isinstance(error, StudioError):
        return error
    return StudioError(
        f"{type(error).__name__}: {error}",
        hint="This is a fault in TRT Studio; please report it with the details.",
        details="".join(traceback.format_exception(error)),
    )


def without_frames(error: BaseException) -> StudioError:
    """The same for one that is kept: it does not keep the variables of all functions that it came
    through, among them whole pictures, until Python looks for what refers to itself.
    """
    found = as_studio_error(error)
    for each in (error, found):
        each.__traceback__ = each.__cause__ = each.__context__ = None
    return found
