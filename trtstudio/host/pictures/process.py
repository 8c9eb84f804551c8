"""A process that reads pictures and makes tensors of them."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE
from trtstudio.host.autopsy import diagnosis
from trtstudio.host.channel import Channel
from trtstudio.host.interpreters import command
from trtstudio.host.messages import Answer, Ask, Failure
from trtstudio.host.pictures.requests import FramesRequest, PreparedPictures, PrepareRequest
from trtstudio.host.pictures.slab import SlabReader, remove_files
from trtstudio.model.errors import EngineDied, StudioError

SERVER = ("-m", "trtstudio.host.pictures.server")


class PictureProcess:
    """One of them, started when it is first asked, and again after its death. One thread at a time;
    another one may only ``kill``.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel[Answer | Failure] | None = None
        self._slab = SlabReader()
        self._is_killed = False

    def ask(self, request: PrepareRequest | FramesRequest) -> PreparedPictures:
        """What became of the pictures. Raises ``EngineDied`` where it dies of that, StudioError or
        OSError where it cannot be asked.
        """
        channel = self._channel or self._start()
        body = channel.pack(request)
        try:
            channel.send(Ask(self._slab.next_region(), type(request).__name__, body))
            answer = channel.receive()
        except (EOFError, OSError, ValueError) as error:
            raise self._bury() from error
        try:
            if isinstance(answer, Failure):
                raise answer.error()
            found: PreparedPictures = channel.unpack(answer.body, PreparedPictures)
            return found
        finally:
            self._slab.end()

    def _start(self) -> Channel[Answer | Failure]:
        with self._lock:
            if self._is_killed:
                raise StudioError("The program is closing.")
            process = self._process = subprocess.Popen(
                command(sys.executable, SERVER),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, FOLDERS_VARIABLE: os.pathsep.join(map(str, self._folders))},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                process_group=0,  # what ends this one from a terminal leaves it to tidy up
            )
        assert process.stdin is not None and process.stdout is not None
        decoder = Decoder(Answer | Failure)
        self._channel = Channel(process.stdout, process.stdin, self._slab, decoder)
        return self._channel

    def _bury(self) -> EngineDied:
        process, self._process, self._channel = self._process, None, None
        assert process is not None
        with suppress(OSError), process:  # which closes the pipes; it may not have read all
            process.kill()
        self._slab = SlabReader()  # Windows removes no file that is mapped
        remove_files(self._folders, process.pid)
        return diagnosis(process.returncode, sys.executable)

    def kill(self) -> None:
        """End it for good; who is asking it is told that it died."""
        with self._lock:
            self._is_killed = True
            process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Wait for its end."""
        if self._process is not None:
            self._bury()
