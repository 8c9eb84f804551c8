"""Telling an outcome to those who asked, if they are still there. Main thread only."""

from collections.abc import Callable
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def tell(callback: Callable[..., Any], outcome: object) -> None:
    """Call ``callback`` with the outcome; not if the Qt object that it belongs to was deleted.

    A page or a controller may go while its answer is on the way: nobody waits for it then.
    """
    owner = _owner(callback)
    if not isinstance(owner, QObject) or isValid(owner):
        callback(outcome)


def _owner(callback: object) -> object:
    """The ``self`` of a bound method or of a function that was made in one."""
    while isinstance(callback, partial):
        callback = callback.func
    if isinstance(callback, MethodType):
        return callback.__self__
    if not isinstance(callback, FunctionType) or "self" not in callback.__code__.co_freevars:
        return None
    cells = callback.__closure__ or ()
    return cells[callback.__code__.co_freevars.index("self")].cell_contents
