"""One writer at a time, in this process and among others."""

import subprocess
import sys
from pathlib import Path

import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.place_lock import only_writer

HOLD = """
import sys
from pathlib import Path
from trtstudio.model.place_lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


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
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(StudioError), only_writer(place):
            pass
        other.kill()
        other.wait()
        with only_writer(place):
            pass


def test_it_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_writer(tmp_path / "a"):
        raise ZeroDivisionError
    with only_writer(tmp_path / "a"):
        pass
