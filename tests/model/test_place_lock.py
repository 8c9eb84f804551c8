"""One writer at a time, in this process and among others."""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest

from trtstudio.model import place_lock
from trtstudio.model.errors import StudioError
from trtstudio.model.files import scratch_folder
from trtstudio.model.place_lock import only_writer, remove_interrupted

HOLD = """
import sys
from pathlib import Path
from trtstudio.model.files import whole_file
from trtstudio.model.place_lock import only_writer
with only_writer(Path(sys.argv[1])), whole_file(Path(sys.argv[1])) as file:
    file.write(bytes(9))
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def locks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the locks, here and in processes that are started."""
    folder = tmp_path_factory.mktemp("locks")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@contextmanager
def other_writer(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process, in the middle of writing."""
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield other


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "a.plan"
    with only_writer(place), only_writer(tmp_path / "b.plan"):
        with pytest.raises(StudioError, match=r"a\.plan") as caught, only_writer(place):
            pass
        assert caught.value.hint
    with only_writer(place):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_dies_holds_nothing(tmp_path: Path) -> None:
    place = tmp_path / "a.plan"
    with other_writer(place) as other:
        with pytest.raises(StudioError), only_writer(place):
            pass
        other.kill()
        other.wait()
        with only_writer(place):
            pass


def test_what_a_killed_writer_left_is_removed_later(tmp_path: Path, locks: Path) -> None:
    place, mine = tmp_path / "a.plan", tmp_path / ".a.plan.notes.part"
    mine.write_text("not ours")
    with other_writer(place) as other:
        (part,) = set(tmp_path.iterdir()) - {mine}
        remove_interrupted()
        assert part.exists(), "it is still being written"
        other.kill()
        other.wait()
        assert part.exists()
        remove_interrupted()
    assert list(tmp_path.iterdir()) == [mine]
    assert [lock.stat().st_size for lock in locks.iterdir()] in ([], [0])


def test_a_writer_waits_for_who_only_tidies_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, lock = tmp_path / "a.plan", place_lock._lock
    refused, written, writers = threading.Event(), list[Path](), list[threading.Thread]()

    def watched(handle: int) -> bool:
        is_free = lock(handle)
        if not is_free:
            refused.set()
        return is_free

    def write() -> None:
        with only_writer(place):
            written.append(place)

    def begin_to_write(_: Path) -> None:
        writers.append(threading.Thread(target=write))
        writers[0].start()
        assert refused.wait(30)

    with other_writer(place) as other:
        other.kill()
        other.wait()
    monkeypatch.setattr(place_lock, "_TIDYING_S", 30.0)
    monkeypatch.setattr(place_lock, "_lock", watched)
    monkeypatch.setattr(place_lock, "remove_leftovers", begin_to_write)
    remove_interrupted()
    writers[0].join(30)
    assert written == [place]


def test_writers_in_turn_never_meet(tmp_path: Path) -> None:
    """Each takes the lock file away that the next may have opened already."""
    place, inside, most = tmp_path / "a.plan", 0, 0

    def write() -> None:
        nonlocal inside, most
        turns = 0
        while turns < 30:
            with suppress(StudioError), only_writer(place):
                inside += 1
                most = max(most, inside)
                sleep(0.001)
                inside -= 1
                turns += 1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_it_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_writer(tmp_path / "a"):
        raise ZeroDivisionError
    with only_writer(tmp_path / "a"):
        pass


@pytest.mark.parametrize("place", ["/dev/null/no", "/proc"])
@pytest.mark.skipif(sys.platform != "linux", reason="names folders of Linux")
def test_no_place_for_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", place)
    for block in (only_writer(tmp_path / "a.plan"), scratch_folder()):
        with pytest.raises(StudioError, match=f"cannot be written to {place}"), block:
            raise AssertionError


def test_no_room_for_the_lock(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    with (small_disk / "filler").open("wb", 0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))
    with pytest.raises(StudioError, match="the disk is full"), only_writer(tmp_path / "a.plan"):
        raise AssertionError
    assert list(small_disk.iterdir()) == [small_disk / "filler"]
