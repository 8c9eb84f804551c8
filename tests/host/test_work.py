import threading
import time

import numpy as np
from msgspec import Raw

from trtstudio.host.messages import Clocked, Logged, Progressed, Sampled
from trtstudio.host.work import Work
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.measure.bench import COLUMNS, ClockSample, Samples


class SlowChannel:
    """Takes its time to send, as a full pipe does."""

    def __init__(self):
        self.sending = threading.Event()
        self.sent = []

    def pack(self, value):
        return Raw(value.table.tobytes())

    def send(self, message):
        self.sending.set()
        time.sleep(0.05)
        self.sent.append(message)


def test_everything_is_out_before_the_work_is_finished():
    channel = SlowChannel()
    work = Work(1, channel)
    work.on_log(LogLine("info", "first"))
    assert channel.sending.wait(30)
    work.on_log(LogLine("info", "second"))
    work.on_progress(Progress("old"))
    work.on_progress(Progress("new"))
    work.on_samples(Samples(np.full((2, len(COLUMNS)), 1, np.float32)))
    work.on_samples(Samples(np.full((1, len(COLUMNS)), 3, np.float32)))
    work.on_clock(ClockSample(0.1, 1980))
    work.on_clock(ClockSample(0.2, 1755))
    work.finish()
    assert [line for m in channel.sent if isinstance(m, Logged) for line in m.lines] == [
        LogLine("info", "first"),
        LogLine("info", "second"),
    ]
    assert Progressed(1, Progress("new")) in channel.sent
    assert Progressed(1, Progress("old")) not in channel.sent
    samples = b"".join(bytes(m.values) for m in channel.sent if isinstance(m, Sampled))
    assert np.frombuffer(samples, np.float32).tolist() == [1] * 16 + [3] * 8
    clocks = [c for m in channel.sent if isinstance(m, Clocked) for c in m.clocks]
    assert [c.sm_mhz for c in clocks] == [1980, 1755]


def test_what_is_being_sent_is_out_before_the_work_is_finished():
    channel = SlowChannel()
    work = Work(1, channel)
    work.on_log(LogLine("info", "only"))
    assert channel.sending.wait(30)
    work.finish()
    assert channel.sent == [Logged(1, [LogLine("info", "only")])]


def test_work_that_reports_nothing_starts_no_thread():
    before = set(threading.enumerate())
    work = Work(1, SlowChannel())
    assert set(threading.enumerate()) <= before
    work.finish()


def test_a_benchmark_tells_by_itself_and_at_once():
    before, channel = set(threading.enumerate()), SlowChannel()
    work = Work(1, channel)
    work.on_samples(Samples(np.ones((2, len(COLUMNS)), np.float32)))
    work.on_clock(ClockSample(0.1, 1980))
    assert [type(message) for message in channel.sent] == [Sampled, Clocked]
    assert set(threading.enumerate()) <= before, "no other thread takes the interpreter's lock"
    work.finish()
    assert len(channel.sent) == 2


def test_nothing_is_lost_that_is_said_while_something_is_sent():
    channel = SlowChannel()
    work = Work(1, channel)
    lines = [LogLine("info", str(number)) for number in range(200)]
    for line in lines:
        work.on_log(line)
        time.sleep(0.001)
    work.finish()
    assert [line for m in channel.sent for line in m.lines] == lines
