"""The environment in which FP32 is exact, shared by threads."""

import os
import threading

import pytest

from trtstudio.engine.tf32 import VARIABLE, fp32


@pytest.mark.parametrize("before", [None, "0", "1"])
@pytest.mark.parametrize(("exact", "within"), [(True, "0"), (False, None)])
def test_it_is_as_asked_and_afterwards_as_before(
    monkeypatch: pytest.MonkeyPatch, before: str | None, exact: bool, within: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if before is not None:
        monkeypatch.setenv(VARIABLE, before)
    with fp32(exact=exact):
        assert os.environ.get(VARIABLE) == within
    assert os.environ.get(VARIABLE) == before


def test_none_leaves_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    with fp32(exact=None):
        assert os.environ[VARIABLE] == "1"


def test_it_is_undone_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(KeyError), fp32(exact=True):
        raise KeyError
    assert VARIABLE not in os.environ


def test_the_same_answer_is_shared_and_another_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    seen: list[str | None] = []
    entered = threading.Event()

    def wait_for_other() -> None:
        with fp32(exact=False):
            seen.append(os.environ.get(VARIABLE))
            entered.set()

    with fp32(exact=True):
        with fp32(exact=True):
            assert os.environ[VARIABLE] == "0"
        assert os.environ[VARIABLE] == "0"  # the outer one is still inside
        thread = threading.Thread(target=wait_for_other)
        thread.start()
        assert not entered.wait(0.05)
    thread.join(30)
    assert seen == [None]
    assert VARIABLE not in os.environ


def test_whoever_came_last_may_leave_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    first, second = fp32(exact=True), fp32(exact=True)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert os.environ[VARIABLE] == "0"
    second.__exit__(None, None, None)
    assert VARIABLE not in os.environ
