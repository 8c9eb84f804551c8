"""Processes that prepare pictures: what they make of them is what this process makes."""

import errno
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from trtstudio.host.arrays import FOLDERS_VARIABLE
from trtstudio.host.interpreters import command
from trtstudio.host.pictures import process as process_module
from trtstudio.host.pictures import processes as pool_module
from trtstudio.host.pictures import slab
from trtstudio.host.pictures.processes import PictureProcesses
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import RunResult, Timing
from trtstudio.vision.batch import frames as frames_module
from trtstudio.vision.batch.frames import frames_of, videos_of
from trtstudio.vision.batch.pipeline import Lane, Seen, preparation_of, run_pictures
from trtstudio.vision.batch.preparing import Preparation, Prepared
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import read_video
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.network import Network
from trtstudio.vision.picture import read_picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import ANY_SIZE, Preprocess

ODD = str(Path(__file__).with_name("odd_server.py"))
STRETCHED = Preprocess((8, 12), color="BGR", mean=(1.0, 2.0, 3.0), std=(4.0, 5.0, 6.0))
AS_IT_IS = Preprocess((16, 16), "longest_side", dtype="uint8", layout="NHWC")
Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Pictures of several formats and sizes, and what is none."""
    noise = np.random.default_rng(0)
    names = ["a.png", "b.jpg", "grau äöü 图.png", "c.webp"]
    if os.name == "posix":
        names.append(os.fsdecode(b"no unicode \xff.png"))
    paths = [tmp_path / name for name in names]
    for number, path in enumerate(paths):
        shape = (40 + number, 30) if "grau" in path.name else (20, 30 + 7 * number, 3)
        data = cv2.imencode(path.suffix, noise.integers(0, 255, shape, np.uint8))[1]
        path.write_bytes(data.tobytes())
    (tmp_path / "text.jpg").write_text("no picture")
    return [*paths, tmp_path / "text.jpg", tmp_path / "missing.png"]


@pytest.fixture
def processes(until: Until, left_none: None) -> Iterator[PictureProcesses]:  # noqa: ARG001
    with PictureProcesses(2) as some:
        some.begin()
        until(lambda: some._free.qsize() == 2)
        yield some


@pytest.fixture
def left_none() -> Iterator[None]:
    """No process is left at the end, and no folder."""
    from tests.host.conftest import left_behind

    yield
    assert left_behind() == set()


def use_odd_server(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(process_module, "SERVER", (ODD, *arguments))


def slab_files() -> list[Path]:
    """All that any process has made to hand pictures over."""
    from tests.host.conftest import left_behind

    return [file for folder in left_behind() for file in folder.glob("[0-9]*")]


def here(path: Path, preparation: Preparation) -> Prepared | StudioError:
    try:
        return preparation.prepare(partial(read_picture, path))
    except StudioError as error:
        return error


def assert_same(there: Prepared | StudioError, expected: Prepared | StudioError) -> None:
    if isinstance(expected, StudioError):
        assert isinstance(there, StudioError)
        assert (there.message, there.hint) == (expected.message, expected.hint)
        return
    assert isinstance(there, Prepared)
    assert (there.size, there.note) == (expected.size, expected.note)
    assert there.placements == expected.placements
    np.testing.assert_array_equal(there.pixels, expected.pixels)
    for own, other in zip(there.tensors, expected.tensors, strict=True):
        np.testing.assert_array_equal(own, other, strict=True)


@pytest.mark.parametrize("held_side", [0, 10, 1000])
@pytest.mark.parametrize("ways", [[STRETCHED], [AS_IT_IS], [STRETCHED, AS_IT_IS, STRETCHED]])
def test_they_make_what_is_made_here(
    processes: PictureProcesses, files: list[Path], ways: list[Preprocess], held_side: int
) -> None:
    preparation = Preparation(tuple((way, ANY_SIZE) for way in ways), held_side)
    found = processes.prepare(files, preparation)
    assert found is not None
    for path, there in zip(files, found, strict=True):
        assert_same(there, here(path, preparation))
        (alone,) = processes.prepare([path], preparation) or ()
        assert_same(alone, here(path, preparation))


def test_whole_pictures_stay_here(processes: PictureProcesses, files: list[Path]) -> None:
    assert processes.prepare(files, Preparation(((STRETCHED, ANY_SIZE),), None)) is None


@pytest.mark.usefixtures("left_none")
def test_they_begin_when_it_is_worth_it(
    files: list[Path], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "FEW_PICTURES", 6)
    preparation = Preparation(((STRETCHED, ANY_SIZE),), 0)
    with PictureProcesses(1) as processes:
        for _ in range(6):
            assert processes.prepare(files[:1], preparation) is None
        assert not processes._processes
        assert processes.prepare(files[:1], preparation) is None
        until(lambda: processes.is_there)
        assert processes.prepare(files[:1], preparation) is not None


@pytest.mark.usefixtures("left_none")
def test_few_cores_need_none(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "usual_workers", lambda: 2)
    with PictureProcesses() as processes:
        processes.begin()
        assert processes.prepare(files * 100, Preparation(((STRETCHED, ANY_SIZE),), 0)) is None
        assert not processes._processes


@pytest.mark.usefixtures("left_none")
def test_a_picture_that_ends_its_process_is_told_and_the_rest_goes_on(
    files: list[Path], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_odd_server(monkeypatch)
    deadly = files[0].with_name("deadly.png")
    preparation = Preparation(((STRETCHED, ANY_SIZE),), 0)
    with PictureProcesses(1) as processes:
        processes.begin()
        until(lambda: processes.is_there)
        for _ in range(2):
            found = processes.prepare([files[0], deadly, files[1]], preparation)
            assert found is not None
            assert_same(found[0], here(files[0], preparation))
            assert isinstance(found[1], StudioError)
            assert "deadly.png was ended by it" in found[1].message
            assert "exit status 7" in found[1].details
            assert_same(found[2], here(files[1], preparation))
        assert len({path.name.split("-")[0] for path in slab_files()}) == 1, "those of the dead go"


@pytest.mark.usefixtures("left_none")
@pytest.mark.parametrize("beside", [0, 2])
def test_a_picture_does_not_answer_for_a_process_that_others_end(
    beside: int, files: list[Path], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_odd_server(monkeypatch)
    once = files[0].with_name("deadly once.png")
    once.write_bytes(files[0].read_bytes())
    paths = [once, *files[:beside]]
    preparation = Preparation(((STRETCHED, ANY_SIZE),), 0)
    with PictureProcesses(1) as processes:
        processes.begin()
        until(lambda: processes.is_there)
        for _ in range(2):
            found = processes.prepare(paths, preparation)
            assert found is not None
            for path, there in zip(paths, found, strict=True):
                assert_same(there, here(path, preparation))
            (process,) = processes._processes
            assert process._process is not None
            process._process.kill()  # while nobody asks it
            process._process.wait(30)


def test_a_picture_does_not_answer_for_memory_that_cannot_be_mapped(
    processes: PictureProcesses, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    preparation = Preparation(((STRETCHED, ANY_SIZE),), 0)
    with monkeypatch.context() as patch:
        patch.setattr(slab, "_mapped", refuse)
        assert processes.prepare(files[:1], preparation) is None
    (found,) = processes.prepare(files[:1], preparation) or ()
    assert_same(found, here(files[0], preparation))


def test_who_tries_pictures_alone_keeps_the_process(
    files: list[Path], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else they could end this one, where they are prepared if no process is free."""
    use_odd_server(monkeypatch)
    deadly = files[0].with_name("deadly.png")
    with PictureProcesses(1) as processes:
        processes.begin()
        until(lambda: processes.is_there)
        given_back: list[object] = []
        (process,) = processes._processes
        processes._free.get_nowait()
        taken = SimpleNamespace(get_nowait=lambda: process, put=given_back.append)
        monkeypatch.setattr(processes, "_free", taken)
        processes.prepare([deadly, files[0]], Preparation(((STRETCHED, ANY_SIZE),), 0))
        assert given_back == [process]


