import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.msgpack import Decoder

from trtstudio.host.arrays import ArrayCarrier
from trtstudio.host.channel import Channel
from trtstudio.host.messages import Ask, Cancel, Shutdown, ToEngine
from trtstudio.model.errors import StudioError
from trtstudio.model.run import RunRequest


def channel(incoming: bytes = b"") -> tuple[Channel[ToEngine], io.BytesIO]:
    sent = io.BytesIO()
    return Channel(io.BytesIO(incoming), sent, ArrayCarrier([]), Decoder(ToEngine)), sent


def test_messages_arrive_one_by_one():
    here, sent = channel()
    request = RunRequest(7, {"images": np.arange(12, dtype=np.float16).reshape(3, 4)})
    here.send(Ask(1, "RunRequest", here.pack(request)))
    here.send(Cancel(1))
    here.send(Shutdown())
    there, _ = channel(sent.getvalue())
    ask = there.receive()
    assert (ask.id, ask.kind) == (1, "RunRequest")
    arrived = there.unpack(ask.body, RunRequest)
    assert arrived.session == 7
    np.testing.assert_array_equal(arrived.inputs["images"], request.inputs["images"])
    assert there.receive() == Cancel(1)
    assert there.receive() == Shutdown()
    with pytest.raises(EOFError):
        there.receive()


def test_a_stream_that_ends_within_a_message_has_ended():
    here, sent = channel()
    here.send(Ask(1, "RunRequest", Raw(b"\xc0")))
    for length in range(len(sent.getvalue())):
        with pytest.raises(EOFError):
            channel(sent.getvalue()[:length])[0].receive()


@given(st.binary(min_size=4, max_size=64))
def test_garbage_is_an_error_or_the_end_and_never_a_crash(data):
    with pytest.raises((EOFError, ValueError)):
        while True:
            channel(data)[0].receive()


def test_text_is_no_message():
    with pytest.raises(ValueError, match="cannot be"):
        channel(b"Traceback (most recent call last):")[0].receive()


def test_what_cannot_be_packed_is_an_error():
    with pytest.raises(TypeError, match="cannot be sent"):
        channel()[0].pack(object())


def test_a_body_of_another_type_is_an_error():
    here, _ = channel()
    with pytest.raises(ValueError, match="session"):
        here.unpack(here.pack({"session": "seven", "inputs": {}}), RunRequest)


def test_what_is_too_large_is_an_error(monkeypatch):
    monkeypatch.setattr("trtstudio.host.channel._MAX_BODY_BYTES", 100)
    with pytest.raises(StudioError, match="too large"):
        channel()[0].pack(b"x" * 101)
