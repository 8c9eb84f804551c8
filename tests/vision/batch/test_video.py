"""Videos and cameras: every frame once and in order, from anywhere on."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch import frames, video
from trtstudio.vision.batch.frames import count_frames, frames_from, frames_of
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import (
    Camera,
    Clip,
    describe_video,
    frames_to_read,
    read_video,
)
from trtstudio.vision.drawing.video_file import VideoFile

FRAMES = 24
LEVELS = np.arange(FRAMES) * 10


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Each frame is a little brighter than the one before."""
    path = tmp_path / "clip.avi"
    file = VideoFile(path, 12.5)
    for level in LEVELS:
        file.write(np.full((48, 64, 3), level, np.uint8))
    file.close()
    return path


def levels(pictures: Iterator[Any]) -> np.ndarray:
    return np.array([picture.pixels.mean() for picture in pictures])


def test_a_written_video_has_its_frames_and_rate(clip: Path) -> None:
    assert describe_video(clip) == video.Clip(clip, FRAMES, 12.5)
    np.testing.assert_allclose(levels(read_video(clip)), LEVELS, atol=4)
    assert sorted(path.name for path in clip.parent.iterdir()) == ["clip.avi"]


@pytest.mark.parametrize("first", [0, 1, 7, FRAMES - 1, FRAMES + 3])
def test_a_video_can_be_read_from_any_frame_on(clip: Path, first: int) -> None:
    np.testing.assert_allclose(levels(read_video(clip, first)), LEVELS[first:], atol=4)


def test_frames_that_are_known_are_left_out(clip: Path) -> None:
    known = Counter(Source(clip, number) for number in (*range(1, 6), 9))
    found = [frame.source.frame for frame in frames_of([Source(clip)], known)]
    assert found == [6, 7, 8, *range(10, FRAMES + 1)]
    assert count_frames([Source(clip), Source(clip.with_name("a.jpg"))]) == FRAMES + 1


@pytest.mark.parametrize("stopped", [0, 1, 2, FRAMES + 1, FRAMES + 5, 2 * FRAMES + 3])
def test_what_is_named_twice_is_known_as_often_as_it_was_seen(clip: Path, stopped: int) -> None:
    a, b = Source(clip.with_name("a.jpg")), Source(clip.with_name("b.jpg"))
    sources = [a, Source(clip), b, a, Source(clip), a]
    every = [frame.source for frame in frames_of(sources)]
    known = Counter(every[:stopped])
    assert [frame.source for frame in frames_of(sources, known)] == every[stopped:]
    assert not known.total()


def test_a_video_that_ends_early_says_so_after_its_last_frame(clip: Path) -> None:
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    frames = list(frames_of([Source(clip)]))
    for frame in frames[:-1]:
        frame.read()
    with pytest.raises(StudioError):
        frames[-1].read()


def test_going_on_tells_only_once_that_a_video_ended_early(tmp_path: Path) -> None:
    clip = tmp_path / "noise.avi"
    file = VideoFile(clip, 25)
    for number in range(40):
        file.write(np.random.default_rng(number).integers(0, 256, (48, 64, 3), np.uint8))
    file.close()
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    every = [frame.source for frame in frames_of([Source(clip)])]
    assert len(every) > 6
    for stopped in (5, len(every) - 1, len(every)):
        known = Counter(every[:stopped])
        assert [frame.source for frame in frames_of([Source(clip)], known)] == every[stopped:]


def test_frames_share_memory_only_when_nobody_has_them(clip: Path) -> None:
    reads = list(frames_to_read(clip))
    pictures = [read() for read in reads]
    np.testing.assert_allclose(levels(iter(pictures)), LEVELS, atol=4)
    np.testing.assert_array_equal(pictures[3].pixels, reads[3]().pixels)
    places: set[int] = set()
    for read in frames_to_read(clip):
        places.add(read().pixels.ctypes.data)
    assert len(places) <= 2, "what is decoded, and what is read"
    kept = pictures[5].pixels[::2, ::2]
    expected = kept.copy()
    del pictures, reads
    assert sum(1 for read in frames_to_read(clip) if read().pixels.any()) == FRAMES - 1
    np.testing.assert_array_equal(kept, expected)


def test_names_that_are_no_unicode(clip: Path) -> None:
    strange = clip.rename(clip.with_name(os.fsdecode(b"caf\xe9.avi")))
    assert describe_video(strange).frames == FRAMES
    file = VideoFile(strange.with_name(os.fsdecode(b"\xe9.mp4")), 25)
    file.write(np.zeros((32, 48, 3), np.uint8))
    file.close()
    assert len(list(read_video(strange.with_name(os.fsdecode(b"\xe9.mp4"))))) == 1


