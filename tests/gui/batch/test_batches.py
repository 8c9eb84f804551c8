"""Runs over many pictures in the window: with a real engine process, paused, stopped, gone on with
after a restart, compared and exported.
"""

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch import work as batch_work
from trtstudio.gui.batch.batches import FETCH_MS, Batch, Batches
from trtstudio.gui.batch.files import find_last
from trtstudio.gui.batch.view import BatchView
from trtstudio.gui.document import Document
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.workspace import Workspace
from trtstudio.host.pictures import processes
from trtstudio.host.pictures.processes import PictureProcesses
from trtstudio.model.errors import EngineDied, NotLoaded, StudioError
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import read_picture, write_picture

WAIT_MS = 60_000

Drop = Callable[[QWidget, list[Path]], bool]


@pytest.fixture
def folder(tmp_path: Path, sample_pictures: tuple[Path, ...]) -> Path:
    place = tmp_path / "pictures"
    (place / "deep").mkdir(parents=True)
    for path in sample_pictures:
        shutil.copy(path, place)
    shutil.copy(sample_pictures[0], place / "deep" / "again.jpg")
    (place / "cut.jpg").write_bytes(sample_pictures[0].read_bytes()[:3000])
    (place / "notes.txt").write_text("no picture")
    return place


@pytest.fixture
def batches(
    window: MainWindow, sample_document: Document, qtbot: QtBot, workspace: Workspace
) -> Iterator[Batches]:
    """With the bundled model open and the Run page shown."""
    workspace.probe()
    qtbot.waitUntil(lambda: workspace.installation is not None, timeout=WAIT_MS)
    window.show_page("run")
    assert workspace.current is sample_document
    yield window.runs.batches


def run_page(window: MainWindow) -> RunPage:
    page = window.page("run")
    assert isinstance(page, RunPage)
    return page


def shown_view(window: MainWindow) -> BatchView:
    view = run_page(window).views.batch_view
    assert view is not None
    return view


def wait_for_end(qtbot: QtBot, batches: Batches, document: Document, kind: str = "many") -> Batch:
    def has_ended() -> bool:
        batch = batches.batch(document, kind)  # type: ignore[arg-type]
        return batch is not None and batch.has_ended

    qtbot.waitUntil(has_ended, timeout=WAIT_MS)
    batch = batches.batch(document, kind)  # type: ignore[arg-type]
    assert batch is not None and batch.error is None
    return batch


def test_a_dropped_folder_becomes_a_table(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    drop: Drop,
) -> None:
    assert drop(run_page(window), [folder])
    wait_for_end(qtbot, batches, sample_document)
    view = shown_view(window)
    found = {row.name: row for row in view.list.model.rows()}
    assert list(found) == [
        *("camera.jpg", "chelsea.jpg", "coffee.jpg", "cut.jpg", "notes.txt", "rocket.jpg"),
    ]
    assert found["camera.jpg"].classes == ("tripod",)
    assert found["cut.jpg"].problem.startswith("cut.jpg is a damaged")
    assert "not a picture" in found["notes.txt"].problem
    assert "6 of 6" in view.progress.words.text()
    view.list.table.setCurrentIndex(view.list.model.index(1, 0))
    qtbot.waitUntil(lambda: view.preview.name.text() == "chelsea.jpg", timeout=WAIT_MS)
    assert view.preview.said[0].text().startswith("tiger cat")
    view.list.table.setCurrentIndex(view.list.model.index(3, 0))
    qtbot.waitUntil(lambda: "damaged" in view.preview.words.text(), timeout=WAIT_MS)
    view._show_document(None)
    assert view.preview.is_empty
    view._show_document(sample_document)
    qtbot.waitUntil(lambda: view.preview.name.text() == "camera.jpg", timeout=WAIT_MS)
    assert view.list.table.currentIndex().row() == 0


@pytest.mark.parametrize("frames", [12, 70])
def test_a_video_is_a_row_for_every_frame(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    tmp_path: Path,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
    frames: int,
) -> None:
    """A long one is decoded by a process of its own where there are cores for that."""
    monkeypatch.setattr(processes, "usual_workers", lambda: 4)
    elsewhere: list[bool] = []
    video = PictureProcesses.video

    def noted(processes: PictureProcesses, path: Path, first: int, preparation: Any) -> Any:
        found = video(processes, path, first, preparation)
        elsewhere.append(found is not None)
        return found

    monkeypatch.setattr(PictureProcesses, "video", noted)
    file = VideoFile(tmp_path / "clip.avi", 10)
    pixels = cv2.resize(read_picture(sample_pictures[1]).pixels, (320, 240))
    for _ in range(frames):
        file.write(np.asarray(pixels))
    file.close()
    window.workspace.open([tmp_path / "clip.avi"])
    batch = wait_for_end(qtbot, batches, sample_document)
    assert batch.work is not None
    assert [row.source.frame for row in batch.work.rows] == list(range(1, frames + 1))
    assert batch.work.is_complete
    assert not any(row.problem for row in batch.work.rows)
    assert elsewhere == [frames > processes.FEW_PICTURES]


