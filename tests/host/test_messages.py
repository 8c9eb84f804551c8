import pytest

from trtstudio.host.messages import ANSWERS, Failure
from trtstudio.host.verbs import VERBS
from trtstudio.model.errors import Cancelled, EngineDied, StudioError, as_studio_error


class Specific(StudioError):
    pass


def test_every_request_has_an_answer_and_a_verb():
    assert ANSWERS.keys() == VERBS.keys()


@pytest.mark.parametrize("kind", [StudioError, Cancelled, EngineDied])
def test_an_error_keeps_its_kind_and_its_words(kind):
    there = Failure.of(3, kind("what", hint="do", details="why")).error()
    assert type(there) is kind
    assert (there.message, there.hint, there.details) == ("what", "do", "why")


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
