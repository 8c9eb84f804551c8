"""Pictures of records, read once more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch import rereading
from trtstudio.vision.batch.rereading import Rereading, read_again
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import read_video
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import write_picture

FRAMES = 100


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    file = VideoFile(tmp_path / "clip.avi", 10)
    for number in range(FRAMES):
        file.write(np.full((48, 64, 3), 2 * number, np.uint8))
    file.close()
    return tmp_path / "clip.avi"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """From which frame on each video was opened."""
    begun: list[int] = []

    def read(path: Path, first: int) -> Iterator[Any]:
        begun.append(first)
        return read_video(path, first)

    monkeypatch.setattr(rereading, "read_video", read)
    return begun


def test_frames_in_a_row_are_read_in_one_pass(clip: Path, opened: list[int]) -> None:
    wanted = (3, 4, 5, 9, 10, 95, 96, 2)
    again = Rereading()
    found = [again.read(Source(clip, number)).pixels.mean() for number in wanted]
    np.testing.assert_allclose(found, [2 * (number - 1) for number in wanted], atol=4)
    assert opened == [2, 94, 1]
    again.close()
    again.close()


def test_pictures_between_frames_do_not_close_the_video(
    clip: Path, tmp_path: Path, opened: list[int]
) -> None:
    write_picture(tmp_path / "a.png", np.full((2, 3, 3), 7, np.uint8))
    again = Rereading()
    again.read(Source(clip, 1))
    assert again.read(Source(tmp_path / "a.png")).pixels.mean() == 7
    assert again.read(Source(clip, 2)).pixels.mean() == pytest.approx(2, abs=4)
    assert opened == [0]
    again.close()


def test_what_is_gone_is_told_every_time(clip: Path, tmp_path: Path) -> None:
    again = Rereading()
    for _ in range(2):
        with pytest.raises(StudioError, match=f"has no frame {FRAMES + 9} any more"):
            again.read(Source(clip, FRAMES + 9))
        for number in (1, 2):
            with pytest.raises(StudioError, match="does not exist"):
                again.read(Source(tmp_path / "gone.avi", number))
    assert again.read(Source(clip, 1)).pixels.shape == (48, 64, 3)
    again.close()
    with pytest.raises(StudioError, match="does not exist"):
        read_again(Source(tmp_path / "gone.png"))