def test_a_video_that_ends_early_is_done_with_its_last_frame(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    tmp_path: Path,
) -> None:
    path = tmp_path / "cut.avi"
    file = VideoFile(path, 10)
    for number in range(12):
        file.write(np.random.default_rng(number).integers(0, 256, (48, 64, 3), np.uint8))
    file.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    window.workspace.open([path])
    batch = wait_for_end(qtbot, batches, sample_document)
    assert batch.work is not None and batch.work.is_complete
    *answered, last = batch.work.rows
    assert 0 < len(answered) < 12 and not any(row.problem for row in answered)
    assert "ends after" in last.problem
    count = len(answered) + 1
    assert f"{count} of {count}" in shown_view(window).progress.words.text()


class Gate:
    """Lets only so many inferences begin until it is opened; the rest waits in the run's thread."""

    def __init__(self, ask: Callable[[Any], "Future[Any]"], most: int) -> None:
        self._ask, self._most, self._asked = ask, most, 0
        self.answers: list[Future[Any]] = []
        self.open = threading.Event()

    def __call__(self, request: Any) -> "Future[Any]":
        self._asked += 1
        if self._asked > self._most:
            assert self.open.wait(WAIT_MS / 1000)
        self.answers.append(self._ask(request))
        return self.answers[-1]


