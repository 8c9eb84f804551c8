"""The history: entries come back as they were, and a bad file is said."""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.history import History, New


@dataclass(frozen=True, slots=True)
class Walk:
    """Something to keep."""

    place: str
    metres: float


@dataclass(frozen=True, slots=True)
class Swim:
    """Something else."""

    lake: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Something with an array."""

    values: np.ndarray


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "somewhere" / "历史.sqlite3")


def test_entries_come_back_the_newest_first(history: History) -> None:
    first = history.add(Walk("forest", 10.5), "a")
    second = history.add(Walk("hill", 3.0), "b")
    history.add(Swim("lake"), "a")
    kept = history.entries(Walk)
    assert [k.id for k in kept] == [second, first]
    assert kept[1].entry == Walk("forest", 10.5)
    assert kept[0].added_at.endswith("Z")


def test_entries_about_one_subject_and_not_too_many(history: History) -> None:
    for metres in range(5):
        history.add(Walk("forest", metres), "a")
        history.add(Walk("hill", metres), "b")
    assert {k.entry.place for k in history.entries(Walk, "a")} == {"forest"}
    assert [k.entry.metres for k in history.entries(Walk, "b", limit=2)] == [4, 3]
    assert history.entries(Swim, "a") == []


def test_attachments_are_kept_apart(history: History) -> None:
    plain = history.add(Walk("forest", 1), "a")
    heavy = history.add(Walk("forest", 2), "a", bytes(range(256)) * 100)
    assert history.attachment(heavy) == bytes(range(256)) * 100
    assert history.attachment(plain) == b""
    assert history.attachment(heavy + 1) == b""


def test_what_is_removed_is_gone_and_its_number_is_not_given_again(history: History) -> None:
    number = history.add(Walk("forest", 1), "a")
    history.remove([number])
    assert history.entries(Walk) == []
    assert history.add(Walk("forest", 1), "a") > number


def test_one_entry_is_found_by_its_number_and_kind(history: History) -> None:
    number = history.add(Walk("forest", 1), "a")
    found = history.entry(Walk, number)
    assert found is not None
    assert (found.id, found.entry) == (number, Walk("forest", 1))
    assert history.entry(Swim, number) is None
    assert history.entry(Walk, number + 1) is None


def test_an_entry_is_changed_and_keeps_its_attachment(history: History) -> None:
    number = history.add(Walk("forest", 1), "a", b"map")
    assert history.change(number, Walk("hill", 2))
    assert [k.entry for k in history.entries(Walk, "a")] == [Walk("hill", 2)]
    assert history.attachment(number) == b"map"
    assert not history.change(number, Swim("lake"))
    assert not history.change(number + 1, Walk("hill", 2))
    assert len(history.entries(Walk)) == 1


def test_a_set_knows_its_first_and_is_kept_whole_or_not_at_all(history: History) -> None:
    def member(steps: int) -> New:
        return New(lambda first: Walk(f"with {first}", steps), "a", b"map")

    def fail(_first: int) -> object:
        raise StudioError("no")

    numbers = history.add_set([member(1), member(2)])
    kept = history.entries(Walk, "a")
    assert [each.id for each in kept] == numbers[::-1]
    assert {each.entry for each in kept} == {Walk(f"with {numbers[0]}", n) for n in (1, 2)}
    assert history.attachment(numbers[1]) == b"map"
    with pytest.raises(StudioError, match="no"):
        history.add_set([member(3), New(fail, "a")])
    assert len(history.entries(Walk)) == 2


def test_arrays_are_kept_as_numbers(history: History) -> None:
    history.add(Signal(np.array([1.5, 2.5], np.float32)), "a")
    (kept,) = history.entries(Signal)
    np.testing.assert_array_equal(kept.entry.values, [1.5, 2.5])
    assert kept.entry.values.dtype == np.float32


def test_two_threads_write_at_once(history: History) -> None:
    def work(place: str) -> None:
        for metres in range(20):
            history.add(Walk(place, metres), "a")

    threads = [threading.Thread(target=work, args=(place,)) for place in ("forest", "hill")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(history.entries(Walk)) == 40


def test_an_entry_of_another_version_is_left_out(history: History) -> None:
    number = history.add(Walk("forest", 1), "a")
    history.add(Walk("hill", 2), "a")
    with sqlite3.connect(history.path) as db:
        db.execute("UPDATE entries SET body = '{\"place\": 3}' WHERE id = ?", (number,))
    db.close()
    assert [k.entry.place for k in history.entries(Walk)] == ["hill"]


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StudioError, match="cannot be used") as caught:
        History(path).entries(Walk)
    assert "Move that file away" in caught.value.hint


def test_a_newer_file_is_refused(history: History) -> None:
    history.add(Walk("forest", 1), "a")
    with sqlite3.connect(history.path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StudioError, match="newer TRT Studio"):
        history.entries(Walk)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StudioError, match="cannot be used"):
        History(tmp_path / "file" / "history.sqlite3").add(Walk("forest", 1), "a")
