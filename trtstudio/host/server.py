"""The engine process itself: ``python -m trtstudio.host.server``, or the application's own program
with ``--engine-process``. The main thread reads requests from stdin, a thread a lane works on them
and another one answers.
"""

import faulthandler
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE, ArrayCarrier
from trtstudio.host.channel import Channel
from trtstudio.host.fault import fatal
from trtstudio.host.messages import (
    Answer,
    Ask,
    Cancel,
    Failure,
    Shutdown,
    ToEngine,
)
from trtstudio.host.verbs import VERBS, Verb
from trtstudio.host.work import Work
from trtstudio.model.errors import Cancelled, EngineDied, StudioError, as_studio_error

_LAST_S = 3.0  # what work gets to stop by itself when the window is gone


def serve(verbs: Mapping[type, Verb] = VERBS) -> NoReturn:
    """Answer requests until the window says that it is enough, or is gone. Never returns."""
    reader, writer = take_pipes()
    faulthandler.enable(2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the window
    folders = [Path(p) for p in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if p]
    server = _Server(Channel(reader, writer, ArrayCarrier(folders), Decoder(ToEngine)), verbs)
    status = 0
    try:
        server.run()
    except (EOFError, OSError):  # the window is gone, and cannot tidy up
        server.leave()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    except BaseException:
        traceback.print_exc()
        status = 1
    # Not sys.exit: that waits for the workers, and takes CUDA down in an order that can crash.
    sys.stderr.flush()
    os._exit(status)


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the window, for us alone: what libraries print to stdout goes to stderr."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return reader, writer


class _Lane:
    """Works on one request after another; its answers are packed meanwhile, in the same order."""

    def __init__(self, name: str) -> None:
        self.worker = ThreadPoolExecutor(1, name)
        self.speaker = ThreadPoolExecutor(1, f"{name} answers")

    def end(self) -> None:
        """Begin with nothing more, and wait until all is answered."""
        self.worker.shutdown(cancel_futures=True)
        self.speaker.shutdown()


class _Server:
    """Deals requests out to the lanes."""

    def __init__(self, channel: Channel[ToEngine], verbs: Mapping[type, Verb]) -> None:
        self._channel = channel
        self._requests = {request.__name__: request for request in verbs}
        self._verbs = verbs
        self._lanes = {name: _Lane(name) for name in {verb.lane for verb in verbs.values()}}
        self._works: dict[int, Work] = {}

    def run(self) -> None:
        """Take messages until one says that it is enough; EOFError where the window is gone."""
        while True:
            match self._channel.receive():
                case Ask() as ask:
                    self._begin(ask)
                case Cancel(number):
                    self._cancel(number)
                case Shutdown():
                    return self._end()

    def _begin(self, ask: Ask) -> None:
        request = self._requests.get(ask.kind)
        if request is None:
            error = StudioError(
                f"This runtime does not know {ask.kind}.",
                hint="Install the same version of TRT Studio for it as the window's.",
            )
            return self._channel.send(Failure.of(ask.id, error))
        try:
            asked = self._channel.unpack(ask.body, request)
        except Exception as error:
            return self._channel.send(Failure.of(ask.id, as_studio_error(error)))
        work = self._works[ask.id] = Work(ask.id, self._channel)
        lane = self._lanes[self._verbs[request].lane]
        work.future = lane.worker.submit(self._work, lane, asked, work)
        return None

    def _work(self, lane: _Lane, request: object, work: Work) -> None:
        """In the lane's worker."""
        result: object = None
        failure: StudioError | None = None
        try:
            result = self._verbs[type(request)].run(request, work)
        except BaseException as error:  # SystemExit too: every request is answered
            failure = as_studio_error(error)
            with suppress(Exception):  # nobody knows what a broken CUDA raises
                failure = fatal(failure) or failure  # here, where the GPU in use is the lane's
        lane.speaker.submit(self._answer, work, result, failure)

    def _answer(self, work: Work, result: object, failure: StudioError | None) -> None:
        """In the lane's speaker."""
        message: Answer | Failure
        try:
            work.finish()
            if failure is not None:
                raise failure
            message = Answer(work.id, self._channel.pack(result))
        except Exception as error:
            message = Failure.of(work.id, as_studio_error(error))
        self._works.pop(work.id, None)
        self._channel.send(message)
        if isinstance(failure, EngineDied):
            os._exit(1)

    def _cancel(self, number: int) -> None:
        work = self._works.get(number)
        if work is None:  # it has just been answered
            return
        work.cancel()
        if work.future.cancel():  # no worker had begun with it
            del self._works[number]
            self._channel.send(Failure.of(number, Cancelled("Stopped before it began.")))

    def leave(self) -> None:
        """Nobody hears an answer any more: work that listens ends the programs that it started."""
        works = list(self._works.values())
        for work in works:
            work.cancel()
        wait([work.future for work in works if not work.future.cancel()], _LAST_S)

    def _end(self) -> None:
        for work in list(self._works.values()):
            work.cancel()
        for lane in self._lanes.values():
            lane.end()


if __name__ == "__main__":
    serve()
