import msgspec
import numpy as np
import pytest

from trtstudio.host.arrays import ArrayCarrier
from trtstudio.host.messages import ANSWERS, Failure
from trtstudio.host.verbs import VERBS
from trtstudio.model.build.build import ShapeRange
from trtstudio.model.errors import Cancelled, EngineDied, StudioError, as_studio_error
from trtstudio.model.graph import Tensor
from trtstudio.model.profile_fit import best_values
from trtstudio.model.run import SessionInfo


class Specific(StudioError):
    pass


def test_every_request_has_an_answer_and_a_verb():
    assert ANSWERS.keys() == VERBS.keys()


@pytest.mark.parametrize("kind", [StudioError, Cancelled, EngineDied])
def test_an_error_keeps_its_kind_and_its_words(kind):
    there = Failure.of(3, kind("what", hint="do", details="why")).error()
    assert type(there) is kind
    assert (there.message, there.hint, there.details) == ("what", "do", "why")


def test_an_error_about_a_name_that_is_no_unicode_can_be_sent():
    sent = msgspec.msgpack.encode(Failure.of(3, StudioError("no \udcff.png", details="\udcff")))
    there = msgspec.msgpack.decode(sent, type=Failure).error()
    assert (there.message, there.details) == ("no ?.png", "?")


def test_an_error_of_a_kind_that_the_window_lacks_becomes_the_general_one():
    assert type(Failure.of(3, Specific("what")).error()) is StudioError


def test_an_unforeseen_error_takes_its_traceback_along():
    try:
        {}["lost"]
    except KeyError as error:
        converted = as_studio_error(error)
    assert converted.message == "KeyError: 'lost'"
    assert converted.hint
    assert "test_messages.py" in converted.details
    assert as_studio_error(converted) is converted


def test_a_session_tells_the_values_that_decide_about_shapes():
    size = Tensor("size", "int32", (2,), "input")
    values = ShapeRange((32, 32), (640, 480), (800, 800), values=True)
    info = SessionInfo(1, "m", "r", "d", (size,), (), {"size": (2,)}, profiles=({"size": values},))
    carrier = ArrayCarrier([])
    message = msgspec.msgpack.encode(info, enc_hook=carrier.pack)
    told = msgspec.msgpack.decode(message, type=SessionInfo, dec_hook=carrier.unpack)
    found = best_values(told, {})["size"]
    assert (found.tolist(), found.dtype) == ([640, 480], np.int32)
    assert told.inputs == (size,)
