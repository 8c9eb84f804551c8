"""The options of the installed TensorRT, against what its configuration does."""

from typing import Any

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build.build_config import set_option
from trtstudio.engine.build.option_list import abilities, list_options, read_option
from trtstudio.engine.logger import capture, process_logger
from trtstudio.model.build.options import SENTENCES, Option, Setting, sentence_of

MODULE = runtime.load()
OPTIONS = list_options(MODULE, defaults=True)
SETTINGS = [option for option in OPTIONS if option.kind not in ("flag", "parser_flag")]


def other_value(option: Option) -> Setting:
    """A value that is not the default."""
    if option.kind == "memory":
        return 1 << 26
    if option.kind == "int":
        low = option.low or 0
        return low if option.default != low else low + 1
    if option.kind == "set":
        return option.members[:1] if option.default != option.members[:1] else ()
    return next(member for member in option.members if member != option.default)


@pytest.mark.parametrize("option", SETTINGS, ids=lambda option: option.name)
def test_every_option_that_is_offered_can_be_set(option: Option) -> None:
    config = MODULE.Builder(process_logger(MODULE)).create_builder_config()
    value = other_value(option)
    with capture():
        set_option(MODULE, config, option.name, value)
    assert read_option(MODULE, config, option.name, option.kind) == value


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_has_a_sentence_of_ours(option: Option) -> None:
    assert option.sentence == SENTENCES[option.name]
    assert option.sentence.endswith(".")


def test_defaults_are_those_of_a_new_configuration() -> None:
    found = {option.name: option.default for option in OPTIONS}
    assert found["builder_optimization_level"] == 3
    assert found["avg_timing_iterations"] == 1
    assert found["profiling_verbosity"] == "DETAILED"  # what every build of ours sets
    assert found["REFIT"] == 0
    assert all(option.default is None for option in list_options(MODULE))


def test_names_are_unique() -> None:
    names = [option.name for option in OPTIONS]
    assert len(set(names)) == len(names)


def test_what_rtx_has_and_cannot_do_is_not_offered() -> None:
    pytest.importorskip("tensorrt_rtx")
    names = {option.name for option in OPTIONS}
    assert not names & {"VERSION_COMPATIBLE", "hardware_compatibility_level", "DLA_core", "TF32"}
    assert abilities(MODULE) == (
        "debug_tensors",
        "unfused_debug_tensors",
        "refittable_weights",
    )
    assert {option.name for option in OPTIONS if option.needs_gpu} >= {"REFIT", "STRIP_PLAN"}


def test_an_option_that_nobody_has_words_for() -> None:
    assert sentence_of("new_thing", "Do :class:`x` this. And that.") == "Do :class:x this."
    assert sentence_of("new_thing", "") == ""
    assert sentence_of("REFIT", "Other words.") == SENTENCES["REFIT"]


def test_a_builder_that_cannot_be_made_leaves_defaults_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_logger: Any) -> None:
        raise TypeError("pybind11::init(): factory function returned nullptr")

    monkeypatch.setattr(MODULE, "Builder", refuse)
    found = list_options(MODULE, defaults=True)
    assert found
    assert all(option.default is None for option in found)
