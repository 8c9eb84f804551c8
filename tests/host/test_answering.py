"""Every request is answered, whatever goes wrong on the way. The server without its process."""

import threading
from queue import SimpleQueue
from typing import Any

import pytest
from msgspec import Raw

from trtstudio.host import server
from trtstudio.host.messages import Answer, Ask, Failure, Logged
from trtstudio.host.verbs import Verb
from trtstudio.host.work import Work
from trtstudio.model.build.build import LogLine
from trtstudio.model.errors import StudioError
from trtstudio.model.requests import ProbeRequest


class Channel:
    """Takes what the server says, but no name that is no Unicode."""

    def __init__(self) -> None:
        self.sent: SimpleQueue[Any] = SimpleQueue()

    def pack(self, _value: object) -> Raw:
        return Raw(b"")

    def unpack(self, _body: Raw, kind: Any) -> Any:
        return kind()

    def send(self, message: Any) -> None:
        if isinstance(message, Logged):
            for line in message.lines:
                line.text.encode()
        self.sent.put(message)


def answer(run: Any) -> Answer | Failure:
    """What is said about a request that is worked on like this."""
    channel: Any = Channel()
    asked = server._Server(channel, {ProbeRequest: Verb("read", run)})
    asked._begin(Ask(1, "ProbeRequest", Raw(b"")))
    asked._lanes["read"].worker.shutdown()
    asked._lanes["read"].speaker.shutdown()
    found: Answer | Failure = channel.sent.get_nowait()
    return found


def fail(_request: object, _work: Work) -> None:
    raise StudioError("It is too large.")


def log_what_cannot_be_sent(_request: object, work: Work) -> None:
    """At the end, when no thread of its own is to send it."""
    work._reporter = threading.Thread()
    work._reporter.start()
    work.on_log(LogLine("info", "\udcff", 0.0))


def test_work_whose_failure_cannot_be_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_error: StudioError) -> None:
        raise RuntimeError("no driver")

    monkeypatch.setattr(server, "fatal", stumble)
    found = answer(fail)
    assert isinstance(found, Failure)
    assert found.message == "It is too large."


def test_work_whose_log_cannot_be_sent() -> None:
    found = answer(log_what_cannot_be_sent)
    assert isinstance(found, Failure)
    assert "UnicodeEncodeError" in found.message
