"""TensorRT's refusals, which it only logs, as errors that say what it said. Any thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from trtstudio.engine.logger import capture
from trtstudio.model.errors import StudioError


@contextmanager
def refusals(message: str) -> Iterator[None]:
    """Turn what ``insist`` raises inside into one StudioError with TensorRT's words."""
    with capture(lambda _: None) as heard:
        try:
            yield
        except RuntimeError as error:
            raise StudioError(
                f"{message}.",
                hint="The details hold TensorRT's own words.",
                details="\n".join([str(error), *heard.errors]),
            ) from error


def insist(accepted: bool, call: str) -> None:
    """Raise RuntimeError for a call that TensorRT refused by returning False."""
    if not accepted:
        raise RuntimeError(f"{call} was refused")
