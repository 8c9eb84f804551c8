"""Ctrl+C and its like, heard while native code works. Main thread only."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from typing import NoReturn, TypeVar

from trtstudio.model.errors import Cancelled
from trtstudio.model.temporary import remove_all

T = TypeVar("T")

_TICK_S = 0.1  # Windows hears Ctrl+C only between waits
_PATIENCE_S = 3.0  # what native code gets to stop by itself


def hear_as_interrupts() -> None:
    """Let what else asks a process to end be heard as Ctrl+C is: a terminal that closes, ``kill``
    and ``timeout``, unless who started it wants that unheard.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def stoppable(
    work: Callable[[Callable[[], bool]], T], last_words: Callable[[Cancelled], object]
) -> T:
    """Call ``work`` in a thread with a function that says whether it has been cancelled.

    Ctrl+C cancels, and raises Cancelled as soon as the work has ended. Work that does not end is
    left behind with the whole process, after these last words.
    """
    cancelled = threading.Event()
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work(cancelled.is_set))
        except BaseException as error:
            future.set_exception(error)

    try:
        threading.Thread(target=run, name="work", daemon=True).start()
        # Not Thread.join: when Python 3.11 is interrupted there, it takes the thread for ended.
        while not future.done():
            wait([future], _TICK_S)
    except KeyboardInterrupt:
        cancelled.set()
        stopped = Cancelled("stopped")
        with suppress(KeyboardInterrupt):
            wait([future], _PATIENCE_S)
        if not future.done():
            _end(partial(last_words, stopped))
        raise stopped from None
    return future.result()


def _end(last_words: Callable[[], object]) -> NoReturn:
    """End the process at once: native code that still runs while the interpreter ends would
    crash.
    """
    try:
        last_words()
    finally:
        remove_all()
        os._exit(1)
