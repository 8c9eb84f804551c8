"""One end of the pipe between the window's process and an engine process: frames of four bytes of
length and then MessagePack. One thread receives; any thread may send.
"""

import threading
from typing import IO, Any, Generic, Protocol, TypeVar

import msgspec
from msgspec.msgpack import Decoder

from trtstudio.host.messages import Message
from trtstudio.model.errors import StudioError
from trtstudio.model.quantities import format_bytes

_MAX_BODY_BYTES = 1 << 30
_MAX_FRAME_BYTES = _MAX_BODY_BYTES + (1 << 20)
Incoming = TypeVar("Incoming")


class Carrier(Protocol):
    """How arrays travel."""

    def pack(self, value: object) -> object:
        """What a message can hold; msgspec's ``enc_hook``."""

    def unpack(self, _type: type, value: object) -> Any:
        """The array again; msgspec's ``dec_hook``."""


class Channel(Generic[Incoming]):
    """Messages out and messages in; what they carry is packed and unpacked apart from them."""

    def __init__(
        self,
        reader: IO[bytes],
        writer: IO[bytes],
        arrays: Carrier,
        incoming: Decoder[Incoming],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._arrays = arrays
        self._decode = incoming.decode
        self._sending = threading.Lock()

    def pack(self, value: object) -> msgspec.Raw:
        """A request, an answer or an array, ready to be put into a message.

        Raises StudioError where it or an array is too large, TypeError for data of other kinds.
        """
        body = msgspec.msgpack.encode(value, enc_hook=self._arrays.pack)
        if len(body) > _MAX_BODY_BYTES:
            raise StudioError(
                f"A {type(value).__name__} of {format_bytes(len(body))} is too large."
            )
        return msgspec.Raw(body)

    def unpack(self, body: msgspec.Raw, kind: Any) -> Any:
        """What a message carries, as a ``kind``; ValueError where it is something else."""
        return msgspec.msgpack.decode(body, type=kind, dec_hook=self._arrays.unpack)

    def send(self, message: Message) -> None:
        """Send one message; OSError where the other end is gone."""
        frame = msgspec.msgpack.encode(message)
        with self._sending:
            self._writer.write(len(frame).to_bytes(4, "big"))
            self._writer.write(frame)
            self._writer.flush()

    def receive(self) -> Incoming:
        """The next message; EOFError at the end, ValueError for what is no message."""
        size = int.from_bytes(self._read(4), "big")
        if size > _MAX_FRAME_BYTES:
            raise ValueError(f"a message of {size} bytes cannot be")
        return self._decode(self._read(size))

    def _read(self, size: int) -> bytes:
        data = self._reader.read(size)
        if len(data) < size:
            raise EOFError
        return data
