"""Phases and cancelling, as TensorRT calls them."""

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build.progress import BuildProgress, make_monitor
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled


def test_an_inner_phase_gives_way_to_the_one_around_it() -> None:
    told: list[Progress] = []
    progress = BuildProgress(told.append, lambda: False)
    progress.start("outer", 3)
    assert progress.complete("outer", 0)
    progress.start("inner", 2)
    progress.finish("inner")
    progress.finish("outer")
    assert told == [
        Progress("outer", 0, 3),
        Progress("outer", 1, 3),
        Progress("inner", 0, 2),
        Progress("outer", 1, 3),
    ]


def test_more_steps_than_announced_do_not_overflow() -> None:
    told: list[Progress] = []
    progress = BuildProgress(told.append, lambda: False)
    progress.start("work", 1)
    progress.complete("work", 4)
    progress.complete("unknown", 0)
    assert told[-2:] == [Progress("work", 5, 5), Progress("unknown", 1, 1)]


def test_cancelling_stops_at_the_next_step() -> None:
    progress = BuildProgress(lambda _: None, lambda: True)
    progress.start("work", 2)
    assert not progress.complete("work", 0)
    with pytest.raises(Cancelled):
        progress.enter("more")


def test_the_monitor_speaks_tensorrts_names() -> None:
    told: list[Progress] = []
    monitor = make_monitor(runtime.load(), BuildProgress(told.append, lambda: False))
    monitor.phase_start("Building engine", None, 6)
    assert monitor.step_complete("Building engine", 2) is True
    monitor.phase_finish("Building engine")
    assert told == [Progress("Building engine", 0, 6), Progress("Building engine", 3, 6)]