@pytest.mark.parametrize("content", [None, b"", b"no video at all"])
def test_what_is_no_video_is_one_frame_with_the_reason(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "bad.mp4"
    if content is not None:
        path.write_bytes(content)
    (frame,) = frames_of([Source(path)])
    assert frame.source == Source(path)
    with pytest.raises(StudioError, match=r"bad\.mp4"):
        frame.read()
    assert count_frames([Source(path)]) == 1


class FakeCapture:
    """A camera whose frames come as fast as the test lets them."""

    def __init__(self, frames: int) -> None:
        self.frames, self.is_open = frames, True
        self.allow: Callable[[], bool] = lambda: True

    def isOpened(self) -> bool:
        return self.is_open

    def read(self) -> tuple[bool, np.ndarray | None]:
        if not self.frames:
            return False, None
        self.frames -= 1
        return True, np.full((4, 4, 3), self.frames, np.uint8)

    def release(self) -> None:
        self.is_open = False


def test_an_unplugged_camera_is_a_frame_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(5)
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: capture)
    camera = Camera(0)
    frames = list(frames_from(camera, Path("camera:0")))
    *seen, last = frames
    with pytest.raises(StudioError, match="no more pictures"):
        last.read()
    shown = [int(frame.read().pixels[0, 0, 0]) for frame in seen]
    assert shown == sorted(shown, reverse=True), "never an older one after a newer one"
    assert len(seen) + camera.dropped == 5
    camera.close()
    assert not capture.is_open


class GatedCapture(FakeCapture):
    """Gives its frames when the gate is opened, and then fails as some drivers do."""

    def __init__(self, frames: int) -> None:
        super().__init__(frames)
        self.gate = threading.Event()

    def read(self) -> tuple[bool, np.ndarray | None]:
        self.gate.wait(30)
        if not self.frames:
            raise cv2.error("VIDIOC_DQBUF: No such device")
        return super().read()


def test_a_driver_that_fails_ends_the_frames_and_what_nobody_watches_is_not_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    capture = GatedCapture(5)
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: capture)
    camera = Camera(0)
    camera.counts = False
    capture.gate.set()
    camera._thread.join(30)
    newest, last = frames_from(camera, Path("camera:0"))
    assert int(newest.read().pixels[0, 0, 0]) == 0
    with pytest.raises(StudioError, match="no more pictures"):
        last.read()
    assert camera.dropped == 0 and not capture.is_open
    camera.close()


def test_a_silent_camera_is_not_waited_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = GatedCapture(0)
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: capture)
    monkeypatch.setattr(video, "_SILENT_S", 0.01)
    camera = Camera(0)
    (only,) = frames_from(camera, Path("camera:0"))
    with pytest.raises(StudioError, match="no more pictures"):
        only.read()
    monkeypatch.setattr(video, "_SILENT_S", 30)
    camera.close()
    assert camera._thread.is_alive() and capture.is_open
    capture.gate.set()
    camera._thread.join(30)
    assert not capture.is_open, "it is let go once its driver answers"


def test_counting_opens_every_animation_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []

    def describe(path: Path) -> Clip:
        opened.append(path)
        return Clip(path, {"a": 3, "b": 1, "c": 0}[path.stem], 10.0)

    monkeypatch.setattr(frames, "describe_video", describe)
    paths = [tmp_path / name for name in ("a.gif", "b.gif", "c.mp4", "d.jpg", "e.txt")]
    assert count_frames(map(Source, paths)) == 3 + 1 + 1 + 1 + 1
    assert opened == paths[:3]


def test_no_camera_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(0)
    capture.is_open = False
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: capture)
    with pytest.raises(StudioError, match="camera 3"):
        Camera(3)


def test_a_camera_that_is_not_there_is_a_frame_that_says_so(
    monkeypatch: pytest.MonkeyPatch, clip: Path
) -> None:
    capture = FakeCapture(0)
    capture.is_open = False
    real = cv2.VideoCapture
    monkeypatch.setattr(cv2, "VideoCapture", lambda at: capture if at == 3 else real(at))
    camera = Source(Path("camera:3"))
    first, *rest = frames_of([camera, Source(clip)])
    with pytest.raises(StudioError, match="no camera 3"):
        first.read()
    assert first.source == camera and len(rest) == FRAMES


def test_a_camera_is_open_as_long_as_its_frames_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = GatedCapture(2)
    capture.gate.set()
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: capture)
    frames = frames_of([Source(Path("camera:0"))])
    assert next(frames).read().pixels.shape == (4, 4, 3)
    assert list(frames)[-1].source.path == Path("camera:0")
    assert not capture.is_open