def test_a_run_that_was_stopped_goes_on_even_in_another_window(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(60):
        shutil.copy(folder / "camera.jpg", folder / f"x{number}.jpg")
    jobs = window.workspace.jobs
    gate = Gate(jobs.ask, 50)
    monkeypatch.setattr(jobs, "ask", gate)
    batches.start(Batch(sample_document, "many", (folder,)))
    qtbot.waitUntil(lambda: shown_view(window).list.model.count >= 3, timeout=WAIT_MS)
    batch = batches.batch(sample_document, "many")
    assert batch is not None and batch.work is not None
    qtbot.mouseClick(shown_view(window).progress.pause, Qt.MouseButton.LeftButton)
    assert batch.work.is_paused
    gate.open.set()
    seen = len(batch.work.rows)
    qtbot.wait(300)
    assert len(batch.work.rows) <= seen + 1
    qtbot.mouseClick(shown_view(window).progress.stop, Qt.MouseButton.LeftButton)
    wait_for_end(qtbot, batches, sample_document)
    done = len(batch.work.rows)
    answered = sum(not row.problem for row in batch.work.rows)
    assert 3 <= done < 66 and not batch.work.is_complete
    last = find_last(sample_document.path)
    assert last is not None and (last.sources, last.answers) == ((folder,), answered)
    qtbot.mouseClick(shown_view(window).progress.go_on, Qt.MouseButton.LeftButton)
    again = wait_for_end(qtbot, batches, sample_document)
    assert again.work is not None and again is not batch
    assert again.work.known == answered
    assert len({row.source for row in again.work.rows}) == len(again.work.rows) == 66
    anew = shown_view(window).progress.again
    qtbot.mouseClick(anew, Qt.MouseButton.LeftButton)
    third = wait_for_end(qtbot, batches, sample_document)
    assert third.work is not None and third.work.known == 0


def test_the_last_run_is_offered(
    qtbot: QtBot, window: MainWindow, batches: Batches, sample_document: Document, folder: Path
) -> None:
    batches.start(Batch(sample_document, "many", (folder,), recursive=True))
    wait_for_end(qtbot, batches, sample_document)
    window.workspace.close(sample_document)
    shutil.copy(folder / "camera.jpg", folder / "cut.jpg")  # what failed is tried again
    with qtbot.waitSignal(window.workspace.document_opened, timeout=WAIT_MS) as opened:
        window.workspace.open([sample_document.path])
    window.show_page("run")
    view = run_page(window).views.show_view("many")
    assert isinstance(view, BatchView)
    qtbot.waitUntil(view.go_on_last.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(view.go_on_last, Qt.MouseButton.LeftButton)
    batch = wait_for_end(qtbot, batches, opened.args[0])
    assert batch.recursive and batch.work is not None
    assert (batch.work.known, len(batch.work.rows)) == (5, 7)
    assert [row.source.name for row in batch.work.rows if row.problem] == ["notes.txt"]


def test_two_runtimes_agree_with_themselves(
    qtbot: QtBot, window: MainWindow, batches: Batches, sample_document: Document, folder: Path
) -> None:
    view = run_page(window).views.show_view("pair")
    assert isinstance(view, BatchView)
    window.workspace.open([folder / "camera.jpg", folder / "coffee.jpg"])
    batch = wait_for_end(qtbot, batches, sample_document, "pair")
    assert batch.work is not None and batch.work.summary is not None
    assert (batch.work.summary.pictures, batch.work.summary.same_top) == (2, 1.0)
    assert [row.agreement for row in batch.work.rows] == [1.0, 1.0]
    offered = [action.text() for action in view.export.menu().actions() if action.isVisible()]
    assert "JSON ..." in offered and not any("COCO" in text or "YOLO" in text for text in offered)
    first, second = batch.work.order.models
    assert first.info.session != second.info.session
    view.list.table.setCurrentIndex(view.list.model.index(0, 0))
    qtbot.waitUntil(lambda: view.preview.differences.isVisible(), timeout=WAIT_MS)
    window.workspace.close(sample_document)
    qtbot.waitUntil(lambda: not window.workspace.jobs.running, timeout=WAIT_MS)


def test_of_both_in_one_picture_a_legend_says_who_is_who(
    qtbot: QtBot, window: MainWindow, batches: Batches, yolox_model: Path
) -> None:
    with qtbot.waitSignal(window.workspace.document_opened, timeout=WAIT_MS) as opened:
        window.workspace.open([yolox_model])
    window.show_page("run")
    view = run_page(window).views.show_view("pair")
    assert isinstance(view, BatchView)
    window.workspace.open([yolox_model.with_name("000000000139.jpg")])
    wait_for_end(qtbot, batches, opened.args[0], "pair")
    view.list.table.setCurrentIndex(view.list.model.index(0, 0))
    overlay, legend = view.preview.overlay, view.preview.legend
    qtbot.waitUntil(overlay.isEnabled, timeout=WAIT_MS)
    assert not any(entry.isVisible() for entry in legend)
    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(8, overlay.height() // 2))
    assert all(entry.isVisible() for entry in legend)
    assert [entry.text()[:14] for entry in legend] == ["1: yolox_nano.", "2: yolox_nano."]
    offered = [action.text() for action in view.export.menu().actions() if action.isVisible()]
    assert "COCO data set (JSON) ..." in offered and "YOLO label files ..." in offered
    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(8, overlay.height() // 2))
    assert not any(entry.isVisible() for entry in legend)
    window.workspace.close(opened.args[0])
    qtbot.waitUntil(lambda: not window.workspace.jobs.running, timeout=WAIT_MS)


def test_answers_are_exported_and_copied(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    tmp_path: Path,
) -> None:
    batches.start(Batch(sample_document, "many", (folder,)))
    batch = wait_for_end(qtbot, batches, sample_document)
    for kind, place in (("json", "a.json"), ("pictures", "drawn")):
        with qtbot.waitSignal(batches.exported, timeout=WAIT_MS):
            batches.export(batch, kind, tmp_path / place)  # type: ignore[arg-type]
    assert len(json.loads((tmp_path / "a.json").read_text())) == 6
    assert len(list((tmp_path / "drawn").iterdir())) == 4
    QGuiApplication.clipboard().clear()
    shown_view(window).export.copy()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 6 and lines[0].startswith("camera.jpg\ttripod")
    with qtbot.waitSignal(window.workspace.noticed, timeout=WAIT_MS) as noticed:
        batches.export(batch, "csv", folder / "camera.jpg" / "no.csv")
    assert noticed.args[0].level == "error"


def test_a_model_without_pictures_says_so(
    qtbot: QtBot, window: MainWindow, batches: Batches, folder: Path, tmp_path: Path
) -> None:
    import onnx
    from onnx import TensorProto, helper

    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [3]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "g", ends[:1], ends[1:])
    path = tmp_path / "neg.onnx"
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, path)
    with qtbot.waitSignal(window.workspace.document_opened, timeout=WAIT_MS) as opened:
        window.workspace.open([path])
    batches.start(Batch(opened.args[0], "many", (folder,)))
    qtbot.waitUntil(lambda: _problem(batches, opened.args[0]) is not None, timeout=WAIT_MS)
    assert "does not take pictures" in str(_problem(batches, opened.args[0]))


def _problem(batches: Batches, document: Document) -> StudioError | None:
    batch = batches.batch(document, "many")
    return batch.error if batch is not None else None


def test_a_pasted_picture_is_run_with_the_others(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    sample_pictures: tuple[Path, ...],
) -> None:
    run_page(window).views.show_view("many")
    QGuiApplication.clipboard().setImage(QImage(str(sample_pictures[2])))
    run_page(window).paste()
    batch = wait_for_end(qtbot, batches, sample_document)
    assert batch.work is not None
    assert batch.work.rows[0].classes == ("espresso",)


class FakeCamera:
    """Gives as many pictures as it is allowed to, then is unplugged."""

    def __init__(self, picture: np.ndarray, count: int) -> None:
        self.picture, self.left = picture, count

    def isOpened(self) -> bool:
        return True

    def read(self) -> tuple[bool, np.ndarray | None]:
        time.sleep(0.01)
        self.left -= 1
        return (True, self.picture) if self.left >= 0 else (False, None)

    def release(self) -> None:
        pass


def test_a_camera_is_shown_live_until_it_is_unplugged(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pixels = cv2.imread(str(sample_pictures[2]))
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: FakeCamera(pixels, 60))
    batches.start(Batch(sample_document, "many", (Path("camera:0"),)))
    qtbot.waitUntil(lambda: shown_view(window).preview.name.text() != "", timeout=WAIT_MS)
    words = shown_view(window).progress.words
    qtbot.waitUntil(lambda: "pictures per second" in words.text(), timeout=WAIT_MS)
    batch = wait_for_end(qtbot, batches, sample_document)
    work = batch.work
    assert work is not None and work.is_live and work.seen > 1
    assert work.seen - 1 + work.dropped == 60, "each was shown or is counted"
    (row,) = work.rows
    assert "unplugged" in row.problem
    view = shown_view(window)
    assert not view.export.isEnabled()
    qtbot.waitUntil(lambda: view.list.model.rowCount() == 1, timeout=WAIT_MS)
    view.list.table.setCurrentIndex(view.list.model.index(0, 0))
    assert view.preview.name.text() == row.name and "unplugged" in view.preview.words.text()


def test_a_camera_that_is_paused_says_so(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pixels = cv2.imread(str(sample_pictures[2]))
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: FakeCamera(pixels, 1_000_000))
    batch = Batch(sample_document, "many", (Path("camera:0"),))
    batches.start(batch)
    qtbot.waitUntil(lambda: batch.work is not None and batch.work.seen >= 2, timeout=WAIT_MS)
    view, work = shown_view(window), batch.work
    assert work is not None
    qtbot.mouseClick(view.progress.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "paused" in view.progress.words.text(), timeout=WAIT_MS)
    camera = work._camera
    assert camera is not None
    qtbot.waitUntil(lambda: not camera.counts, timeout=WAIT_MS)
    seen, dropped = work.seen, camera.dropped
    qtbot.mouseClick(view.progress.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: work.seen > seen, timeout=WAIT_MS)
    assert camera.counts and dropped <= camera.dropped
    qtbot.mouseClick(view.progress.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: batch.has_ended, timeout=WAIT_MS)
    assert "stopped" in view.progress.words.text()


def test_no_camera_leaves_the_model_loaded(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    camera = FakeCamera(np.zeros((4, 4, 3), np.uint8), 0)
    monkeypatch.setattr(camera, "isOpened", lambda: False)
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: camera)
    batches.start(Batch(sample_document, "many", (Path("camera:3"),)))
    qtbot.waitUntil(lambda: _problem(batches, sample_document) is not None, timeout=WAIT_MS)
    assert "no camera 3" in str(_problem(batches, sample_document))
    assert window.runs.sessions.loaded(sample_document) is not None


def test_two_networks_at_a_camera_are_compared_over_its_newest_pictures(
    qtbot: QtBot,
    batches: Batches,
    sample_document: Document,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pixels = cv2.imread(str(sample_pictures[2]))
    monkeypatch.setattr(batch_work, "CAMERA_PAIRS", 2)
    monkeypatch.setattr(cv2, "VideoCapture", lambda _: FakeCamera(pixels, 1_000_000))
    batch = Batch(sample_document, "pair", (Path("camera:0"),))
    batches.start(batch)
    qtbot.waitUntil(lambda: batch.work is not None and batch.work.seen >= 4, timeout=WAIT_MS)
    batches.stop(batch)
    qtbot.waitUntil(lambda: batch.has_ended, timeout=WAIT_MS)
    assert batch.work is not None and batch.work.summary is not None
    assert batch.work.summary.pictures == 2 and batch.work.summary.same_top == 1


def test_a_run_that_was_stopped_does_not_say_that_its_model_is_gone(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Future[Any]] = []

    def ask(_request: object) -> Future[Any]:
        asked.append(Future())
        return asked[-1]

    monkeypatch.setattr(window.workspace.jobs, "ask", ask)
    batch = Batch(sample_document, "many", (folder,))
    batches.start(batch)
    qtbot.waitUntil(lambda: bool(asked))
    batches.stop(batch)

    def has_ended() -> bool:
        for answer in [answer for answer in asked if not answer.done()]:
            answer.set_exception(NotLoaded())
        return batch.has_ended

    qtbot.waitUntil(has_ended)
    assert batch.work is not None and isinstance(batch.work.error, NotLoaded)
    assert batch.error is None and window.notices.frames == []
    assert "stopped" in shown_view(window).progress.words.text()


def test_a_run_whose_partner_is_closed_stops_and_shows_what_there_is(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = shutil.copy(sample_document.path, folder.parent / "other.onnx")
    with qtbot.waitSignal(window.workspace.document_opened, timeout=WAIT_MS) as opened:
        window.workspace.open([Path(path)])
    other = opened.args[0]
    window.workspace.set_current(sample_document)
    batches.partners.choose(sample_document, other)
    for number in range(60):
        shutil.copy(folder / "camera.jpg", folder / f"x{number}.jpg")
    gate = Gate(window.workspace.jobs.ask, 50)
    monkeypatch.setattr(window.workspace.jobs, "ask", gate)
    telling = batches.findChild(QTimer)
    assert telling is not None
    telling.setInterval(WAIT_MS)  # there are answers that have not been told yet
    batch = Batch(sample_document, "pair", (folder,))
    batches.start(batch)
    qtbot.waitUntil(lambda: batch.work is not None and len(batch.work.rows) > 2, timeout=WAIT_MS)
    window.workspace.close(other)
    telling.setInterval(FETCH_MS)
    gate.open.set()
    assert wait_for_end(qtbot, batches, sample_document, "pair") is batch
    work, view = batch.work, shown_view(window)
    assert work is not None
    qtbot.waitUntil(lambda: work.is_over, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: view.list.model.count == len(work.rows) < 66, timeout=WAIT_MS)
    assert "stopped" in view.progress.words.text() and window.notices.frames == []


def test_a_run_goes_on_after_its_engine_process_has_died(
    qtbot: QtBot,
    window: MainWindow,
    batches: Batches,
    sample_document: Document,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(60):
        shutil.copy(folder / "camera.jpg", folder / f"x{number}.jpg")
    jobs = window.workspace.jobs
    gate = Gate(jobs.ask, 50)
    monkeypatch.setattr(jobs, "ask", gate)
    batches.start(Batch(sample_document, "many", (folder,)))
    qtbot.waitUntil(lambda: shown_view(window).list.model.count >= 3, timeout=WAIT_MS)
    life = window.workspace._engines.runner._life
    assert life is not None and life._process is not None
    if hasattr(signal, "SIGSTOP"):  # so that it dies with an inference that it has not answered
        os.kill(life._process.pid, signal.SIGSTOP)
        gate.open.set()
        qtbot.waitUntil(lambda: not gate.answers[-1].done(), timeout=WAIT_MS)
    gate.open.set()
    life._process.kill()
    batch = batches.batch(sample_document, "many")
    assert batch is not None
    qtbot.waitUntil(lambda: batch.has_ended, timeout=WAIT_MS)
    assert isinstance(batch.error, EngineDied) and batch.work is not None
    assert batch.work.error is not None
    assert batch.work.error.__traceback__ is None, "it keeps all pictures that were under way"
    answered = sum(not row.problem for row in batch.work.rows)
    batches.go_on(batch)
    again = wait_for_end(qtbot, batches, sample_document)
    assert again.work is not None and again.work.known == answered
    assert len(again.work.rows) == 66
    assert sum(bool(row.problem) for row in again.work.rows) == 2


def test_a_picture_that_is_gone_is_told(
    qtbot: QtBot, window: MainWindow, batches: Batches, sample_document: Document, folder: Path
) -> None:
    write_picture(folder / "a.png", read_picture(folder / "camera.jpg").pixels)
    batches.start(Batch(sample_document, "many", (folder,)))
    wait_for_end(qtbot, batches, sample_document)
    (folder / "a.png").unlink()
    view = shown_view(window)
    view.list.table.setCurrentIndex(view.list.model.index(0, 0))
    qtbot.waitUntil(lambda: "gone" in view.preview.words.text(), timeout=WAIT_MS)
