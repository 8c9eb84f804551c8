"""Work in threads of its own. Safe in any thread."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any


def in_background(work: Callable[[], Any]) -> Future[Any]:
    """Do it in a thread of its own, which does not keep the program from ending."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    Thread(target=run, name="background", daemon=True).start()
    return future
