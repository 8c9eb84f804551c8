"""Whether FP32 layers may compute in TF32, which keeps ten bits of a number's fraction. Any thread.

TensorRT-RTX ignores the builder's flag and asks the environment instead: when it builds, and again
when it makes an execution context, where both must have been told the same.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLE = "NVIDIA_TF32_OVERRIDE"

_changed = threading.Condition()
_users = 0
_before: str | None = None


@contextmanager
def fp32(*, exact: bool | None) -> Iterator[None]:
    """The environment in which FP32 is exact, or in which it may be TF32; None leaves it as it is.

    The environment belongs to the whole process: whoever asks for another answer waits until
    everybody inside is through. It is as before when the last one leaves.
    """
    if exact is None:
        yield
        return
    _enter("0" if exact else None)
    try:
        yield
    finally:
        _leave()


def _enter(wanted: str | None) -> None:
    """Wait until the variable may have this value, and set it."""
    global _users, _before
    with _changed:
        _changed.wait_for(lambda: _users == 0 or os.environ.get(VARIABLE) == wanted)
        if _users == 0:
            _before = os.environ.get(VARIABLE)
            _put(wanted)
        _users += 1


def _leave() -> None:
    global _users
    with _changed:
        _users -= 1
        if _users == 0:
            _put(_before)
            _changed.notify_all()


def _put(value: str | None) -> None:
    if value is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = value
