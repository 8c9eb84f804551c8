"""The run page as its user meets it: clicks, drops, keys and the clipboard, with a real engine
process behind it.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.notice import Notice
from trtstudio.gui.run.feeds import Feed
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.runs import Run, Runs
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.sessions.runtime_bar import preprocess_words
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.vision.picture import read_picture
from trtstudio.vision.preprocess import Preprocess

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def workspace(lasting_workspace: Workspace) -> Workspace:
    return lasting_workspace


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> RunPage:
    page = RunPage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(900, 560)
    page.show()
    qtbot.waitUntil(lambda: bool(page.samples))
    return page


def open_document(workspace: Workspace, path: Path) -> Document:
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


@pytest.fixture
def sample(workspace: Workspace, page: RunPage, sample_model: Path, qtbot: QtBot) -> Document:
    document = open_document(workspace, sample_model)
    wait_until_loaded(qtbot, page, document)
    return document


def wait_until_loaded(qtbot: QtBot, page: RunPage, document: Document) -> None:
    sessions = page._runs.sessions
    qtbot.waitUntil(lambda: sessions.loaded(document) is not None)


def wait_for_answers(qtbot: QtBot, page: RunPage, count: int) -> None:
    """Until so many runs are listed and the newest of them is shown, its plots included."""

    def is_shown() -> bool:
        document = page._workspace.current
        if document is None or page.history.count() != count or page.result is None:
            return False
        return page.result.run is page._runs.history(document)[-1] and page.result.is_settled

    qtbot.waitUntil(is_shown)


def answer_of(page: RunPage) -> list[str]:
    assert page.result is not None
    view = page.result.answer
    return [view.item(row).text() for row in range(view.count())]


def drag(page: RunPage, mime: QMimeData) -> bool:
    """Drag over the page; whether it takes what is dragged."""
    event = QDragEnterEvent(
        QPoint(400, 300), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    return event.isAccepted()


def drop(page: RunPage, mime: QMimeData) -> None:
    assert drag(page, mime)
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, event)


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


# Before anything was run


def test_without_a_document_the_page_says_what_to_do(page: RunPage) -> None:
    assert page._stack.currentIndex() == 0
    assert not page.bar.isVisible()


def test_it_says_what_runs_the_model_and_how_a_picture_is_fed(
    page: RunPage, sample: Document
) -> None:
    assert page._workspace.current is sample
    words = page.bar.explanation.text()
    assert words.startswith("ONNX Runtime") and words.endswith("has no NVIDIA GPU.")
    assert page.controls.preprocessing.text() == (
        "Input as the model says: centre crop 87.5 %, 224 x 224, RGB, mean 127, std 128"
    )
    assert page.invitation.open_button.isVisible()
    assert not page.side.isVisible() and not page.controls.again_button.isVisible()


def test_one_click_on_a_sample_picture_gives_its_answer(
    qtbot: QtBot, page: RunPage, sample: Document
) -> None:
    large, small = page.samples
    assert large.isVisible() and not small.isVisible()
    camera, chelsea, coffee, rocket = large.buttons
    qtbot.mouseClick(coffee, LEFT)
    wait_for_answers(qtbot, page, 1)
    assert answer_of(page)[0] == "espresso"
    assert page.centre.currentWidget() is page.result
    for count, (button, label) in enumerate(
        ((camera, "tripod"), (rocket, "missile"), (chelsea, "tiger cat")), start=2
    ):
        small_button = small.buttons[large.buttons.index(button)]
        assert small_button.isVisible()
        qtbot.mouseClick(small_button, LEFT)
        wait_for_answers(qtbot, page, count)
        assert answer_of(page)[0] == label
    assert set(answer_of(page)[:3]) == {"tabby", "tiger cat", "Egyptian cat"}
    assert len(page._runs.history(sample)) == 4


# Ways in


def test_pictures_are_dropped_anywhere_and_the_page_shows_that_they_may(
    qtbot: QtBot, page: RunPage, sample: Document, sample_pictures: tuple[Path, ...]
) -> None:
    mime = files(*sample_pictures[:2])
    assert drag(page, mime)
    assert page._veil.isVisible() and page._veil.size() == page.size()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page._veil.isVisible()
    drop(page, mime)
    assert not page._veil.isVisible()
    wait_for_answers(qtbot, page, 2)
    assert [run.name for run in page._runs.history(sample)] == ["camera.jpg", "chelsea.jpg"]


def test_a_folder_is_dropped(
    qtbot: QtBot,
    page: RunPage,
    sample: Document,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
) -> None:
    shutil.copy(sample_pictures[3], tmp_path)
    drop(page, files(tmp_path))
    batches = page._runs.batches
    qtbot.waitUntil(lambda: batches.batch(sample, "many") is not None)
    batch = batches.batch(sample, "many")
    assert batch is not None
    qtbot.waitUntil(lambda: batch.has_ended)
    assert batch.work is not None
    (row,) = batch.work.rows
    assert (row.name, row.classes) == ("rocket.jpg", ("missile",))
    assert page.views.batch_view is not None


@pytest.mark.usefixtures("sample")
def test_text_is_not_dropped(page: RunPage) -> None:
    mime = QMimeData()
    mime.setText("a picture of a cat")
    assert not drag(page, mime)
    assert not page._veil.isVisible()


@pytest.mark.usefixtures("sample")
def test_a_picture_without_a_file_is_dropped_and_pasted(
    qtbot: QtBot, page: RunPage, sample_pictures: tuple[Path, ...]
) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(str(sample_pictures[0])))
    drop(page, mime)
    wait_for_answers(qtbot, page, 1)
    assert answer_of(page)[0] == "tripod"
    QGuiApplication.clipboard().setImage(QImage(str(sample_pictures[2])))
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_answers(qtbot, page, 2)
    assert answer_of(page)[0] == "espresso"
    QGuiApplication.clipboard().clear()


@pytest.mark.usefixtures("sample")
def test_an_address_is_told_to_be_one(qtbot: QtBot, page: RunPage, workspace: Workspace) -> None:
    told: list[Notice] = []
    workspace.noticed.connect(told.append)
    address = "https://example.org/cat.jpg"
    QGuiApplication.clipboard().setText(address)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    drop(page, mime)
    assert len(told) == 2
    for notice in told:
        assert notice.message.startswith(f"{address} is not on this machine")
        assert "Download it" in notice.hint


@pytest.mark.usefixtures("sample")
def test_files_are_opened(
    qtbot: QtBot,
    page: RunPage,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [str(path) for path in sample_pictures[1:3]]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    qtbot.mouseClick(page.invitation.open_button, LEFT)
    wait_for_answers(qtbot, page, 2)
    assert answer_of(page)[0] == "espresso"


# Going on


def test_f5_runs_again_what_is_shown(
    qtbot: QtBot, page: RunPage, sample: Document, sample_pictures: tuple[Path, ...]
) -> None:
    drop(page, files(sample_pictures[0], sample_pictures[2]))
    wait_for_answers(qtbot, page, 2)
    qtbot.mouseClick(
        page.history.viewport(),
        LEFT,
        pos=page.history.visualItemRect(page.history.item(1)).center(),
    )
    assert answer_of(page)[0] == "tripod"
    qtbot.keyClick(page, Qt.Key.Key_F5)
    wait_for_answers(qtbot, page, 3)
    assert page._runs.history(sample)[-1].name == "camera.jpg"
    assert page.result is not None
    assert page.result.latencies.samples_ms.size == 3


@pytest.mark.usefixtures("sample")
def test_the_history_is_walked_by_keyboard(
    qtbot: QtBot, page: RunPage, sample_pictures: tuple[Path, ...]
) -> None:
    drop(page, files(sample_pictures[0], sample_pictures[2]))
    wait_for_answers(qtbot, page, 2)
    assert page.history.item(0).text() == "espresso\n94.5 %"
    qtbot.keyClick(page.history, Qt.Key.Key_Down)
    assert answer_of(page)[0] == "tripod"
    qtbot.keyClick(page.history, Qt.Key.Key_Up)
    assert answer_of(page)[0] == "espresso"


@pytest.mark.usefixtures("sample")
def test_a_broken_picture_shows_its_reason(
    qtbot: QtBot, page: RunPage, sample_pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    drop(page, files(broken))
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None
    assert "damaged" in page.result.message.text()
    assert not page.result.picture.isVisible() and not page.result.save_outputs.isEnabled()
    drop(page, files(sample_pictures[2]))
    wait_for_answers(qtbot, page, 2)
    assert page.result.picture.isVisible() and not page.result.message.isVisible()


def test_each_document_keeps_what_was_shown(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    sample: Document,
    sample_pictures: tuple[Path, ...],
    light_models: tuple[Path, ...],
) -> None:
    drop(page, files(sample_pictures[2]))
    wait_for_answers(qtbot, page, 1)
    squeezenet = next(path for path in light_models if "squeezenet" in path.name)
    other = open_document(workspace, squeezenet)
    assert page.history.count() == 0 and not page.side.isVisible()
    assert page.centre.currentWidget() is page.invitation
    wait_until_loaded(qtbot, page, other)
    assert not page.samples[0].isVisible()
    assert page.controls.preprocessing.text().startswith("Input as guessed: centre crop")
    workspace.set_current(sample)
    assert answer_of(page)[0] == "espresso"
    assert page.centre.currentWidget() is page.result
    workspace.close(sample)
    assert page.history.count() == 0
    assert page.result is not None and page.result.run is None


@pytest.mark.usefixtures("sample")
def test_the_user_chooses_what_runs_it(qtbot: QtBot, page: RunPage) -> None:
    qtbot.keyClicks(page.bar.chooser, "T")
    page.bar.chooser.activated.emit(page.bar.chooser.currentIndex())
    qtbot.waitUntil(lambda: page.invitation.title.text().startswith("No engine has been built"))
    assert page.bar.explanation.property("level") == "error"
    assert not page.invitation.open_button.isVisible()
    page.bar.chooser.setCurrentIndex(2)
    page.bar.chooser.activated.emit(2)
    qtbot.waitUntil(lambda: page.bar.explanation.text().endswith("as chosen."))
    assert page.bar.explanation.property("level") == ""


# Detection, and models without pictures


def test_a_detector_shows_its_boxes_and_takes_labels(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    yolox_model: Path,
    sample_pictures: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = open_document(workspace, yolox_model)
    wait_until_loaded(qtbot, page, document)
    drop(page, files(sample_pictures[1]))
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None
    names = page.result.overview.task.names
    assert (answer_of(page)[0], names.currentText()) == ("cat", "Guessed: COCO (80)")
    assert not page.controls.labels_button.isVisible()
    names.activated.emit(1)
    qtbot.waitUntil(lambda: answer_of(page)[0] == "class 15", timeout=30_000)
    labels = str(yolox_model.with_name("coco_classes.txt"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (labels, ""))
    names.activated.emit(names.count() - 1)
    # Read again, and not run again.
    qtbot.waitUntil(lambda: answer_of(page)[0] == "cat", timeout=30_000)
    assert page.history.count() == 1
    assert names.currentText() == "Yours (80)"
    qtbot.keyClick(page.result.answer, Qt.Key.Key_Down)
    assert page.result.picture.highlighted == 0


def test_a_model_without_pictures_runs_random_inputs(
    qtbot: QtBot, workspace: Workspace, page: RunPage
) -> None:
    from onnxruntime import datasets

    document = open_document(workspace, Path(datasets.get_example("mul_1.onnx")))
    wait_until_loaded(qtbot, page, document)
    assert page.controls.preprocessing.text() == "This model does not take pictures."
    assert not page.invitation.open_button.isVisible()
    assert not page.invitation.random_button.isVisible(), "the form has the button"
    assert page.inputs.form is not None
    qtbot.mouseClick(page.inputs.form.run_button, LEFT)
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None
    assert page.result.stack.currentWidget() is page.result.outputs
    assert page.result.outputs.view.about.text().startswith("float32 [3 x 2]")
    qtbot.mouseClick(page.result.tabs.buttons["overview"], LEFT)
    assert not page.result.picture.isVisible() and page.result.message.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_F5)
    wait_for_answers(qtbot, page, 2)


@pytest.mark.usefixtures("sample")
def test_outputs_are_seen_and_compared_with_those_of_another_run(
    qtbot: QtBot, page: RunPage, sample_pictures: tuple[Path, ...]
) -> None:
    drop(page, files(sample_pictures[0], sample_pictures[2]))
    wait_for_answers(qtbot, page, 2)
    assert page.result is not None
    tensors = page.result.outputs
    qtbot.mouseClick(page.result.tabs.buttons["outputs"], LEFT)
    assert tensors.view.name.text() == "logits" and tensors.view.isVisible()
    names = [tensors.others.itemText(i) for i in range(tensors.others.count())]
    assert names == ["nothing", "1: camera.jpg"]
    tensors.others.setFocus()
    qtbot.keyClick(tensors.others, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: tensors.view.is_settled)
    first, second = (run.outputs["logits"] for run in page._runs.history(page._workspace.current))
    found = tensors.view.side.difference
    assert found is not None
    assert found.max_abs == np.abs(second.astype(float) - first.astype(float)).max()
    qtbot.keyClick(page, Qt.Key.Key_F5)
    wait_for_answers(qtbot, page, 3)
    assert tensors.others.currentText() == "1: camera.jpg" and tensors.isVisible()


def test_a_result_that_is_half_made_is_not_seen(
    qtbot: QtBot, idle: Workspace, sample_model: Path
) -> None:
    page = RunPage(idle, Runs(idle, idle))
    qtbot.addWidget(page)
    open_document(idle, sample_model)
    next(page.prepare())
    page.show()
    assert page.centre.isVisible()
    assert [each.isVisible() for each in page.findChildren(RunResult)] == [False]


def test_the_tab_key_goes_along_the_buttons(qtbot: QtBot, page: RunPage, sample: Document) -> None:
    controls = page.controls
    controls.show_document(sample, has_run=True)
    qtbot.waitUntil(controls.stop_button.isVisible)
    order, widget = [], controls.nextInFocusChain()
    while widget is not controls:
        order += (
            [widget] if isinstance(widget, QPushButton) and controls.isAncestorOf(widget) else []
        )
        widget = widget.nextInFocusChain()
    assert len(order) == 5
    shown = [button.mapTo(page, QPoint()).x() for button in order if button.isVisible()]
    assert len(shown) == 4 and shown == sorted(shown)


def test_inputs_are_seen_where_the_run_kept_them(qtbot: QtBot, workspace: Workspace) -> None:
    inputs = {"ids": np.arange(6), "mask": np.ones((2, 3), bool)}
    outputs = {"y": np.zeros(3, np.float32)}
    result = RunResult(workspace, Trials(workspace, Sessions(workspace)))
    for _ in result.make():
        pass
    qtbot.addWidget(result)
    result.show()
    result.show_run(Run(None, feed=Feed(inputs, 0.0), outputs=outputs), [])
    assert result.stack.currentWidget() is result.outputs
    qtbot.mouseClick(result.tabs.buttons["inputs"], LEFT)
    chooser = result.inputs.chooser
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["ids", "mask"]
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert result.inputs.view.about.text().startswith("bool [2 x 3]")
    qtbot.waitUntil(lambda: result.inputs.view.is_settled)
    result.show_run(Run(None, outputs=outputs), [])
    assert not result.tabs.buttons["inputs"].isEnabled()
    assert result.stack.currentWidget() is result.outputs
    qtbot.waitUntil(lambda: result.outputs.view.is_settled)


# Saving


@pytest.mark.usefixtures("sample")
def test_the_answer_and_the_outputs_are_saved(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drop(page, files(sample_pictures[2]))
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None and page.result.run is not None
    for button, name in (
        (page.result.save_picture, "answer.png"),
        (page.result.save_outputs, "outputs.npz"),
    ):
        chosen = (str(tmp_path / name), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, c=chosen: c)
        with qtbot.waitSignal(workspace.noticed) as noticed:
            qtbot.mouseClick(button, LEFT)
        assert noticed.args[0].level == "info" and name in noticed.args[0].message
    with np.load(tmp_path / "outputs.npz") as stored:
        np.testing.assert_array_equal(stored["logits"], page.result.run.outputs["logits"])
    original = read_picture(sample_pictures[2]).pixels.shape
    assert read_picture(tmp_path / "answer.png").pixels.shape[0] > original[0]


@pytest.mark.usefixtures("sample")
def test_the_answer_is_saved_in_other_formats_and_copied(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drop(page, files(sample_pictures[2]))
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None
    for name, kind in (
        ("answer.json", "JSON (*.json)"),
        ("answer.csv", "Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"),
        ("answer.bmp", "Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"),
    ):
        chosen = (str(tmp_path / name), kind)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, c=chosen: c)
        with qtbot.waitSignal(workspace.noticed) as noticed:
            qtbot.mouseClick(page.result.save_picture, LEFT)
        assert noticed.args[0].level == "info"
    (saved,) = json.loads((tmp_path / "answer.json").read_text())
    assert saved["top"][0]["label"] == "espresso"
    assert "espresso" in (tmp_path / "answer.csv").read_text()
    assert (tmp_path / "answer.bmp").read_bytes().startswith(b"BM")
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.mouseClick(page.result.overview.said.copy, LEFT)
    qtbot.waitUntil(lambda: clipboard.text().startswith("espresso"))
    assert clipboard.image().height() > read_picture(sample_pictures[2]).pixels.shape[0]


def test_formats_of_objects_are_offered_for_objects(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    sample: Document,
    sample_pictures: tuple[Path, ...],
    yolox_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered: list[str] = []
    chosen = tmp_path / "cat.txt"

    def ask(_parent: object, _title: str, _name: str, kinds: str, _kind: str) -> tuple[str, str]:
        offered.append(kinds)
        return (str(chosen), "YOLO labels (*.txt)") if "YOLO" in kinds else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for document in (sample, open_document(workspace, yolox_model)):
        workspace.set_current(document)
        wait_until_loaded(qtbot, page, document)
        drop(page, files(sample_pictures[1]))
        wait_for_answers(qtbot, page, 1)
        assert page.result is not None
        qtbot.mouseClick(page.result.save_picture, LEFT)
    assert ["COCO" in kinds for kinds in offered] == [False, True]
    qtbot.waitUntil(chosen.exists)
    assert chosen.read_text().startswith("15 ")


@pytest.mark.usefixtures("sample")
def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot,
    workspace: Workspace,
    page: RunPage,
    sample_pictures: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drop(page, files(sample_pictures[2]))
    wait_for_answers(qtbot, page, 1)
    assert page.result is not None
    (tmp_path / "file").write_text("")
    chosen = (str(tmp_path / "file" / "outputs.npz"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    with qtbot.waitSignal(workspace.noticed) as noticed:
        qtbot.mouseClick(page.result.save_outputs, LEFT)
    assert noticed.args[0].level == "error"


def test_preprocessing_in_words() -> None:
    preprocess = Preprocess(
        (480, 640), "letterbox", color="BGR", mean=(1.5, 2, 3), std=(255,), source="guess"
    )
    assert preprocess_words(preprocess) == (
        "Input as guessed: letterbox, 640 x 480, BGR, mean 1.5 2 3, std 255"
    )
