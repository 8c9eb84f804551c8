"""Videos that are written, read again by OpenCV."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.video import describe_video, read_video
from trtstudio.vision.drawing import video_file
from trtstudio.vision.drawing.video_file import CODECS, VideoFile


@pytest.mark.parametrize("suffix", [".mp4", ".avi", ".mkv"])
def test_colours_keep_their_order(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"red{suffix}"
    file = VideoFile(path, 25)
    for _ in range(3):
        file.write(np.full((48, 64, 3), (200, 40, 40), np.uint8))
    file.close()
    red, green, blue = next(read_video(path)).pixels.reshape(-1, 3).mean(0)
    assert red > 170 and max(green, blue) < 80


def test_a_video_that_was_given_up_leaves_nothing(tmp_path: Path) -> None:
    file = VideoFile(tmp_path / "a.mp4", 25)
    file.write(np.zeros((33, 47, 3), np.uint8))
    file.close(keep=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StudioError, match="no video"):
        VideoFile(tmp_path / "a.txt", 25)


def write_noise(path: Path) -> None:
    """More than fits on a small disk."""
    file, keep = VideoFile(path, 25), False
    try:
        for number in range(8):
            file.write(np.random.default_rng(number).integers(0, 256, (240, 320, 3), np.uint8))
        keep = True
    finally:
        file.close(keep=keep)


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_a_video_for_which_there_is_no_room(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = small_disk / f"a{suffix}"
    with pytest.raises(StudioError, match="the disk is full"):
        write_noise(path)
    monkeypatch.setattr(video_file, "require_room", lambda _: None)  # as of a quota
    with pytest.raises(StudioError, match="could not be written whole"):
        write_noise(path)
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("suffix", sorted(CODECS))
@pytest.mark.parametrize("frames", [1, 2, 60])
@pytest.mark.parametrize("rate", [0.5, 24000 / 1001, 90])
def test_a_video_of_any_rate_is_whole(
    tmp_path: Path, suffix: str, frames: int, rate: float
) -> None:
    file = VideoFile(tmp_path / f"a{suffix}", rate)
    for _ in range(frames):
        file.write(np.zeros((32, 48, 3), np.uint8))
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == [f"a{suffix}"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_video_goes_where_a_link_leads_and_into_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link.avi").symlink_to(tmp_path / "there" / "a.avi")
    file = VideoFile(tmp_path / "link.avi", 10)
    file.write(np.zeros((48, 64, 3), np.uint8))
    file.close()
    assert (tmp_path / "link.avi").is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["a.avi"]
    assert describe_video(tmp_path / "link.avi").frames == 1
    os.mkfifo(tmp_path / "pipe.avi")
    with pytest.raises(StudioError, match="cannot hold a video"):
        VideoFile(tmp_path / "pipe.avi", 10)