def test_without_a_place_to_hand_over_they_do_not_begin(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(files[0] / "missing"))
    with PictureProcesses(2) as processes:
        for _ in range(2):
            processes.begin()
            assert processes.prepare(files[:1], Preparation(((STRETCHED, ANY_SIZE),), 0)) is None
        assert not processes._processes


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs a list of what is mapped")
def test_nothing_is_mapped_that_is_removed_at_the_end(
    files: list[Path], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows would not remove it."""
    own_folders, mapped = pool_module.own_folders, []

    @contextmanager
    def watched() -> Iterator[list[Path]]:
        with own_folders() as folders:
            yield folders
            lines = Path("/proc/self/maps").read_text().splitlines()
            mapped.extend(line for line in lines if str(folders[0]) in line)

    monkeypatch.setattr(pool_module, "own_folders", watched)
    with PictureProcesses(1) as processes:
        processes.begin()
        until(lambda: processes.is_there)
        assert processes.prepare(files, Preparation(((STRETCHED, ANY_SIZE),), 10)) is not None
    assert not mapped


@pytest.mark.skipif(os.name != "posix", reason="needs groups of processes")
def test_what_ends_this_process_from_a_terminal_leaves_them_to_tidy_up(
    processes: PictureProcesses,
) -> None:
    for process in processes._processes:
        assert process._process is not None
        assert os.getpgid(process._process.pid) != os.getpgrp()


@pytest.mark.usefixtures("left_none")
@pytest.mark.parametrize("server", [(ODD, "full"), ("-c", "raise SystemExit(3)")])
def test_without_room_or_a_process_pictures_are_prepared_here(
    server: tuple[str, ...], files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "SERVER", server)
    with PictureProcesses(2) as processes:
        processes.begin()
        for starter in processes._starters:
            starter.join(30)
        assert processes.prepare(files, Preparation(((STRETCHED, ANY_SIZE),), 0)) is None
        assert processes.is_there == ("full" in server)


@pytest.mark.usefixtures("left_none")
def test_they_can_be_asked_while_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    start = Thread.start

    def ask_and_start(thread: Thread) -> None:
        assert processes._one() is None
        start(thread)

    with PictureProcesses(1) as processes:
        monkeypatch.setattr(Thread, "start", ask_and_start)
        processes.begin()


@pytest.mark.usefixtures("left_none")
def test_who_hears_that_one_is_there_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[bool] = []
    with PictureProcesses(1) as processes:
        free = SimpleNamespace(put=lambda _: said.append(processes.is_there))
        monkeypatch.setattr(processes, "_free", free)
        processes.begin()
        for starter in processes._starters:
            starter.join()
        assert processes.is_there
    assert said == [False], "it is given before it is said to be there"


@pytest.mark.usefixtures("left_none")
def test_they_end_while_they_begin() -> None:
    with PictureProcesses(3) as processes:
        processes.begin()
    assert not any(starter.is_alive() for starter in processes._starters)


def test_a_process_ends_with_whoever_asked_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(os.sys.executable, process_module.SERVER),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, FOLDERS_VARIABLE: str(tmp_path / "own")},
    )
    (tmp_path / "own").mkdir()
    assert process.communicate(timeout=30) == (b"", None)
    assert process.returncode == 0
    assert not (tmp_path / "own").exists(), "it tidied up"


# Videos

LONG = 80  # frames
PLAIN = Preparation(((STRETCHED, ANY_SIZE),), 10)


def mean(inputs: dict[str, np.ndarray]) -> "Future[RunResult]":
    (array,) = inputs.values()
    future: Future[RunResult] = Future()
    means = array.mean(axis=(1, 2, 3), dtype=np.float64)[:, None]
    future.set_result(RunResult({"y": means}, Timing(1.0)))
    return future


def looked_at(seen: Seen) -> Any:
    return seen.outputs[0]["y"].tolist(), seen.picture.pixels.tobytes(), seen.size


NETWORK = Network((8, 12), (Tensor("y", "float32", (1, 1)),), {}, None)
LANES = [Lane(PictureModel("x", 1, STRETCHED, NETWORK, has_free_batch=True), mean, 3)]


def make_clip(path: Path) -> Path:
    clip = VideoFile(path, 25)
    for number in range(LONG):
        clip.write(np.full((32, 48, 3), 3 * number, np.uint8))
    clip.close()
    return path


def frames_here(path: Path) -> list[Prepared]:
    return [PLAIN.prepare(lambda picture=picture: picture) for picture in read_video(path)]


@pytest.mark.parametrize("first", [0, 3])
def test_frames_are_those_that_are_read_here(
    processes: PictureProcesses, tmp_path: Path, first: int
) -> None:
    clip = make_clip(tmp_path / "clip ä.avi")
    found = list(processes.video(clip, first, PLAIN) or ())
    assert len(found) == LONG - first
    frames = list(frames_of([Source(clip)], videos=partial(processes.video, preparation=PLAIN)))
    assert all(frame.prepared is not None for frame in frames)
    np.testing.assert_array_equal(
        frames[70].read().pixels, [*read_video(clip)][70].pixels, "as it is asked"
    )
    for there, expected in zip(found, frames_here(clip)[first:], strict=True):
        assert_same(there, expected)


def test_videos_at_once_and_one_that_nobody_wants_any_more(
    processes: PictureProcesses, files: list[Path], tmp_path: Path
) -> None:
    clips = [make_clip(tmp_path / name) for name in ("a.avi", "b.avi")]
    one, other = (processes.video(clip, 0, PLAIN) for clip in clips)
    assert one is not None and other is not None
    expected = frames_here(clips[0])
    for number in range(20):
        assert_same(next(one), expected[number])
        assert_same(next(other), expected[number])
    assert processes.video(clips[0], 0, PLAIN) is None, "none is free"
    one.close()
    assert_same(next(processes.video(clips[0], 0, PLAIN) or iter(())), expected[0])
    found = processes.prepare(files[:1], PLAIN)
    assert found is not None
    assert_same(found[0], here(files[0], PLAIN))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs a list of open files")
def test_a_video_that_nobody_wants_any_more_is_closed(
    processes: PictureProcesses, files: list[Path], tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "clip.avi")

    def is_open() -> bool:
        places = [
            place
            for each in processes._processes
            for place in Path(f"/proc/{each._process.pid}/fd").iterdir()
        ]
        return clip in [place.resolve() for place in places]

    frames = frames_of([Source(clip)], videos=videos_of(processes, PLAIN))
    assert next(frames).prepared is not None
    assert is_open()
    frames.close()
    assert not is_open()
    assert processes._free.qsize() == 2
    assert processes.prepare(files, PLAIN) is not None


def test_whole_frames_stay_here_and_all_where_no_process_has_begun(
    processes: PictureProcesses, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "clip.avi")
    assert processes.video(clip, 0, replace(PLAIN, held_side=None)) is None
    with PictureProcesses(2) as others:
        assert others.video(clip, 0, PLAIN) is None
        others.begin(1)
        assert len(list(others.video(clip, LONG - 2, PLAIN) or ())) == 2
        assert len(others._processes) == 1
        others.begin()
        assert len(others._processes) == 2


def test_what_is_no_video_says_so(processes: PictureProcesses, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"missing\.avi does not exist"):
        list(processes.video(tmp_path / "missing.avi", 0, PLAIN) or ())


def test_a_video_that_ends_early_says_so_after_its_last_frame(
    processes: PictureProcesses, tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "clip.avi")
    data = clip.read_bytes()
    clip.write_bytes(data[: len(data) * 3 // 4])
    found = []
    with pytest.raises(StudioError, match=r"clip\.avi ends after \d+ of its 80 frames"):
        found.extend(processes.video(clip, 0, PLAIN) or ())
    there = processes.video(clip, 0, PLAIN)
    assert there is not None
    count = sum(1 for _ in islice(there, 40))
    assert count == 40


@pytest.mark.usefixtures("left_none")
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_frame_that_cannot_be_prepared_is_told_and_the_video_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_cut: bool
) -> None:
    """As where it is decoded in this process, and only a video that ends early ends."""
    from tests.host.pictures.odd_server import ODD_FRAMES
    from tests.host.pictures.odd_server import frames as odd_frames

    clip = make_clip(tmp_path / "odd.avi")
    if is_cut:
        data = clip.read_bytes()
        clip.write_bytes(data[: len(data) * 3 // 4])

    def rows(elsewhere: PictureProcesses | None) -> list[Any]:
        preparation = preparation_of(LANES, 10)
        frames = frames_of([Source(clip)], videos=videos_of(elsewhere, preparation))
        outcomes = run_pictures(
            frames, LANES, looked_at, preparation=preparation, elsewhere=elsewhere
        )
        return [
            (o.source, o.size, o.kept, o.problem and (o.problem.message, o.problem.hint))
            for o in outcomes
        ]

    monkeypatch.setattr(frames_module, "frames_to_read", odd_frames)
    expected = rows(None)
    failed = [source.frame - 1 for source, _, kept, _ in expected if kept is None]
    count = len(expected) - is_cut
    assert failed == [number for number in ODD_FRAMES if number < count] + [count] * is_cut
    use_odd_server(monkeypatch)
    monkeypatch.setattr(frames_module, "frames_to_read", pytest.fail)
    with PictureProcesses(1) as processes:
        processes.begin()
        assert rows(processes) == expected


@pytest.mark.usefixtures("left_none")
def test_a_video_that_ends_its_process_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_odd_server(monkeypatch)
    deadly, once = (make_clip(tmp_path / name) for name in ("deadly.avi", "deadly once.avi"))
    expected = frames_here(once)
    with PictureProcesses(1) as processes:
        processes.begin()
        seen: list[Prepared] = []
        with pytest.raises(StudioError, match=r"deadly\.avi was ended by it") as told:
            for frame in processes.video(deadly, 0, PLAIN) or ():
                seen.append(frame)  # noqa: PERF402 - it raises
        assert "exit status 7" in told.value.details
        for there, own in zip(seen, expected, strict=False):
            assert_same(there, own)
        found = list(processes.video(once, 0, PLAIN) or ())
        assert (tmp_path / "deadly once.done").exists()
        for there, own in zip(found, expected, strict=True):
            assert_same(there, own)


@pytest.mark.usefixtures("left_none")
@pytest.mark.parametrize("server", [(ODD, "full"), ("-c", "raise SystemExit(3)")])
def test_without_room_or_a_process_frames_are_prepared_here(
    server: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "SERVER", server)
    clip = make_clip(tmp_path / "clip.avi")
    with PictureProcesses(1) as processes:
        processes.begin()
        found = processes.video(clip, 2, PLAIN)
        assert (found is not None) == ("full" in server)
        for there, own in zip(found or (), frames_here(clip)[2:], strict=found is not None):
            assert_same(there, own)


def test_a_run_says_the_same_with_them(
    processes: PictureProcesses, files: list[Path], tmp_path: Path
) -> None:
    clip = make_clip(tmp_path / "clip.avi")
    sources = [Source(path) for path in [*files, clip] * 2]
    known = Counter([Source(clip, 1), Source(clip, 2), Source(clip, 7)])

    def run(elsewhere: PictureProcesses | None) -> list[Any]:
        preparation = preparation_of(LANES, 9)
        frames = frames_of(sources, Counter(known), videos_of(elsewhere, preparation))
        outcomes = run_pictures(
            frames, LANES, looked_at, preparation=preparation, elsewhere=elsewhere
        )
        return [(o.source, o.size, o.kept, o.problem and o.problem.message) for o in outcomes]

    assert run(processes) == run(None)
