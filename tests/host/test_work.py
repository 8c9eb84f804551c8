import threading
import time

import numpy as np
from msgspec import Raw

from trtstudio.host.messages import Logged, Progressed, Sampled
from trtstudio.host.work import Work
from trtstudio.model.build import LogLine, Progress


class SlowChannel:
    """Takes its time to send, as a full pipe does."""

    def __init__(self):
        self.sending = threading.Event()
        self.sent = []

    def pack(self, value):
        return Raw(value.tobytes())

    def send(self, message):
        self.sending.set()
        time.sleep(0.05)
        self.sent.append(message)


def test_everything_is_out_before_the_work_is_finished():
    channel = SlowChannel()
    work = Work(1, channel)
    work.on_log(LogLine("info", "first"))
    assert channel.sending.wait(10)
    work.on_log(LogLine("info", "second"))
    work.on_progress(Progress("old"))
    work.on_progress(Progress("new"))
    work.on_samples(np.array([1, 2], np.float32))
    work.on_samples(np.array([3], np.float64))
    work.finish()
    assert [line for m in channel.sent if isinstance(m, Logged) for line in m.lines] == [
        LogLine("info", "first"),
        LogLine("info", "second"),
    ]
    assert Progressed(1, Progress("new")) in channel.sent
    assert Progressed(1, Progress("old")) not in channel.sent
    samples = b"".join(bytes(m.values) for m in channel.sent if isinstance(m, Sampled))
    assert np.frombuffer(samples, np.float32).tolist() == [1, 2, 3]


def test_what_is_being_sent_is_out_before_the_work_is_finished():
    channel = SlowChannel()
    work = Work(1, channel)
    work.on_log(LogLine("info", "only"))
    assert channel.sending.wait(10)
    work.finish()
    assert channel.sent == [Logged(1, [LogLine("info", "only")])]


def test_work_that_reports_nothing_starts_no_thread():
    before = threading.active_count()
    work = Work(1, SlowChannel())
    assert threading.active_count() == before
    work.finish()
